/** The first screen: what this is, what to type, and examples that draw at a click. */

/** Work on any page: they make what they draw. */
const EXAMPLES = [
  {
    title: 'Two names, one array',
    text: 'A change through one name shows through the other; the copy stays as it is.',
    expression:
      "(() => { const a = [[1, 2], ['x', 'y']]; return { a, same: a, copy: [...a], deep: structuredClone(a) } })()",
  },
  {
    title: 'Containers',
    text: 'Arrays, sets, maps and objects inside one another.',
    expression: "[[1, 2], new Set([3, 4]), new Map([['five', 5], ['six', [6]]]), { seven: { eight: 8 } }]",
  },
  {
    title: 'A doubly linked list',
    text: 'References that lead forth and back.',
    expression:
      "['a', 'b', 'c'].reduce((list, value) => { const node = { prev: list.tail, value, next: null }; list.tail ? (list.tail.next = node) : (list.head = node); list.tail = node; return list }, { head: null, tail: null })",
  },
  {
    title: 'A reference to itself',
    text: 'Cycles are drawn as they are.',
    expression: '(() => { const list = [1]; list.push(list); return { list } })()',
  },
] as const;

export function Welcome({ onChoose }: { readonly onChoose: (expression: string) => void }) {
  return (
    <div class="welcome">
      <h1>See how objects refer to each other</h1>
      <p>
        Type an expression of the page above, a variable for instance, and press <kbd>Enter</kbd>. Every object becomes
        a box, every reference an arrow: where two arrows meet, one object is shared.
      </p>
      <p>
        From the Console: enter <code>graph(x)</code> there, or right-click an object and choose{' '}
        <i>Store as global variable</i>. From Sources: select an expression, and it is offered here. <code>$0</code> is
        the element selected in Elements, <code>$_</code> the last result in the Console.
      </p>
      <h2>Or try one of these</h2>
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
