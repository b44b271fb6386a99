// A counter and a store in Vue 3: reactive objects, refs, computed values, a mounted component.
import { computed, createApp, reactive, ref } from 'vue/dist/vue.esm-bundler.js';

const store = reactive({
  user: { name: 'Ann', tags: ['a', 'b'] },
  cart: new Map([['x', { qty: 1 }]]),
  seen: new Set([1]),
});
store.same = store.user;
const count = ref(0);
const double = computed(() => count.value * 2);
const app = createApp({
  data: () => ({ items: [{ n: 1 }, { n: 2 }] }),
  setup: () => ({ store, count, double }),
  methods: {
    add(amount) {
      const before = this.items.length;
      debugger;
      this.items.push({ n: before + amount });
    },
  },
  template:
    '<p @click="count++">{{ store.user.name }} {{ count }} {{ double }} <i v-for="i in items">{{ i.n }}</i></p>',
});
window.vm = app.mount('#root');
Object.assign(window, { app, store, count, double, ready: true, pauses: { method: () => window.vm.add(1) } });
