/**
 * Every action that the panel offers. Its buttons, menu rows, keys and the tables of docs/guide.md are made from this list. It has
 * the names and keys of actions; `action.ts` binds what an action does where it is offered.
 */
import { say } from '../../src/words/say.ts';

export interface Description {
  /** The text of a button or menu row, or the title of an icon. */
  readonly name: string;
  /** What the name does not say, for the title. */
  readonly explanation?: string;
  /** Keys as `keys.ts` reads them. Any of them runs the action. */
  readonly keys?: readonly string[];
  /** The key in its title, where that is not the first of `keys`. */
  readonly keyHint?: string;
  /** Paths of its icon, in a square of 20 units. */
  readonly icon?: readonly string[];
}

export interface ActionGroup {
  /** The part of the panel that offers the actions and has their keys. */
  readonly title: string;
  readonly actions: Readonly<Record<string, Description>>;
}

const circle = (x: number, y: number, radius: number): string =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;

const drawAgainIcon = ['M15.5 10a5.5 5.5 0 1 1-1.6-3.9M15.5 3.5v3.2h-3.2'];

const expression = {
  draw: { name: say('action_draw'), keys: ['Enter'] },
  drawAgain: { name: say('action_drawAgain'), keys: ['Ctrl+Enter'], icon: drawAgainIcon },
  autoRefresh: {
    name: say('action_autoRefresh'),
    explanation: say('explain_autoRefresh'),
    icon: [...drawAgainIcon, 'M10 7v3.2l2 1.2'],
  },
  newLine: { name: say('action_newLine'), keys: ['Shift+Enter'] },
  pin: { name: say('action_pin'), explanation: say('explain_pin'), keys: ['Alt+Enter'] },
  olderExpression: { name: say('action_olderExpression'), keys: ['ArrowUp'] },
  newerExpression: { name: say('action_newerExpression'), keys: ['ArrowDown'] },
  previousGraph: { name: say('action_previousGraph'), keys: ['Alt+ArrowLeft'] },
  nextGraph: { name: say('action_nextGraph'), keys: ['Alt+ArrowRight'] },
  cancel: { name: say('action_cancel'), explanation: say('explain_cancel'), keys: ['Escape'] },
  back: { name: say('action_back') },
  showPage: { name: say('action_showPage'), explanation: say('explain_showPage') },
  stopPageCalls: {
    name: say('action_stopPageCalls'),
    explanation: say('explain_stopPageCalls'),
  },
} as const satisfies ActionGroup['actions'];

const completion = {
  takeCompletion: { name: say('action_takeCompletion'), keys: ['Tab', 'ArrowRight'] },
  nextCompletion: { name: say('action_nextCompletion'), keys: ['ArrowDown'] },
  previousCompletion: { name: say('action_previousCompletion'), keys: ['ArrowUp'] },
  closeCompletions: { name: say('action_closeCompletions'), keys: ['Escape'] },
} as const satisfies ActionGroup['actions'];

const picture = {
  fit: {
    name: say('action_fit'),
    keys: ['F', '0'],
    icon: ['M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13', 'M7.5 7.5h5v5h-5z'],
  },
  zoomOut: { name: say('action_zoomOut'), keys: ['-'], icon: ['M4 10h12'] },
  actualSize: { name: say('action_actualSize'), keys: ['1', 'Ctrl+0'] },
  zoomIn: { name: say('action_zoomIn'), keys: ['+', '='], icon: ['M4 10h12M10 4v12'] },
  find: {
    name: say('action_find'),
    keys: ['Ctrl+F'],
    icon: [circle(8.8, 8.8, 4.6), 'm12.2 12.2 4.3 4.3'],
  },
  selectLeft: { name: say('action_selectLeft'), keys: ['ArrowLeft'] },
  selectRight: { name: say('action_selectRight'), keys: ['ArrowRight'] },
  selectUp: { name: say('action_selectUp'), keys: ['ArrowUp'] },
  selectDown: { name: say('action_selectDown'), keys: ['ArrowDown'] },
  selectRoot: { name: say('action_selectRoot'), keys: ['Home'] },
  openMenu: { name: say('action_openMenu'), keys: ['Enter'] },
  deselect: { name: say('action_deselect'), keys: ['Escape'] },
  undo: {
    name: say('action_undo'),
    explanation: say('explain_undo'),
    keys: ['Ctrl+Z'],
    icon: ['M7.5 4.5 4 8l3.5 3.5M4.5 8h7a4 4 0 0 1 0 8H8'],
  },
  redo: {
    name: say('action_redo'),
    explanation: say('explain_redo'),
    keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    icon: ['M12.5 4.5 16 8l-3.5 3.5M15.5 8h-7a4 4 0 0 0 0 8H12'],
  },
  foldSelected: { name: say('action_foldSelected'), keys: ['X'] },
  focusSelected: { name: say('action_focusSelected'), keys: ['O'] },
  pathToSelected: { name: say('action_pathToSelected'), keys: ['P'] },
  viewBack: { name: say('action_back'), explanation: say('explain_viewBack'), keys: ['Backspace'] },
  shared: { name: say('action_shared'), explanation: say('explain_shared'), keys: ['S'] },
  lensOn: { name: say('action_lensOn') },
  lensOff: { name: say('action_lensOff'), explanation: say('explain_lensOff') },
  boxLeft: { name: say('action_boxLeft'), keys: ['Ctrl+ArrowLeft'] },
  boxRight: { name: say('action_boxRight'), keys: ['Ctrl+ArrowRight'] },
  boxUp: { name: say('action_boxUp'), keys: ['Ctrl+ArrowUp'] },
  boxDown: { name: say('action_boxDown'), keys: ['Ctrl+ArrowDown'] },
  moveLeft: { name: say('action_moveLeft'), keys: ['Shift+ArrowLeft'] },
  moveRight: { name: say('action_moveRight'), keys: ['Shift+ArrowRight'] },
  moveUp: { name: say('action_moveUp'), keys: ['Shift+ArrowUp'] },
  moveDown: { name: say('action_moveDown'), keys: ['Shift+ArrowDown'] },
} as const satisfies ActionGroup['actions'];

