/** Settings that belong together, by name. A preset changes what it speaks of and leaves the rest as it is. */
import { palettes } from '../drawing/theme.ts';
import { categories, defaultSettings, type Settings } from './settings.ts';

export interface Preset {
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  apply(settings: Settings): Settings;
}

type Drawing = Settings['drawing'];

/** What a person chose for types of theirs, accessors and files is theirs; functions and modules belong to the look. */
function look(settings: Settings, drawing: Partial<Drawing>): Settings {
  const { function: _functions, module: _modules, ...own } = settings.drawing.types;
  const types = { ...defaultSettings.drawing.types, ...own };
  return { ...settings, drawing: { ...defaultSettings.drawing, types, ...drawing } };
}

const upright = { general: 'vertical', anyReference: 'horizontal', allReferences: 'horizontal' } as const;

/** One fill in place of many: paper and toner have no colours to spare, and text stays black on white. */
const paper = Object.fromEntries(
  categories.map((category) => [category, { light: '#ffffff', dark: palettes.dark.fills[category] }]),
);

export const presets: readonly Preset[] = [
  {
    name: 'Ours',
    explanation: 'The defaults of everything that is drawn.',
    apply: (settings) => look(settings, {}),
  },
  {
    name: 'Original 0.1.27',
    explanation: 'As memory_graph 0.1.27 draws: no tables, no functions, wide circles where references join.',
    apply: (settings) =>
      look(settings, {
        orientation: { linear: upright, keyValue: upright },
        tables: { ...defaultSettings.drawing.tables, matrices: false, records: false },
        joins: { fromReferences: 5, diameter: 28.8, ranks: 2 },
        hiddenReferences: { maximum: 0 },
        keys: { ...defaultSettings.drawing.keys, hidePattern: '^__' },
        types: { ...settings.drawing.types, function: { display: 'hidden' }, module: { display: 'hidden' } },
      }),
  },
  {
    name: 'Original 0.3',
    explanation: 'As memory_graph 0.3 draws: tables of few rows, dashed references from what is hidden.',
    apply: (settings) =>
      look(settings, {
        orientation: { linear: upright, keyValue: upright },
        tables: {
          matrices: true,
          records: true,
          rows: { begin: 3, middle: 2, end: 3 },
          columns: { begin: 3, middle: 2, end: 3 },
        },
        joins: { fromReferences: 0, diameter: 28.8, ranks: 2 },
        hiddenReferences: { maximum: 2 },
        keys: { ...defaultSettings.drawing.keys, hidePattern: '^__' },
        types: { ...settings.drawing.types, function: { display: 'hidden' }, module: { display: 'hidden' } },
      }),
  },
  {
    name: 'For teaching',
    explanation: 'Every value is a box, every object has its number, and there is room between them.',
    apply: (settings) =>
      look(settings, {
        primitives: { asBoxes: true },
        titles: { typeNames: true, identityNumbers: true },
        spacing: { cellPadding: 6, betweenCells: 6, betweenBoxes: 30, betweenRanks: 40 },
        tables: { ...defaultSettings.drawing.tables, matrices: false, records: false },
      }),
  },
  {
    name: 'For printing',
    explanation: 'Black on white, close together, in files too.',
    apply: (settings) => ({
      ...look(settings, {
        colours: paper,
        spacing: { ...defaultSettings.drawing.spacing, betweenBoxes: 16, betweenRanks: 24 },
      }),
      export: { ...settings.export, theme: 'light', background: 'none', scale: 4 },
    }),
  },
];
