/** Picks the page, one of its frames, or one of its workers. Not shown while there is only the page. */

import type { HeapTarget } from '../../src/capture/debugger/target-sessions.ts';
import { say } from '../../src/words/say.ts';
import type { HeapSource } from '../reading/heap-source.ts';

interface TargetPickerProps {
  readonly source: HeapSource;
  readonly onPick: (target: HeapTarget) => void;
}

export function TargetPicker({ source, onPick }: TargetPickerProps) {
  const targets = source.targets.value;
  const target = source.target.value;
  const gone = target !== null && !targets.some(({ id }) => id === target.id) ? target : null;
  if (targets.length < (gone ? 1 : 2)) return null;
  return (
    <select
      class="heaps"
      aria-label={say('target_label')}
      title={say('target_hint')}
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
          {say('target_gone', { name: nameOf(gone) })}
        </option>
      )}
    </select>
  );
}

function nameOf({ kind, name, url }: HeapTarget): string {
  if (kind === 'page') return say('target_page');
  const label = name || url.replace(/^\w+:\/\/[^/]*\/?/, '') || url;
  return kind === 'worker' ? say('target_worker', { name: label }) : label;
}
