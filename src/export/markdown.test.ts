import { expect, test } from 'vitest';
import { buildDiagram } from '../diagram/build.ts';
import { openPage } from '../page/page.test-helper.ts';
import { toMarkdown, toMermaid } from './markdown.ts';

const diagramOf = (expression: string) => buildDiagram(openPage().capture([expression]));

test('Markdown lists each box with its fields, references as links', () => {
  expect(toMarkdown(diagramOf('(() => { const a = [1]; return { a, again: a, "x*": "`y`" } })()'), 'data')).toBe(
    [
      '## `data`',
      '',
      '- <a id="box-1"></a>**Object \\#1**',
      '  - `a`: → [Array \\#2](#box-2)',
      '  - `again`: → [Array \\#2](#box-2)',
      '  - `x*`: ``"`y`"``',
      '- <a id="box-2"></a>**Array \\#2**',
      '  - `0`: `1`',
      '',
    ].join('\n'),
  );
});

test('Mermaid draws references as arrows, and no text of the page is syntax', () => {
  expect(toMermaid(diagramOf('(() => { const a = ["]<b>"]; return { a, again: a } })()'))).toBe(
    [
      'flowchart TD',
      '  b1["<b>Object #35;1</b>"]',
      '  b2["<b>Array #35;2</b><br>0: #34;#93;#60;b#62;#34;"]',
      '  b1 -->|"a"| b2',
      '  b1 -->|"again"| b2',
      '',
    ].join('\n'),
  );
});
