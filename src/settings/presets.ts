/** Named groups of settings that belong together. A preset changes the settings that it lists and no others. */
import { fills } from '../drawing/palettes.ts';
import { say } from '../words/say.ts';
import { categories, defaultSettings, type Settings } from './settings.ts';

export interface Preset {
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  apply(settings: Settings): Settings;
}

type Drawing = Settings['drawing'];

/** Keeps what the user chose for their own types, accessors and files. Functions and modules belong to the style. */
function look(settings: Settings, drawing: Partial<Drawing>): Settings {
  const { function: _functions, module: _modules, ...own } = settings.drawing.types;
  const types = { ...defaultSettings.drawing.types, ...own };
  return { ...settings, drawing: { ...defaultSettings.drawing, types, ...drawing } };
}

const upright = { general: 'vertical', anyReference: 'horizontal', allReferences: 'horizontal' } as const;

/** One fill instead of many: a printer may have no colors, and text stays black on white. */
const paper = Object.fromEntries(
  categories.map((category) => [category, { light: '#ffffff', dark: fills.calm.dark[category] }]),
);

export const presets: readonly Preset[] = [
  {
    name: say('preset_default'),
    explanation: say('preset_defaultHint'),
    apply: (settings) => look(settings, {}),
  },
  {
    name: say('preset_original', { version: '0.1.27' }),
    explanation: say('preset_originalOldHint'),
    apply: (settings) =>
      look(settings, {
        palette: 'original',
        wrap: false,
        orientation: { linear: upright, keyValue: upright },
        tables: { ...defaultSettings.drawing.tables, matrices: false, records: false },
        joins: { fromReferences: 5, diameter: 28.8, ranks: 2 },
        hiddenReferences: { maximum: 0 },
        keys: { ...defaultSettings.drawing.keys, hidePattern: '^__' },
        types: { ...settings.drawing.types, function: { display: 'hidden' }, module: { display: 'hidden' } },
      }),
  },
  {
    name: say('preset_original', { version: '0.3' }),
    explanation: say('preset_originalHint'),
    apply: (settings) =>
      look(settings, {
        palette: 'original',
        wrap: false,
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
    name: say('preset_teaching'),
    explanation: say('preset_teachingHint'),
    apply: (settings) =>
      look(settings, {
        teaching: true,
        primitives: { asBoxes: true },
        titles: { typeNames: true, identityNumbers: true },
        spacing: { cellPadding: 6, betweenCells: 6, betweenBoxes: 30, betweenRanks: 40 },
        tables: { ...defaultSettings.drawing.tables, matrices: false, records: false },
      }),
  },
  {
    name: say('preset_printing'),
    explanation: say('preset_printingHint'),
    apply: (settings) => ({
      ...look(settings, {
        colors: paper,
        spacing: { ...defaultSettings.drawing.spacing, betweenBoxes: 16, betweenRanks: 24 },
      }),
      export: { ...settings.export, theme: 'light', background: 'none', scale: 4 },
    }),
  },
];
