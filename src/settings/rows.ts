/**
 * Every setting with its name, its explanation and its control: the settings view and docs/configuration.md are made of
 * this list. Says nothing about values; those are in settings.ts.
 */

export type Control =
  | { readonly type: 'flag' }
  | { readonly type: 'number'; readonly step: number; readonly unit: string | null }
  | { readonly type: 'choice'; readonly options: readonly (readonly [value: string, label: string])[] }
  | { readonly type: 'text'; readonly placeholder: string }
  /** Three counts: from the beginning, around the middle, from the end. */
  | { readonly type: 'slices' }
  /** Regular expressions, a line each. */
  | { readonly type: 'patterns' }
  /** Names with texts, a line each. */
  | { readonly type: 'attributes' }
  | { readonly type: 'colours' }
  | { readonly type: 'types' }
  | { readonly type: 'accessors' };

export interface Row {
  /** Where the value is in the settings and in a file: `drawing.text.maximumLength`. */
  readonly path: string;
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  readonly control: Control;
  /** What the original calls it; null when it has no such setting. */
  readonly original: string | null;
}

export interface RowGroup {
  readonly title: string;
  readonly rows: readonly Row[];
}

const flag: Control = { type: 'flag' };
const count: Control = { type: 'number', step: 1, unit: null };
const points: Control = { type: 'number', step: 1, unit: 'points' };
const standing: Control = {
  type: 'choice',
  options: [
    ['vertical', 'Vertical'],
    ['horizontal', 'Horizontal'],
  ],
};

function row(path: string, name: string, explanation: string, control: Control, original: string | null = null): Row {
  return { path, name, explanation, control, original };
}

