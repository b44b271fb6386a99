// @ts-check
/**
 * The part of `npm run bench` about the Stack view: the time from a pause to its picture, what following pauses adds to a
 * step, and what the console watch costs while nothing happens.
 */

/** A structure of `k` objects that five frames can reach. The innermost frame loops over statements that change one of them. */
const EXAMPLE = `
  globalThis.makeTree = (k) => {
    const nodes = Array.from({ length: k }, (_, i) => ({ value: i, smaller: null, larger: null }));
    for (let i = 1; i < k; i++) nodes[(i - 1) >> 1][i % 2 ? 'smaller' : 'larger'] = nodes[i];
    return nodes[0];
  };
  globalThis.run = (k) => {
    const tree = makeTree(k);
    const first = (tree) => second(tree);
    const second = (tree) => third(tree);
    const third = (tree) => fourth(tree);
    const fourth = (tree) => {
      debugger;
      for (let i = 0; i < 1e6; i++) {
        tree.value = i;
        tree.value += 1;
      }
    };
    setTimeout(() => first(tree));
  };`;

const STEPS = 200;
const DRAWN_STEPS = 20;
const PATIENCE = 60_000;
const POLLS = 500;
/** Questions per second while nothing happens (src/console/console-watch.ts). */
const POLLS_A_SECOND = 1;

/** @param {readonly number[]} values @param {number} part 0.5 for the median */
function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
}

/** @param {readonly number[]} values */
const spread = (values) =>
  `${quantile(values, 0.5).toFixed(1)} ms (nine in ten below ${quantile(values, 0.9).toFixed(1)})`;

/**
 * Steps with DevTools' own debugger, and says how long each step took until DevTools was paused again.
 * @param {import('puppeteer-core').Page} devtools
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function step(devtools, count) {
  const times = await devtools.evaluate(`(async () => {
    const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    const [model] = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel);
    const paused = () => new Promise((resolve) => {
      const listener = () => {
        model.removeEventListener(DebuggerModel.Events.DebuggerPaused, listener);
        resolve();
      };
      model.addEventListener(DebuggerModel.Events.DebuggerPaused, listener);
    });
    const times = [];
    for (let i = 0; i < ${count}; i++) {
      const started = performance.now();
      const stands = paused();
      model.stepOver();
      await stands;
      times.push(performance.now() - started);
    }
    return times;
  })()`);
  return Array.isArray(times) ? times : [];
}

/** @param {import('puppeteer-core').Page} devtools */
const resume = (devtools) =>
  devtools.evaluate(`(async () => {
    const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    const [model] = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel);
    const running = new Promise((resolve) => model.addEventListener(DebuggerModel.Events.DebuggerResumed, resolve));
    model.resume();
    await running;
  })()`);

/** @param {import('puppeteer-core').Page} page @param {import('puppeteer-core').Page} devtools @param {number} k */
async function pause(page, devtools, k) {
  await page.evaluate(EXAMPLE);
  await page.evaluate(`run(${k})`);
  await devtools.waitForFunction(
    `(async () => {
      const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
      return TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)[0].isPaused();
    })()`,
    { polling: 50, timeout: PATIENCE },
  );
}

/**
 * @param {import('puppeteer-core').Page} page
 * @param {import('puppeteer-core').Page} devtools
 * @param {import('puppeteer-core').Frame} panel
 */
export async function stacks(page, devtools, panel) {
  console.log('\nThe paused stack, five frames');
  for (const k of [100, 1000]) {
    await pause(page, devtools, k);
    const alone = await step(devtools, STEPS);
    await panel.evaluate(() => {
      globalThis.memoryGraph.view({ amount: 'all' });
      globalThis.memoryGraph.show('stack');
    });
    await panel.evaluate(() => {
      const attach = document.querySelector('.attach');
      if (attach instanceof HTMLElement) attach.click();
    });
    await panel.waitForFunction(
      `(({ following }) => following.type === 'paused' && following.entry !== null)(memoryGraph.stack())`,
      { polling: 50, timeout: PATIENCE },
    );
    const fast = await step(devtools, STEPS);
    const before = await panel.evaluate(() => globalThis.memoryGraph.stack().pauses.at(-1)?.number ?? 0);
    for (let i = 0; i < DRAWN_STEPS; i++) {
      const last = await panel.evaluate(() => globalThis.memoryGraph.stack().pauses.at(-1)?.number ?? 0);
      await step(devtools, 1);
      // As slowly as a user: each picture is complete before the next step.
      await panel.waitForFunction(`memoryGraph.stack().pauses.at(-1)?.number > ${last}`, {
        polling: 20,
        timeout: PATIENCE,
      });
    }
    const drawn = await panel.evaluate(
      (before) =>
        globalThis.memoryGraph
          .stack()
          .pauses.filter(({ number }) => number > before)
          .map(({ milliseconds }) => milliseconds),
      before,
    );
    console.log(`${k} objects: from a pause to the layout of its picture ${spread(drawn)}, ${drawn.length} pauses`);
    console.log(`  ${STEPS} steps in a row: ${spread(fast)} per step; without the panel ${spread(alone)}`);
    console.log(
      `  ratio to DevTools' own step of the same run: ${(quantile(fast, 0.5) / quantile(alone, 0.5)).toFixed(2)}; from a pause to the picture ${(quantile(drawn, 0.5) / quantile(alone, 0.5)).toFixed(1)}`,
    );
    await panel.evaluate(() => {
      globalThis.memoryGraph.show('expression');
    });
    await resume(devtools);
    await page.evaluate('0');
  }
}

/**
 * What the watch for stored globals and `graph(…)` costs: the processor time of all processes of the browser for many of its
 * questions, at their usual rate.
 * @param {import('puppeteer-core').Page} page
 * @param {import('puppeteer-core').Frame} panel
 */
export async function idleWatch(page, panel) {
  const session = await page.browser().target().createCDPSession();
  const used = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  // As in src/console/console-scripts.ts.
  const script = `(() => {
    let stored = 0;
    while ('temp' + (stored + 1) in globalThis) stored += 1;
    const listeners = { __proto__: null, ...getEventListeners(globalThis) };
    const held = listeners['none'];
    return [stored, held ? held[0].listener.renew() : null, 'memory-graph-call' in listeners];
  })()`;
  const before = await used();
  const started = performance.now();
  await panel.evaluate(
    async (script, count) => {
      for (let i = 0; i < count; i++) {
        await new Promise((resolve) => {
          // chrome-types declares another callback than the one that Chrome calls.
          const { inspectedWindow } = chrome.devtools;
          Reflect.apply(inspectedWindow.eval, inspectedWindow, [script, () => resolve(null)]);
        });
      }
    },
    script,
    POLLS,
  );
  const asked = (await used()) - before;
  // What the browser uses in the same time without the watch.
  const elapsed = performance.now() - started;
  const idle = await used();
  await new Promise((resolve) => setTimeout(resolve, elapsed));
  const seconds = Math.max(0, asked - ((await used()) - idle));
  const share = (seconds / POLLS) * POLLS_A_SECOND * 100;
  console.log(
    `\nThe console watch while idle: ${((seconds / POLLS) * 1e6).toFixed(0)} µs of processor time per question, ${share.toFixed(2)} % of a core`,
  );
}
