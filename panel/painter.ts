/** From a snapshot to a picture: diagram, layout, counts, with the settings in force. Every view of the panel uses it. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { sentence } from '../src/capture/failure.ts';
import { buildDiagram } from '../src/diagram/build.ts';
import { choose } from '../src/diagram/choices.ts';
import type { Diagram, DiagramStats } from '../src/diagram/diagram.ts';
import { type DiagramSettings, defaultSettings } from '../src/diagram/settings.ts';
import { countDiagram } from '../src/diagram/stats.ts';
import type { Layout } from '../src/layout/layout.ts';
import type { Placed, TextMeasure } from '../src/layout/placed.ts';
import type { ObjectId, Part, Snapshot, View } from '../src/snapshot/snapshot.ts';

/** Milliseconds each stage took, for the status line and the benchmark. */
export interface Times {
  readonly capture: number;
  readonly diagram: number;
  readonly layout: number;
}

/** A picture that stands, with all that it was made from. */
export interface Picture {
  /** What it shows, in the person's words; another subject is looked at from its root again. */
  readonly subject: string;
  readonly snapshot: Snapshot;
  readonly diagram: Diagram;
  readonly placed: Placed;
  readonly stats: DiagramStats;
  readonly times: Times;
  /** When the stages were through and the picture was handed to the screen, as `performance.now()` says. */
  readonly readyAt: number;
}

export type Painted =
  | { readonly ok: true; readonly picture: Picture }
  /** `message` is one sentence for the person. */
  | { readonly ok: false; readonly message: string };

export interface Painter {
  /** `captureTime`: milliseconds that the snapshot took; `view` is what was read. */
  paint(snapshot: Snapshot, view: View, subject: string, captureTime: number, signal: AbortSignal): Promise<Painted>;
  /** The parts of an object of the snapshot as its box shows them: some stand for many. */
  partsOf(object: ObjectId, snapshot: Snapshot, view: View): readonly Part[];
  readonly settings: ReadonlySignal<DiagramSettings>;
  setSettings(settings: DiagramSettings): void;
}

/** Objects from which on each stage takes so long that a person wants to see it is under way, and to cancel it. */
const LARGE = 2000;
/** Milliseconds: time for a frame, and for a click that waits. */
const TURN = 20;

/** Gives the panel a turn between two stages of a large picture. Answers whether it is still wanted. */
async function isStillWanted({ objects }: Snapshot, abort: AbortSignal): Promise<boolean> {
  if (objects.size > LARGE) await new Promise((resolve) => setTimeout(resolve, TURN));
  return !abort.aborted;
}

const cancelled: Painted = { ok: false, message: sentence({ kind: 'aborted' }) };

export function createPainter(layout: Layout, measure: TextMeasure): Painter {
  const settings = signal(defaultSettings);
  /** The picture that stands: the next one of the same subject keeps its boxes in place. */
  let last: { readonly subject: string; readonly placed: Placed } | null = null;
  const settingsFor = ({ ranges, expanded }: View): DiagramSettings => ({
    ...settings.value,
    opened: new Set([...ranges.map(({ id }) => id), ...expanded]),
  });
  return {
    settings,
    setSettings(next) {
      settings.value = next;
    },
    partsOf(id, snapshot, view) {
      const object = snapshot.objects.get(id);
      return object
        ? choose(snapshot, settingsFor(view))
            .shownParts(object)
            .map(({ part }) => part)
        : [];
    },
    async paint(snapshot, view, subject, captureTime, abort) {
      if (!(await isStillWanted(snapshot, abort))) return cancelled;
      const started = performance.now();
      const diagram = buildDiagram(snapshot, settingsFor(view));
      const diagramTime = performance.now() - started;
      if (!(await isStillWanted(snapshot, abort))) return cancelled;
      const built = performance.now();
      const outcome = await layout.layout(diagram, measure, {
        signal: abort,
        previous: last?.subject === subject ? last.placed : null,
      });
      if (!outcome.ok) return { ok: false, message: outcome.message };
      const times = { capture: captureTime, diagram: diagramTime, layout: performance.now() - built };
      if (!(await isStillWanted(snapshot, abort))) return cancelled;
      last = { subject, placed: outcome.placed };
      const readyAt = performance.now();
      return {
        ok: true,
        picture: { subject, snapshot, diagram, placed: outcome.placed, stats: countDiagram(diagram), times, readyAt },
      };
    },
  };
}
