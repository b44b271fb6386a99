/**
 * Makes a page of the gallery from its content: an explanation, the code as script elements, and a list of expressions. The
 * page shows the text of those script elements, so it shows the code that runs. Must add no name to the global scope, which
 * belongs to the examples.
 *
 * `<script class="example">` runs once, while the page loads. `<script class="example" type="text/plain" data-step="…">` is
 * a step; the first one runs at once. `data-times` repeats a step. Going back runs all steps from the first again, so they
 * declare with `var`, which can run again. `data-run` makes a step wait for its own button.
 */
(() => {
  /** A box: fill, left, top, number of cells, and whether they are side by side. An arrow: box, cell, box. */
  const pages = [
    {
      file: 'immutable.html',
      title: 'Immutable values',
      text: 'Two names, one number; changing one leaves the other.',
      boxes: [
        ['map', 20, 6, 2, true],
        ['number', 8, 48, 1, true],
        ['number', 44, 48, 1, true],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 2],
      ],
    },
    {
      file: 'mutable.html',
      title: 'Mutable values',
      text: 'Two names, one array; changing one changes both.',
      boxes: [
        ['map', 20, 6, 2, true],
        ['array', 26, 44, 2, false],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 1],
      ],
    },
    {
      file: 'copies.html',
      title: 'Three kinds of copy',
      text: 'Assignment, shallow copy, deep copy: what each one shares.',
      boxes: [
        ['map', 14, 2, 4, true],
        ['array', 4, 32, 2, true],
        ['array', 42, 32, 2, true],
        ['array', 4, 62, 1, true],
        ['array', 30, 62, 1, true],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 1],
        [0, 2, 2],
        [1, 0, 3],
        [1, 1, 4],
        [2, 0, 3],
        [2, 1, 4],
      ],
    },
    {
      file: 'custom-copy.html',
      title: 'A copy of your own',
      text: 'A copy method that copies one part and shares the other.',
      boxes: [
        ['instance', 2, 8, 2, true],
        ['instance', 44, 8, 2, true],
        ['array', 2, 50, 1, true],
        ['array', 29, 50, 1, true],
        ['array', 56, 50, 1, true],
      ],
      arrows: [
        [0, 0, 2],
        [0, 1, 3],
        [1, 0, 3],
        [1, 1, 4],
      ],
    },
    {
      file: 'squares.html',
      title: 'A loop, step by step',
      text: 'my_squares grows; its reference sees it, its copy does not.',
      boxes: [
        ['map', 14, 6, 3, true],
        ['array', 12, 40, 2, false],
        ['array', 46, 40, 2, false],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 1],
        [0, 2, 2],
      ],
    },
    {
      file: 'call-stack.html',
      title: 'A call, and what it shares',
      text: 'Which of its arguments does add_one change for its caller?',
      boxes: [
        ['stack', 24, 2, 2, true],
        ['map', 2, 32, 2, true],
        ['map', 46, 32, 2, true],
        ['array', 29, 62, 1, true],
        ['array', 2, 62, 1, true],
        ['array', 58, 62, 1, true],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 2],
        [1, 0, 4],
        [1, 1, 3],
        [2, 0, 3],
        [2, 1, 5],
      ],
    },
    {
      file: 'factorial.html',
      title: 'Recursion',
      text: 'factorial(3) on the call stack, one frame for each call.',
      boxes: [
        ['stack', 11, 6, 4, true],
        ['map', 0, 48, 1, true],
        ['map', 20, 48, 1, true],
        ['map', 40, 48, 1, true],
        ['map', 60, 48, 1, true],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 2],
        [0, 2, 3],
        [0, 3, 4],
      ],
    },
    {
      file: 'linked-list.html',
      title: 'Doubly linked list',
      text: '100 values, each added at the front.',
      boxes: [
        ['instance', 24, 0, 2, true],
        ['instance', 4, 30, 2, true],
        ['instance', 46, 60, 2, true],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 2],
        [1, 1, 2],
      ],
    },
    {
      file: 'binary-tree.html',
      title: 'Binary tree',
      text: '100 values, the smaller to the left, the larger to the right.',
      boxes: [
        ['instance', 24, 0, 2, true],
        ['instance', 4, 32, 2, true],
        ['instance', 44, 32, 2, true],
        ['instance', 20, 62, 2, true],
        ['instance', 58, 62, 2, true],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 2],
        [1, 1, 3],
        [2, 1, 4],
      ],
    },
    {
      file: 'hash-set.html',
      title: 'Hash set',
      text: '100 values in 20 buckets.',
      boxes: [
        ['array', 0, 8, 6, true],
        ['array', 0, 44, 1, false],
        ['array', 20, 44, 2, false],
        ['array', 40, 44, 1, false],
        ['array', 60, 44, 2, false],
      ],
      arrows: [
        [0, 0, 1],
        [0, 2, 2],
        [0, 3, 3],
        [0, 5, 4],
      ],
    },
    {
      file: 'classes.html',
      title: 'Classes and cycles',
      text: 'A static field, two instances, and an array that holds itself.',
      boxes: [
        ['array', 12, 4, 4, true],
        ['array', 4, 50, 2, true],
        ['instance', 38, 50, 1, true],
        ['instance', 60, 50, 1, true],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 1],
        [0, 2, 2],
        [0, 3, 3],
      ],
    },
    {
      file: 'data-frame.html',
      title: 'Data frame',
      text: 'A table that keeps its data column by column.',
      boxes: [
        ['instance', 17, 4, 3, true],
        ['array', 4, 38, 3, false],
        ['buffer', 29, 38, 3, false],
        ['buffer', 54, 38, 3, false],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 2],
        [0, 2, 3],
      ],
    },
    {
      file: 'page-code.html',
      title: 'From the page’s own code',
      text: 'memoryGraph.show(x) draws at once, and can wait in the debugger.',
      boxes: [
        ['map', 20, 6, 2, true],
        ['array', 26, 44, 2, false],
      ],
      arrows: [[0, 0, 1]],
    },
    {
      file: 'playground.html',
      title: 'Your own code',
      text: 'A page to type code into.',
      boxes: [['map', 34, 30, 1, true]],
      arrows: [],
    },
    {
      file: 'kinds.html',
      title: 'Every kind of value',
      text: 'Holes, -0, 1n, symbols, getters, cycles, dates, buffers, …',
      boxes: [
        ['map', 2, 2, 5, true],
        ['array', 0, 36, 1, false],
        ['set', 20, 36, 2, false],
        ['class', 40, 36, 1, false],
        ['buffer', 60, 36, 2, false],
        ['string', 40, 64, 1, true],
      ],
      arrows: [
        [0, 0, 1],
        [0, 1, 2],
        [0, 3, 3],
        [0, 4, 4],
        [3, 0, 5],
      ],
    },
  ];

  const cell = 11;

  /**
   * Elements from a tag name, attributes (functions are listeners) and children; texts become text nodes.
   * @param {string} tag
   */
  function element(tag, attributes = {}, ...children) {
    const svg = ['svg', 'rect', 'path'].includes(tag);
    const made = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === 'function') made.addEventListener(name, value);
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  /** The small picture on a card. */
  function thumbnail({ boxes, arrows }) {
    const svg = element('svg', { viewBox: '-4 -3 88 84', 'aria-hidden': 'true' });
    for (const [fill, left, top, cells, flat] of boxes) {
      for (let index = 0; index < cells; index++) {
        const x = left + (flat ? index * cell : 0);
        const y = top + (flat ? 0 : index * cell);
        svg.append(element('rect', { class: 'box', x, y, width: cell, height: cell, style: `fill: var(--${fill})` }));
      }
    }
    for (const [from, index, to] of arrows) {
      const [, left, top, , flat] = boxes[from];
      const [, targetLeft, targetTop, targetCells, targetFlat] = boxes[to];
      const x = left + cell / 2 + (flat ? index * cell : 0);
      const y = top + cell / 2 + (flat ? 0 : index * cell);
      const width = targetFlat ? targetCells * cell : cell;
      // Toward the middle of the target, but no further along its edge than necessary.
      const end = Math.min(Math.max(x, targetLeft + 4), targetLeft + width - 4);
      const tip = targetTop - 0.5;
      const middle = (y + tip) / 2;
      svg.append(
        element('path', { class: 'arrow', d: `M${x} ${y}C${x} ${middle + 4} ${end} ${middle} ${end} ${tip - 3}` }),
        element('path', { class: 'head', d: `M${end - 2.5} ${tip - 5}h5L${end} ${tip}Z` }),
      );
    }
    return svg;
  }

  const tokens =
    /(?<comment>\/\/.*|\/\*[\s\S]*?\*\/)|(?<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)|(?<keyword>\b(?:async|await|break|case|class|const|constructor|debugger|else|extends|for|function|get|if|in|let|new|of|return|set|static|super|this|throw|typeof|var|while|yield)\b)|(?<literal>\b(?:true|false|null|undefined|NaN|Infinity|0x[\da-f]+|\d[\d_.]*n?)\b)/giu;

  /** The code with syntax colors. */
  function colored(text) {
    const code = element('code');
    let end = 0;
    for (const match of text.matchAll(tokens)) {
      const [kind = ''] = Object.entries(match.groups).find(([, found]) => found !== undefined) ?? [];
      code.append(text.slice(end, match.index), element('span', { class: kind }, match[0]));
      end = match.index + match[0].length;
    }
    code.append(text.slice(end));
    return code;
  }

  /** Removes the indentation that all lines share in the page. */
  function dedent(text) {
    const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
    const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
    const indent = Math.min(...indents);
    return lines.map((line) => line.slice(indent)).join('\n');
  }

  /** Runs in the global scope, as any script of the page. It is a file, so that no function of the gallery is on its stack. */
  function runScript(text, name) {
    const src = URL.createObjectURL(new Blob([`${text}\n//# sourceURL=${name}`], { type: 'text/javascript' }));
    return new Promise((resolve) => {
      const script = element('script', { src, load: resolve });
      document.head.append(script);
      script.remove();
      URL.revokeObjectURL(src);
    });
  }

  function codeAndSteps(scripts) {
    const parts = scripts.map((script, index) => {
      const text = dedent(script.textContent);
      return {
        text,
        name: `${document.title.split(' – ')[0].toLowerCase().replaceAll(' ', '-')}-${index}.js`,
        step: script.type === 'text/plain',
        sentence: script.dataset.step ?? '',
        button: script.dataset.run ?? null,
        times: Number(script.dataset.times ?? 1),
        shown: element('div', { class: 'part' }, colored(`${text}\n`)),
      };
    });
    const pre = element('pre', {}, ...parts.map(({ shown }) => shown));
    const frame = element('div', { class: 'code' }, pre);
    const turns = parts
      .filter(({ step, button }) => step && button === null)
      .flatMap((part) => Array.from({ length: part.times }, (_, index) => ({ part, count: index + 1 })));
    const buttons = parts.filter(({ button }) => button !== null);
    if (turns.length === 0 && buttons.length === 0) return frame;

    for (const part of parts) {
      part.counter = element('span', { class: 'times' });
      if (part.times > 1) part.shown.prepend(part.counter);
    }
    let done = 0;
    const sentence = element('output', { 'aria-live': 'polite' });
    const place = element('span', { class: 'place' });
    const back = element('button', { type: 'button', click: () => go(done - 1) }, 'Back');
    const forward = element('button', { type: 'button', class: 'main', click: () => go(done + 1) }, 'Forward');
    const all = element('button', { type: 'button', click: () => go(turns.length) }, `All ${turns.length - 1}`);

    async function go(target) {
      for (const button of [back, forward, all]) button.disabled = true;
      if (target < done) done = 0;
      while (done < target) {
        const { part } = turns[done];
        const rest = turns.slice(done, target);
        const other = rest.findIndex((turn) => turn.part !== part);
        const count = other < 0 ? rest.length : other;
        await runScript(`${part.text}\n`.repeat(count), part.name);
        done += count;
      }
      const current = turns[done - 1];
      const reached = parts.indexOf(current.part);
      for (const [index, part] of parts.entries()) {
        part.shown.classList.toggle('now', part === current.part);
        part.shown.classList.toggle('later', part.step && part.button === null && index > reached);
        const count = index < reached ? part.times : part === current.part ? current.count : 0;
        part.counter.textContent = `Each step; done ${count} of ${part.times}`;
      }
      sentence.textContent = current.part.sentence;
      place.textContent = `Step ${done} of ${turns.length}`;
      back.disabled = done === 1;
      forward.disabled = done === turns.length;
      all.disabled = done === turns.length;
    }

    const steps = element('div', { class: 'steps' }, sentence);
    if (turns.length > 1) steps.append(back, forward);
    if (turns.length > 8) steps.append(all);
    for (const part of buttons) {
      const press = async () => {
        await runScript(part.text, part.name);
        sentence.textContent = part.sentence;
      };
      steps.append(element('button', { type: 'button', class: 'main', click: press }, part.button));
    }
    if (turns.length > 1) steps.append(place);
    frame.append(steps);
    if (turns.length > 0) go(1);
    return frame;
  }

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      // The clipboard can be unavailable, as from a file. A selection can be copied by hand everywhere.
      const range = document.createRange();
      range.selectNodeContents(button.parentElement.querySelector('code'));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      button.textContent = 'Selected';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  }

  function decorateExpressions(list) {
    for (const item of list.children) {
      const code = item.querySelector('code');
      const label = `Copy ${code.textContent}`;
      const button = element('button', { type: 'button', 'aria-label': label }, 'Copy');
      button.addEventListener('click', () => copy(code.textContent, button));
      code.replaceChildren(...colored(code.textContent).childNodes);
      item.append(button);
    }
    list.before(element('h2', {}, 'Type this in the Memory Graph tab'));
  }

  const main = document.querySelector('main');
  const here = location.pathname.split('/').pop() || 'index.html';
  const place = pages.findIndex(({ file }) => file === here);

  if (place >= 0) {
    const bar = element('nav', { class: 'bar', 'aria-label': 'Gallery' });
    bar.append(element('a', { class: 'home', href: 'index.html' }, 'Memory Graph gallery'));
    const [before, after] = [pages[place - 1], pages[place + 1]];
    if (before) bar.append(element('a', { href: before.file }, `← ${before.title}`));
    if (after) bar.append(element('a', { href: after.file }, `${after.title} →`));
    main.before(bar);
  }

  const scripts = [...document.querySelectorAll('script.example')];
  if (scripts.length > 0) {
    const text = element('div');
    text.append(...main.childNodes);
    const split = element('div', { class: 'split' }, text, codeAndSteps(scripts));
    main.append(split);
    for (const after of text.querySelectorAll('section')) main.append(after);
  }
  for (const list of document.querySelectorAll('.expressions')) decorateExpressions(list);
  document
    .querySelector('.cards')
    ?.append(
      ...pages.map((page) =>
        element(
          'li',
          {},
          element(
            'a',
            { href: page.file },
            thumbnail(page),
            element('b', {}, page.title),
            element('span', {}, page.text),
          ),
        ),
      ),
    );
  main.after(
    element(
      'footer',
      {},
      'DevTools opens with F12; the Memory Graph tab is under » when DevTools is narrow. ',
      'After a change, press Draw again in the tab.',
    ),
  );
})();