const find = {
  previousMatch: { name: say('action_previousMatch'), keys: ['Shift+Enter'] },
  nextMatch: { name: say('action_nextMatch'), keys: ['Enter'] },
  closeFind: { name: say('action_close'), keys: ['Escape'] },
} as const satisfies ActionGroup['actions'];

const box = {
  retainers: { name: say('action_retainers') },
  runGetters: { name: say('action_runGetters'), explanation: say('explain_runGetters') },
  retainersAnywhere: { name: say('action_retainersAnywhere') },
  editValue: { name: say('action_editValue') },
  showText: { name: say('action_showText') },
  closeText: { name: say('action_close'), keys: ['Escape'] },
  copyString: { name: say('action_copyString') },
  copyValue: { name: say('action_copyValue') },
  copyPath: { name: say('action_copyPath') },
  copyBox: { name: say('action_copyBox'), keys: ['Ctrl+C'] },
  log: { name: say('action_log') },
  store: { name: say('action_store') },
  element: { name: say('action_element') },
  functionDefinition: { name: say('action_functionDefinition') },
  classDefinition: { name: say('action_classDefinition') },
  frameSource: { name: say('action_frameSource') },
  focus: { name: say('action_focus'), explanation: say('explain_focus') },
  pathFromRoot: { name: say('action_pathFromRoot') },
  allPaths: { name: say('action_allPaths') },
  fold: { name: say('action_fold'), explanation: say('explain_fold') },
  openLink: { name: say('action_openLink') },
  expand: { name: say('action_expand') },
  box: { name: say('action_box') },
  collapse: { name: say('action_collapse') },
  inline: { name: say('action_inline') },
  hide: { name: say('action_hide') },
  vertical: { name: say('action_vertical') },
  horizontal: { name: say('action_horizontal') },
  labelBox: { name: say('action_labelBox'), explanation: say('explain_labelBox') },
  resetBox: { name: say('action_resetBox') },
  openGroup: { name: say('action_openGroup') },
  takeOut: { name: say('action_takeOut') },
  closeGroups: { name: say('action_closeGroups') },
} as const satisfies ActionGroup['actions'];

const stack = {
  resume: { name: say('action_resume'), keys: ['F8'], keyHint: say('hint_resume'), icon: ['M5 4v12M8.5 4l8 6-8 6z'] },
  pause: { name: say('action_pause'), keys: ['F8'], keyHint: '', icon: ['M7 4.5v11M13 4.5v11'] },
  stepOver: {
    name: say('action_stepOver'),
    keys: ['F10'],
    icon: ['M3.5 10.5a6.5 5 0 0 1 12.6-1.2M16.5 5.5v4h-4', circle(10, 14.5, 1.4)],
  },
  stepInto: {
    name: say('action_stepInto'),
    keys: ['F11'],
    icon: ['M10 3v8M6.8 8 10 11.2 13.2 8', circle(10, 15.5, 1.4)],
  },
  stepOut: {
    name: say('action_stepOut'),
    keys: ['Shift+F11'],
    icon: ['M10 11.5v-8M6.8 6.5 10 3.3l3.2 3.2', circle(10, 15.5, 1.4)],
  },
  libraries: {
    name: say('action_libraries'),
    explanation: say('explain_libraries'),
    icon: ['M4.5 4.5v11M8 4.5v11M11 4.8l3.8 10.7'],
  },
  asynchronous: {
    name: say('action_asynchronous'),
    explanation: say('explain_asynchronous'),
    icon: [circle(10, 10, 6), 'M10 6.5V10l2.5 1.8'],
  },
  addWatch: { name: say('action_addWatch'), keys: ['Enter'] },
  pauseBefore: { name: say('action_pauseBefore'), keys: ['Alt+ArrowLeft'], icon: ['M12.5 4.5 7 10l5.5 5.5'] },
  pauseAfter: { name: say('action_pauseAfter'), keys: ['Alt+ArrowRight'], icon: ['M7.5 4.5 13 10l-5.5 5.5'] },
} as const satisfies ActionGroup['actions'];

