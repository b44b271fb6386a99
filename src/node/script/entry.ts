/**
 * What sort of program a file is, and how to start it: an ES module as Node does, anything else as a page runs a classic script,
 * with `require` available.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { say } from '../../words/say.ts';

export type Entry =
  | { readonly sort: 'script'; readonly script: Script }
  /** `end` is the position behind its last character, where its variables still exist. */
  | { readonly sort: 'module'; readonly end: EndOfModule }
  /** `reason` is one sentence. */
  | { readonly sort: 'broken'; readonly reason: string };

/** Lines and columns count from 0. */
export interface EndOfModule {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** @param shown The file as the user wrote it. */
export function readEntry(file: string, source: string, shown: string): Entry {
  if (isModule(file)) return { sort: 'module', end: endOf(file, source) };
  const text = source.replace(/^\ufeff/, '').replace(/^#!.*/, '');
  try {
    const importModuleDynamically = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    const options = { filename: file, ...(importModuleDynamically ? { importModuleDynamically } : {}) };
    return { sort: 'script', script: new Script(text, options) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (moduleSyntax.test(reason) && !file.endsWith('.cjs')) return { sort: 'module', end: endOf(file, source) };
    const line = error instanceof Error ? error.stack?.match(/:(\d+)\n/)?.[1] : undefined;
    return { sort: 'broken', reason: say('node_parseTrouble', { place: line ? `${shown}:${line}` : shown, reason }) };
  }
}

/** V8's error messages for a script that is a module (Node 20 to 24). */
const moduleSyntax =
  /^(Cannot use import statement|Unexpected token 'export'|Cannot use 'import\.meta'|await is only valid in async)/;

/** Goes by the file's name, or by its package. Node always decides for TypeScript. */
function isModule(file: string): boolean {
  const [, ending = ''] = /\.([^./\\]+)$/.exec(file) ?? [];
  if (/^(mjs|[mc]?ts)$/.test(ending)) return true;
  if (ending === 'cjs') return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path)) return typeOf(path) === 'module';
    if (dirname(folder) === folder) return false;
  }
}

function typeOf(path: string): unknown {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'type') : null;
  } catch {
    return null;
  }
}

function endOf(file: string, source: string): EndOfModule {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  return { url: pathToFileURL(file).href, line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
}

/** Gives a classic script the names of a CommonJS module, but not as variables of its own. */
export function offerRequire(file: string): void {
  const module = { exports: {}, filename: file, id: '.' };
  const offered = {
    require: Object.assign(createRequire(file), { main: module }),
    module,
    exports: module.exports,
    __filename: file,
    __dirname: dirname(file),
  };
  for (const [name, value] of Object.entries(offered))
    Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: false, writable: true });
}

/** A sentence that says why a module could not be loaded, where Node's message does not say what to do; else null. */
export function loadTrouble(thrown: unknown, shown: string): string | null {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : null;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[mc]?ts$/.test(shown)) {
    return say('node_needsTypeScript', { file: shown, version: process.version });
  }
  return null;
}
