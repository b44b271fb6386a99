// @ts-check
/**
 * `npm run bench -- readable`: whether a person can read the first picture of real programs, nothing clicked. Draws all
 * that the programs of test/apps put on `window`, in the tab and docked to the right, and all their pauses: bundled, minified
 * with a source map and without, and from a development server. `-- readable roots` and `-- readable pauses` measure one of both, and
 * names of programs measure only these. Prints figures with the goals; asserts nothing.
 */
import { buildApps, devNames, openApp, serveDev, sightOf, subjectsOf, variablesOf } from './apps.mjs';
import { serve } from './serve.mjs';

/** The least height of text that one reads with ease, in CSS pixels. */
export const READABLE = 9;
const PATIENCE = 30_000;
/** The same where a program may not pause once more, because what it does is done. */
const BRIEFLY = 5000;
/** Milliseconds in which a pause should be drawn. */
const FIRST = 300;

/** @typedef {NonNullable<Awaited<ReturnType<typeof sightOf>>>} Sight */
/** @typedef {Sight & {program: string, subject: string, place: 'tab' | 'right' | 'pane', milliseconds: number, read: number, plain: number, own?: Awaited<ReturnType<typeof variablesOf>>}} Measured */

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Whether all stands in sight, at a size that can be read. @param {Measured} measured */
const isRead = ({ px, boxes, inSight, oneWay, place }) =>
  px >= READABLE - 0.005 && (boxes === inSight || (place === 'pane' && oneWay));

/** CSS pixels of each place. A pane in Sources is as wide as the column of it. */
const widths = /** @type {const} */ ({ tab: 1280, right: 554, pane: 224 });

/** What as many objects as fit are compared with: 25 objects that are drawn as they are. */
const plainly = '[...Array(24)].map((_, id) => ({ id }))';

/** @param {import('puppeteer-core').Page} devtools */
async function resume(devtools) {
  await devtools.evaluate(`(async () => {
    const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    const [model] = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel);
    if (model.isPaused()) model.resume();
  })()`);
}

/** Milliseconds from the question to the picture of all objects: the middle of five. @param {import('puppeteer-core').Frame} panel @param {string} expression */
const timeToDraw = (panel, expression) =>
  panel.evaluate(async (expression) => {
    globalThis.memoryGraph.view({ amount: 'all' });
    const times = [];
    for (let round = 0; round < 5; round++) {
      const started = performance.now();
      await globalThis.memoryGraph.draw(`[${expression}, ${round}]`);
      times.push(performance.now() - started);
    }
    globalThis.memoryGraph.view({ amount: 'readable' });
    return times.sort((a, b) => a - b)[2] ?? 0;
  }, expression);

/** Waits for the picture to come to rest. @param {import('puppeteer-core').Frame} panel */
const rest = (panel) =>
  panel.waitForFunction('document.getAnimations().length === 0', { polling: 50, timeout: PATIENCE }).catch(() => null);

/**
 * @param {object} bench
 * @param {import('puppeteer-core').Page} bench.page
 * @param {import('puppeteer-core').Page} bench.devtools
 * @param {import('puppeteer-core').Frame} bench.panel
 * @param {readonly string[]} [bench.only] names of programs, `roots`, `pauses`; all where it is empty
 */