const console = {
  lastResult: { name: '$_', explanation: say('explain_lastResult') },
  selectedElement: { name: '$0', explanation: say('explain_selectedElement') },
  drawLogged: { name: say('action_drawLogged') },
  addLogged: { name: say('action_addLogged') },
  storeLogged: { name: say('action_store') },
  nextLogged: { name: say('action_nextLogged'), keys: ['ArrowDown'] },
  previousLogged: { name: say('action_previousLogged'), keys: ['ArrowUp'] },
} as const satisfies ActionGroup['actions'];

const page = {
  refreshPage: { name: say('action_refreshPage'), icon: drawAgainIcon },
  findVariables: { name: say('action_findVariables') },
  attachAndFind: { name: say('action_attachAndFind') },
  countObjects: { name: say('action_countObjects') },
  countAgain: { name: say('action_countAgain') },
  markObjects: { name: say('action_markObjects'), explanation: say('explain_markObjects') },
  listDetached: { name: say('action_listDetached') },
  riskIt: { name: say('action_riskIt') },
  nextRow: { name: say('action_nextRow'), keys: ['ArrowDown'] },
  previousRow: { name: say('action_previousRow'), keys: ['ArrowUp'] },
} as const satisfies ActionGroup['actions'];

const record = {
  startRecording: { name: say('action_startRecording'), keys: ['Enter'] },
  stopRecording: { name: say('action_stopRecording') },
  recordAgain: { name: say('action_recordAgain'), explanation: say('explain_recordAgain') },
  recordOther: { name: say('action_recordOther'), explanation: say('explain_recordOther') },
  showFilm: { name: say('action_showFilm'), explanation: say('explain_showFilm') },
  moreCalls: { name: say('action_moreCalls'), explanation: say('explain_moreCalls') },
  recordAnyway: { name: say('action_recordAnyway') },
  recordNot: { name: say('action_recordNot') },
  openRecording: { name: say('action_openRecording') },
  firstStep: { name: say('action_firstStep'), keys: ['Home'], icon: ['M5.5 4.5v11M15 4.5 8.5 10l6.5 5.5z'] },
  previousStep: { name: say('action_previousStep'), keys: ['ArrowLeft', ','], icon: ['M13 4.5 6.5 10l6.5 5.5z'] },
  playSteps: { name: say('action_playSteps'), keys: [' '], keyHint: say('hint_space'), icon: ['M6 4l10 6-10 6z'] },
  pauseSteps: { name: say('action_pauseSteps'), keyHint: say('hint_space'), icon: ['M7 4.5v11M13 4.5v11'] },
  nextStep: { name: say('action_nextStep'), keys: ['ArrowRight', '.'], icon: ['M7 4.5 13.5 10 7 15.5z'] },
  lastStep: { name: say('action_lastStep'), keys: ['End'], icon: ['M14.5 4.5v11M5 4.5l6.5 5.5L5 15.5z'] },
  previousChange: { name: say('action_previousChange'), keys: ['B'] },
  nextChange: { name: say('action_nextChange'), explanation: say('explain_nextChange'), keys: ['N'] },
  nextCall: { name: say('action_nextCall'), explanation: say('explain_nextCall'), keys: ['C'] },
  whenChanged: { name: say('action_whenChanged') },
  changeBefore: { name: say('action_changeBefore') },
  changeAfter: { name: say('action_changeAfter') },
  whereFrom: { name: say('action_whereFrom') },
  pauseOnChange: { name: say('action_pauseOnChange'), explanation: say('explain_pauseOnChange') },
  stopWatching: { name: say('action_stopWatching') },
  share: {
    name: say('action_share'),
    explanation: say('explain_share'),
    icon: ['M10 12.5v-9M6.8 6.6 10 3.4l3.2 3.2M4 10v6.5h12V10'],
  },
  saveAnimation: { name: say('action_saveAnimation'), explanation: say('explain_saveAnimation') },
  saveRecording: { name: say('action_saveRecording'), explanation: say('explain_saveRecording') },
  copyRecording: { name: say('action_copyRecording'), explanation: say('explain_copyRecording') },
} as const satisfies ActionGroup['actions'];

