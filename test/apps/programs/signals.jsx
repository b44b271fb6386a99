// A counter in Preact with signals, computed values and an effect.
/** @jsxImportSource preact */
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';

const count = signal(1);
const todos = signal([{ text: 'milk', done: false }]);
const left = computed(() => todos.value.filter(({ done }) => !done).length);
let pausing = false;
const stop = effect(() => {
  const seen = count.value + left.value;
  if (pausing) debugger;
  return () => seen;
});
function App() {
  return (
    <ul onClick={() => count.value++}>
      {todos.value.map((todo) => (
        <li key={todo.text}>
          {todo.text} {count} {left}
        </li>
      ))}
    </ul>
  );
}
const root = document.getElementById('root');
render(<App />, root);
const vnode = root.__k;
Object.assign(window, { count, todos, left, stop, vnode, ready: true });
window.pauses = {
  effect() {
    pausing = true;
    count.value++;
    pausing = false;
  },
};