export async function readable({ page, devtools, panel, only = [] }) {
  const kinds = /** @type {const} */ (['roots', 'pauses']).filter((kind) => only.includes(kind));
  const isMeasured = (/** @type {'roots' | 'pauses'} */ kind) => kinds.length === 0 || kinds.includes(kind);
  const chosen = only.filter((name) => name !== 'roots' && name !== 'pauses');
  const { showMemoryGraph, undock } = await import('./launch.mjs');
  const { folder, names } = await buildApps();
  const server = await serve(folder);
  const dev = await serveDev();
  /** @type {Measured[]} */
  const all = [];
  /** Milliseconds from a pause to its first picture, where all source maps are in the cache. @type {number[]} */
  const mapped = [];
  const frame = await panel.frameElement();
  /** DevTools are never as narrow as a pane in them, so their view is made narrower then. @param {number} width */
  const resize = async (width) => {
    await devtools.setViewport({ width: Math.max(width, widths.right), height: 800 });
    await frame?.evaluate((view, width) => view.style.setProperty('max-width', `${width}px`), width);
    await panel.waitForFunction(`innerWidth > ${width - 60} && innerWidth <= ${width}`, {
      polling: 50,
      timeout: PATIENCE,
    });
    // A view counts when it has come to rest.
    await new Promise((resolve) => setTimeout(resolve, 500));
  };
  /** @param {Omit<Measured, keyof Sight>} what @param {import('puppeteer-core').Frame} frame */
  const note = async (what, frame) => {
    await rest(frame);
    const sight = await sightOf(frame);
    if (!sight) return;
    const own = what.subject.startsWith('pause ') ? await variablesOf(frame) : null;
    const measured = { ...what, ...sight, own };
    all.push(measured);
    const { program, subject, place, px, boxes, inSight, lines, read, milliseconds } = measured;
    console.log(
      `${program.padEnd(14)}${subject.padEnd(20)}${place.padEnd(6)}${px.toFixed(1).padStart(5)} px ${String(inSight).padStart(4)} of ${String(boxes).padEnd(4)} boxes in sight, ${String(lines).padStart(3)} lines, ${String(read).padStart(4)} read ${milliseconds.toFixed(0).padStart(6)} ms  ${own ? `${own.seen} of ${own.variables} own variables ` : ''}${isRead(measured) ? '' : '✗'}`,
    );
  };
  try {
    await undock(devtools, { width: 1280, height: 800 });
    for (const name of names) {
      if (chosen.length > 0 && !chosen.includes(name)) continue;
      const developed = devNames.some((one) => one === name) ? [`${name}.dev`] : [];
      const paused = isMeasured('pauses') ? [`${name}.min`, `${name}.bare`, ...developed] : [];
      for (const program of [name, ...paused]) {
        try {
          await openApp(page, `${program.endsWith('.dev') ? dev.url : server.url}${program}.html`);
        } catch (error) {
          console.log(`${program}: ${error instanceof Error ? error.message : error}`);
          continue;
        }
        const { roots, pauses } = await subjectsOf(page);
        // After a pause DevTools shows Sources.
        await showMemoryGraph(devtools);
        await panel.evaluate(() => globalThis.memoryGraph.show('expression'));
        for (const place of program !== name || !isMeasured('roots')
          ? []
          : /** @type {const} */ (['tab', 'right', 'pane'])) {
          try {
            await resize(widths[place]);
          } catch {
            console.log(`${program}: DevTools did not become ${widths[place]} px wide`);
            continue;
          }
          const plain = await timeToDraw(panel, plainly);
          for (const subject of roots) {
            const drawn = await panel.evaluate(async (subject) => {
              const started = performance.now();
              try {
                await globalThis.memoryGraph.draw(subject);
              } catch (error) {
                return String(error);
              }
              const milliseconds = performance.now() - started;
              return { milliseconds, read: globalThis.memoryGraph.snapshot().objects.length };
            }, subject);
            if (typeof drawn === 'string') console.log(`${program} ${subject}: ${drawn}`);
            else await note({ program, subject, place, plain, ...drawn }, panel);
          }
        }
        await resize(widths.tab);
        if (!isMeasured('pauses')) continue;
        await panel.evaluate(() => globalThis.memoryGraph.show('stack'));
        await panel.waitForFunction(
          `document.querySelector('.attach') || memoryGraph.stack().following.type === 'running'`,
          { polling: 50, timeout: PATIENCE },
        );
        await panel.evaluate(() => {
          const attach = document.querySelector('.attach');
          if (attach instanceof HTMLElement) attach.click();
        });
        await panel.waitForFunction(`memoryGraph.stack().following.type === 'running'`, {
          polling: 50,
          timeout: PATIENCE,
        });
        /**
         * Pauses the page, and waits for the picture.
         * @param {string} subject
         * @param {number} patience milliseconds
         * @returns {Promise<{milliseconds: number, read: number} | null>} null where nothing paused
         */
        const pauseAt = async (subject, patience) => {
          const before = await panel.evaluate(() => globalThis.memoryGraph.stack().pauses.at(-1)?.number ?? 0);
          await page.evaluate((subject) => {
            setTimeout(() => Reflect.get(Reflect.get(globalThis, 'pauses'), subject)());
          }, subject);
          try {
            await panel.waitForFunction(
              `(({ following, pauses }) => following.type === 'paused' && following.entry !== null && pauses.at(-1).number > ${before})(memoryGraph.stack())`,
              { polling: 50, timeout: patience },
            );
          } catch {
            return null;
          }
          return panel.evaluate(() => {
            const { pauses, picture } = globalThis.memoryGraph.stack();
            return { milliseconds: pauses.at(-1)?.milliseconds ?? 0, read: picture?.snapshot.objects.length ?? 0 };
          });
        };
        const goOn = async () => {
          await resume(devtools);
          await panel.waitForFunction(`memoryGraph.stack().following.type === 'running'`, {
            polling: 50,
            timeout: PATIENCE,
          });
        };
        for (const subject of pauses) {
          const paused = await pauseAt(subject, PATIENCE);
          if (!paused) {
            console.log(`${program} ${subject}: no pause`);
            await resume(devtools);
            continue;
          }
          await showMemoryGraph(devtools);
          await note({ program, subject: `pause ${subject}`, plain: 0, place: 'tab', ...paused }, panel);
          await goOn();
          // By now all maps are there.
          const second = await pauseAt(subject, BRIEFLY);
          if (second) mapped.push(second.milliseconds);
          await goOn();
        }
      }
    }
  } finally {
    await server.close();
    await dev.close();
  }
  print(all, mapped);
  return all;
}

