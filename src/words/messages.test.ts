/** Holds `_locales/`: every key is used, every language has the same placeholders, and Chrome accepts the files. */
import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { type Piece, parse } from './message-format.ts';

/** As Chrome wants a file of messages, but more strictly. */
const messagesSchema = v.record(
  v.pipe(v.string(), v.regex(/^\w+$/)),
  v.strictObject({
    // A dollar sign would start a placeholder of Chrome's own.
    message: v.pipe(v.string(), v.minLength(1), v.regex(/^[^$]*$/)),
    description: v.optional(v.string()),
    placeholders: v.optional(
      v.record(v.string(), v.strictObject({ content: v.pipe(v.string(), v.regex(/^\$\d$/)), example: v.string() })),
    ),
  }),
);

const languages = readdirSync(`${projectRoot}/_locales`);
const messagesOf = (language: string) =>
  v.parse(messagesSchema, JSON.parse(readFileSync(`${projectRoot}/_locales/${language}/messages.json`, 'utf8')));
const english = Object.entries(messagesOf('en'));

const namesIn = (pieces: readonly Piece[]): readonly string[] =>
  pieces.flatMap((piece) => {
    if (piece.type === 'value') return [piece.name];
    if (piece.type === 'text' || piece.type === 'number') return [];
    return [piece.name, ...[...piece.cases.values()].flatMap(namesIn)];
  });
const placeholdersOf = (message: string): readonly string[] => [...new Set(namesIn(parse(message)))].sort();

/** What may name a message: every module of the product, and the manifest. */
const allSources = ['src', 'panel']
  .flatMap((folder) =>
    readdirSync(`${projectRoot}/${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|test-helper|d)\.tsx?$/.test(path))
  .map((path) => ({ path, source: readFileSync(`${projectRoot}/${path}`, 'utf8') }));
const sources = allSources.map(({ source }) => source).filter((source) => source.includes('words/say.ts'));
const manifest = readFileSync(`${projectRoot}/manifest.json`, 'utf8');
/** Keys that are put together, such as `category_${name}`: the compiler knows that each exists. */
const joined = sources.flatMap((source) =>
  [...source.matchAll(/say(?:Parts)?\(\s*`([a-z]\w*_)\$\{/g)].map(([, head = '']) => head),
);

test('every message is used', () => {
  const unused = english
    .map(([key]) => key)
    .filter((key) => !joined.some((head) => key.startsWith(head)))
    .filter((key) => !sources.some((source) => source.includes(`'${key}'`)) && !manifest.includes(`__MSG_${key}__`));
  expect(unused).toEqual([]);
});

test('every key of the manifest exists', () => {
  const keys = [...manifest.matchAll(/__MSG_(\w+)__/g)].map(([, key = '']) => key);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !english.some(([known]) => known === key))).toEqual([]);
});

test('no two keys differ in their case alone, which Chrome ignores', () => {
  const keys = english.map(([key]) => key.toLowerCase());
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('a message declares the placeholders that it has', () => {
  const wrong = english.filter(
    ([, { message, placeholders = {} }]) =>
      placeholdersOf(message).join() !== Object.keys(placeholders).toSorted().join(),
  );
  expect(wrong).toEqual([]);
});

test.each(languages)('%s has no other keys and placeholders than English', (language) => {
  const known = new Map(english);
  const wrong = Object.entries(messagesOf(language)).filter(([key, { message }]) => {
    const original = known.get(key);
    return !original || placeholdersOf(message).join() !== placeholdersOf(original.message).join();
  });
  expect(wrong).toEqual([]);
});

test('texts are those of American English, with one name for one thing', () => {
  const words =
    /colour|grey\b|cancelled|centre\b|recognis|\d %|\bthe picture\b|memory view|\.\.\.|who refers|draw again/i;
  expect(english.filter(([, { message }]) => words.test(message)).map(([key]) => key)).toEqual([]);
});

/** Four words in a row: parts of sentences, which belong to the messages. */
const phrase = /(?:^|\s)(?:[A-Za-z’']{2,}[,;:]? ){3}[A-Za-z’']{2,}/;
/** What no user reads as it is: names of the page's properties and of JavaScript, fonts, and what only a broken reply brings. */
const noSentences =
  /^src\/(?:words\/|drawing\/fonts|console\/expression-text|source-maps\/originals|page\/objects\/browser\/class-fields)/;
const forDevelopers = /corrupt\(|kind: 'corrupt'|new (?:Syntax|Range)?Error\(|\.includes\('|kind: 'broken'/;

test('no sentence stands in the sources', () => {
  const found = allSources
    .filter(({ path }) => !noSentences.test(path))
    .flatMap(({ path, source }) =>
      source
        .replace(/\/\*.*?\*\//gs, '')
        .replace(/^\s*\/\/.*$/gm, '')
        .split('\n')
        .filter((line) => !forDevelopers.test(line))
        .flatMap((line) => [...line.matchAll(/'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`|>([^<>{}=;]+)</g)])
        .map(([, ...texts]) => texts.find((text) => text !== undefined)?.replace(/\$\{[^}]*\}/g, 'X') ?? '')
        .filter((text) => phrase.test(text) && !/^[ {(]|=>|; |\{ /.test(text))
        .map((text) => `${path}: ${text}`),
    );
  expect(found).toEqual([]);
});
