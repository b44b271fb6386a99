// A list in Svelte 5, with runes.
import { flushSync, mount } from 'svelte';
import Tasks from './tasks.svelte';

const store = { pausing: false };
const component = mount(Tasks, { target: document.getElementById('root'), props: { store } });
flushSync();
Object.assign(window, { component, store, tasks: store.items(), ready: true });
window.pauses = {
  add() {
    store.pausing = true;
    store.add('bread');
    store.pausing = false;
  },
};
