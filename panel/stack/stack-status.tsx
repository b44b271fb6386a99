/** Whether the page stands still, and what the picture counts and cost. */
import type { View } from '../../src/snapshot/snapshot.ts';
import { count, describeOmissions } from '../status-line.tsx';
import type { Following, PauseEntry } from './stack-state.ts';

export function StackStatus({
  entry,
  live,
  following,
  view,
}: {
  readonly entry: PauseEntry | null;
  /** The page still stands where the picture shows it. */
  readonly live: boolean;
  readonly following: Following;
  /** What is read at a pause. */
  readonly view: View;
}) {
  return (
    <footer class="status" aria-live="polite">
      <span class="following">{words(following, live, entry !== null)}</span>
      {entry && (
        <>
          <span>{count(entry.picture.stats.nodes, 'object')}</span>
          <span>{count(entry.picture.stats.edges, 'reference')}</span>
          {entry.picture.stats.shared > 0 && <span>{entry.picture.stats.shared} shared</span>}
          <span title="From the pause to the places of the picture">{Math.round(entry.milliseconds)} ms</span>
          {describeOmissions(entry.picture.snapshot, view).map((text) => (
            <span key={text}>{text}</span>
          ))}
        </>
      )}
    </footer>
  );
}

function words(following: Following, live: boolean, drawn: boolean): string {
  switch (following.type) {
    case 'off':
      return drawn ? 'Not followed: this is what was' : 'Not followed';
    case 'running':
      return drawn ? 'The page runs: this is where it stood' : 'The page runs';
    case 'paused':
      if (live) return following.heap.name === '' ? 'Paused here' : `Paused here, in ${following.heap.name}`;
      return following.entry === null ? 'Paused, reading…' : 'Paused; this is a pause of before';
  }
}
