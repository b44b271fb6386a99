/**
 * The worker of `npm run graph`: debugs the main thread, reads its variables at each pause, and draws them. Writes to files and
 * descriptors itself, because a worker's own output waits for the main thread.
 */
import { renameSync, writeFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import ownGlobals from 'virtual:own-globals';
import type { RootRequest, ScopeRequest } from '../../capture/capture.ts';
import { createProtocolCapture } from '../../capture/debugger/protocol-capture.ts';
import { createMethodNames } from '../../pause/method-names.ts';
import { named, stackLines } from '../../pause/naming.ts';
import { type Pause, readPause } from '../../pause/pause.ts';
import { createSources } from '../../pause/sources.ts';
import { stackGroups } from '../../pause/stack-frames.ts';
import { stackRequest } from '../../pause/stack-request.ts';
import { createUsedNames } from '../../pause/used-names.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { usedNames } from '../../source-maps/used-names.ts';
import { debuggerDomain } from '../../transport/debugger-domain.ts';
import { sentence } from '../../transport/failure.ts';
import { connectInspector } from '../../transport/node-inspector.ts';
import type { Outcome } from '../../transport/outcome.ts';
import type { EventParameters, Method, Parameters, Result } from '../../transport/protocol.ts';
import { say } from '../../words/say.ts';
import type { FileFormat } from '../options.ts';
import { pictureText } from '../picture.ts';
import { diagramSettingsOf, patience, viewOf } from '../views.ts';
import { failuresAt, late, type ObserverData, ready, stopsUrl } from './observed.ts';

/** The group of the handles of one stop. */
const GROUP = 'memory-graph-stop';
/** More frames than fit into V8's stack, and no more than have numbers (`ObjectId`). */
const mostFrames = 131_070;
/** Milliseconds after which a main thread that does not react is assumed to be in a loop. */
const unheard = 300;

const { options, settings, ownUrl, failures, end }: ObserverData = workerData;
const view = viewOf(settings, options.full);

function complain(message: string): void {
  Atomics.add(failures, 0, 1);
  writeSync(2, `${message}\n`);
}

const session = connectInspector('main');
const capture = createProtocolCapture(session, { expressionTime: options.timeout });
const domain = debuggerDomain(session);
const { classAround, text } = createSources(session, domain.scripts, { deadline: patience });
const methodNames = createMethodNames({ classAround, before: async () => null });
const namesUsed = createUsedNames({ usedNames: async (text) => usedNames(text) }, text);

function succeeded<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(sentence(outcome.failure));
  return outcome.value;
}

async function ask<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>> {
  return succeeded(await session.send(method, parameters, { deadline: patience }));
}

await ask('Runtime.enable', undefined);
succeeded(await domain.followPauses({ deadline: patience }));
const readGlobals =
  (await ask('Runtime.evaluate', { expression: `(${ownGlobals})(globalThis)` })).result.objectId ?? '';
// The agent must exist before the script replaces anything.
await capture.capture([], view, { deadline: patience });

/** The breakpoint at the end of the module. */
let endBreakpoint: string | null = null;
if (end) {
  const { url, line, column } = end;
  const set = await ask('Debugger.setBreakpointByUrl', { url, lineNumber: line, columnNumber: column });
  endBreakpoint = set.breakpointId;
}
/** The requested lines by their breakpoints, and whether they were reached. */
const lines = new Map<string, { readonly shown: string; reached: boolean }>();
for (const { file, line } of options.at) {
  const path = resolve(file);
  const anyName = [path, pathToFileURL(path).href].map((name) => name.replace(/[^\w/]/g, '\\$&')).join('|');
  const set = await ask('Debugger.setBreakpointByUrl', { urlRegex: `^(${anyName})$`, lineNumber: line - 1 });
  lines.set(set.breakpointId, { shown: `${file}:${line}`, reached: false });
}

/** The handle of an object with those variables of the script that are on the global object, or null. */
async function globals(): Promise<string | null> {
  const { result } = await ask('Runtime.callFunctionOn', {
    objectId: readGlobals,
    functionDeclaration: 'function() { return this(); }',
    objectGroup: GROUP,
  });
  return result.objectId ?? null;
}

let pictures = 0;

/** @param finish Changes what was read before it is drawn. */
async function draw(
  roots: readonly RootRequest[],
  finish: (snapshot: Snapshot) => Snapshot = (snapshot) => snapshot,
): Promise<void> {
  const outcome = await capture.capture(roots, view, { deadline: patience });
  if (!outcome.ok) return complain(sentence(outcome.failure));
  const failed = outcome.value.roots.flatMap(({ label, result }) => (result.ok ? [] : [{ label, ...result }]));
  for (const { label, reason } of failed)
    complain(parseTrouble(label) ?? say('node_rootFailed', { root: label, reason: firstLine(reason) }));
  if (failed.length < roots.length) await write(finish(outcome.value));
}

