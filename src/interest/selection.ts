/**
 * Selects what is drawn for a number of objects: their boxes with the rows that have room, small objects as text, all close together.
 * Lays nothing out, and does not decide whether it fits.
 */
import { choose } from '../diagram/choices.ts';
import type { DrawnObjects, ShownPart } from '../diagram/drawn.ts';
import type { DiagramSettings, ViewSize } from '../diagram/settings.ts';
import type { ObjectId, Snapshot } from '../snapshot/snapshot.ts';
import { type InterestGraph, interestGraph } from './graph.ts';
import { type Candidate, orderOfInterest, pathsTo } from './order.ts';
import { isSmall, leastScale, margin } from './room.ts';
import { chooseRows, type RowContext } from './rows.ts';
import { isWritten } from './written.ts';

/** One form in which a number of objects is drawn. */
export interface Form {
  readonly direction: DiagramSettings['direction'];
  /** The maximum number of rows of one object. */
  readonly rows: number;
  /** The number of boxes: this many in the order of interest, then the first `more` that are not deeper than the deepest of these. */
  readonly count: number;
  readonly more: number;
  /** Wrapped to the width of the view, with texts of usual length or the shortest. */
  readonly narrow?: 'usual' | 'short';
}

export interface Selection {
  /** The number of the first boxes without which the picture would say nothing, however small the view. */
  readonly least: number;
  /** The number of possible boxes, not counting those that are there only because the user asked for them. */
  readonly boxes: number;
  /** The number of objects that could be in the picture, as boxes or as text. */
  readonly objects: number;
  /** Something that the user opened can be in the picture. */
  readonly hasOpened: boolean;
  /** With these everything is drawn. In a stack, empty objects that nothing else refers to are text: their boxes would say nothing. */
  readonly whole: DiagramSettings;
  /** The number of objects for `Form.more`. */
  notDeeper(count: number): number;
  settingsOf(form: Form): DiagramSettings;
}

/** Small gaps, because room is scarce. */
const dense = {
  spacing: { cellPadding: 3, betweenCells: 2, betweenBoxes: 9, betweenRanks: 18 },
  maximumLength: 20,
} as const;

/** An object with more properties is vertical, because horizontally it would be wider than any view. */
const mostAcross = 6;
/** The same in a small view, for named values and for elements. */
const fewAcross = { named: 2, elements: 4 };
/** The height of a row and the width of a character in a cell, in points. */
const rowHeight = 20;
const characterWidth = 7.2;
/** The number of variables of a frame up to which none is left out, if the view is high enough. */
const mostVariables = 40;
/** The numbers of rows and characters that are shown even in the smallest view. */
const leastRows = 3;
const leastCharacters = 8;
/** The width of a box without its text, in points, and the room for lines beside it where it is nearly as wide as the view. */
const frameWidth = 40;
const lineWidth = 20;