export const rowGroups: readonly RowGroup[] = [
  {
    title: 'What is read',
    rows: [
      row(
        'reading.slices',
        'Elements of a long container',
        'How many are read from its beginning, around its middle and from its end; a container that is hardly longer is read whole.',
        { type: 'slices' },
        'type_to_slicer',
      ),
      row(
        'reading.depth',
        'Depth',
        'How many references are followed from what was asked for; what lies behind is a ✂.',
        count,
        'max_graph_depth',
      ),
      row('reading.objects', 'Objects', 'How many objects are read at most; the nearest go first.', count),
      row('reading.time', 'Time in the page', 'How long the page may be read before the picture is cut short.', {
        type: 'number',
        step: 100,
        unit: 'milliseconds',
      }),
      row('reading.text', 'Length of texts that are read', 'What of a string is at hand, for hints and for copying.', {
        type: 'number',
        step: 100,
        unit: 'characters',
      }),
      row(
        'reading.nonEnumerable',
        'Properties that are not enumerable',
        'Read them too, such as the length of an array.',
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row('reading.prototypes', 'Prototypes', 'Show what objects inherit from, as [[Prototype]].', flag),
      row('reading.children', 'Child nodes', 'Show the children of elements and other DOM nodes.', flag),
      row(
        'reading.scopes',
        'Closures',
        'Show the variables that functions close over: those that do are boxes then. The debugger alone reads them.',
        flag,
      ),
    ],
  },
  {
    title: 'Layout',
    rows: [
      row(
        'drawing.direction',
        'Direction',
        'Which way references lead.',
        {
          type: 'choice',
          options: [
            ['down', 'Top to bottom'],
            ['right', 'Left to right'],
          ],
        },
        'layout(horizontal)',
      ),
      row(
        'drawing.orientation.linear.general',
        'Lists without references',
        'How the cells of arrays, sets and typed arrays stand when none refers to an object.',
        standing,
        'graphviz_nodes.linear_layout_vertical',
      ),
      row(
        'drawing.orientation.linear.anyReference',
        'Lists with a reference',
        'The same, when at least one cell refers to an object.',
        standing,
        'graphviz_nodes.linear_any_ref_layout_vertical',
      ),
      row(
        'drawing.orientation.linear.allReferences',
        'Lists of references',
        'The same, when all cells refer to objects.',
        standing,
        'graphviz_nodes.linear_all_ref_layout_vertical',
      ),
      row(
        'drawing.orientation.keyValue.general',
        'Objects without references',
        'How the properties of objects, the entries of maps and the variables of scopes stand when none refers to an object.',
        standing,
        'graphviz_nodes.key_value_layout_vertical',
      ),
      row(
        'drawing.orientation.keyValue.anyReference',
        'Objects with a reference',
        'The same, when at least one value refers to an object.',
        standing,
        'graphviz_nodes.key_value_any_ref_layout_vertical',
      ),
      row(
        'drawing.orientation.keyValue.allReferences',
        'Objects of references',
        'The same, when all values refer to objects.',
        standing,
        'graphviz_nodes.key_value_all_ref_layout_vertical',
      ),
      row(
        'drawing.spacing.cellPadding',
        'Padding in cells',
        'Room left and right of the text in a cell.',
        points,
        'graphviz_nodes.padding',
      ),
      row(
        'drawing.spacing.betweenCells',
        'Room between cells',
        'Also between the cells and the frame around them.',
        points,
        'graphviz_nodes.spacing',
      ),
      row(
        'drawing.spacing.betweenBoxes',
        'Room between boxes',
        'Between boxes of one rank.',
        points,
        'graph_attr nodesep',
      ),
      row(
        'drawing.spacing.betweenRanks',
        'Room between ranks',
        'Between boxes and those that they refer to.',
        points,
        'graph_attr ranksep',
      ),
    ],
  },
  {
    title: 'Boxes and texts',
    rows: [
      row(
        'drawing.primitives.asBoxes',
        'Primitives as nodes',
        'Each number, string, … gets a box of its own, so that names with the same value are seen to share it.',
        flag,
        'rewrite_to_node.reduce_reference_children',
      ),
      row(
        'drawing.text.maximumLength',
        'Length of texts that are shown',
        'A longer string, name or key ends in … and is whole when pointed at.',
        { type: 'number', step: 1, unit: 'characters' },
        'graphviz_nodes.max_string_length',
      ),
      row('drawing.titles.typeNames', 'Type names', 'Over each box.', flag, 'type_labels'),
      row('drawing.titles.identityNumbers', 'Identity numbers', 'As #12 behind the type name.', flag),
      row(
        'drawing.tables.matrices',
        'Matrices as tables',
        'Arrays of arrays of one length are one grid.',
        flag,
        'Table node',
      ),
      row(
        'drawing.tables.records',
        'Records as tables',
        'Arrays of objects with the same keys are one grid.',
        flag,
        'Table node',
      ),
      row(
        'drawing.tables.rows',
        'Rows of a table',
        'How many are shown from its beginning, around its middle and from its end.',
        { type: 'slices' },
        'Table node',
      ),
      row('drawing.tables.columns', 'Columns of a table', 'The same for columns.', { type: 'slices' }, 'Table node'),
    ],
  },
  {
    title: 'Keys',
    rows: [
      row(
        'drawing.keys.hideSymbols',
        'Leave out symbols',
        'Properties whose key is a symbol.',
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row(
        'drawing.keys.hideUnderscored',
        'Leave out _names',
        'Properties whose name starts with an underscore.',
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row(
        'drawing.keys.hidePrivate',
        'Leave out #names',
        'Private members; the debugger alone reads them.',
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row(
        'drawing.keys.hideInternal',
        'Leave out [[slots]]',
        'Internal slots, such as [[Prototype]]; the debugger alone reads them.',
        flag,
        'rewrite.dict_ignore_dunder_keys',
      ),
      row(
        'drawing.keys.hidePattern',
        'Leave out by pattern',
        'Properties whose name this regular expression finds.',
        { type: 'text', placeholder: '^(__|\\$\\$)' },
        'rewrite.dict_ignore_dunder_keys',
      ),
    ],
  },
  {
    title: 'References',
    rows: [
      row(
        'drawing.joins.fromReferences',
        'Join references',
        'That many references to one box meet in a circle, from which one arrow goes on; 0 never joins.',
        count,
        'graphviz_nodes.join_references_count',
      ),
      row('drawing.joins.diameter', 'Size of the circle', 'Its diameter.', points, 'graphviz_nodes.join_circle_size'),
      row(
        'drawing.joins.ranks',
        'Distance of the circle',
        'How many ranks it stands before the box, at least.',
        count,
        'graphviz_nodes.join_circle_minlen',
      ),
      row(
        'drawing.hiddenReferences.maximum',
        'References from what is hidden',
        'How many dashed arrows a box gets from cells that are not shown, so that a shared object never looks unshared.',
        count,
        'max_missing_edges',
      ),
    ],
  },
  {
    title: 'Colours',
    rows: [
      row(
        'drawing.colours',
        'Colours of boxes',
        'By what the box is, in the light and in the dark theme.',
        { type: 'colours' },
        'graphviz_nodes.category_to_color_map, uncategorized_color',
      ),
      row(
        'appearance.theme',
        'Theme of the picture',
        'That of DevTools, or always the same.',
        {
          type: 'choice',
          options: [
            ['auto', 'As DevTools'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ],
        },
        'dark_mode',
      ),
      row(
        'appearance.animation',
        'Moves are animated',
        'When a picture changes, boxes glide to their new places, unless the system asks for less motion.',
        flag,
      ),
    ],
  },
  {
    title: 'Types',
    rows: [
      row(
        'drawing.types',
        'Settings of single types',
        'By kind (array, function) or class name: whether its objects are boxes, collapsed, in their cell or left out; shape, orientation, colour, slices, depth.',
        { type: 'types' },
        'rewrite.ignore_types, singular_types, linear_types, dict_types; rewrite_to_node.reduce_reference_parents, reduce_reference_children; type_to_horizontal, embedded_types, collapse_type, type_labels, type_to_slicer, type_to_depth',
      ),
    ],
  },
  {
    title: 'Custom accessors',
    rows: [
      row(
        'accessors',
        'How objects of a class are read',
        'A JavaScript function from the object to [key, value] pairs. It runs in the page, for those objects alone.',
        { type: 'accessors' },
        'rewrite.custom_accessor_functions',
      ),
    ],
  },
  {
    title: 'The paused stack',
    rows: [
      row(
        'stack.ignored',
        'Frames that are folded',
        'Regular expressions for addresses of scripts that you did not write, a line each, as in the ignore list of DevTools.',
        { type: 'patterns' },
      ),
    ],
  },
  {
    title: 'Files',
    rows: [
      row(
        'export.theme',
        'Colours of a file',
        'Those on screen, or always the same.',
        {
          type: 'choice',
          options: [
            ['screen', 'As on screen'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ],
        },
        'dark_mode',
      ),
      row(
        'export.background',
        'Background of a file',
        'That of the theme, or none.',
        {
          type: 'choice',
          options: [
            ['theme', 'Of the theme'],
            ['none', 'Transparent'],
          ],
        },
        'transparent_background',
      ),
      row('export.scale', 'Scale of a PNG', 'Pixels for each point; 2 is sharp on most screens.', {
        type: 'number',
        step: 0.5,
        unit: 'pixels a point',
      }),
      row(
        'drawing.graphviz.graph',
        'Graphviz attributes of the graph',
        'Written into an exported DOT, name=value on a line each; those that only space things out act in the picture too.',
        { type: 'attributes' },
        'graph_attr',
      ),
      row(
        'drawing.graphviz.node',
        'Graphviz attributes of nodes',
        'The same for nodes.',
        { type: 'attributes' },
        'node_attr',
      ),
      row(
        'drawing.graphviz.edge',
        'Graphviz attributes of edges',
        'The same for edges.',
        { type: 'attributes' },
        'edge_attr',
      ),
    ],
  },
];
