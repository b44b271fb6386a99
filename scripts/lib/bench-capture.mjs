// @ts-check
/**
 * The part of `npm run bench` about the reply from the page: bytes and time of a capture of everything, compared with the
 * page's own JSON.stringify of the same data over the same connection; and the exact capture compared with the plain one.
 */
import { build, createServer } from 'vite';
import { projectRoot } from './run.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */
/** @typedef {import('../../src/transport/devtools-session.ts').Connection} Connection */
/** @typedef {import('../../src/capture/capture.ts').Capture} Capture */

/** Numbers of objects, and how often they are captured: more often where noise matters more. */
const SIZES = /** @type {const} */ ([
  [1_000, 41],
  [20_000, 21],
  [200_000, 9],
]);
/** How many captures make a new agent. */
const FIRST_ROUNDS = 5;
const EXACT_ROUNDS = 5;
const DEADLINE = 300_000;

/**
 * Source of the data: records of four objects each, and each record refers to the next one. Acyclic records name the next
 * one by its index instead.
 */
const make = `(objects) => {
  const records = [];
  for (let i = 0; i * 4 + 1 < objects; i++) {
    records.push({ id: i, name: 'record ' + i, active: i % 3 === 0, place: { x: i * 0.5, y: -i }, tags: ['a', 'tag ' + (i % 50)], scores: [i, 2 * i, 3 * i], next: null });
  }
  const acyclic = records.map((record, i) => ({ ...record, next: (i + 1) % records.length }));
  records.forEach((record, i) => { record.next = records[(i + 1) % records.length]; });
  return { records, acyclic };
}`;

/** Everything is read, because limits would measure themselves. */
const whole = { slices: { begin: 1e9, middle: 0, end: 0 }, depth: 1e9, objects: 1e9, time: DEADLINE };

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * Loads the capture into the panel, which can use DevTools' eval and reads the answers there: `measured.capture(view)` and
 * `measured.json()` answer milliseconds.
 * @param {Frame} panel
 * @param {import('vite').Plugin[]} plugins that give the page's sources
 */
