import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeRetries, retryBudget } from './retry-budget.mjs';
import { projectRoot } from './run.mjs';

const names = (count: number) => Array.from({ length: count }, (_, index) => `a.test.ts: test ${index + 1}`);

describe('the judgement', () => {
  test('nothing is said of a run without retries', () => {
    expect(judgeRetries([])).toEqual({ withinBudget: true, text: '' });
  });

  test.each([1, retryBudget])('%i within the budget are named', (count) => {
    const { withinBudget, text } = judgeRetries(names(count));
    expect(withinBudget).toBe(true);
    for (const name of names(count)) expect(text).toContain(name);
  });

  test('one more than the budget fails the run', () => {
    expect(judgeRetries(names(retryBudget + 1))).toEqual({
      withinBudget: false,
      text: `10 tests needed another try:
  a.test.ts: test 1
  a.test.ts: test 2
  a.test.ts: test 3
  a.test.ts: test 4
  a.test.ts: test 5
  a.test.ts: test 6
  a.test.ts: test 7
  a.test.ts: test 8
  a.test.ts: test 9
  a.test.ts: test 10
A run may have only 9, so this run fails; mend what makes them fail.`,
    });
  });
});

test('a run of Vitest fails when its files together exceed the budget, although each test passed at last', () => {
  const folder = mkdtempSync(join(tmpdir(), 'memory-graph-retries-'));
  try {
    for (const file of ['one', 'two', 'three', 'four', 'five']) {
      writeFileSync(
        join(folder, `${file}.test.js`),
        `test('steady', () => {});
        for (const name of ['first', 'second']) {
          let tries = 0;
          test(name, () => { tries += 1; expect(tries).toBe(2); });
        }`,
      );
    }
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        `${projectRoot}/node_modules/vitest/vitest.mjs`,
        'run',
        '--globals',
        '--retry=1',
        `--root=${folder}`,
        `--reporter=${projectRoot}/scripts/lib/retry-budget.mjs`,
      ],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain('10 tests needed another try:\n');
    expect(stdout).toContain('one.test.js: first\n');
    expect(stdout).not.toContain('steady');
    expect(status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
