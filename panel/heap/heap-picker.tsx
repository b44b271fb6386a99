/** Where to look: the page, one of its frames, or one of its workers. There is nothing to pick until there is another one. */
import type { HeapTarget } from '../../src/capture/heaps.ts';
import type { HeapSource } from './heap-source.ts';

interface HeapPickerProps {
  readonly source: HeapSource;
  readonly onPick: (target: HeapTarget) => void;
}

export function HeapPicker({ source, onPick }: HeapPickerProps) {
  const targets = source.targets.value;
  const target = source.target.value;
  const gone = target !== null && !targets.some(({ id }) => id === target.id) ? target : null;
  if (targets.length < (gone ? 1 : 2)) return null;
  return (
    <select
      class="heaps"
      aria-label="Frame or worker"
      title="Where expressions are evaluated: each worker and each frame of another origin has identity numbers of its own"
      value={target?.id ?? ''}
      onChange={(event) => {
        const picked = targets.find(({ id }) => id === event.currentTarget.value);
        if (picked) onPick(picked);
      }}
    >
      {targets.map((target) => (
        <option key={target.id} value={target.id}>
          {nameOf(target)}
        </option>
      ))}
      {gone && (
        <option value={gone.id} disabled>
          {nameOf(gone)} (gone)
        </option>
      )}
    </select>
  );
}

function nameOf({ kind, name, url }: HeapTarget): string {
  if (kind === 'page') return 'top';
  const place = name || url.replace(/^\w+:\/\/[^/]*\/?/, '') || url;
  return kind === 'worker' ? `worker ${place}` : place;
}
