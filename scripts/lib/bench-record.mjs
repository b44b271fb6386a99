// @ts-check
/**
 * The part of `npm run bench` about the Record view: milliseconds a step beside stepping through the same program in the same run,
 * what other code loses, bytes a step, the time to any moment, and the memory of a large recording.
 */
import { step } from './bench-stack.mjs';

/** `sort` is recorded; `other` is not. `churn` reaches and reads 1,000 objects, one of which changes at each turn. */
const PROGRAM = `
  function sort(list) {
    for (let i = 1; i < list.length; i++)
      for (let j = i; j > 0 && list[j - 1] > list[j]; j--) [list[j - 1], list[j]] = [list[j], list[j - 1]];
    return list;
  }
  function other(count) {
    let sum = 0;
    for (let n = 0; n < count; n++) sum += Math.sqrt(n) % 7;
    return sum;
  }
  function churn(nodes, turns) {
    for (let turn = 0; turn < turns; turn++) {
      const node = nodes[turn % 20][turn % 48];
      node.value += 1;
    }
  }
  globalThis.numbers = (k) => Array.from({ length: k }, (_, n) => (n * 7919) % 1000);
  globalThis.nodes = Array.from({ length: 20 }, () => Array.from({ length: 48 }, (_, n) => ({ n, value: 0, next: null })));`;

const LENGTH = 40;
const STEPS = 300;
const PATIENCE = 120_000;
/** For ten thousand steps of a large program. */
const LONG = 600_000;

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {import('puppeteer-core').Frame} panel @param {string} condition */
const until = (panel, condition) => panel.waitForFunction(condition, { polling: 50, timeout: PATIENCE });

/** @param {import('puppeteer-core').Frame} panel @param {string} name */
async function begin(panel, name) {
  await panel.evaluate(() => globalThis.memoryGraph.show('record'));
  await until(panel, "document.querySelector('.record-form, .player') !== null");
  await panel.evaluate(() => {
    for (const button of document.querySelectorAll('button'))
      if (button.textContent === 'New recording') button.click();
  });
  await until(panel, "document.querySelector('.record-form') !== null");
  await panel.evaluate(() => {
    const attach = document.querySelector('.record-form .attach');
    if (attach instanceof HTMLElement) attach.click();
  });
  await until(panel, "document.querySelectorAll('datalist option').length > 2");
  await panel.evaluate((name) => {
    const set = (/** @type {string} */ label, /** @type {string} */ value, /** @type {string} */ event) => {
      const field = document.querySelector(`[aria-label="${label}"]`);
      if (!(field instanceof HTMLInputElement)) throw new Error(label);
      field.value = value;
      field.dispatchEvent(new Event(event, { bubbles: true }));
    };
    set('Seconds at most', '600', 'change');
    set('Megabytes at most', '200', 'change');
    set('Name of a function', name, 'input');
  }, name);
  // After a pause DevTools shows Sources, and a hidden panel has no frames.
  await panel.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await panel.evaluate(() => {
    const start = document.querySelector('.record-start');
    if (start instanceof HTMLElement) start.click();
  });
  await until(panel, "document.querySelector('.record-stop') !== null");
}

/** @param {import('puppeteer-core').Frame} panel */
async function end(panel) {
  await panel.evaluate(() => {
    const stop = document.querySelector('.record-stop');
    if (stop instanceof HTMLElement) stop.click();
  });
  await until(panel, "document.querySelector('.record-stop, .record-progress') === null");
  return panel.evaluate(() => globalThis.memoryGraph.recording()?.steps.length ?? 0);
}

/** @param {import('puppeteer-core').Page} page @param {string} run @returns {Promise<any>} milliseconds */
const timed = (page, run) =>
  page.evaluate(`(() => {
    const started = performance.now();
    ${run};
    return performance.now() - started;
  })()`);

/** @param {import('puppeteer-core').Page} page @param {string} run @returns {Promise<number>} the median of several */
async function timedOften(page, run) {
  const times = [];
  for (let turn = 0; turn < 7; turn += 1) times.push(await timed(page, run));
  return median(times);
}

/** Milliseconds for each step by the protocol, through the same program. @param {import('puppeteer-core').Page} page */
async function steppedByProtocol(page) {
  const session = await page.createCDPSession();
  await session.send('Debugger.enable');
  /** @type {number[]} */
  const times = [];
  const done = new Promise((resolve) => {
    let started = 0;
    session.on('Debugger.paused', async () => {
      if (started > 0) times.push(performance.now() - started);
      if (times.length === STEPS) {
        // DevTools pauses at the statement, too.
        await session.send('Debugger.resume');
        await session.send('Debugger.disable');
        resolve(null);
        return;
      }
      started = performance.now();
      await session.send('Debugger.stepInto');
    });
  });
  void page.evaluate(`setTimeout(() => { debugger; sort(numbers(${LENGTH})); })`);
  await done;
  await session.detach();
  return median(times);
}

