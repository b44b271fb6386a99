// @ts-check
/**
 * `npm test`: everything that is checked, on a fresh clone too. Stages run in order until one fails. Arguments that
 * name stages choose them (`npm test -- types unit`); `headed` has to be named, because its tests need a virtual
 * display. `all` runs the large suites whole, of which a sample is run otherwise (test/sample.ts). All other arguments go
 * to Vitest (`npm test -- unit src/layout`). Of a whole run in a browser, up to two files that failed are run once more in a
 * new browser. The last line is `N passed, N failed`, over all tests; a stage without tests
 * of its own that fails counts as one.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDisplay } from './lib/display.mjs';
import { ensureBrowser } from './lib/find-browser.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { projectRoot, runMain, runTool } from './lib/run.mjs';

/** @typedef {{passed: number, failed: number}} Outcome */

const results = mkdtempSync(join(tmpdir(), 'memory-graph-test-'));

/**
 * A stage that passes or fails as a whole.
 * @param {string} script
 * @param {readonly string[]} parameters
 * @returns {() => Promise<Outcome>}
 */
function check(script, parameters) {
  return async () => ({ passed: 0, failed: (await runTool(script, parameters)) === 0 ? 0 : 1 });
}

/**
 * Runs the tests of a project once.
 * @param {string} project as vite.config.ts names it
 * @param {readonly string[]} parameters for Vitest
 * @returns {Promise<Outcome & {readonly failedFiles: readonly string[], readonly passedInFailed: number}>} `passedInFailed`: the
 *   tests that passed in files in which others failed
 */
async function runTests(project, parameters) {
  const file = join(results, `${project}.json`);
  rmSync(file, { force: true });
  const code = await runTool('vitest/vitest.mjs', [
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--reporter=${projectRoot}/scripts/lib/retry-budget.mjs`,
    `--outputFile.json=${file}`,
    ...(parameters.length > 0 ? ['--passWithNoTests', ...parameters] : []),
  ]);
  /** @type {{numPassedTests: number, numFailedTests: number, testResults: {name: string, status: string, assertionResults: {status: string}[]}[]}} */
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: code === 0 ? 0 : 1, failedFiles: [], passedInFailed: 0 };
  }
  const { numPassedTests: passed, numFailedTests: failed } = report;
  const inFailed = report.testResults.filter(({ status }) => status === 'failed');
  return {
    passed,
    // A file that does not load has no tests to count; an error outside all tests, or too many retries, fail none.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    failedFiles: inFailed.map(({ name }) => name),
    passedInFailed: inFailed.flatMap((one) => one.assertionResults).filter(({ status }) => status === 'passed').length,
  };
}

/** Files of a run that may be run once more, in a browser of their own. A fault fails there, too; a browser that got stuck does not. */
const FILES_AGAIN = 2;

/**
 * A stage of tests.
 * @param {string} project as vite.config.ts names it
 * @param {readonly string[]} parameters for Vitest
 * @returns {() => Promise<Outcome>}
 */
function tests(project, parameters) {
  return async () => {
    const { passed, failed, failedFiles, passedInFailed } = await runTests(project, parameters);
    const inBrowser = project !== 'unit' && parameters.length === 0;
    if (!inBrowser || failed === 0 || failedFiles.length === 0 || failedFiles.length > FILES_AGAIN)
      return { passed, failed };
    console.log(`\nOnce more, in a new browser:\n${failedFiles.map((file) => `  ${file}`).join('\n')}`);
    const again = await runTests(project, failedFiles);
    return { passed: passed - passedInFailed + again.passed, failed: again.failed };
  };
}

await runMain(async () => {
  const words = ['types', 'lint', 'unit', 'build', 'browser', 'headed'];
  const whole = process.argv.includes('all');
  process.env.MEMORY_GRAPH_TESTS = whole ? 'all' : 'sample';
  const given = process.argv.slice(2).filter((word) => word !== 'all');
  const chosen = given.filter((word) => words.includes(word));
  const rest = given.filter((word) => !words.includes(word));
  // They run only where there is a display or one can be made, and need the built extension.
  if (chosen.includes('headed')) chosen.push('build');
  await ensurePackages();
  const judged = 'test/ground-truth/packages.test.ts';
  if (
    (chosen.length === 0 || chosen.includes('unit')) &&
    (rest.length === 0 || rest.some((word) => judged.includes(word)))
  ) {
    await ensurePackages(`${projectRoot}/test/ground-truth/packages`);
  }
  if (chosen.length === 0 || chosen.includes('browser') || chosen.includes('headed')) {
    // The tests find the same browser again. Here a missing one is installed or explained.
    await ensureBrowser();
  }
  if (chosen.includes('headed')) await ensureDisplay();

  /** @type {[name: string, title: string, work: () => Promise<Outcome>][]} */
  const stages = [
    ['types', 'Types', check('typescript/bin/tsc', ['--noEmit'])],
    ['lint', 'Lint', check('@biomejs/biome/bin/biome', ['check', '--error-on-warnings'])],
    ['unit', 'Unit tests', tests('unit', rest)],
    ['build', 'Build', check('vite/bin/vite.js', ['build', '--logLevel', 'warn'])],
    ['browser', 'Tests in a real browser', tests('browser', rest)],
    ['headed', 'Tests with native menus, on a virtual display', tests('headed', rest)],
  ];
  let passed = 0;
  let failed = 0;
  try {
    for (const [name, title, work] of stages) {
      if (chosen.length > 0 ? !chosen.includes(name) : name === 'headed') continue;
      console.log(`\n── ${title} ${'─'.repeat(72 - title.length)}`);
      const outcome = await work();
      passed += outcome.passed;
      failed += outcome.failed;
      if (outcome.failed > 0) {
        console.log(`\n${title}: failed.`);
        break;
      }
    }
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
  if (!whole && passed > 0) console.log('\nOf the large suites a sample was run; `npm test -- all` runs them whole.');
  const none = rest.length > 0 && passed + failed === 0;
  if (none) console.log(`\nNo test matches ${rest.join(' ')}.`);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && !none ? 0 : 1;
});
