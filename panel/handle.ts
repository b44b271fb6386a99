/** The handle for automation on the panel's own global, described in docs/automation.md. Plain data only. */
import type { Diagram, DiagramStats } from '../src/diagram/diagram.ts';
import { toDot } from '../src/export/dot.ts';
import { toSvg } from '../src/export/svg.ts';
import type { LayoutTier } from '../src/layout/placed.ts';
import type { HeapObject, Root, View } from '../src/snapshot/snapshot.ts';
import type { Picture, Times } from './painter.ts';
import type { Session } from './session.ts';

/** A `Snapshot` with its maps as lists, so that it survives JSON. */
export interface PlainSnapshot {
  readonly roots: readonly Root[];
  readonly objects: readonly HeapObject[];
  readonly cuts: Readonly<Record<string, number>>;
  readonly pageTime: number;
  readonly replacedBuiltins: readonly string[];
}

export interface MemoryGraphHandle {
  draw(...expressions: string[]): Promise<DiagramStats>;
  snapshot(): PlainSnapshot;
  diagram(): Diagram;
  dot(): string;
  svg(): string;
  stats(): DiagramStats & { readonly tier: LayoutTier; readonly times: Times; readonly readyAt: number };
  view(change?: Partial<View>): View;
}

declare global {
  var memoryGraph: MemoryGraphHandle;
}

/** `drawn` resolves when the picture given to it is in the document. */
export function createHandle(
  session: Session,
  drawn: (picture: Picture) => Promise<void>,
  theme: () => 'light' | 'dark',
): MemoryGraphHandle {
  const standing = (): Picture => {
    const picture = session.picture.value;
    if (!picture) throw new Error('Nothing is drawn yet: call memoryGraph.draw(expression) first.');
    return picture;
  };
  return {
    async draw(...expressions) {
      const picture = await session.drawExactly(expressions);
      await drawn(picture);
      return picture.stats;
    },
    snapshot() {
      const { roots, objects, cuts, pageTime, replacedBuiltins } = standing().snapshot;
      return { roots, objects: [...objects.values()], cuts: Object.fromEntries(cuts), pageTime, replacedBuiltins };
    },
    diagram: () => standing().diagram,
    dot: () => toDot(standing().diagram, theme()),
    svg: () => toSvg(standing().placed, theme()),
    stats: () => {
      const { stats, placed, times, readyAt } = standing();
      return { ...stats, tier: placed.tier, times, readyAt };
    },
    view(change) {
      if (change) session.setView({ ...session.view.value, ...change });
      return session.view.value;
    },
  };
}
