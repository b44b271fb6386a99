/** What the picture counts, what it cost, and what it leaves out and why. */
import type { LayoutTier } from '../src/layout/placed.ts';
import type { CutReason, Snapshot, View } from '../src/snapshot/snapshot.ts';
import type { Session } from './session.ts';

const tierNames: Readonly<Record<LayoutTier, string>> = {
  full: '',
  ranked: 'layout by distance from the root',
  rough: 'rough layout',
  simple: 'simple layout',
};

export function StatusLine({ session }: { readonly session: Session }) {
  const shown = session.shown.value;
  return (
    <footer class="status" aria-live="polite">
      {shown ? <Counts {...shown} /> : <span>Nothing drawn yet</span>}
    </footer>
  );
}

function Counts({ picture, view, way, origin }: NonNullable<Session['shown']['value']>) {
  const { stats, times, snapshot, placed } = picture;
  const time = Math.round(times.capture + times.diagram + times.layout);
  const omissions = describeOmissions(snapshot, view);
  return (
    <>
      <span title="Boxes in the picture">{count(stats.nodes, 'object')}</span>
      <span title="Arrows in the picture">{count(stats.edges, 'reference')}</span>
      {stats.shared > 0 && <span title="Objects that two or more references lead to">{stats.shared} shared</span>}
      <span
        title={`Reading the page ${times.capture.toFixed(1)} ms, diagram ${times.diagram.toFixed(1)} ms, layout ${times.layout.toFixed(1)} ms`}
      >
        {time} ms
      </span>
      {omissions.map((text) => (
        <span key={text}>{text}</span>
      ))}
      {placed.tier !== 'full' && (
        <span title="The graph is too dense for the best layout in the time there is: draw less of it for a better one">
          {tierNames[placed.tier]}
        </span>
      )}
      {snapshot.replacedBuiltins.length > 0 && (
        <span class="warning" title="The picture relies on these; the page has put its own in their place">
          page replaced {snapshot.replacedBuiltins.join(', ')}
        </span>
      )}
      {origin === 'page' && way === 'eval' && (
        <span
          class="aside"
          title="A script of the page sees no private fields, closures, entries of weak collections or states of promises and generators, and takes a proxy for an object, whose traps run: switch on the debugger to see them"
        >
          private fields, promise states and proxies are not seen without the debugger
        </span>
      )}
    </>
  );
}

/** Each limit that left something out, in words. */
export function describeOmissions(snapshot: Snapshot, view: View): readonly string[] {
  const texts: string[] = [];
  const hidden = { element: 0, entry: 0, property: 0 };
  for (const object of snapshot.objects.values()) {
    for (const part of object.parts) if (part.type === 'hidden') hidden[part.of] += part.count;
  }
  const kinds: string[] = [];
  if (hidden.element > 0) kinds.push(count(hidden.element, 'element'));
  if (hidden.entry > 0) kinds.push(count(hidden.entry, 'entry', 'entries'));
  if (hidden.property > 0) kinds.push(count(hidden.property, 'property', 'properties'));
  if (kinds.length > 0) texts.push(`${kinds.join(', ')} hidden (…)`);
  for (const [reason, cut] of snapshot.cuts) {
    const why = limit(reason, view);
    if (why !== null) texts.push(`${count(cut, 'object')} cut ✂ (${why})`);
  }
  if (snapshot.unsearched !== undefined) texts.push('references from some of what is not shown may be missing');
  return texts;
}

function limit(reason: CutReason, view: View): string | null {
  switch (reason) {
    case 'depth':
      return `depth ${view.depth}`;
    case 'objects':
      return `limit of ${count(view.objects, 'object')}`;
    case 'time':
      return `limit of ${view.time} ms`;
    case 'leaf':
      return null;
  }
}

export function count(n: number, noun: string, several = `${noun}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? noun : several}`;
}
