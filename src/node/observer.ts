/**
 * The worker of `npm run graph`: debugs the main thread, reads its variables whenever it stands still, and draws them.
 * Writes to files and descriptors itself, because a worker's own output waits for the main thread.
 */
import { renameSync, writeFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { sentence } from '../capture/failure.ts';
import type { EventParameters, Method, Parameters, Result } from '../capture/protocol.ts';
import { defaultView, type HeapObject, type ObjectId, type Snapshot, type View } from '../snapshot/snapshot.ts';
import { connectInspector } from './inspector-session.ts';
import { failuresAt, late, type ObserverData, ready } from './observed.ts';
import type { FileFormat } from './options.ts';
import { type VariablePlace, variablesScript } from './page-scripts.ts';
import { pictureText } from './picture.ts';
import { argumentOf, createStandIn, type Remote } from './stand-in.ts';

type Pause = EventParameters<'Debugger.paused'>;
type Frame = Pause['callFrames'][number];

/** The longest that reading may take, milliseconds: an hour, since nobody waits for a script but who started it. */
const patience = 3_600_000;
const everything = 2 ** 31;
/** Milliseconds until a main thread that does not hear is taken to be in a loop. */
const unheard = 300;

const fullView: View = {
  ...defaultView,
  slices: { begin: everything, middle: 0, end: 0 },
  depth: everything,
  objects: everything,
  time: patience,
};

const { options, file, source, ownUrl, failures }: ObserverData = workerData;
const view = options.full ? fullView : defaultView;

function complain(message: string): void {
  Atomics.add(failures, 0, 1);
  writeSync(2, `${message}\n`);
}

const session = connectInspector('main thread');

async function ask<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>> {
  const outcome = await session.send(method, parameters, { deadline: patience });
  if (!outcome.ok) throw new Error(sentence(outcome.failure));
  return outcome.value;
}

/** URLs by script id: the frames of Node's inspector have none. */
const urls = new Map<string, string>();
session.on('Debugger.scriptParsed', ({ scriptId, url }) => urls.set(scriptId, url));
const urlOf = ({ location }: Frame): string => urls.get(location.scriptId) ?? '';

await ask('Runtime.enable', undefined);
await ask('Debugger.enable', {});
const standIn = await createStandIn(session);
const variables = (await ask('Runtime.evaluate', { expression: variablesScript })).result.objectId ?? '';

/** Calls one of the functions of `variablesScript`. */
async function call(name: string, parameters: readonly Remote[], byValue: boolean): Promise<Remote> {
  const { result, exceptionDetails } = await ask('Runtime.callFunctionOn', {
    objectId: variables,
    functionDeclaration: `function (...values) { return this.${name}(...values); }`,
    arguments: parameters.map(argumentOf),
    returnByValue: byValue,
    objectGroup: 'pause',
  });
  if (exceptionDetails) throw new Error(`${exceptionDetails.text} ${exceptionDetails.exception?.description ?? ''}`);
  return result;
}

const plain = (value: unknown): Remote => ({ type: 'object', value });

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

async function namesOf(scope: Remote | null): Promise<readonly string[]> {
  const { value } = scope ? await call('namesOf', [scope], true) : await call('globalNames', [], true);
  return isNames(value) ? value : [];
}

/** In the order in which the source from `start` on names them first. */
function inSourceOrder(places: readonly VariablePlace[], start: number): readonly VariablePlace[] {
  const positions = places.map((place) => {
    const pattern = new RegExp(`(?<![\\w$\\\\])${place.name.replace(/[\\$]/g, '\\$&')}(?![\\w$])`, 'g');
    pattern.lastIndex = start;
    return { place, position: pattern.exec(source)?.index ?? source.length };
  });
  return positions.sort((a, b) => a.position - b.position).map(({ place }) => place);
}

/** An object with the variables of `scopes`, of which the first one that has a name counts. */
async function holderOf(scopes: readonly (Remote | null)[], start: number): Promise<Remote> {
  const places: VariablePlace[] = [];
  const sources: Remote[] = [];
  const seen = new Set<string>();
  for (const scope of scopes) {
    for (const name of await namesOf(scope)) {
      if (seen.has(name)) continue;
      seen.add(name);
      places.push({ source: scope ? sources.length : -1, name });
    }
    if (scope) sources.push(scope);
  }
  return call('scope', [plain(inSourceOrder(places, start)), ...sources], false);
}

/** Scopes that are a frame's own, innermost first: up to its function's. `null` stands for the global object. */
function ownScopes({ scopeChain }: Frame): readonly (Remote | null)[] {
  const scopes: (Remote | null)[] = [];
  for (const { type, object } of scopeChain) {
    if (type === 'closure' || type === 'module') break;
    scopes.push(type === 'global' ? null : object);
    if (type === 'local') break;
  }
  return scopes;
}

const isTopLevel = ({ scopeChain }: Frame): boolean => !scopeChain.some(({ type }) => type === 'local');

/** The frames that are the script's, or of what it loaded; innermost first. */
function ownFrames({ callFrames }: Pause): readonly Frame[] {
  return callFrames.filter((frame) => urlOf(frame) !== ownUrl && !urlOf(frame).startsWith('node:'));
}

/** Character offset in the source at which a frame's function begins. */
function startOf(frame: Frame): number {
  const { functionLocation } = frame;
  if (!functionLocation || urlOf(frame) !== file) return 0;
  const lines = source.split('\n').slice(0, functionLocation.lineNumber);
  return lines.reduce((sum, line) => sum + line.length + 1, functionLocation.columnNumber ?? 0);
}

const excerpt = (text: string) => ({ head: text, tail: '', length: text.length });

/** Gives the objects that were made here their kinds: a stack, and its frames' scopes. */
function withScopes(snapshot: Snapshot, stack: { readonly labels: readonly string[] } | null): Snapshot {
  const root = snapshot.roots[0]?.result;
  if (!root?.ok || root.value.type !== 'reference') return snapshot;
  const objects = new Map<ObjectId, HeapObject>(snapshot.objects);
  const rewrite = (id: ObjectId, kind: 'scope' | 'stack', title: string): void => {
    const object = objects.get(id);
    if (object) objects.set(id, { ...object, kind, className: excerpt(title) });
  };
  if (!stack) rewrite(root.value.id, 'scope', 'Scope');
  else {
    for (const part of objects.get(root.value.id)?.parts ?? []) {
      if (part.type !== 'property' || part.key.type !== 'name' || part.value.type !== 'reference') continue;
      rewrite(part.value.id, 'scope', part.key.name.head.replace(/^\d+: /, ''));
    }
    rewrite(root.value.id, 'stack', 'Call stack');
  }
  return { ...snapshot, objects };
}

let pictures = 0;

/** Writes the next picture to its place. */
async function draw(snapshot: Snapshot): Promise<void> {
  const { out, stats, theme } = options;
  const picture = await pictureText(snapshot, out?.format ?? null, theme);
  pictures += 1;
  if (!picture.ok) complain(picture.reason);
  else if (out) {
    const path = resolve(out.path);
    try {
      if (pictures === 2) renameSync(path, numbered(path, out.format, 1));
      writeFileSync(pictures === 1 ? path : numbered(path, out.format, pictures), picture.text);
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

async function read(label: string, value: Remote, stack: readonly string[] | null): Promise<void> {
  const outcome = await standIn.capture([{ label, value }], view, { deadline: patience });
  if (!outcome.ok) complain(sentence(outcome.failure));
  else await draw(withScopes(outcome.value, stack ? { labels: stack } : null));
}

async function drawStack(pause: Pause): Promise<void> {
  const frames = ownFrames(pause).toReversed();
  const labels = frames.map((frame, index) => {
    const name = isTopLevel(frame) ? '(top level)' : frame.functionName || '(anonymous)';
    return `${index}: ${name}`;
  });
  const scopes: Remote[] = [];
  for (const frame of frames) scopes.push(await holderOf(ownScopes(frame), startOf(frame)));
  await read('stack', await call('stack', [plain(labels), ...scopes], false), labels);
}

async function drawScope(pause: Pause): Promise<void> {
  const lexical = pause.callFrames[0]?.scopeChain.find(({ type }) => type === 'script')?.object;
  await read('scope', await holderOf(lexical ? [lexical, null] : [null], 0), null);
}

async function drawRoots(): Promise<void> {
  const roots: { label: string; value: Remote }[] = [];
  for (const expression of options.roots) {
    const parsed = /^\s*\{/.test(expression) ? `(${expression})` : expression;
    const { result, exceptionDetails } = await ask('Runtime.evaluate', {
      expression: parsed,
      silent: true,
      objectGroup: 'pause',
    });
    if (exceptionDetails) {
      const reason = exceptionDetails.exception?.description ?? exceptionDetails.text;
      complain(`--root ${expression} failed: ${reason.split('\n', 1).join('')}.`);
    } else roots.push({ label: expression, value: result });
  }
  if (roots.length === 0) return;
  const outcome = await standIn.capture(roots, view, { deadline: patience });
  if (!outcome.ok) complain(sentence(outcome.failure));
  else await draw(outcome.value);
}

async function paused(pause: Pause): Promise<void> {
  const [top] = pause.callFrames;
  const stop = top && urlOf(top) === ownUrl ? top.functionName : null;
  switch (stop) {
    case 'leaving':
      if (options.stack && pictures === 0 && failuresAt(failures) === 0) {
        complain(`${options.file} met no debugger statement: there is no stack to draw.`);
      }
      await session.close();
      process.exit();
      break;
    case 'scriptEnded':
      if (options.roots.length > 0) await drawRoots();
      if (options.scope) await drawScope(pause);
      break;
    default:
      if (options.stack) await drawStack(pause);
  }
}

session.on('Debugger.paused', async (pause) => {
  patienceWithScript.stop();
  try {
    await paused(pause);
  } catch (error) {
    complain(`The script could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  await ask('Runtime.releaseObjectGroup', { objectGroup: 'pause' });
  patienceWithScript.start();
  await ask('Debugger.resume', {});
});

/** Ends a script that runs for too long; the time that it stands still does not count. */
const patienceWithScript = {
  timer: setTimeout(() => {}, 0),
  start() {
    this.timer = setTimeout(() => {
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
