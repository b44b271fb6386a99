/**
 * Every setting with its name, its explanation and its control. The settings view and docs/configuration.md are made from
 * this list. It says nothing about values, which are in settings.ts.
 */
import { say } from '../words/say.ts';

export type Control =
  | { readonly type: 'flag' }
  | { readonly type: 'number'; readonly step: number; readonly unit: string | null }
  | { readonly type: 'choice'; readonly options: readonly (readonly [value: string, label: string])[] }
  | { readonly type: 'text'; readonly placeholder: string }
  /** Three counts: from the beginning, around the middle, from the end. */
  | { readonly type: 'slices' }
  /** Regular expressions, one per line. */
  | { readonly type: 'patterns' }
  /** Names with texts, one per line. */
  | { readonly type: 'attributes' }
  | { readonly type: 'colors' }
  | { readonly type: 'types' }
  | { readonly type: 'accessors' }
  | { readonly type: 'lenses' };

export interface Row {
  /** Where the value is in the settings and in a file: `drawing.text.maximumLength`. */
  readonly path: string;
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  readonly control: Control;
  /** The name of the setting in the original; null when it has no such setting. */
  readonly original: string | null;
}

export interface RowGroup {
  readonly title: string;
  readonly rows: readonly Row[];
}

const flag: Control = { type: 'flag' };
const count: Control = { type: 'number', step: 1, unit: null };
const points: Control = { type: 'number', step: 1, unit: say('unit_points') };
const orientation: Control = {
  type: 'choice',
  options: [
    ['vertical', say('vertical')],
    ['horizontal', say('horizontal')],
  ],
};

function row(path: string, name: string, explanation: string, control: Control, original: string | null = null): Row {
  return { path, name, explanation, control, original };
}

