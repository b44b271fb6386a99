/** Where the page stands still: told where it is not the page itself, and to choose where several stand. */
import type { StackSession } from './stack-session.ts';
import type { PausedHeap } from './stack-state.ts';

export function HeapChoice({ stack }: { readonly stack: StackSession }) {
  const { following } = stack.state.value;
  if (following.type !== 'paused') return null;
  const { heap, heaps } = following;
  if (heaps.length > 1) {
    return (
      <label class="choice" title="Several stand still: this one is shown and stepped">
        in
        <select
          class="heap-choice"
          aria-label="What is shown and stepped"
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
    <span class="choice heap-name" title={heap.kind === 'worker' ? 'A worker stands still' : 'A frame stands still'}>
      in {nameOf(heap)}
    </span>
  );
}

const nameOf = ({ kind, name }: PausedHeap): string => (kind === 'page' ? 'the page' : name);
