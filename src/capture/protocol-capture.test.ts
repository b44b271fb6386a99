import { test } from 'vitest';
import { defaultView } from '../snapshot/snapshot.ts';
import { textForm } from '../snapshot/text-form.ts';
import { connectInspector } from './node-inspector.ts';
import { createProtocolCapture } from './protocol-capture.ts';

const values = [
  '[1,2,{a:1}]',
  'new Proxy({a:1},{get(){throw 1}})',
  'Promise.resolve({a:1})',
  '(()=>{const p=Promise.reject(new Error("x"));p.catch(()=>{});return p})()',
  'new WeakMap([[{a:1},{b:2}]])',
  'new WeakSet([{a:1}])',
  'Math.max.bind({q:1},1,[2])',
  'new Map([[1,{}],[2,{}]]).entries()',
  '[1,2].values()',
  'new (class A{#x=1;#o={};#m(){} get #g(){return 1} static #s=2; static n=3})',
  '[new (class A{#x=1})]',
  '[class A{static #s=2}]',
  '(()=>{const {proxy,revoke}=Proxy.revocable({},{});revoke();return [proxy]})()',
  '(()=>{const g=(function* gen(){let q={q:1}; yield q; let z; yield z})();g.next();return g})()',
  'nope',
  '((',
  '(()=>{throw new TypeError("q")})()',
  '1n',
];
test('x', async () => {
  const s = connectInspector('same');
  const c = createProtocolCapture(s);
  for (const e of values) {
    const r = await c.capture([{ type: 'expression', expression: e }], defaultView, { deadline: 5000 });
    console.log(`${e}\n${r.ok ? textForm(r.value) : JSON.stringify(r)}`);
  }
  const r = await c.capture(
    [{ type: 'expression', expression: '(function outer(){let z={}; {let y=1; return ()=>y+z}})()' }],
    { ...defaultView, scopes: true },
    { deadline: 5000 },
  );
  console.log(r.ok ? textForm(r.value) : JSON.stringify(r));
});
