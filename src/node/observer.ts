/**
 * The worker of `npm run graph`: debugs the main thread, reads its variables whenever it stands still, and draws them.
 * Writes to files and descriptors itself, because a worker's own output waits for the main thread.
 */
import { renameSync, writeFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import type { RootRequest, ScopeRequest } from '../capture/capture.ts';
import type { Outcome } from '../capture/connection.ts';
import { debuggerDomain } from '../capture/debugger-domain.ts';
import { sentence } from '../capture/failure.ts';
import { connectInspector } from '../capture/node-inspector.ts';
import type { EventParameters, Method, Parameters, Result } from '../capture/protocol.ts';
import { createProtocolCapture } from '../capture/protocol-capture.ts';
import { createMethodNames } from '../pause/method-names.ts';
import { type Pause, readPause } from '../pause/pause.ts';
import { stackRequest } from '../pause/stack-request.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { globalsScript } from './globals.ts';
import { failuresAt, late, type ObserverData, ready, stopsUrl } from './observed.ts';
import type { FileFormat } from './options.ts';
import { pictureText } from './picture.ts';
import { diagramSettingsOf, patience, viewOf } from './views.ts';

/** Handles of one stop. */
const GROUP = 'memory-graph-stop';
/** More than V8's stack holds, and no more than have numbers of their own (`ObjectId`). */
const mostFrames = 131_070;
/** Milliseconds until a main thread that does not hear is taken to be in a loop. */
const unheard = 300;

const { options, settings, ownUrl, failures }: ObserverData = workerData;
const view = viewOf(settings, options.full);

function complain(message: string): void {
  Atomics.add(failures, 0, 1);
  writeSync(2, `${message}\n`);
}

const session = connectInspector('main');
const capture = createProtocolCapture(session, { expressionTime: options.timeout });
const methodNames = createMethodNames(session);
const domain = debuggerDomain(session);

function succeeded<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(sentence(outcome.failure));
  return outcome.value;
}

async function ask<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>> {
  return succeeded(await session.send(method, parameters, { deadline: patience }));
}

await ask('Runtime.enable', undefined);
succeeded(await domain.followPauses({ deadline: patience }));
const readGlobals = (await ask('Runtime.evaluate', { expression: globalsScript })).result.objectId ?? '';
// The agent has to be there before the script replaces anything.
await capture.capture([], view, { deadline: patience });

/** The handle of an object with the script's variables of the global object, or null. */
async function globals(): Promise<string | null> {
  const { result } = await ask('Runtime.callFunctionOn', {
    objectId: readGlobals,
    functionDeclaration: 'function() { return this(); }',
    objectGroup: GROUP,
  });
  return result.objectId ?? null;
}

let pictures = 0;

async function draw(roots: readonly RootRequest[]): Promise<void> {
  const outcome = await capture.capture(roots, view, { deadline: patience });
  if (!outcome.ok) return complain(sentence(outcome.failure));
  const failed = outcome.value.roots.flatMap(({ label, result }) => (result.ok ? [] : [{ label, ...result }]));
  for (const { label, reason } of failed) complain(`--root ${label} ${parseTrouble(label) ?? clause(reason)}.`);
  if (failed.length < roots.length) await write(outcome.value);
}

/** Writes the next picture to its place. */
async function write(snapshot: Snapshot): Promise<void> {
  const { out, stats, theme } = options;
  const subject = snapshot.roots.map(({ label }) => label).join('\n');
  const picture = await pictureText(snapshot, subject, out?.format ?? null, theme, diagramSettingsOf(settings));
  pictures += 1;
  if (!picture.ok) complain(picture.reason);
  else if (out) {
    const path = resolve(out.path);
    try {
      if (pictures === 2) renameSync(path, numbered(path, out.format, 1));
      writeFileSync(pictures === 1 ? path : numbered(path, out.format, pictures), picture.text);
      if (!out.named) writeSync(2, `The picture is in ${out.path}.\n`);
    } catch {
      complain(`${out.path} could not be written: name a file in a folder that exists.`);
    }
  }
  if (stats) writeSync(1, `${JSON.stringify(picture.stats)}\n`);
}

