/**
 * Draws a recording step by step: which pictures it has, and what each step says beside its picture. Boxes and texts that come again are
 * in a film once. Pure, but for the layout that it is given.
 */
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { buildDiagram } from '../diagram/build.ts';
import { comparePictures } from '../diagram/compare.ts';
import type { Diagram } from '../diagram/diagram.ts';
import type { DiagramSettings } from '../diagram/settings.ts';
import { MarksContent } from '../drawing/marks.tsx';
import { PictureContent } from '../drawing/picture.tsx';
import type { Placed, PlacedBox } from '../layout/placed.ts';
import { changesOf, originOf } from '../recording/changes.ts';
import { createMoments, type RecordedScript, type Recording, snapshotAt, standing } from '../recording/recording.ts';
import { indexMarks } from './indices.ts';
import { withoutValues } from './without-values.ts';

export interface FilmPicture {
  /** Boxes by the number of their drawing, and where they stand. */
  readonly boxes: readonly (readonly [drawing: number, x: number, y: number])[];
  /** References, marks and index variables, as SVG. */
  readonly lines: string;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

export interface FilmStep {
  /** Index of its picture. */
  readonly picture: number;
  readonly script: number;
  /** From 0. */
  readonly line: number;
  /** Names of the calls that stand, outermost first. */
  readonly calls: readonly string[];
}

export interface Film {
  readonly title: string;
  readonly scripts: readonly RecordedScript[];
  /** Boxes as SVG, at the origin. */
  readonly drawings: readonly string[];
  readonly pictures: readonly FilmPicture[];
  readonly steps: readonly FilmStep[];
  /** By the number of an object: when it was first seen, and when which part of it changed. */
  readonly history: Readonly<Record<string, readonly (readonly [step: number, what: string])[]>>;
  /** Steps of the recording that are not in the film. */
  readonly left: number;
}

export interface FilmTools {
  readonly settings: DiagramSettings;
  /** @param still Boxes stay where they were, and new ones stand beside them. */
  lay(diagram: Diagram, previous: Placed | null, still: boolean): Promise<Placed>;
}

export interface FilmOptions {
  /** The number of different pictures after which the film ends. */
  readonly pictures: number;
  /** False leaves out what texts and numbers are. */
  readonly values: boolean;
  /** Leaves out steps that show what the step before shows. */
  readonly changesOnly: boolean;
}

interface Last {
  readonly text: string;
  readonly diagram: Diagram;
  readonly placed: Placed;
}

export async function filmOf(recording: Recording, tools: FilmTools, options: FilmOptions): Promise<Film> {
  const moments = createMoments(recording);
  const drawings = createDrawings();
  const pictures: FilmPicture[] = [];
  const steps: FilmStep[] = [];
  let last = null as Last | null;
  let left = 0;
  /** By stop: its step. */
  const stepOf: number[] = [];
  for (const [index, { place }] of recording.stops.entries()) {
    const whole = snapshotAt(recording, moments, index);
    const diagram = buildDiagram(options.values ? whole : withoutValues(whole), tools.settings);
    const text = JSON.stringify(diagram.boxes);
    const isNew = text !== last?.text;
    if (isNew && pictures.length === options.pictures) {
      left = recording.stops.length - index;
      break;
    }
    if (isNew) {
      const placed = await tools.lay(
        diagram,
        last?.placed ?? null,
        last !== null && hasFramesOf(last.diagram, diagram),
      );
      const marks = last && comparePictures(last.diagram, diagram, 'later');
      const lines =
        render(h(PictureContent, { placed: { ...placed, boxes: [] }, fixedText: true })) +
        (marks ? render(h(MarksContent, { placed, marks, moving: false })) : '') +
        indices(recording, index, placed);
      const { width, height, origin } = placed;
      pictures.push({ boxes: placed.boxes.map(drawings.add), lines, width, height, x: origin.x, y: origin.y });
      last = { text, diagram, placed };
    }
    stepOf[index] = isNew || !options.changesOnly ? steps.length : steps.length - 1;
    if (!isNew && options.changesOnly) continue;
    const at = recording.places[place];
    steps.push({
      picture: pictures.length - 1,
      script: at?.script ?? 0,
      line: at?.line ?? 0,
      calls: standing(recording, index).map(
        (call) => recording.functions[recording.calls[call]?.function ?? 0]?.shown ?? '',
      ),
    });
  }
  const { title, scripts } = recording;
  return { title, scripts, drawings: drawings.all, pictures, steps, history: historyOf(recording, stepOf), left };
}

/** Another stack is arranged anew: a frame beside what it refers to would cover the names of index variables. */
const hasFramesOf = (one: Diagram, other: Diagram): boolean => framesIn(one) === framesIn(other);
const framesIn = ({ boxes }: Diagram): string =>
  boxes.flatMap(({ key, object }) => (object !== null && object < 0 ? [key] : [])).join();

/** One picture as a film, for a page of its own. */
export function filmOfPicture(title: string, placed: Placed): Film {
  const drawings = createDrawings();
  const lines = render(h(PictureContent, { placed: { ...placed, boxes: [] }, fixedText: true }));
  const { width, height, origin } = placed;
  const boxes = placed.boxes.map(drawings.add);
  return {
    title,
    scripts: [],
    drawings: drawings.all,
    pictures: [{ boxes, lines, width, height, x: origin.x, y: origin.y }],
    steps: [{ picture: 0, script: 0, line: 0, calls: [] }],
    history: {},
    left: 0,
  };
}

function historyOf(recording: Recording, stepOf: readonly number[]): Film['history'] {
  const history: Record<string, (readonly [number, string])[]> = {};
  const ids = new Set(recording.stops.flatMap(({ changed }) => changed.map(({ id }) => id)));
  for (const id of ids) {
    const origin = originOf(recording, id);
    const first = origin && stepOf[origin.stop];
    const list: (readonly [number, string])[] = origin && first != null ? [[first, origin.name]] : [];
    for (const { stop, name } of changesOf(recording, id)) {
      const step = stepOf[stop];
      if (step !== undefined) list.push([step, name]);
    }
    history[String(id)] = list;
  }
  return history;
}

/** Numbers the drawings of boxes. Equal ones have one number. */
function createDrawings() {
  const numbers = new Map<string, number>();
  const all: string[] = [];
  return {
    all,
    add(placed: PlacedBox): readonly [number, number, number] {
      const { frame, title } = placed;
      const moved = {
        ...placed,
        frame: { ...frame, x: 0, y: 0 },
        title: { ...title, x: title.x - frame.x, y: title.y - frame.y },
      };
      const empty = { origin: { x: 0, y: 0 }, width: 0, height: 0, references: [], joins: [], tier: 'full' } as const;
      const diagram = { boxes: [], references: [], direction: 'down' } as const;
      const text = render(h(PictureContent, { placed: { ...empty, diagram, boxes: [moved] }, fixedText: true }));
      let number = numbers.get(text);
      if (number === undefined) {
        number = all.length;
        numbers.set(text, number);
        all.push(text);
      }
      return [number, round(frame.x), round(frame.y)];
    },
  };
}

/** Names of index variables under the cells of the elements that they stand at. */
const indices = (recording: Recording, stop: number, placed: Placed): string =>
  indexMarks(recording, stop, placed)
    .map(
      ({ text, x, y, anchor }) =>
        `<text class="mg-at" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(text)}</text>`,
    )
    .join('');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const round = (value: number): number => Math.round(value * 10) / 10;
