/** Keys as texts, such as `Ctrl+F`, `Alt+ArrowLeft` or `+`: whether an event matches one, and how it is shown to a user. */

/** The part of a KeyboardEvent that identifies a key. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * Ctrl also means the Command key of a Mac. For a letter or sign Shift is ignored, because it may be needed to type the sign, but not
 * for a letter with Ctrl.
 */
export function isKey(key: string, event: KeyPress): boolean {
  const { modifiers, name } = partsOf(key);
  if ((event.ctrlKey || event.metaKey) !== modifiers.includes('Ctrl')) return false;
  if (event.altKey !== modifiers.includes('Alt')) return false;
  const isShifted = event.shiftKey === modifiers.includes('Shift');
  if (name.length > 1) return event.key === name && isShifted;
  const isShortcut = modifiers.includes('Ctrl') && /[a-z]/i.test(name);
  return event.key.toLowerCase() === name.toLowerCase() && (isShifted || !isShortcut);
}

/** The key as shown in a button's title and in the documentation: `Alt+←`. */
export function keyText(key: string): string {
  const { modifiers, name } = partsOf(key);
  return [...modifiers, signs.get(name) ?? name].join('+');
}

const signs: ReadonlyMap<string, string> = new Map([
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['Escape', 'Esc'],
  ['-', '−'],
]);

/** Splits a text at its `+` signs. The last part may be `+` itself. */
function partsOf(key: string): { readonly modifiers: readonly string[]; readonly name: string } {
  const parts = key.split(/\+(?=.)/);
  return { modifiers: parts.slice(0, -1), name: parts.at(-1) ?? '' };
}
