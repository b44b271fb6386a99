// A store and a component in Solid, without its compiler.
import { createEffect, createMemo, createRoot, createSignal, getOwner } from 'solid-js/dist/solid.js';
import h from 'solid-js/h/dist/h.js';
import { createStore, unwrap } from 'solid-js/store/dist/store.js';
import { render } from 'solid-js/web/dist/web.js';

let pausing = false;
createRoot(() => {
  const [count, setCount] = createSignal(0);
  const [store, setStore] = createStore({ user: { name: 'Ann' }, todos: [{ text: 'milk', done: false }] });
  const double = createMemo(() => count() * 2);
  createEffect(() => {
    const seen = [double(), store.todos.length];
    if (pausing) debugger;
    return seen;
  });
  const owner = getOwner();
  render(() => h('p', { onClick: () => setCount(count() + 1) }, () => store.user.name, double), document.getElementById('root'));
  Object.assign(window, { count, setCount, store, raw: unwrap(store), setStore, owner, ready: true });
});
window.pauses = {
  effect() {
    pausing = true;
    window.setCount(5);
    pausing = false;
  },
};
