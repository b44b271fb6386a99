import { expect, test } from 'vitest';
import { createAccessorCompiler } from './accessors.ts';

const source = { className: 'Money', accepts: null, read: '(money => [' };

test('a source is parsed again when nobody answered, as after an aborted drawing', async () => {
  const compile = createAccessorCompiler();
  await compile([source], async () => undefined);
  expect(await compile([source], async () => "Unexpected token ')'")).toContain('throw "Unexpected token \')\'"');
});

test('a source is parsed once', async () => {
  const compile = createAccessorCompiler();
  let asked = 0;
  const parse = async () => {
    asked += 1;
    return null;
  };
  await compile([source], parse);
  expect(await compile([source, source], parse)).toContain(source.read);
  expect(asked).toBe(1);
});