async function bringTo(panel, plugins) {
  const output = await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    plugins,
    build: {
      write: false,
      target: 'chrome120',
      lib: { entry: `${projectRoot}/src/capture/eval/eval-capture.ts`, formats: ['iife'], name: 'evalCapture' },
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (!bundle || !('output' in bundle)) throw new Error('The capture did not build.');
  const [chunk] = bundle.output;
  await panel.evaluate(`${chunk.code}
globalThis.measured = (() => {
  /** Answers of the page: milliseconds in it, time of arrival, characters. */
  let answers = [];
  const evaluate = (script) => new Promise((resolve) => {
    const timed = '((started) => { const value = ' + script + '; return [performance.now() - started, value]; })(performance.now())';
    chrome.devtools.inspectedWindow.eval(timed, (answer) => {
      if (answer) answers.push({ inPage: answer[0], at: performance.now(), bytes: JSON.stringify(answer[1] ?? null).length });
      resolve({ ok: true, value: answer?.[1] });
    });
  });
  const connection = { name: 'devtools-eval', evaluate, onNavigated: () => () => {} };
  // No renewals: a question during a measurement would be measured too.
  const open = () => evalCapture.createEvalCapture(connection, () => () => {});
  let held = open();
  return {
    async json() {
      answers = [];
      const started = performance.now();
      const { value } = await evaluate('JSON.stringify(bench.acyclic)');
      const total = performance.now() - started;
      const again = performance.now();
      JSON.parse(value);
      const [{ inPage, bytes }] = answers;
      return { stringify: inPage, move: total - inPage, total, parse: performance.now() - again, bytes: value.length };
    },
    async capture(view) {
      answers = [];
      const started = performance.now();
      const outcome = await held.capture([{ type: 'expression', expression: 'bench.records' }], view, { deadline: ${DEADLINE} });
      const ended = performance.now();
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
      const walk = answers.reduce((sum, { inPage }) => sum + inPage, 0);
      const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0);
      const read = ended - answers.at(-1).at;
      const total = ended - started;
      return { walk, move: total - walk - read, read, total, bytes, objects: outcome.value.objects.size };
    },
    /** The next capture makes an agent. */
    async forget() {
      await held.close();
      held = open();
    },
  };
})()`);
}

/** @typedef {{walk: number, move: number, read: number, total: number, bytes: number, objects: number}} Ours */
/** @typedef {{stringify: number, move: number, total: number, parse: number, bytes: number}} Json */

/**
 * Cells of a row of times, and of one of bytes.
 * @param {Frame} panel
 * @param {number} rounds
 * @param {import('../../src/snapshot/read-options.ts').ReadOptions} view
 */
async function besideJson(panel, rounds, view) {
  const capture = async () => /** @type {Ours} */ (await panel.evaluate(`measured.capture(${JSON.stringify(view)})`));
  /** @type {Ours[]} */
  const first = [];
  for (let round = 0; round < FIRST_ROUNDS; round++) {
    await panel.evaluate('measured.forget()');
    first.push(await capture());
  }
  /** @type {Ours[]} */
  const ours = [];
  /** @type {Json[]} */
  const json = [];
  for (let round = 0; round < rounds; round++) {
    json.push(/** @type {Json} */ (await panel.evaluate('measured.json()')));
    ours.push(await capture());
  }
  await panel.evaluate('measured.forget()');
  /** @template T @param {readonly T[]} all @param {(one: T) => number} of */
  const middle = (all, of) => median(all.map(of));
  const total = middle(ours, (one) => one.total);
  const jsonTotal = middle(json, (one) => one.total);
  const firstTotal = middle(first, (one) => one.total);
  const [{ objects, bytes } = { objects: 0, bytes: 0 }] = ours;
  const jsonBytes = json[0]?.bytes ?? 0;
  return {
    times: [
      String(objects),
      middle(ours, (one) => one.walk).toFixed(1),
      middle(ours, (one) => one.move).toFixed(1),
      middle(ours, (one) => one.read).toFixed(1),
      total.toFixed(1),
      middle(json, (one) => one.stringify).toFixed(1),
      middle(json, (one) => one.move).toFixed(1),
      jsonTotal.toFixed(1),
      ratio(total, jsonTotal),
      firstTotal.toFixed(1),
      ratio(firstTotal, jsonTotal),
      middle(json, (one) => one.parse).toFixed(1),
    ],
    bytes: [
      String(objects),
      String(bytes),
      String(jsonBytes),
      ratio(bytes, jsonBytes),
      (bytes / objects).toFixed(1),
      ((total * 1000) / objects).toFixed(2),
    ],
  };
}

/**
 * The debugger's protocol, as chrome.debugger speaks it.
 * @param {import('puppeteer-core').CDPSession} client
 * @param {typeof import('../../src/transport/protocol-session.ts')} sessions
 */
function throughProtocol(client, { createSession, messageOf, protocolFailure }) {
  const control = createSession({
    // Puppeteer has a type for each method name. Here it can be any of them.
    post: (method, parameters) =>
      client.send(/** @type {'Runtime.evaluate'} */ (method), /** @type {never} */ (parameters)),
    toFailure: (method, error) => protocolFailure(method, messageOf(error)),
    gone: () => control.end({ kind: 'detached' }),
    close: async () => {},
  });
  client.on('Debugger.scriptParsed', (parameters) => control.emit('Debugger.scriptParsed', parameters));
  return control.session;
}

/**
 * Milliseconds of one capture of `records`.
 * @param {Capture} capture
 * @param {import('../../src/snapshot/read-options.ts').ReadOptions} view
 */
async function captureOnce(capture, view) {
  const started = performance.now();
  const outcome = await capture.capture([{ type: 'expression', expression: 'bench.records' }], view, {
    deadline: DEADLINE,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return { milliseconds: performance.now() - started, objects: outcome.value.objects.size };
}

/** @param {number} a @param {number} b */
const ratio = (a, b) => (a / b).toFixed(2);

/**
 * Prints the head of a table, and returns a function that prints a row.
 * @param {readonly string[]} heads
 */
function table(heads) {
  /** @param {readonly string[]} cells */
  const row = (cells) =>
    console.log(cells.map((cell, at) => cell.padStart(Math.max(8, (heads[at] ?? '').length + 2))).join(''));
  row(heads);
  return row;
}

/** @param {number} plain @param {number} exact */
const compared = (plain, exact) => [plain.toFixed(1), exact.toFixed(1), ratio(exact, plain)];

/**
 * @param {Page} page in the panel's DevTools
 * @param {Frame} panel
 */
export async function captures(page, panel) {
  const vite = await createServer({
    root: projectRoot,
    configFile: `${projectRoot}/vite.node.config.ts`,
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom',
    logLevel: 'error',
  });
  const client = await page.createCDPSession();
  try {
    const { createEvalCapture } = await vite.ssrLoadModule('/src/capture/eval/eval-capture.ts');
    const { createProtocolCapture } = await vite.ssrLoadModule('/src/capture/debugger/protocol-capture.ts');
    const { defaultReadOptions } = await vite.ssrLoadModule('/src/snapshot/read-options.ts');
    /** @type {typeof import('../../src/transport/protocol-session.ts')} */
    const sessions = /** @type {any} */ (await vite.ssrLoadModule('/src/transport/protocol-session.ts'));
    const view = { ...defaultReadOptions, ...whole };
    await bringTo(
      panel,
      vite.config.plugins.filter(({ name }) => name === 'memory-graph:page-sources'),
    );
    console.log(
      '\nA capture of everything beside JSON.stringify of the same data, through DevTools (milliseconds, medians)',
    );
    const timeRow = table([
      'objects',
      'walk',
      'move',
      'read',
      'ours',
      'stringify',
      'move',
      'JSON',
      'ours/JSON',
      'first',
      'first/JSON',
      'JSON.parse',
    ]);
    /** @type {string[][]} */
    const byteRows = [];
    /** @type {string[][]} */
    const exactRows = [];
    for (const [size, rounds] of SIZES) {
      await page.evaluate(`globalThis.bench = (${make})(${size})`);
      const { times, bytes } = await besideJson(panel, rounds, view);
      timeRow(times);
      byteRows.push(bytes);

      const session = throughProtocol(client, sessions);
      /** @type {Connection} */
      const direct = {
        name: 'devtools-eval',
        evaluate: async (expression, options) => {
          const asked = await session.send(
            'Runtime.evaluate',
            { expression, returnByValue: true, includeCommandLineAPI: true },
            options,
          );
          return asked.ok ? { ok: true, value: asked.value.result.value } : asked;
        },
        onNavigated: () => () => {},
      };
      /** @type {Capture} */
      const peer = createEvalCapture(direct);
      /** @type {Capture} */
      const exact = createProtocolCapture(session);
      const cold = await captureOnce(peer, view);
      const exactCold = await captureOnce(exact, view);
      /** @type {Record<'plainNew' | 'exactNew' | 'plainAgain' | 'exactAgain', number[]>} */
      const taken = { plainNew: [], exactNew: [], plainAgain: [], exactAgain: [] };
      for (let round = 0; round < Math.min(rounds, EXACT_ROUNDS); round++) {
        await page.evaluate(`globalThis.bench = (${make})(${size})`);
        taken.plainNew.push((await captureOnce(peer, view)).milliseconds);
        taken.exactNew.push((await captureOnce(exact, view)).milliseconds);
        taken.plainAgain.push((await captureOnce(peer, view)).milliseconds);
        taken.exactAgain.push((await captureOnce(exact, view)).milliseconds);
      }
      exactRows.push([
        String(cold.objects),
        ...compared(cold.milliseconds, exactCold.milliseconds),
        ...compared(median(taken.plainNew), median(taken.exactNew)),
        ...compared(median(taken.plainAgain), median(taken.exactAgain)),
      ]);
      await peer.close();
      await exact.close();
      client.removeAllListeners('Debugger.scriptParsed');
    }
    console.log(
      'walk: in the page; move: until the last piece arrives, while earlier ones are read; read: what is left to read then;\n' +
        'first: a capture that makes the agent, whose code V8 has not compiled yet; JSON.parse is not part of JSON',
    );
    console.log('\nThe reply');
    byteRows.forEach(table(['objects', 'bytes', 'JSON bytes', 'ours/JSON', 'bytes/object', 'µs/object']));
    console.log('\nThe exact capture compared with the plain one, through the debugger’s protocol (milliseconds)');
    exactRows.forEach(
      table(['objects', ...['first', 'new', 'again'].flatMap((name) => [`${name}: plain`, 'exact', 'exact/plain'])]),
    );
    console.log(
      'first: with a new agent; new: every object is new and must be proven to be no proxy; again: the same objects, as at the next step',
    );
  } finally {
    await client.detach();
    await vite.close();
  }
}
