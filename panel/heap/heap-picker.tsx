/** Where to look: the page, one of its frames, or one of its workers. There is nothing to pick until there are two. */
import type { HeapTarget } from '../../src/capture/heaps.ts';
import type { HeapSource } from './heap-source.ts';

interface HeapPickerProps {
  readonly source: HeapSource;
  readonly onPick: (target: HeapTarget) => void;
}

export function HeapPicker({ source, onPick }: HeapPickerProps) {
  const targets = source.targets.value;
  if (targets.length < 2) return null;
  return (
    <select
      class="heaps"
      aria-label="Frame or worker"
      title="Where expressions are evaluated: each worker and each frame of another origin has identity numbers of its own"
      value={source.target.value?.id ?? ''}
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
    </select>
  );
}

function nameOf({ kind, name, url }: HeapTarget): string {
  if (kind === 'page') return 'top';
  const place = name || url.replace(/^\w+:\/\/[^/]*\/?/, '') || url;
  return kind === 'worker' ? `worker ${place}` : place;
}
