/** What of a page can be recorded: its scripts and functions, and what a choice of them comes to. Knows no extension API and no DOM. */
import type { Heap } from '../../src/capture/debugger/target-sessions.ts';
import { type AnalyzedFunction, analyze } from '../../src/recording/analysis.ts';
import type { RecordTarget } from '../../src/recording/record.ts';
import { debuggerDomain, type ScriptFacts } from '../../src/transport/debugger-domain.ts';
import type { Outcome, RequestOptions } from '../../src/transport/outcome.ts';
import { say } from '../../src/words/say.ts';

export const sorts = ['function', 'file', 'input', 'everything', 'load', 'graph'] as const;
/**
 * What is recorded: a function, a file, what the next click or key press runs, all of the user's code, all from the first line on, or
 * calls of `graph(…)`.
 */
export type Sort = (typeof sorts)[number];

/** A script of the user's. */
export interface OwnScript {
  readonly scriptId: string;
  readonly url: string;
  readonly facts: ScriptFacts;
  /** `app.js`, with what tells it from others. */
  readonly label: string;
}

export interface OwnFunction {
  readonly script: OwnScript;
  readonly name: string;
  /** `insert`, or `insert (app.js:12)` where several have this name. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

const ASKING: RequestOptions = { deadline: 5000 };
/** Characters of scripts whose functions are listed. */
const MOST_TEXT = 8_000_000;

/** The user's scripts of a heap, the newest first where the same address was loaded again. */
export async function ownScripts(
  { session, kind }: Heap,
  isLibrary: (url: string) => boolean,
): Promise<Outcome<readonly OwnScript[]>> {
  const domain = debuggerDomain(session);
  const listed = await domain.listAll(ASKING);
  if (!listed.ok) return listed;
  const tree = kind === 'worker' ? null : await session.send('Page.getFrameTree', undefined, ASKING);
  const main = tree?.ok ? tree.value.frameTree.frame.id : null;
  const all = [...domain.scripts].filter(
    ([, { url, isolated, frame }]) =>
      !isolated && /^(?:https?|file|blob|webpack|data):/.test(url) && !isLibrary(url) && (!main || frame === main),
  );
  const names = new Map<string, number>();
  for (const [, { url }] of all) names.set(nameOf(url), (names.get(nameOf(url)) ?? 0) + 1);
  const scripts = all.map(([scriptId, facts]): OwnScript => {
    const name = nameOf(facts.url);
    const same = all.filter(([, other]) => other.url === facts.url).length;
    const path = (names.get(name) ?? 0) > same ? facts.url.replace(/^\w+:\/\//, '') : name;
    const label = same > 1 ? say('record_scriptAt', { name: path, line: facts.startLine + 1 }) : path;
    return { scriptId, url: facts.url, facts, label };
  });
  return { ok: true, value: scripts };
}

const nameOf = (url: string): string =>
  url.startsWith('data:') ? 'data:' : (/([^/?#]+)\/?(?:[?#].*)?$/.exec(url)?.[1] ?? url);

/** The functions of scripts that have a name, in the order of the scripts. */
export async function functionsOf({ session }: Heap, scripts: readonly OwnScript[]): Promise<readonly OwnFunction[]> {
  const domain = debuggerDomain(session);
  const enabled = await domain.followPauses(ASKING);
  if (!enabled.ok) return [];
  const found: { readonly script: OwnScript; readonly own: AnalyzedFunction; readonly line: number }[] = [];
  let read = 0;
  for (const script of scripts) {
    if (read > MOST_TEXT) break;
    const text = await session.send('Debugger.getScriptSource', { scriptId: script.scriptId }, ASKING);
    const source = text.ok ? text.value.scriptSource : '';
    read += source.length;
    for (const own of analyze(source)?.functions ?? [])
      if (!own.name.startsWith('('))
        found.push({ script, own, line: script.facts.startLine + source.slice(0, own.start).split('\n').length });
  }
  await enabled.value();
  const names = new Map<string, number>();
  for (const { own } of found) names.set(own.name, (names.get(own.name) ?? 0) + 1);
  return found.map(({ script, own: { name, start, end }, line }) => ({
    script,
    name,
    start,
    end,
    label: (names.get(name) ?? 0) > 1 ? say('record_functionAt', { name, script: nameOf(script.url), line }) : name,
  }));
}

export const targetOf = ({ scriptId, url, facts }: OwnScript, range: RecordTarget['range'] = null): RecordTarget => ({
  scriptId,
  url,
  startLine: facts.startLine,
  startColumn: facts.startColumn,
  sourceMapUrl: facts.sourceMapUrl,
  range,
});

/** The function that a person means by a text: its label, or its name, also without its class. */
export const functionNamed = (functions: readonly OwnFunction[], text: string): OwnFunction | null =>
  functions.find(({ label }) => label === text) ??
  functions.find(({ name }) => name === text) ??
  functions.find(({ name }) => name.endsWith(`.${text}`)) ??
  null;
