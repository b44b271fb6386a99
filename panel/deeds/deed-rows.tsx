/** The rows of a box's menu that hand its object to DevTools' own tools. */
import type { Deed } from '../../src/capture/deed.ts';
import type { HeapObject } from '../../src/snapshot/snapshot.ts';
import { MenuItem } from '../menu/menu.tsx';

interface DeedRowsProps {
  readonly object: HeapObject;
  /** Why the page cannot be asked for it; null where it can. */
  readonly refusal: string | null;
  readonly onDo: (deed: Deed) => void;
}

export function DeedRows({ object: { id, kind }, refusal, onDo }: DeedRowsProps) {
  // Scopes, stacks and lists of instances are no objects of the page.
  if (id < 0) return null;
  const row = (deed: Deed, label: string) => <MenuItem label={label} refusal={refusal} onChoose={() => onDo(deed)} />;
  return (
    <>
      {row('log', 'Reveal in Console')}
      {row('store', 'Store as global variable')}
      {kind === 'node' && row('element', 'Show in Elements')}
      {kind === 'function' && row('definition', 'Show function definition')}
      {kind === 'class' && row('definition', 'Show class definition')}
    </>
  );
}