export const rowGroups: readonly RowGroup[] = [
  {
    title: say('rows_reading'),
    rows: [
      row('reading.slices', say('setting_slices'), say('help_slices'), { type: 'slices' }, 'type_to_slicer'),
      row('reading.depth', say('setting_depth'), say('help_depth'), count, 'max_graph_depth'),
      row('reading.objects', say('setting_objects'), say('help_objects'), count),
      row('reading.time', say('setting_time'), say('help_time'), {
        type: 'number',
        step: 100,
        unit: say('unit_milliseconds'),
      }),
      row('reading.text', say('setting_text'), say('help_text'), {
        type: 'number',
        step: 100,
        unit: say('unit_characters'),
      }),
      row(
        'reading.nonEnumerable',
        say('setting_nonEnumerable'),
        say('help_nonEnumerable'),
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row('reading.prototypes', say('setting_prototypes'), say('help_prototypes'), flag),
      row('reading.children', say('setting_children'), say('help_children'), flag),
      row('reading.scopes', say('setting_scopes'), say('help_scopes'), flag),
    ],
  },
  {
    title: say('rows_layout'),
    rows: [
      row('drawing.amount', say('setting_amount'), say('help_amount'), {
        type: 'choice',
        options: [
          ['readable', say('amount_optionReadable')],
          ['all', say('amount_optionAll')],
        ],
      }),
      row(
        'drawing.direction',
        say('setting_direction'),
        say('help_direction'),
        {
          type: 'choice',
          options: [
            ['down', say('direction_down')],
            ['right', say('direction_right')],
          ],
        },
        'layout(horizontal)',
      ),
      row('drawing.teaching', say('setting_teaching'), say('help_teaching'), flag),
      row('drawing.wrap', say('setting_wrap'), say('help_wrap'), flag),
      row(
        'drawing.orientation.linear.general',
        say('setting_linearGeneral'),
        say('help_linearGeneral'),
        orientation,
        'graphviz_nodes.linear_layout_vertical',
      ),
      row(
        'drawing.orientation.linear.anyReference',
        say('setting_linearAny'),
        say('help_linearAny'),
        orientation,
        'graphviz_nodes.linear_any_ref_layout_vertical',
      ),
      row(
        'drawing.orientation.linear.allReferences',
        say('setting_linearAll'),
        say('help_linearAll'),
        orientation,
        'graphviz_nodes.linear_all_ref_layout_vertical',
      ),
      row(
        'drawing.orientation.keyValue.general',
        say('setting_keyValueGeneral'),
        say('help_keyValueGeneral'),
        orientation,
        'graphviz_nodes.key_value_layout_vertical',
      ),
      row(
        'drawing.orientation.keyValue.anyReference',
        say('setting_keyValueAny'),
        say('help_keyValueAny'),
        orientation,
        'graphviz_nodes.key_value_any_ref_layout_vertical',
      ),
      row(
        'drawing.orientation.keyValue.allReferences',
        say('setting_keyValueAll'),
        say('help_keyValueAll'),
        orientation,
        'graphviz_nodes.key_value_all_ref_layout_vertical',
      ),
      row(
        'drawing.spacing.cellPadding',
        say('setting_cellPadding'),
        say('help_cellPadding'),
        points,
        'graphviz_nodes.padding',
      ),
      row(
        'drawing.spacing.betweenCells',
        say('setting_betweenCells'),
        say('help_betweenCells'),
        points,
        'graphviz_nodes.spacing',
      ),
      row(
        'drawing.spacing.betweenBoxes',
        say('setting_betweenBoxes'),
        say('help_betweenBoxes'),
        points,
        'graph_attr nodesep',
      ),
      row(
        'drawing.spacing.betweenRanks',
        say('setting_betweenRanks'),
        say('help_betweenRanks'),
        points,
        'graph_attr ranksep',
      ),
    ],
  },
  {
    title: say('rows_boxes'),
    rows: [
      row(
        'drawing.primitives.asBoxes',
        say('setting_asBoxes'),
        say('help_asBoxes'),
        flag,
        'rewrite_to_node.reduce_reference_children',
      ),
      row(
        'drawing.text.maximumLength',
        say('setting_maximumLength'),
        say('help_maximumLength'),
        { type: 'number', step: 1, unit: say('unit_characters') },
        'graphviz_nodes.max_string_length',
      ),
      row('drawing.titles.typeNames', say('setting_typeNames'), say('help_typeNames'), flag, 'type_labels'),
      row('drawing.titles.identityNumbers', say('setting_identityNumbers'), say('help_identityNumbers'), flag),
      row('drawing.tables.matrices', say('setting_matrices'), say('help_matrices'), flag, 'Table node'),
      row('drawing.tables.records', say('setting_records'), say('help_records'), flag, 'Table node'),
      row('drawing.tables.rows', say('setting_tableRows'), say('help_tableRows'), { type: 'slices' }, 'Table node'),
      row('drawing.values.sparklines', say('setting_sparklines'), say('help_sparklines'), flag),
      row('drawing.values.images', say('setting_images'), say('help_images'), flag),
      row('drawing.values.buffers', say('setting_buffers'), say('help_buffers'), flag),
      row('drawing.values.colors', say('setting_swatches'), say('help_swatches'), flag),
      row('drawing.values.dates', say('setting_dates'), say('help_dates'), flag),
      row('drawing.values.links', say('setting_links'), say('help_links'), flag),
      row(
        'drawing.tables.columns',
        say('setting_tableColumns'),
        say('help_tableColumns'),
        { type: 'slices' },
        'Table node',
      ),
    ],
  },
  {
    title: say('rows_keys'),
    rows: [
      row(
        'drawing.keys.hideSymbols',
        say('setting_hideSymbols'),
        say('help_hideSymbols'),
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row(
        'drawing.keys.hideUnderscored',
        say('setting_hideUnderscored'),
        say('help_hideUnderscored'),
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row(
        'drawing.keys.hidePrivate',
        say('setting_hidePrivate'),
        say('help_hidePrivate'),
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row(
        'drawing.keys.hideInternal',
        say('setting_hideInternal'),
        say('help_hideInternal'),
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row(
        'drawing.keys.hidePattern',
        say('setting_hidePattern'),
        say('help_hidePattern'),
        { type: 'text', placeholder: '^(__|\\$\\$)' },
        'rewrite.dict_ignore_dunder_keys',
      ),
    ],
  },
  {
    title: say('rows_references'),
    rows: [
      row(
        'drawing.joins.fromReferences',
        say('setting_joinFrom'),
        say('help_joinFrom'),
        count,
        'graphviz_nodes.join_references_count',
      ),
      row(
        'drawing.joins.diameter',
        say('setting_joinDiameter'),
        say('help_joinDiameter'),
        points,
        'graphviz_nodes.join_circle_size',
      ),
      row(
        'drawing.joins.ranks',
        say('setting_joinRanks'),
        say('help_joinRanks'),
        count,
        'graphviz_nodes.join_circle_minlen',
      ),
      row(
        'drawing.hiddenReferences.maximum',
        say('setting_hiddenReferences'),
        say('help_hiddenReferences'),
        count,
        'max_missing_edges',
      ),
    ],
  },
  {
    title: say('rows_colors'),
    rows: [
      row('drawing.palette', say('setting_palette'), say('help_palette'), {
        type: 'choice',
        options: [
          ['calm', say('palette_calm')],
          ['original', say('palette_original')],
        ],
      }),
      row(
        'drawing.colors',
        say('setting_colors'),
        say('help_colors'),
        { type: 'colors' },
        'graphviz_nodes.category_to_color_map, uncategorized_color',
      ),
      row(
        'appearance.theme',
        say('setting_theme'),
        say('help_theme'),
        {
          type: 'choice',
          options: [
            ['auto', say('theme_auto')],
            ['light', say('theme_light')],
            ['dark', say('theme_dark')],
          ],
        },
        'dark_mode',
      ),
      row('appearance.animation', say('setting_animation'), say('help_animation'), flag),
    ],
  },
  {
    title: say('rows_types'),
    rows: [
      row(
        'drawing.types',
        say('setting_types'),
        say('help_types'),
        { type: 'types' },
        'rewrite.ignore_types, singular_types, linear_types, dict_types; rewrite_to_node.reduce_reference_parents, reduce_reference_children; type_to_horizontal, embedded_types, collapse_type, type_labels, type_to_slicer, type_to_depth',
      ),
    ],
  },
  {
    title: say('rows_accessors'),
    rows: [
      row(
        'accessors',
        say('setting_accessors'),
        say('help_accessors'),
        { type: 'accessors' },
        'rewrite.custom_accessor_functions',
      ),
    ],
  },
  {
    title: say('rows_lenses'),
    rows: [row('lenses', say('setting_lenses'), say('help_lenses'), { type: 'lenses' })],
  },
  {
    title: say('rows_stack'),
    rows: [row('stack.ignored', say('setting_ignored'), say('help_ignored'), { type: 'patterns' })],
  },
  {
    title: say('rows_files'),
    rows: [
      row(
        'export.theme',
        say('setting_exportTheme'),
        say('help_exportTheme'),
        {
          type: 'choice',
          options: [
            ['screen', say('export_asOnScreen')],
            ['light', say('theme_light')],
            ['dark', say('theme_dark')],
          ],
        },
        'dark_mode',
      ),
      row(
        'export.background',
        say('setting_exportBackground'),
        say('help_exportBackground'),
        {
          type: 'choice',
          options: [
            ['theme', say('background_theme')],
            ['none', say('export_transparent')],
          ],
        },
        'transparent_background',
      ),
      row('export.scale', say('setting_exportScale'), say('help_exportScale'), {
        type: 'number',
        step: 0.5,
        unit: say('unit_pixels'),
      }),
      row(
        'drawing.graphviz.graph',
        say('setting_graphAttributes'),
        say('help_graphAttributes'),
        { type: 'attributes' },
        'graph_attr',
      ),
      row(
        'drawing.graphviz.node',
        say('setting_nodeAttributes'),
        say('help_nodeAttributes'),
        { type: 'attributes' },
        'node_attr',
      ),
      row(
        'drawing.graphviz.edge',
        say('setting_edgeAttributes'),
        say('help_edgeAttributes'),
        { type: 'attributes' },
        'edge_attr',
      ),
    ],
  },
];
