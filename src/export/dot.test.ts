import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDiagram } from '../diagram/build.ts';
import { seedStructures } from '../diagram/seed.test-helper.ts';
import { type DiagramSettings, defaultSettings } from '../diagram/settings.ts';
import { anyDiagram } from '../layout/diagrams.test-helper.ts';
import { edgeDirections, joinedBoxes } from '../layout/edge-directions.ts';
import { openPage } from '../page/page.test-helper.ts';
import { toDot } from './dot.ts';

test('golden text', () => {
  const dot = toDot(buildDiagram(openPage().capture(['[["a<b"], { k: null }]'])), 'light');
  expect(dot).toMatchInlineSnapshot(`
    "digraph {
      graph [rankdir="TB" nodesep="0.306" ranksep="0.403" bgcolor="#ffffff"]
      node [shape="none" margin="0" fontname="Courier" fontsize="12" fontcolor="#000000"]
      edge [color="#1a1a1a" arrowsize="0.7"]
      n0 [tooltip="Array" label=<<TABLE BORDER="3" CELLBORDER="1" CELLSPACING="5" CELLPADDING="2" COLOR="#1a1a1a" BGCOLOR="#ffd2d0"><TR><TD BORDER="0" CELLPADDING="0" ALIGN="LEFT" COLSPAN="2"><FONT FACE="Helvetica" POINT-SIZE="11" COLOR="#000000">Array</FONT></TD></TR><TR><TD BORDER="0" CELLPADDING="0"><FONT COLOR="#303030">0</FONT></TD><TD BORDER="0" CELLPADDING="0"><FONT COLOR="#303030">1</FONT></TD></TR><TR><TD PORT="0" WIDTH="18" HEIGHT="18"></TD><TD PORT="1" WIDTH="18" HEIGHT="18"></TD></TR></TABLE>>]
      n1 [tooltip="Array" label=<<TABLE BORDER="1" CELLBORDER="1" CELLSPACING="5" CELLPADDING="2" COLOR="#1a1a1a" BGCOLOR="#ffd2d0"><TR><TD BORDER="0" CELLPADDING="0" ALIGN="LEFT" COLSPAN="2"><FONT FACE="Helvetica" POINT-SIZE="11" COLOR="#000000">Array</FONT></TD></TR><TR><TD BORDER="0" CELLPADDING="0"><FONT COLOR="#303030">0</FONT></TD><TD>&quot;a&lt;b&quot;</TD></TR></TABLE>>]
      n2 [tooltip="Object" label=<<TABLE BORDER="1" CELLBORDER="1" CELLSPACING="5" CELLPADDING="2" COLOR="#1a1a1a" BGCOLOR="#c6e1ff"><TR><TD BORDER="0" CELLPADDING="0" ALIGN="LEFT" COLSPAN="2"><FONT FACE="Helvetica" POINT-SIZE="11" COLOR="#000000">Object</FONT></TD></TR><TR><TD STYLE="ROUNDED">k</TD><TD>null</TD></TR></TABLE>>]
      n0:0:s -> n1
      n0:1:s -> n2
    }
    "
  `);
});

test('settings act: dashes, colors, attributes that cannot break out', () => {
  const settings: DiagramSettings = {
    ...defaultSettings,
    colors: { array: { light: '#123456', dark: '#654321' } },
    graphviz: { graph: { ranksep: '2"; x="', 'a"b': '1', imagepath: '/' }, node: {}, edge: { penwidth: '2' } },
    types: { P: { display: 'collapsed' } },
  };
  const page = openPage('class P { x = [] }; const p = new P()');
  const dot = toDot(buildDiagram(page.capture(['p', 'p.x']), settings), 'light').split('\n');
  expect(dot[1]).toBe('  graph [rankdir="TB" nodesep="0.306" ranksep="2\\"; x=\\"" bgcolor="#ffffff"]');
  expect(dot[3]).toBe('  edge [color="#1a1a1a" arrowsize="0.7" penwidth="2"]');
  expect(dot.filter((line) => line.includes('->'))).toEqual([
    '  n0:0:s -> n1',
    '  n0:1:s -> n2',
    '  n1:0:e -> n2 [style=dashed]',
  ]);
  expect(dot[6]).toContain('BGCOLOR="#123456"');
});

const native = spawnSync('dot', ['-V']).status === 0;

describe.skipIf(!native)('native dot, where it is installed', () => {
  /** What `dot` makes of it: its complaints, and how many nodes, edges and texts it drew. */
  const draw = (dot: string) => {
    const { stdout, stderr, status } = spawnSync('dot', ['-Tsvg'], { input: dot, encoding: 'utf8' });
    const count = (pattern: RegExp): number => stdout.match(pattern)?.length ?? 0;
    return {
      status,
      complaints: stderr,
      nodes: count(/class="node"/g),
      edges: count(/class="edge"/g),
      texts: count(/<text /g),
    };
  };

  const page = openPage(seedStructures);
  test.each([
    ['linkedList', 101, 200],
    ['tree', 101, 100],
    ['hashSet', 22, 21],
  ])('%s', (expression, nodes, edges) => {
    const drawn = draw(toDot(buildDiagram(page.capture([expression])), 'dark'));
    expect(drawn).toMatchObject({ status: 0, complaints: '', nodes, edges });
  });

  test('no text of a page can blank a box', () => {
    const hostile = String.raw`({ '\u0000&<>"': '\ud800\ufffe\uffff\u0007', '&amp;': '&nosuch;', '\\N': '\\l\\', '🙂': '\u202e' })`;
    const drawn = draw(toDot(buildDiagram(openPage().capture([hostile])), 'light'));
    expect(drawn).toMatchObject({ status: 0, complaints: '', nodes: 1, texts: 9 });
  });

  test('any diagram', () => {
    fc.assert(
      fc.property(anyDiagram, (diagram) => {
        const drawn = draw(toDot(diagram, 'light'));
        const joined = joinedBoxes(diagram, edgeDirections(diagram, 'depthFirst')).size;
        expect(drawn).toMatchObject({
          status: 0,
          complaints: '',
          nodes: diagram.boxes.length + joined,
          edges: diagram.references.length + joined,
        });
      }),
      { numRuns: 30, seed: 7 },
    );
  });
});
