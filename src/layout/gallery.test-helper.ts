/** The gallery's own pages for tests without a browser: their code, run step by step, and what they say to draw. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPage } from '../page/page.test-helper.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

const folder = join(import.meta.dirname, '../../demo');

/** What the pages' code uses of a browser. */
const browser = `
  var document = { querySelector: () => ({ tagName: 'H1' }) };
  var structuredClone = (plain) => JSON.parse(JSON.stringify(plain));
  var URL = class { constructor(href) { this.href = href } };`;

interface Script {
  readonly text: string;
  readonly step: boolean;
  readonly times: number;
}

/** A page of the gallery at one moment. */
export interface Moment {
  /** `binary-tree.html, step 5: tree` */
  readonly name: string;
  readonly snapshot: Snapshot;
}

/** Pages with code of their own and something to draw. */
export const galleryPages: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.html'))
  .filter((file) => {
    const html = readFileSync(join(folder, file), 'utf8');
    return html.includes('class="example"') && html.includes('class="expressions"');
  })
  .sort();

/**
 * What `file` says to draw, at the steps that `shown` picks (from 1, with how many there are); expressions that stand for a
 * paused stack are left out, and so are those that fail because their names are not there yet.
 */
export function galleryMoments(file: string, shown: (step: number, of: number) => boolean): readonly Moment[] {
  const html = readFileSync(join(folder, file), 'utf8');
  const scripts = [...html.matchAll(/<script class="example"([^>]*)>([\s\S]*?)<\/script>/g)].map(
    ([, attributes = '', text = '']): Script => ({
      text,
      step: attributes.includes('text/plain'),
      times: Number(/data-times="(\d+)"/.exec(attributes)?.[1] ?? 1),
    }),
  );
  const expressions = [...html.matchAll(/<li><code>([^<]+)<\/code>/g)].map(([, code = '']) =>
    code.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
  );
  const page = openPage(browser);
  for (const { text, step } of scripts) if (!step) page.run(text);
  const steps = scripts.filter(({ step }) => step).flatMap(({ text, times }) => Array<string>(times).fill(text));
  const moments: Moment[] = [];
  const keep = (step: number): void => {
    for (const expression of expressions) {
      const snapshot = page.capture([expression]);
      if (snapshot.roots.every(({ result }) => result.ok)) {
        moments.push({ name: `${file}, step ${step}: ${expression}`, snapshot });
      }
    }
  };
  if (steps.length === 0) keep(1);
  steps.forEach((text, i) => {
    page.run(text);
    if (shown(i + 1, steps.length)) keep(i + 1);
  });
  return moments;
}
