/** The actions of a picture on the screen, for its buttons and its keys. */
import type { BoxKey } from '../../src/diagram/diagram.ts';
import type { Placed, PlacedBox, Point } from '../../src/layout/placed.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';
import { type Action, createAction } from '../actions/action.ts';
import type { ActionId } from '../actions/table.ts';
import type { ViewActions } from '../reading/view/view-actions.ts';
import { copyText } from '../widgets/copy-text.ts';
import type { PictureControls } from './picture-controls.ts';
import { type Arrow, nextBox } from './selection/next-box.ts';
import { boxText } from './selection/words.ts';
import { type Extent, ZOOM_STEP } from './viewport.ts';

/** CSS pixels by which a key moves the picture. */
const KEY_PAN = 60;
/** Points by which a key moves a box. */
const BOX_STEP = 20;

export type ZoomActions = Readonly<Record<'fit' | 'zoomOut' | 'actualSize' | 'zoomIn', Action>>;

/** `enabled`: there is a picture. */
export function zoomActions(controls: PictureControls, enabled: boolean): ZoomActions {
  return {
    fit: createAction('fit', controls.fit, enabled),
    zoomOut: createAction('zoomOut', () => controls.zoom(1 / ZOOM_STEP), enabled),
    actualSize: createAction('actualSize', controls.actualSize, enabled),
    zoomIn: createAction('zoomIn', () => controls.zoom(ZOOM_STEP), enabled),
  };
}

/** The actions whose keys the picture handles while it has the focus. `openMenu` opens the menu of a box. */
export function keyActions(
  placed: Placed,
  controls: PictureControls,
  selected: BoxKey | null,
  openMenu: (box: BoxKey) => void,
  view: ViewActions | null,
  /** Puts the box of an object at a place of the picture; null where boxes stay. */
  onMoveBox: ((object: ObjectId, place: Point) => void) | null = null,
): readonly Action[] {
  const select = (box: BoxKey | null): void => {
    controls.select(box);
    const found = placed.boxes.find((each) => each.box.key === box);
    if (!found) return;
    controls.uncover(outlineOf(found));
  };
  const selectTo = (arrow: Arrow) => () => select(nextBox(placed, selected, arrow) ?? selected);
  // To show more on one side, the picture moves to the other.
  const move = (x: number, y: number) => () => controls.pan(-x * KEY_PAN, -y * KEY_PAN);
  const chosen = placed.boxes.find(({ box }) => box.key === selected);
  const put = (x: number, y: number) => () => {
    if (chosen && chosen.box.object !== null)
      onMoveBox?.(chosen.box.object, { x: chosen.frame.x + x * BOX_STEP, y: chosen.frame.y + y * BOX_STEP });
  };
  const isMovable = onMoveBox !== null && chosen !== undefined && chosen.box.object !== null;
  const open = (): void => {
    if (selected !== null) openMenu(selected);
  };
  const copy = (): void => {
    const found = placed.boxes.find(({ box }) => box.key === selected);
    if (found) copyText(boxText(found.box));
  };
  return [
    ...Object.values(zoomActions(controls, true)),
    createAction('copyBox', copy, selected !== null),
    createAction('selectLeft', selectTo('left')),
    createAction('selectRight', selectTo('right')),
    createAction('selectUp', selectTo('up')),
    createAction('selectDown', selectTo('down')),
    createAction('selectRoot', () => select(placed.boxes[0]?.box.key ?? null)),
    createAction('openMenu', open, selected !== null),
    createAction('deselect', () => controls.select(null), selected !== null),
    ...(view ? viewKeyActions(view, controls, objectOf(placed, selected)) : []),
    createAction('boxLeft', put(-1, 0), isMovable),
    createAction('boxRight', put(1, 0), isMovable),
    createAction('boxUp', put(0, -1), isMovable),
    createAction('boxDown', put(0, 1), isMovable),
    createAction('moveLeft', move(-1, 0)),
    createAction('moveRight', move(1, 0)),
    createAction('moveUp', move(0, -1)),
    createAction('moveDown', move(0, 1)),
  ];
}

const objectOf = (placed: Placed, key: BoxKey | null): ObjectId | null =>
  placed.boxes.find(({ box }) => box.key === key)?.box.object ?? null;

/** Undo and redo, for buttons and keys. */
export const undoActions = ({ state, undo, redo }: ViewActions): readonly Action[] => [
  createAction('undo', () => void undo(), state.value.canUndo),
  createAction('redo', () => void redo(), state.value.canRedo),
];

/** `object` is that of the selected box. */
function viewKeyActions(view: ViewActions, controls: PictureControls, object: ObjectId | null): readonly Action[] {
  const { folded, focus, pathsTo } = view.state.value;
  const act = (id: ActionId, run: (object: ObjectId) => void): Action =>
    createAction(id, () => object !== null && run(object), object !== null);
  return [
    ...undoActions(view),
    act('foldSelected', (id) => view.fold(id, !folded.includes(id))),
    act('focusSelected', view.focusOn),
    act('pathToSelected', (id) => view.showPaths(id, false)),
    createAction('viewBack', view.back, focus !== null || pathsTo !== null),
    createAction('shared', () => {
      controls.listed.value = !controls.listed.value;
    }),
  ];
}

/** A box with its title, in points of the picture. */
export const outlineOf = ({ frame, title }: PlacedBox): Extent => ({
  origin: title,
  width: frame.width,
  height: frame.y + frame.height - title.y,
});