/** @param {readonly Measured[]} all @param {readonly number[]} mapped */
function print(all, mapped) {
  const tab = all.filter(({ place }) => place === 'tab');
  const right = all.filter(({ place }) => place === 'right');
  /** @param {readonly Measured[]} some */
  const share = (some) => {
    const read = some.filter(isRead).length;
    return `${read} of ${some.length} (${((100 * read) / some.length).toFixed(0)} %), median ${median(some.map(({ px }) => px)).toFixed(1)} px`;
  };
  const pauses = tab.filter(({ subject }) => subject.startsWith('pause '));
  const large = tab.filter(({ read }) => read >= 20);
  console.log('\nFirst pictures of real programs, DevTools of 1280 × 800                            goal');
  console.log(`text of ${READABLE} px or more, all in sight:  ${share(tab)}   at least 95 %`);
  if (pauses.length > 0) {
    console.log(`of these the pauses:                    ${share(pauses)}   at least 95 %`);
    const large = pauses.filter(({ px }) => px >= READABLE - 0.005).length;
    console.log(
      `pauses with text of ${READABLE} px or more:        ${large} of ${pauses.length} (${((100 * large) / pauses.length).toFixed(0)} %)   at least 95 % of at least 15`,
    );
    for (const [ending, words] of /** @type {const} */ ([
      ['', 'bundled for development'],
      ['.min', 'minified, with a map'],
      ['.bare', 'minified, without'],
      ['.dev', 'from a development server'],
    ])) {
      const some = pauses.filter(({ program }) => (/\.[a-z]+$/.exec(program)?.[0] ?? '') === ending);
      if (some.length > 0) console.log(`  ${words.padEnd(36)}  ${share(some)}`);
    }
    const within = mapped.filter((milliseconds) => milliseconds <= FIRST).length;
    console.log(
      `first picture, where the map is cached: median ${median(mapped).toFixed(0)} ms, ${within} of ${mapped.length} within ${FIRST} ms   at most ${FIRST} ms`,
    );
    const own = pauses.flatMap(({ own }) => own ?? []);
    const [seen, variables] = [
      own.reduce((sum, { seen }) => sum + seen, 0),
      own.reduce((sum, { variables }) => sum + variables, 0),
    ];
    console.log(
      `own variables of the function in sight: ${seen} of ${variables} at ${own.length} pauses   all of the first 40`,
    );
  }
  if (right.length > 0) console.log(`docked to the right, 554 px wide:       ${share(right)}   at least 95 %`);
  const pane = all.filter(({ place }) => place === 'pane');
  if (pane.length > 0) console.log(`224 px wide, one direction to scroll:   ${share(pane)}   at least 95 %`);
  const ratios = tab.filter(({ plain }) => plain > 0).map(({ milliseconds, plain }) => milliseconds / plain);
  if (ratios.length > 0)
    console.log(`time to the picture, over 25 objects drawn plainly: median ${median(ratios).toFixed(1)}   at most 2`);
  console.log(
    `objects whose content is in sight, where 20 or more were read: median ${median(large.map(({ inSight, lines }) => inSight + lines))}   20`,
  );
}
