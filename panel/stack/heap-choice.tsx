/** Shows which target is paused, when it is not the page itself, and lets the user choose among several. */
import { say } from '../../src/words/say.ts';
import type { StackSession } from './stack-session.ts';
import type { PausedHeap } from './stack-state.ts';

export function HeapChoice({ stack }: { readonly stack: StackSession }) {
  const { following } = stack.state.value;
  if (following.type !== 'paused') return null;
  const { heap, heaps } = following;
  if (heaps.length > 1) {
    return (
      <label class="choice" title={say('heap_several')}>
        {say('heap_in')}
        <select
          class="heap-choice"
          aria-label={say('heap_label')}
          value={heap.id}
          onChange={(event) => stack.chooseHeap(event.currentTarget.value)}
        >
          {heaps.map((one) => (
            <option key={one.id} value={one.id}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
    );
  }
  if (heap.kind === 'page') return null;
  return (
    <span class="choice heap-name" title={say('heap_paused', { kind: heap.kind })}>
      {say('heap_name', { name: nameOf(heap) })}
    </span>
  );
}

const nameOf = ({ kind, name }: PausedHeap): string => (kind === 'page' ? say('target_page') : name);