/** Milliseconds for each *step over* of DevTools. @param {import('puppeteer-core').Page} page @param {import('puppeteer-core').Page} devtools */
async function steppedByHand(page, devtools) {
  await page.evaluate(`setTimeout(() => { debugger; sort(numbers(${LENGTH})); })`);
  const paused = `(async () => {
    const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    return TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)[0].isPaused();
  })()`;
  await devtools.waitForFunction(paused, { polling: 50, timeout: PATIENCE });
  const times = await step(devtools, 60);
  await devtools.evaluate(`(async () => {
    const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)[0].resume();
  })()`);
  return median(times);
}

/** @param {import('puppeteer-core').Frame} panel */
const heapSize = (panel) =>
  panel.evaluate(() => {
    const { memory } = /** @type {{ memory?: { usedJSHeapSize: number } }} */ (/** @type {unknown} */ (performance));
    return memory?.usedJSHeapSize ?? Number.NaN;
  });

/**
 * @param {import('puppeteer-core').Page} page
 * @param {import('puppeteer-core').Page} devtools
 * @param {import('puppeteer-core').Frame} panel
 */
export async function recordings(page, devtools, panel) {
  await page.setContent(`<script>${PROGRAM}\n//# sourceURL=${new URL('bench-program.js', page.url()).href}</script>`);
  const sort = `sort(numbers(${LENGTH}))`;
  await timed(page, sort);
  const plain = await timed(page, sort);
  await timed(page, 'other(3e6)');
  const alone = await timedOften(page, 'other(3e6)');
  await begin(panel, 'sort');
  const recorded = await timed(page, sort);
  // V8 makes fast code again of functions that lost it when the breakpoints were set, after some runs.
  for (let turn = 0; turn < 15; turn += 1) await timed(page, 'other(3e6)');
  const beside = await timedOften(page, 'other(3e6)');
  const steps = await end(panel);
  const each = (recorded - plain) / steps;
  const afterwards = await timed(page, sort);
  const protocol = await steppedByProtocol(page);
  const byHand = await steppedByHand(page, devtools);
  console.log(`\nRecording insertion sort of ${LENGTH} numbers, ${steps} steps`);
  console.log(
    `  ${each.toFixed(2)} ms a step; stepping by the protocol ${protocol.toFixed(1)} ms, ${(protocol / each).toFixed(1)} times as long`,
  );
  console.log(`  DevTools' step over ${byHand.toFixed(1)} ms, ${(byHand / each).toFixed(1)} times as long`);
  console.log(
    `  code that is not recorded: ${(beside / alone).toFixed(2)} times its time; the function afterwards: ${afterwards.toFixed(1)} ms, before ${plain.toFixed(1)} ms`,
  );

  const before = await heapSize(panel);
  await begin(panel, 'churn');
  // In pieces, because a recorder that nobody can ask for long ends itself.
  await page.evaluate(`
    globalThis.churned = 0;
    globalThis.piece = (left) => {
      const started = performance.now();
      churn(nodes, 50);
      churned += performance.now() - started;
      if (left > 0) setTimeout(piece, 0, left - 1);
    };
    setTimeout(piece, 0, 70);`);
  await panel.waitForFunction("document.querySelector('.record-stop, .record-progress') === null", {
    polling: 200,
    timeout: LONG,
  });
  const count = await end(panel);
  const large = Number(await page.evaluate('churned'));
  const after = await heapSize(panel);
  const moments = await panel.evaluate((count) => {
    const times = [];
    for (let n = 0; n < 50; n++) {
      const started = performance.now();
      globalThis.memoryGraph.moment((n * 7919) % count);
      times.push(performance.now() - started);
    }
    return times;
  }, count);
  const told = await panel.evaluate(() => document.querySelector('.status')?.textContent ?? '');
  console.log(`A recording of ${count} steps of a program with 1,000 objects (${told})`);
  console.log(
    `  ${(large / count).toFixed(2)} ms a step; ${((after - before) / count / 1024).toFixed(1)} kB of memory a step, ${((after - before) / 1e6).toFixed(0)} MB in all`,
  );
  console.log(`  any moment in ${median(moments).toFixed(1)} ms, at most ${Math.max(...moments).toFixed(1)} ms`);
}
