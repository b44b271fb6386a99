/**
 * Lights up what is under the pointer, or else the selected box, so that a user can follow lines that cross: one reference, or all
 * references of a box. It sets attributes on elements of the picture; the style sheet does the rest.
 */
import type { BoxKey } from '../../src/diagram/diagram.ts';

const lit = 'data-lit';

/** Lights up the reference or box of the element `under` in `picture`; the box `selected` when `under` belongs to none. */
export function lightUp(picture: Element, under: Element | null, selected: BoxKey | null): void {
  const pointed = under && picture.contains(under) ? belonging(picture, under) : [];
  const chosen = selected === null ? null : picture.querySelector(`[data-box=${quoted(selected)}]`);
  const wanted = pointed.length > 0 || !chosen ? pointed : belonging(picture, chosen);
  const all = new Set(wanted);
  for (const element of picture.querySelectorAll(`[${lit}]`)) if (!all.has(element)) element.removeAttribute(lit);
  for (const element of all) element.setAttribute(lit, '');
  if (all.size === 0) picture.removeAttribute('data-lighting');
  else picture.setAttribute('data-lighting', pointed.length > 0 ? 'pointer' : 'selection');
}

const quoted = (text: string): string => `"${CSS.escape(text)}"`;

function belonging(picture: Element, under: Element): readonly Element[] {
  const find = (selector: string): readonly Element[] => [...picture.querySelectorAll(selector)];
  const box = (key: string | null | undefined): readonly Element[] => (key ? find(`[data-box=${quoted(key)}]`) : []);
  /** Adds the arrow that goes on from the circle in which a reference ends. */
  const whole = (references: readonly Element[]): readonly Element[] => [
    ...references,
    ...references.flatMap((reference) => find(`[data-join=${quoted(reference.getAttribute('data-to') ?? '')}]`)),
  ];
  const join = under.closest('[data-join]')?.getAttribute('data-join');
  if (join) return [...find(`[data-join=${quoted(join)}],[data-reference][data-to=${quoted(join)}]`), ...box(join)];
  const key = under.closest('[data-box]')?.getAttribute('data-box');
  const port = under.closest('[data-port]')?.getAttribute('data-port');
  const reference =
    under.closest('[data-reference]')?.getAttribute('data-reference') ?? (key && port ? `${key}:${port}` : null);
  if (reference) {
    const [one] = find(`[data-reference=${quoted(reference)}]`);
    if (one) return [...whole([one]), ...box(one.getAttribute('data-from')), ...box(one.getAttribute('data-to'))];
  }
  if (!key) return [];
  const references = find(`[data-reference][data-from=${quoted(key)}],[data-reference][data-to=${quoted(key)}]`);
  // A box without references has nothing to follow.
  if (references.length === 0) return [];
  return [...whole(references), ...box(key)];
}