export function createSelection(snapshot: Snapshot, settings: DiagramSettings, view: ViewSize): Selection {
  const asked = [...(settings.asked ?? []), ...(settings.opened ?? [])];
  const choices = choose(snapshot, settings);
  const graph = interestGraph(choices);
  const order = orderOfInterest(graph);
  const wanted = new Set(pathsTo(graph, asked));
  const written = new Set<ObjectId>();
  const innermost = innermostFrame(snapshot);
  const small = isSmall(view);
  const first = small && innermost !== null ? firstShown(graph, innermost) : new Set<ObjectId>();
  const boxes: Candidate[] = [];
  for (const candidate of [...order.filter(({ id }) => first.has(id)), ...order.filter(({ id }) => !first.has(id))]) {
    const { id } = candidate;
    const node = graph.node(id);
    if (node && !graph.roots.includes(id) && !wanted.has(id) && isWritten(node, choices)) written.add(id);
    else boxes.push(candidate);
  }
  const mostRows = Math.max(leastRows, Math.floor((view.height - margin) / leastScale / rowHeight) - 2);
  const beside = frameWidth + (small ? lineWidth : 0);
  const fitting = Math.floor(((view.width - margin) / leastScale - beside) / (2 * characterWidth));
  const text = {
    maximumLength: Math.min(settings.text.maximumLength, dense.maximumLength, Math.max(leastCharacters, fitting)),
  };
  const notDeeper = (count: number): readonly Candidate[] => {
    const deepest = Math.max(...boxes.slice(0, count).map(({ depth }) => depth));
    return boxes.slice(count).filter(({ depth }) => depth <= deepest);
  };
  const isFunction = (id: ObjectId): boolean => snapshot.objects.get(id)?.kind === 'function';

  const drawnOf = ({ count, more, rows: limit }: Form): DrawnObjects => {
    const drawn = new Set(wanted);
    for (const { id } of boxes.slice(0, count)) drawn.add(id);
    if (more > 0) for (const { id } of notDeeper(count).slice(0, more)) drawn.add(id);
    const context: RowContext = {
      limit: Math.min(limit, mostRows),
      // A small view is scrolled rather than that variables are left out.
      variables: Math.max(limit, small ? mostVariables : Math.min(mostVariables, mostRows)),
      innermost,
      isDrawn: (id) => drawn.has(id),
      isFunction,
    };
    const rows = new Map<ObjectId, readonly ShownPart[]>();
    const upright = new Set<ObjectId>();
    for (const id of drawn) {
      const node = graph.node(id);
      if (!node) continue;
      const { object, parts, leaf } = node;
      const chosen = settings.opened?.has(id) ? null : leaf ? leafRows(parts) : chooseRows(object, parts, context);
      if (chosen) rows.set(id, chosen);
      if (isUpright(chosen ?? parts, written, small)) upright.add(id);
    }
    return { boxes: drawn, written, rows, upright };
  };

  return {
    least: Math.max(1, boxes.filter(({ id }) => first.has(id)).length),
    boxes: boxes.length,
    objects: order.length,
    hasOpened: wanted.size > 0,
    whole: innermost === null ? settings : withoutEmptyBoxes(snapshot, settings, written),
    notDeeper: (count) => notDeeper(count).length,
    settingsOf: (form) => ({
      ...settings,
      direction: form.direction,
      spacing: dense.spacing,
      staggered: true,
      text: form.narrow === 'short' ? { maximumLength: Math.min(text.maximumLength, leastCharacters) } : text,
      // Every ✂ hides many references to something drawn.
      hiddenReferences: { maximum: 0 },
      drawn: drawnOf(form),
    }),
  };
}

/** The variables of the frame in which the page stands; null when the snapshot is of no stack. */
export function innermostFrame({ roots, objects }: Snapshot): ObjectId | null {
  for (const { result } of roots) {
    const root = result.ok && result.value.type === 'reference' ? objects.get(result.value.id) : undefined;
    const last = root?.kind === 'stack' ? root.parts.at(-1) : undefined;
    if (last?.type === 'property' && last.value.type === 'reference') return last.value.id;
  }
  return null;
}

function withoutEmptyBoxes(
  { objects }: Snapshot,
  settings: DiagramSettings,
  written: ReadonlySet<ObjectId>,
): DiagramSettings {
  const empty = [...written].filter((id) => objects.get(id)?.parts.length === 0);
  if (empty.length === 0) return settings;
  const texts = empty.map((id) => [id, { ...settings.objects.get(id), display: 'inline' }] as const);
  return { ...settings, objects: new Map([...settings.objects, ...texts]) };
}

/** What must not be missing in the picture of a stack: the frame in which the page stands, and what it refers to. */
function firstShown({ roots, node }: InterestGraph, innermost: ObjectId): ReadonlySet<ObjectId> {
  return new Set([...roots, innermost, ...(node(innermost)?.links ?? []).map(({ to }) => to)]);
}

/** A `…` that replaces all rows of a leaf. */
function leafRows(parts: readonly ShownPart[]): readonly ShownPart[] | null {
  if (parts.length === 0) return null;
  return [{ part: { type: 'hidden', of: 'property', index: 0, count: parts.length }, behind: [] }];
}

/** Whether a box is vertical. Many names in a row, and texts of objects, are wider than a view. */
function isUpright(parts: readonly ShownPart[], written: ReadonlySet<ObjectId>, small: boolean): boolean {
  const named = parts.filter(({ part }) => part.type === 'property' || part.type === 'entry').length;
  const isText = ({ part }: ShownPart): boolean =>
    'value' in part && part.value.type === 'reference' && written.has(part.value.id);
  if (small && (named > fewAcross.named || parts.length > fewAcross.elements)) return true;
  return named > mostAcross || parts.filter(isText).length > 1;
}
