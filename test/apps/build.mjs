// @ts-check
/**
 * Bundles the programs of this folder into www/, each with a page: plain and minified with source maps, and minified without.
 * www/react.html, www/react.min.html, www/react.bare.html, … Needs the packages of this folder.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @type {import('esbuild').Plugin} */
const svelte = {
  name: 'svelte',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, ({ path }) => ({
      contents: compile(readFileSync(path, 'utf8'), { filename: basename(path), generate: 'client' }).js.code,
      loader: 'js',
    }));
  },
};

mkdirSync(`${here}www`, { recursive: true });
const sources = readdirSync(`${here}programs`).filter((file) => /\.jsx?$/.test(file));
for (const file of sources) {
  // `bare`: minified, and nothing says what the source was.
  for (const kind of ['', '.min', '.bare']) {
    const minify = kind !== '';
    const name = file.split('.')[0] + kind;
    await build({
      absWorkingDir: here,
      entryPoints: [`programs/${file}`],
      outfile: `www/${name}.js`,
      bundle: true,
      format: 'esm',
      minify,
      sourcemap: kind !== '.bare',
      jsx: 'automatic',
      tsconfigRaw: {},
      logLevel: 'error',
      plugins: [svelte],
      // A program of an older version is the same one with other packages.
      ...(name.startsWith('react18') && { alias: { react: 'react-18', 'react-dom': 'react-dom-18' } }),
      conditions: ['browser', minify ? 'production' : 'development'],
      define: {
        'process.env.NODE_ENV': minify ? '"production"' : '"development"',
        __VUE_OPTIONS_API__: 'true',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      },
    });
    writeFileSync(
      `${here}www/${name}.html`,
      `<!doctype html><meta charset="utf-8"><title>${name}</title><div id="root"></div><script type="module" src="./${name}.js"></script>`,
    );
  } // For a development server, which serves the modules one by one.
  writeFileSync(
    `${here}www/${file.split('.')[0]}.dev.html`,
    `<!doctype html><meta charset="utf-8"><title>${file}</title><div id="root"></div><script type="module" src="/programs/${file}"></script>`,
  );
}