/** Writes the next picture to its file. */
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
      if (!out.named) writeSync(2, `${say('node_written', { file: out.path })}\n`);
    } catch {
      complain(say('node_unwritable', { file: out.path }));
    }
  }
  if (stats) writeSync(1, `${JSON.stringify(picture.stats)}\n`);
}

/** Makes `graph-2.svg` from `graph.svg`. */
function numbered(path: string, format: FileFormat, number: number): string {
  const dot = path.length - (path.endsWith('.gv') ? 2 : format.length) - 1;
  return `${path.slice(0, dot)}-${number}${path.slice(dot)}`;
}

/** A sentence that says why an expression does not parse, or null. */
function parseTrouble(root: string): string | null {
  const trouble = (text: string): string | null => {
    try {
      new Script(text);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  if (trouble(`(${root}\n)`) === null) return null;
  const message = trouble(root);
  return message === null ? say('node_rootNoExpression', { root }) : say('node_rootUnparsed', { root, message });
}

const firstLine = (text: string): string => text.split('\n', 1).join('');

const isOwn = (url: string): boolean => url === ownUrl || url === stopsUrl || url.startsWith('node:');

async function drawStack(pause: Pause): Promise<void> {
  // The frames that called the script are Node's or ours.
  const frames = pause.frames.filter(({ location }) => !isOwn(location.url));
  const qualified = await methodNames.qualify({ ...pause, frames });
  const limit = options.full ? { frames: mostFrames } : {};
  const groups = stackGroups(qualified, { libraries: true, asynchronous: false, unfolded: true, ...limit });
  // Of outer scopes what the functions use, once; with --full everything, wherever it can be seen.
  const used = options.full ? null : await namesUsed.of(qualified, () => true);
  const root = stackRequest(qualified, groups, await globals(), used);
  await draw([root], (snapshot) => named(snapshot, stackLines(qualified, groups)));
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

/** The variables of a module, at its end. */
async function drawModule({ frames }: Pause): Promise<void> {
  const scopes = (frames.at(-1)?.scopes ?? []).flatMap(({ type, object: { objectId } }) =>
    objectId !== undefined && (type === 'module' || type === 'local' || type === 'block')
      ? [{ kind: type, objectId }]
      : [],
  );
  await draw([{ type: 'scope', frame: { label: 'Scope', scopes, extras: [] }, depth: 0 }]);
}

let moduleEnded = false;

/** Draws what was requested for this stop. Answers whether there can be another one. */
async function readStop(event: EventParameters<'Debugger.paused'>): Promise<boolean> {
  const pause = readPause(event, domain.scripts);
  const innermost = pause.frames.at(-1);
  const hit = event.hitBreakpoints ?? [];
  const reached = [...lines].filter(([id]) => hit.includes(id)).map(([, line]) => line);
  for (const line of reached) line.reached = true;
  if (reached.length > 0) await drawStack(pause);
  if (endBreakpoint !== null && hit.includes(endBreakpoint) && !moduleEnded) {
    moduleEnded = true;
    if (options.roots.length > 0) await drawRoots(innermost?.callFrameId);
    if (options.scope) await drawModule(pause);
    return true;
  }
  if (reached.length > 0) return true;
  switch (innermost?.location.url === stopsUrl ? innermost.name : null) {
    case 'leaving':
      if (options.stack && pictures === 0 && failuresAt(failures) === 0) {
        complain(say('node_noStops', { file: options.file }));
      }
      for (const { shown, reached } of lines.values()) if (!reached) complain(say('node_notReached', { place: shown }));
      // This lets the main thread go on. While connected, Node would wait.
      await session.close();
      return false;
    case 'scriptEnded':
      if (end) break;
      if (options.roots.length > 0) await drawRoots(innermost?.callFrameId);
      if (options.scope) await drawScope(pause);
      break;
    default:
      if (options.stack) await drawStack(pause);
  }
  return true;
}

session.on('Debugger.paused', async (event) => {
  patienceWithScript.stop();
  try {
    if (!(await readStop(event))) return;
    await ask('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    patienceWithScript.start();
  } catch (error) {
    complain(say('node_scriptUnread', { message: error instanceof Error ? error.message : String(error) }));
  }
  await session.send('Debugger.resume', {}, { deadline: patience });
});

/** Ends a script that runs for too long. The time for which it is paused does not count. */
const patienceWithScript = {
  timer: setTimeout(() => {}, 0),
  start() {
    this.timer = setTimeout(() => {
      complain(say('node_tooLong', { file: options.file, seconds: options.timeout / 1000 }));
      // While a script waits, the main thread receives this message. A loop must be interrupted first.
      parentPort?.postMessage(late);
      this.timer = setInterval(() => void ask('Runtime.terminateExecution', undefined), unheard);
    }, options.timeout);
  },
  stop() {
    clearTimeout(this.timer);
  },
};

// A listener keeps this thread alive as long as the main thread.
parentPort?.on('message', () => {});
parentPort?.postMessage(ready);
patienceWithScript.start();
