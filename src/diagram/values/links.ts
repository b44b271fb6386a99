/** Finds the address that a text is. Must never make a link that runs code. */

/** The address, when the text is nothing else; only of pages of the web. */
export function linkOf(text: string): string | null {
  if (!/^https?:\/\/\S+$/i.test(text)) return null;
  try {
    return new URL(text).href;
  } catch {
    return null;
  }
}
