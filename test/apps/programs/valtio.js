// State in Valtio's proxies and in Nano Stores.
import { atom, computed, map } from 'nanostores';
import { proxy, snapshot, subscribe } from 'valtio/vanilla';

let pausing = false;
const state = proxy({ user: { name: 'Ann', tags: ['a', 'b'] }, cart: [{ n: 1 }, { n: 2 }] });
const before = snapshot(state);
subscribe(state, () => {
  if (pausing) debugger;
});
state.cart.push({ n: 3 });
const after = snapshot(state);
const count = atom(1);
const profile = map({ name: 'Ann', langs: ['de', 'en'] });
const greeting = computed([count, profile], (n, { name }) => `${n} × ${name}`);
greeting.listen(() => {
  if (pausing) debugger;
});
Object.assign(window, { state, before, after, count, profile, greeting, ready: true });
window.pauses = {
  listen() {
    pausing = true;
    count.set(2);
    setTimeout(() => {
      pausing = false;
    });
  },
};
