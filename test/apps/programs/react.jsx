// A list of tasks in React 19: reducer, context, refs, memo, effect.
import { createContext, useContext, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

const Theme = createContext({ mode: 'light' });
let pauseNext = false;

function stopHere(state, action) {
  if (!pauseNext) return;
  pauseNext = false;
  debugger;
}

function Item({ todo, onToggle }) {
  const ref = useRef(null);
  const theme = useContext(Theme);
  return (
    <li ref={ref} onClick={() => onToggle(todo.id)} className={theme.mode}>
      {todo.text} {todo.done ? '✓' : ''}
    </li>
  );
}

function reducer(state, action) {
  stopHere(state, action);
  switch (action.type) {
    case 'add':
      return [...state, { id: state.length, text: action.text, done: false, tags: action.tags }];
    case 'toggle':
      return state.map((todo) => (todo.id === action.id ? { ...todo, done: !todo.done } : todo));
    default:
      return state;
  }
}

function App() {
  const [todos, dispatch] = useReducer(reducer, [{ id: 0, text: 'milk', done: false, tags: ['home'] }]);
  const [filter] = useState('all');
  const shown = useMemo(() => todos.filter((todo) => filter === 'all' || !todo.done), [todos, filter]);
  useEffect(() => {
    window.dispatch = dispatch;
    window.todos = todos;
    window.shown = shown;
    const li = document.querySelector('li');
    window.fiber = li[Object.keys(li).find((key) => key.startsWith('__reactFiber'))];
    window.ready = true;
  }, [todos, shown]);
  return (
    <Theme.Provider value={{ mode: 'dark' }}>
      <h1>{filter}</h1>
      <ul>
        {shown.map((todo) => (
          <Item
            key={todo.id}
            todo={todo}
            onToggle={(id) => {
              debugger;
              dispatch({ type: 'toggle', id });
            }}
          />
        ))}
      </ul>
    </Theme.Provider>
  );
}

const root = createRoot(document.getElementById('root'));
root.render(<App />);
window.reactRoot = root;
window.pauses = {
  reducer() {
    pauseNext = true;
    window.dispatch({ type: 'add', text: 'x', tags: [] });
  },
  click: () => document.querySelector('li').click(),
};
