// @ts-check
/**
 * The part of `npm run bench` about what crosses from the page: bytes and time of a capture of everything, beside the
 * page's own JSON.stringify of the same data over the same connection; and the exact capture beside the plain one.
 */
import { createServer } from 'vite';
import { projectRoot } from './run.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */
/** @typedef {import('../../src/capture/connection.ts').Connection} Connection */
/** @typedef {import('../../src/capture/capture.ts').Capture} Capture */

const SIZES = [1_000, 20_000, 200_000];
const ROUNDS = 5;
const DEADLINE = 300_000;

/**
 * Source of the data: records of four objects each, in which everything leads on to the next record. The acyclic ones
 * name the next record by its index instead.
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

/** Everything is read: limits would measure themselves. */
const whole = { slices: { begin: 1e9, middle: 0, end: 0 }, depth: 1e9, objects: 1e9, time: DEADLINE };

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * DevTools' own eval, as the panel uses it; what it takes is measured in the panel.
 * @param {Frame} panel
 */
function throughDevTools(panel) {
  const cost = { milliseconds: 0, bytes: 0 };
  /** @type {Connection['evaluate']} */
  const evaluate = async (script) => {
    const answer = await panel.evaluate(`new Promise((resolve) => {
      const started = performance.now();
      chrome.devtools.inspectedWindow.eval(${JSON.stringify(script)}, (value) => {
        resolve([performance.now() - started, value]);
      });
    })`);
    const [milliseconds, value] = Array.isArray(answer) ? answer : [Number.NaN, null];
    cost.milliseconds += milliseconds;
    cost.bytes += JSON.stringify(value ?? null).length;
    return { ok: true, value };
  };
  /** @type {Connection} */
  const connection = { name: 'devtools-eval', evaluate, onNavigated: () => () => {} };
  return { connection, cost };
}

/**
 * The debugger's protocol, as chrome.debugger speaks it.
 * @param {import('puppeteer-core').CDPSession} client
 * @param {typeof import('../../src/capture/protocol-session.ts')} sessions
 */
function throughProtocol(client, { createSession, messageOf, protocolFailure }) {
  const control = createSession({
    // Puppeteer types each method by its name, which is any of them here.
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
 * @param {import('../../src/snapshot/snapshot.ts').View} view
 */
async function captureOnce(capture, view) {
  const started = performance.now();
  const outcome = await capture.capture([{ type: 'expression', expression: 'bench.records' }], view, {
    deadline: DEADLINE,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return { milliseconds: performance.now() - started, objects: outcome.value.objects.size };
}

/** @param {string[]} cells */
const row = (cells) => console.log(cells.map((cell, index) => (index ? cell.padStart(13) : cell.padEnd(9))).join(''));

/**
 * @param {Page} page in the panel's DevTools
 * @param {Frame} panel
 */
export async function captures(page, panel) {
  const vite = await createServer({
    root: projectRoot,
    configFile: `${projectRoot}/vite.node.config.ts`,
    server: { middlewareMode: true, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom',
    logLevel: 'error',
  });
  const client = await page.createCDPSession();
  try {
    const { createEvalCapture } = await vite.ssrLoadModule('/src/capture/eval-capture.ts');
    const { createProtocolCapture } = await vite.ssrLoadModule('/src/capture/protocol-capture.ts');
    const { readReply } = await vite.ssrLoadModule('/src/snapshot/reader.ts');
    const { defaultView } = await vite.ssrLoadModule('/src/snapshot/snapshot.ts');
    /** @type {typeof import('../../src/capture/protocol-session.ts')} */
    const sessions = /** @type {any} */ (await vite.ssrLoadModule('/src/capture/protocol-session.ts'));
    const view = { ...defaultView, ...whole };
    console.log('\nCapture of everything beside JSON.stringify of the same data, through DevTools (medians)');
    row(['objects', 'bytes', 'JSON bytes', 'ours/JSON', 'ms', 'JSON ms', 'ours/JSON', 'µs/object']);
    /** @type {string[][]} */
    const exactRows = [];
    for (const size of SIZES) {
      const rounds = size > 100_000 ? 3 : ROUNDS;
      await page.evaluate(`globalThis.bench = (${make})(${size})`);
      const { connection, cost } = throughDevTools(panel);
      /** @type {Capture} */
      const plain = createEvalCapture(connection);
      await captureOnce(plain, view);
      let objects = 0;
      let bytes = 0;
      let jsonBytes = 0;
      const times = [];
      const jsonTimes = [];
      for (let round = 0; round < rounds; round++) {
        cost.milliseconds = 0;
        cost.bytes = 0;
        const asked = await connection.evaluate('JSON.stringify(bench.acyclic)', { deadline: DEADLINE });
        jsonTimes.push(cost.milliseconds);
        jsonBytes = asked.ok ? String(asked.value).length : Number.NaN;
        cost.milliseconds = 0;
        cost.bytes = 0;
        const reply = { value: /** @type {unknown} */ (null) };
        const evaluate = connection.evaluate;
        connection.evaluate = async (script, options) => {
          const outcome = await evaluate(script, options);
          if (outcome.ok) reply.value = outcome.value;
          return outcome;
        };
        ({ objects } = await captureOnce(plain, view));
        connection.evaluate = evaluate;
        // Reading the reply is a part of the capture, and is done here in Node instead of in the panel.
        const started = performance.now();
        readReply(reply.value, ['bench.records']);
        times.push(cost.milliseconds + performance.now() - started);
        bytes = cost.bytes;
      }
      await plain.close();
      const ratio = (/** @type {number} */ a, /** @type {number} */ b) => (a / b).toFixed(2);
      const [ours, theirs] = [median(times), median(jsonTimes)];
      row([
        String(objects),
        String(bytes),
        String(jsonBytes),
        ratio(bytes, jsonBytes),
        ours.toFixed(1),
        theirs.toFixed(1),
        ratio(ours, theirs),
        ((ours * 1000) / objects).toFixed(2),
      ]);

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
      await captureOnce(peer, view);
      const first = await captureOnce(exact, view);
      const plainTimes = [];
      const exactTimes = [];
      for (let round = 0; round < rounds; round++) {
        plainTimes.push((await captureOnce(peer, view)).milliseconds);
        exactTimes.push((await captureOnce(exact, view)).milliseconds);
      }
      const [fast, slow] = [median(plainTimes), median(exactTimes)];
      exactRows.push([
        String(objects),
        fast.toFixed(1),
        first.milliseconds.toFixed(1),
        ratio(first.milliseconds, fast),
        slow.toFixed(1),
        ratio(slow, fast),
      ]);
      await peer.close();
      await exact.close();
      client.removeAllListeners('Debugger.scriptParsed');
    }
    console.log('\nThe exact capture beside the plain one, through the debugger’s protocol (milliseconds)');
    row(['objects', 'plain', 'exact, first', 'exact/plain', 'exact, again', 'exact/plain']);
    for (const cells of exactRows) row(cells);
    console.log(
      'first: every object is new and has to be proven no proxy; again: the same objects, as at the next step',
    );
  } finally {
    await client.detach();
    await vite.close();
  }
}
