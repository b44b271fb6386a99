/** The first screen: what this is, what to type, and examples to click. */
import { say, sayParts } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import { TextActionButton } from '../widgets/action-button.tsx';

/** They work on any page, because they create their own data. */
const EXAMPLES = [
  {
    title: say('welcome_sharing'),
    text: say('welcome_sharingText'),
    expression:
      "(() => { const a = [[1, 2], ['x', 'y']]; return { a, same: a, copy: [...a], deep: structuredClone(a) } })()",
  },
  {
    title: say('welcome_containers'),
    text: say('welcome_containersText'),
    expression: "[[1, 2], new Set([3, 4]), new Map([['five', 5], ['six', [6]]]), { seven: { eight: 8 } }]",
  },
  {
    title: say('welcome_list'),
    text: say('welcome_listText'),
    expression:
      "['a', 'b', 'c'].reduce((list, value) => { const node = { prev: list.tail, value, next: null }; list.tail ? (list.tail.next = node) : (list.head = node); list.tail = node; return list }, { head: null, tail: null })",
  },
  {
    title: say('welcome_cycle'),
    text: say('welcome_cycleText'),
    expression: '(() => { const list = [1]; list.push(list); return { list } })()',
  },
] as const;

interface WelcomeProps {
  readonly onChoose: (expression: string) => void;
  /** Shows what the page has to draw; null where nothing lists that. */
  readonly onPage: (() => void) | null;
}

export function Welcome({ onChoose, onPage }: WelcomeProps) {
  return (
    <div class="welcome">
      <h1>{say('welcome_title')}</h1>
      <p>{sayParts('welcome_enter', { enter: <kbd>Enter</kbd> })}</p>
      <p>
        {sayParts('welcome_elsewhere', {
          call: <code>graph(x)</code>,
          store: <i>{say('action_store')}</i>,
          element: <code>$0</code>,
          result: <code>$_</code>,
        })}
      </p>
      {onPage && (
        <p>
          <TextActionButton action={createAction('showPage', onPage)} />
        </p>
      )}
      <h2>{say('welcome_examples')}</h2>
      <ul>
        {EXAMPLES.map(({ title, text, expression }) => (
          <li key={title}>
            <button type="button" onClick={() => onChoose(expression)}>
              <b>{title}</b>
              <span>{text}</span>
              <code>{expression}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
