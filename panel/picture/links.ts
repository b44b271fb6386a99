/** Opens addresses that values of the page have. Must open nothing that is no page of the web. */

export function openLink(address: string): void {
  // The page that opens knows nothing of DevTools, nor of the page that is inspected.
  if (/^https?:/.test(address)) open(address, '_blank', 'noopener,noreferrer');
}

/** The address that a click on this element of the picture opens: only its text is a link. */
export function linkAt(element: Element | null): string | null {
  return element?.closest('text')?.closest('[data-link]')?.getAttribute('data-link') ?? null;
}
