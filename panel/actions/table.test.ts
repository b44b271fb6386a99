/**
 * The table of docs/guide.md is made of the actions: `npx vitest run --project unit panel/actions -u` writes it anew.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { createAction, runKey, withKey } from './action.ts';
import { keyText } from './keys.ts';
import { type ActionGroup, actionGroups, type Description, descriptions } from './table.ts';

const groups: readonly ActionGroup[] = Object.values(actionGroups);

function row({ name, explanation = '', keys = [] }: Description): string {
  const words = explanation === '' ? name : `${name}: ${explanation}`;
  return `| ${words.replaceAll('|', '\\|')} | ${keys.map((key) => `\`${keyText(key)}\``).join(', ')} |`;
}

const tables = groups
  .map(({ title, actions }) =>
    [`### ${title}`, '', '| action | keys |', '| --- | --- |', ...Object.values(actions).map(row)].join('\n'),
  )
  .join('\n\n');

test('the guide has every action', async () => {
  const path = `${projectRoot}/docs/guide.md`;
  const [head = '', , tail = ''] = readFileSync(path, 'utf8').split(/<!-- (?:actions|end of actions) -->\n/);
  await expect(`${head}<!-- actions -->\n${tables}\n<!-- end of actions -->\n${tail}`).toMatchFileSnapshot(path);
});

test('no action is in two groups', () => {
  const ids = groups.flatMap(({ actions }) => Object.keys(actions));
  expect(ids.length).toBe(Object.keys(descriptions).length);
});

test.each(groups)('no key of $title asks for two actions', ({ actions }) => {
  const asked = Object.values(actions).flatMap(({ keys = [] }) => keys);
  // F8 is *Resume* where the page is paused, else *Pause*.
  expect(asked.filter((key, index) => asked.indexOf(key) !== index)).toEqual(asked.includes('F8') ? ['F8'] : []);
});

test('a title says the first key, or what its hint says', () => {
  const title = (name: keyof typeof descriptions) => withKey(descriptions[name].name, descriptions[name]);
  expect([title('fit'), title('zoomOut'), title('pause'), title('resume'), title('stepOut'), title('hide')]).toEqual([
    'Fit to window (F)',
    'Zoom out (−)',
    'Pause script execution',
    'Resume script execution (F8 in DevTools)',
    'Step out of current function (Shift+F11)',
    'Hide',
  ]);
});

test('a key runs the action that can be done, and nothing else happens to it', () => {
  const done: string[] = [];
  const event = (key: string) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    preventDefault: () => done.push('prevented'),
  });
  const actions = [
    createAction('resume', () => done.push('resume'), false),
    createAction('pause', () => done.push('pause')),
    createAction('stepOver', () => done.push('over'), false),
  ];
  expect(runKey(actions, event('F8'))).toBe(true);
  expect(runKey(actions, event('F10'))).toBe(false);
  expect(done).toEqual(['prevented', 'pause']);
});