const element = {
  drawElement: { name: say('action_drawElement'), icon: drawAgainIcon },
} as const satisfies ActionGroup['actions'];

const compare = {
  keep: {
    name: say('action_keep'),
    explanation: say('explain_keep'),
    icon: ['M6.5 3.5h7v13l-3.5-3.2-3.5 3.2z'],
  },
  keepThis: { name: say('action_keepThis'), explanation: say('explain_keepThis') },
  showBeside: { name: say('action_showBeside'), explanation: say('explain_showBeside') },
  showAlone: { name: say('action_showAlone'), explanation: say('explain_showAlone') },
  stopComparing: { name: say('action_stopComparing') },
} as const satisfies ActionGroup['actions'];

const everyView = {
  commands: { name: say('action_commands'), keys: ['?'] },
  goToTarget: { name: say('action_goToTarget') },
  goToSource: { name: say('action_goToSource') },
  attach: { name: say('action_attach') },
  ownWindow: {
    name: say('action_ownWindow'),
    icon: ['M8.5 4.5h-4v11h11v-4M11.5 4.5h4v4M15.5 4.5 9.5 10.5'],
  },
  export: {
    name: say('action_export'),
    explanation: say('explain_export'),
    icon: ['M10 3.5v8.5M6.8 9l3.2 3.2L13.2 9M4 13.5v3h12v-3'],
  },
  copyPicture: { name: say('action_copyPicture'), explanation: say('explain_copyPicture') },
  copyMarkdown: { name: say('action_copyMarkdown'), explanation: say('explain_copyMarkdown') },
  copyMermaid: { name: say('action_copyMermaid'), explanation: say('explain_copyMermaid') },
  copyDot: { name: say('action_copyDot'), explanation: say('explain_copyDot') },
  savePage: { name: say('action_savePage'), explanation: say('explain_savePage') },
  saveSvg: { name: say('action_saveSvg'), explanation: say('explain_saveSvg') },
  savePng: { name: say('action_savePng'), explanation: say('explain_savePng') },
  savePdf: {
    name: say('action_savePdf'),
    explanation: say('explain_savePdf'),
  },
  saveDot: { name: say('action_saveDot'), explanation: say('explain_saveDot') },
  saveJson: { name: say('action_saveJson'), explanation: say('explain_saveJson') },
  openFile: { name: say('action_openFile') },
  settings: {
    name: say('action_settings'),
    icon: [
      circle(10, 10, 2.4),
      'M10 3.2v2.2M10 14.6v2.2M3.2 10h2.2M14.6 10h2.2M5.2 5.2l1.5 1.5M13.3 13.3l1.5 1.5M14.8 5.2l-1.5 1.5M6.7 13.3l-1.5 1.5',
    ],
  },
} as const satisfies ActionGroup['actions'];

const settings = {
  importSettings: { name: say('action_importSettings') },
  exportSettings: { name: say('action_export') },
  resetSettings: { name: say('action_resetSettings') },
  closeSettings: { name: say('action_close'), keys: ['Escape'] },
} as const satisfies ActionGroup['actions'];

export const actionGroups = {
  expression: { title: say('group_expression'), actions: expression },
  completion: { title: say('group_completion'), actions: completion },
  picture: { title: say('group_picture'), actions: picture },
  find: { title: say('group_find'), actions: find },
  box: { title: say('group_box'), actions: box },
  stack: { title: say('group_stack'), actions: stack },
  console: { title: say('group_console'), actions: console },
  page: { title: say('group_page'), actions: page },
  record: { title: say('group_record'), actions: record },
  element: { title: say('group_element'), actions: element },
  compare: { title: say('group_compare'), actions: compare },
  everyView: { title: say('group_everyView'), actions: everyView },
  settings: { title: say('action_settings'), actions: settings },
} as const satisfies Readonly<Record<string, ActionGroup>>;

const all = {
  ...expression,
  ...completion,
  ...picture,
  ...find,
  ...box,
  ...stack,
  ...console,
  ...page,
  ...record,
  ...element,
  ...compare,
  ...everyView,
  ...settings,
};

export type ActionId = keyof typeof all;

export const descriptions: Readonly<Record<ActionId, Description>> = all;
