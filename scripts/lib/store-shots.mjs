// @ts-check
/** What the screenshots for the Chrome Web Store show. */

/** Values that say more as a drawing. */
const values = `(() => {
  const buffer = new ArrayBuffer(64);
  return {
    wave: Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i / 60) * Math.exp(-i / 900)),
    theme: { accent: '#0b57d0', warning: 'orange', home: 'https://developer.chrome.com/' },
    created: new Date(Date.UTC(2008, 8, 2, 12)),
    views: [new Uint8Array(buffer, 0, 16), new Float32Array(buffer, 8, 8), new DataView(buffer, 32)],
  };
})()`;

/** A program that pauses amid a recursion. */
const paused = `(() => {
  const cache = new Map();
  function longest(words, start) {
    const key = words.length + ':' + start;
    if (cache.has(key)) return cache.get(key);
    const [first, ...rest] = words;
    if (rest.length === 1) debugger;
    const found = rest.length === 0 ? first : longest(rest, start + 1);
    const best = first.length > found.length ? first : found;
    cache.set(key, best);
    return best;
  }
  longest(['graph', 'memory', 'of', 'objects'], 0);
})()`;

/**
 * `step` is a step of the gallery's page, from 1. `keys` are pressed in the graph. `whole` draws no object as a
 * text, and few elements of lists. `pauses` is a program whose stack is shown in
 * place of an expression.
 * @type {readonly {name: string, page: string, expression?: string, pauses?: string, step: number, keys?: string, whole?: true}[]}
 */
export const shots = [
  { name: 'sharing', page: 'mutable.html', expression: '{ a, b }', step: 2 },
  { name: 'copies', page: 'copies.html', expression: '{ a, c1, c2, c3 }', step: 1 },
  { name: 'tree', page: 'binary-tree.html', expression: 'tree', step: 9 },
  { name: 'values', page: 'index.html', expression: values, step: 1, whole: true },
  { name: 'commands', page: 'index.html', expression: 'data', step: 1, keys: '?' },
  { name: 'stack', page: 'index.html', pauses: paused, step: 1 },
];
