/** The script of a film's page. It becomes text, so it must use nothing from outside of the function. */
import type { Film } from './film.ts';

/** What the script says. */
export interface PlayerWords {
  readonly play: string;
  readonly pause: string;
  readonly click: string;
  readonly firstSeen: string;
  readonly changed: string;
  readonly unchanged: string;
  /** What of the recording was left out; empty for nothing. */
  readonly left: string;
}

export function player(page: Document, words: PlayerWords): void {
  const by = (id: string): HTMLElement => page.getElementById(id) ?? page.body;
  const film: Film = JSON.parse(by('film').textContent ?? '{}');
  const svg = page.querySelector('#stage svg');
  const code = page.querySelector('#code pre');
  const slider = by('slider') as HTMLInputElement;
  const speed = by('speed') as HTMLSelectElement;
  const find = by('find') as HTMLInputElement;
  const last = film.steps.length - 1;
  let step = 0;
  let shownScript = -1;
  let timer = 0;
  slider.max = String(last);

  function showCode(script: number, line: number): void {
    if (!code) return;
    if (script !== shownScript) {
      shownScript = script;
      code.replaceChildren(
        ...(film.scripts[script]?.source ?? '').split('\n').map((text, index) => {
          const row = page.createElement('span');
          row.setAttribute('data-line', String(index + 1 + (film.scripts[script]?.startLine ?? 0)));
          row.textContent = text === '' ? ' ' : text;
          return row;
        }),
      );
    }
    for (const row of code.querySelectorAll('.here')) row.classList.remove('here');
    const row = code.children[line];
    row?.classList.add('here');
    row?.scrollIntoView({ block: 'nearest' });
  }

  function search(): void {
    const sought = find.value.toLowerCase();
    for (const box of svg?.querySelectorAll('[data-box]') ?? [])
      box.classList.toggle('found', sought !== '' && (box.textContent ?? '').toLowerCase().includes(sought));
  }

  function show(to: number): void {
    step = Math.max(0, Math.min(last, to));
    const now = film.steps[step];
    const picture = now && film.pictures[now.picture];
    if (!now || !picture || !svg) return;
    const boxes = picture.boxes.map(
      ([drawing, x, y]) => `<g transform="translate(${x} ${y})">${film.drawings[drawing]}</g>`,
    );
    svg.innerHTML = boxes.join('') + picture.lines;
    svg.setAttribute('viewBox', `${picture.x - 8} ${picture.y - 8} ${picture.width + 16} ${picture.height + 24}`);
    slider.value = String(step);
    by('count').textContent = `${step + 1} / ${last + 1} ${step === last ? words.left : ''}`.trim();
    by('calls').textContent = now.calls.join(' › ');
    showCode(now.script, now.line);
    search();
  }

  function nextChange(): number {
    const { picture } = film.steps[step] ?? { picture: 0 };
    const found = film.steps.findIndex((one, index) => index > step && one.picture !== picture);
    return found < 0 ? last : found;
  }

  function stop(): void {
    clearTimeout(timer);
    timer = 0;
    by('play').textContent = `▶ ${words.play}`;
  }

  function play(): void {
    if (timer) {
      stop();
      return;
    }
    if (step === last) show(0);
    by('play').textContent = `⏸ ${words.pause}`;
    const turn = (): void => {
      if (step === last) {
        stop();
        return;
      }
      show(step + 1);
      timer = Number(setTimeout(turn, Number(speed.value)));
    };
    timer = Number(setTimeout(turn, Number(speed.value)));
  }

  /** When an object was first seen, and when which part of it changed. */
  function tell(object: string | null): void {
    const [origin, ...changes] = object === null ? [] : (film.history[object] ?? []);
    const rows: (Node | string)[] = [];
    const link = (to: number, what: string): void => {
      const button = page.createElement('button');
      button.textContent = `${to + 1}: ${what}`;
      button.onclick = () => show(to);
      rows.push(button);
    };
    if (!origin) rows.push(words.click);
    else {
      rows.push(words.firstSeen, ' ');
      link(origin[0], origin[1]);
      rows.push(' ', changes.length === 0 ? words.unchanged : words.changed, ' ');
      for (const [to, what] of changes) link(to, what);
    }
    by('history').replaceChildren(...rows);
    // The list took room from the code.
    code?.querySelector('.here')?.scrollIntoView({ block: 'nearest' });
  }

  svg?.addEventListener('click', ({ target }) => {
    tell(target instanceof Element ? (target.closest('[data-object]')?.getAttribute('data-object') ?? null) : null);
  });
  by('first').onclick = () => show(0);
  by('back').onclick = () => show(step - 1);
  by('next').onclick = () => show(step + 1);
  by('change').onclick = () => show(nextChange());
  by('play').onclick = play;
  slider.oninput = () => show(Number(slider.value));
  find.oninput = search;
  page.addEventListener('keydown', (event) => {
    if (event.target === find || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowRight') show(event.shiftKey ? nextChange() : step + 1);
    else if (event.key === 'ArrowLeft') show(step - 1);
    else if (event.key === 'Home') show(0);
    else if (event.key === 'End') show(last);
    else if (event.key === ' ') play();
    else return;
    event.preventDefault();
  });
  svg?.addEventListener('pointerover', (event) => {
    const box = event.target instanceof Element ? event.target.closest('[data-box]')?.getAttribute('data-box') : null;
    for (const one of svg.querySelectorAll('[data-box], [data-reference]')) {
      const isNear =
        one.getAttribute('data-box') === box ||
        one.getAttribute('data-from') === box ||
        one.getAttribute('data-to') === box;
      one.classList.toggle('lit', box != null && isNear);
    }
  });
  show(0);
}