/** `graph-2.svg` of `graph.svg`. */
function numbered(path: string, format: FileFormat, number: number): string {
  const dot = path.length - (path.endsWith('.gv') ? 2 : format.length) - 1;
  return `${path.slice(0, dot)}-${number}${path.slice(dot)}`;
}

/** Why an expression does not parse, as the end of a sentence, or null. */
function parseTrouble(expression: string): string | null {
  const trouble = (text: string): string | null => {
    try {
      new Script(text);
      return null;
    } catch (error) {
      return error instanceof Error ? `does not parse: ${error.message}` : 'does not parse';
    }
  };
  return trouble(`(${expression}\n)`) && (trouble(expression) ?? 'is no expression');
}

/** A root's failure as the end of a sentence. */
function clause(reason: string): string {
  const [line = ''] = reason.split('\n', 1);
  return line
    .replace(/^Thrown: /, 'threw ')
    .replace(/^It took/, 'took')
    .replace(/\.$/, '');
}

const isOwn = (url: string): boolean => url === ownUrl || url === stopsUrl || url.startsWith('node:');

async function drawStack(pause: Pause): Promise<void> {
  // Who called the script is Node's affair.
  const frames = pause.frames.filter(({ location }) => !isOwn(location.url));
  const named = await methodNames.qualify({ ...pause, frames });
  const limit = options.full ? { frames: mostFrames } : {};
  const { root } = stackRequest(named, await globals(), { libraries: true, asynchronous: false, ...limit });
  await draw([root]);
}

async function drawRoots(frame: string | undefined): Promise<void> {
  await draw(
    options.roots.map((expression) => ({ type: 'expression', expression, ...(frame === undefined ? {} : { frame }) })),
  );
}

async function drawScope({ frames }: Pause): Promise<void> {
  const lexical = frames.at(-1)?.scopes.find(({ type }) => type === 'script')?.object.objectId;
  const declared = await globals();
  const scopes: ScopeRequest[] = [];
  if (lexical) scopes.push({ kind: 'script', objectId: lexical });
  if (declared) scopes.push({ kind: 'global', objectId: declared });
  await draw([{ type: 'scope', frame: { label: 'Scope', scopes, extras: [] }, depth: 0 }]);
}

async function look(event: EventParameters<'Debugger.paused'>): Promise<void> {
  const pause = readPause(event, domain.scripts);
  const innermost = pause.frames.at(-1);
  switch (innermost?.location.url === stopsUrl ? innermost.name : null) {
    case 'leaving':
      if (options.stack && pictures === 0 && failuresAt(failures) === 0) {
        complain(`${options.file} met no debugger statement: there is no stack to draw.`);
      }
      // The main thread goes on by this; connected, Node would wait.
      await session.close();
      return;
    case 'scriptEnded':
      if (options.roots.length > 0) await drawRoots(innermost?.callFrameId);
      if (options.scope) await drawScope(pause);
      break;
    default:
      if (options.stack) await drawStack(pause);
  }
  await ask('Runtime.releaseObjectGroup', { objectGroup: GROUP });
  patienceWithScript.start();
}

session.on('Debugger.paused', async (event) => {
  patienceWithScript.stop();
  try {
    await look(event);
  } catch (error) {
    complain(`The script could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  await session.send('Debugger.resume', {}, { deadline: patience });
});

/** Ends a script that runs for too long; the time that it stands still does not count. */
const patienceWithScript = {
  timer: setTimeout(() => {}, 0),
  start() {
    this.timer = setTimeout(() => {
      complain(`${options.file} ran for more than ${options.timeout / 1000} s; what stands then is drawn.`);
      // A script that waits for something lets the main thread hear this; a loop has to be broken first.
      parentPort?.postMessage(late);
      this.timer = setInterval(() => void ask('Runtime.terminateExecution', undefined), unheard);
    }, options.timeout);
  },
  stop() {
    clearTimeout(this.timer);
  },
};

// Listening keeps this thread alive as long as the main one lives.
parentPort?.on('message', () => {});
parentPort?.postMessage(ready);
patienceWithScript.start();
