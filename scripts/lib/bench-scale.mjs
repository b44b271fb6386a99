// @ts-check
/**
 * `npm run bench -- scale`: pictures of 1,000 and 5,000 boxes with everything drawn: how long until the first paint, how long a frame
 * takes while a person zooms, drags and points (real events of wheel and mouse), memory, and whether the same graph gives the same
 * picture. The same input moves all boxes as one SVG, in the same run. Prints figures with the goals; asserts nothing.
 */

/** Structures of so many objects. */
const SHAPES = `({
  tree(k) {
    const all = Array.from({ length: k }, (_, id) => ({ id, name: 'node ' + id }));
    all.forEach((node, i) => { if (i > 0) all[Math.floor((i - 1) / 3)]['child' + ((i - 1) % 3)] = node; });
    return all[0];
  },
  list(k) {
    let first = null;
    for (let value = k; value-- > 0; ) {
      const node = { previous: null, value, next: first };
      if (first) first.previous = node;
      first = node;
    }
    return first;
  },
  random(k) {
    let seed = 7;
    const upTo = (most) => Math.floor(((seed = (seed * 16807) % 2147483647) / 2147483647) * most);
    const all = Array.from({ length: k }, (_, id) => ({ id }));
    for (let i = 1; i < k; i++) all[upTo(i)]['a' + i] = all[i];
    for (let i = 0; i < k / 2; i++) all[upTo(k)]['b' + i] = all[upTo(k)];
    return all[0];
  },
})`;

const WHOLE = {
  amount: /** @type {const} */ ('all'),
  slices: { begin: 1e6, middle: 0, end: 0 },
  depth: 1e6,
  objects: 1e6,
  time: 30_000,
};

/** Events of one movement, and milliseconds between two: as a hand makes them. */
const EVENTS = 90;
const EVERY = 16;
const PATIENCE = 60_000;

/** @param {readonly number[]} values @param {number} share */
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;

/** @param {number} milliseconds */
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {number} value */
const ms = (value) => (Number.isFinite(value) ? value.toFixed(0) : '–').padStart(7);

/**
 * Frames of the panel while `move` runs.
 * @param {import('puppeteer-core').Frame} panel @param {() => Promise<void>} move
 */
async function framesDuring(panel, move) {
  await panel.evaluate(() => {
    const frames = { lengths: /** @type {number[]} */ ([]), last: performance.now(), on: true };
    Object.assign(globalThis, { benchFrames: frames });
    const next = (/** @type {number} */ time) => {
      if (!frames.on) return;
      frames.lengths.push(time - frames.last);
      frames.last = time;
      requestAnimationFrame(next);
    };
    requestAnimationFrame((time) => {
      frames.last = time;
      requestAnimationFrame(next);
    });
  });
  await move();
  return panel.evaluate(() => {
    const frames = Reflect.get(globalThis, 'benchFrames');
    frames.on = false;
    return /** @type {number[]} */ (frames.lengths);
  });
}

/**
 * Zooms in and out, drags and points with the mouse, over the middle of what is drawn.
 * @param {import('puppeteer-core').Page} devtools @param {import('puppeteer-core').Frame} panel
 * @param {{x: number, y: number, width: number, height: number}} area
 */
async function movements(devtools, panel, area) {
  const { mouse, keyboard } = devtools;
  const [x, y] = [area.x + area.width / 2, area.y + Math.min(40, area.height / 2)];
  /** @param {(step: number) => Promise<void>} step */
  const steps = async (step) => {
    for (let i = 0; i < EVENTS; i++) {
      const since = performance.now();
      await step(i);
      await sleep(Math.max(0, EVERY - (performance.now() - since)));
    }
  };
  await mouse.move(x, y);
  await keyboard.down('Control');
  const zoom = await framesDuring(panel, () => steps((i) => mouse.wheel({ deltaY: i < EVENTS / 2 ? -60 : 60 })));
  await keyboard.up('Control');
  await sleep(300);
  await mouse.down();
  const drag = await framesDuring(panel, () =>
    steps((i) => mouse.move(x + 200 * Math.sin(i / 9), y + 80 * Math.sin(i / 7))),
  );
  await mouse.up();
  await sleep(300);
  const hover = await framesDuring(panel, () =>
    steps((i) => mouse.move(area.x + 20 + (i / EVENTS) * (area.width - 40), y + 12 * Math.sin(i / 5))),
  );
  return { zoom, drag, hover };
}

/** The same picture as one SVG of all boxes over the panel. @param {import('puppeteer-core').Frame} panel */
function showPeer(panel) {
  return panel.evaluate(async () => {
    const source = globalThis.memoryGraph.svg();
    const started = performance.now();
    const layer = document.createElement('div');
    layer.className = 'bench-peer';
    layer.style.cssText = 'position:fixed;inset:0;z-index:9;overflow:hidden;background:Canvas';
    layer.innerHTML = source;
    const svg = layer.querySelector('svg');
    const content = layer.querySelector('.mg-picture');
    if (!svg || !content) throw new Error('There is no picture to compare with.');
    const { width } = svg.viewBox.baseVal;
    svg.removeAttribute('viewBox');
    svg.setAttribute('width', '100%');
    svg.setAttribute('height', '100%');
    const view = { x: 0, y: 12, scale: innerWidth / width };
    const place = () => content.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);
    place();
    layer.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const factor = 2 ** (-event.deltaY / 240);
        view.x = event.clientX - (event.clientX - view.x) * factor;
        view.y = event.clientY - (event.clientY - view.y) * factor;
        view.scale *= factor;
        place();
      },
      { passive: false },
    );
    layer.addEventListener('pointermove', (event) => {
      if (event.buttons === 0) return;
      view.x += event.movementX;
      view.y += event.movementY;
      place();
    });
    layer.addEventListener('pointerover', ({ target }) => {
      for (const lit of layer.querySelectorAll('[data-lit]')) lit.removeAttribute('data-lit');
      if (target instanceof Element) target.closest('.mg-box')?.setAttribute('data-lit', '');
    });
    document.body.append(layer);
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - started;
  });
}

/**
 * Types an expression and presses Enter; milliseconds until the first and until the last picture of it is painted.
 * @param {import('puppeteer-core').Page} devtools @param {import('puppeteer-core').Frame} panel @param {string} name
 */
async function enter(devtools, panel, name) {
  await panel.click('input[aria-label="Expression"]', { count: 3 });
  await devtools.keyboard.type(name);
  await panel.evaluate((name) => {
    const seen = { enter: Number.NaN, first: Number.NaN, last: Number.NaN };
    Object.assign(globalThis, { benchEnter: seen });
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        seen.enter = timeStamp;
      },
      { once: true, capture: true },
    );
    const look = () => {
      const there = document.querySelector('.canvas')?.getAttribute('aria-label')?.includes(` ${name}:`) ?? false;
      const after = () =>
        setTimeout(() => {
          if (Number.isNaN(seen.first) && there) seen.first = performance.now();
          const reading = there && !document.querySelector('.progress');
          if (reading && globalThis.memoryGraph.snapshot().roots.some(({ label }) => label === name))
            seen.last = performance.now();
          if (Number.isNaN(seen.last)) look();
        });
      requestAnimationFrame(after);
    };
    look();
  }, name);
  await devtools.keyboard.press('Enter');
  await panel.waitForFunction('!Number.isNaN(benchEnter.last)', { polling: 20, timeout: PATIENCE });
  return panel.evaluate(() => {
    const { enter, first } = Reflect.get(globalThis, 'benchEnter');
    return first - enter;
  });
}

/** Megabytes in use after garbage was collected. @param {import('puppeteer-core').Frame} panel */
async function heap(panel) {
  const client = /** @type {{client?: import('puppeteer-core').CDPSession}} */ (/** @type {unknown} */ (panel)).client;
  if (!client) return Number.NaN;
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}

/** Draws; milliseconds from the layout's end to the paint, the tier and the picture. @param {import('puppeteer-core').Frame} panel @param {string} name */
function draw(panel, name) {
  return panel.evaluate(async (name) => {
    await globalThis.memoryGraph.draw(name);
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const painted = performance.now();
    const { readyAt, tier } = globalThis.memoryGraph.stats();
    return { paint: painted - readyAt, tier };
  }, name);
}

/**
 * @param {object} bench
 * @param {import('puppeteer-core').Page} bench.page
 * @param {import('puppeteer-core').Page} bench.devtools
 * @param {import('puppeteer-core').Frame} bench.panel
 * @param {readonly string[]} [bench.only] names such as `tree` or `1000`; all where it is empty
 */
export async function scale({ page, devtools, panel, only = [] }) {
  const { undock } = await import('./launch.mjs');
  await undock(devtools, { width: 1280, height: 800 });
  // The view has its size after a rest, and is drawn for it.
  await sleep(1000);
  await page.evaluate(`for (const [name, make] of Object.entries(${SHAPES}))
    for (const k of [1000, 5000]) globalThis[name + k] = make(k);`);
  await panel.evaluate((view) => void globalThis.memoryGraph.view(view), WHOLE);
  await panel.evaluate(() => globalThis.memoryGraph.draw('[1, [2]]'));
  console.log('\nEverything drawn, milliseconds; frames as median / 95th of 100');
  console.log(
    `${''.padEnd(14)}${['Enter', 'layout'].map((h) => h.padStart(8)).join('')}${['zoom', 'drag', 'hover'].map((h) => h.padStart(16)).join('')}${'MB'.padStart(8)}  tier, three times`,
  );
  for (const k of [1000, 5000]) {
    for (const shape of ['tree', 'list', 'random']) {
      if (only.length > 0 && !only.includes(shape) && !only.includes(String(k))) continue;
      const name = `${shape}${k}`;
      await panel.evaluate(() => globalThis.memoryGraph.draw('[1, [2]]'));
      const first = await enter(devtools, panel, name);
      /** @type {Set<string>} */
      const pictures = new Set();
      /** @type {number[]} */
      const paints = [];
      let tier = '';
      for (let round = 0; round < 3; round++) {
        // So many that the layout does not remember the picture.
        for (let other = 0; other < 7; other++)
          await panel.evaluate((other) => globalThis.memoryGraph.draw(`[${other}, [${'1'.repeat(other + 1)}]]`), other);
        const drawn = await draw(panel, name);
        paints.push(drawn.paint);
        tier = drawn.tier;
        const svg = await panel.evaluate(async () => {
          const bytes = new TextEncoder().encode(globalThis.memoryGraph.svg());
          return [...new Uint8Array(await crypto.subtle.digest('SHA-1', bytes))].join(' ');
        });
        pictures.add(`${tier} ${svg}`);
      }
      const memory = await heap(panel);
      const canvas = await (await panel.$('.canvas'))?.boundingBox();
      if (!canvas) throw new Error('There is no picture.');
      const ours = await movements(devtools, panel, canvas);
      console.log(
        row(
          name,
          ms(first),
          ms(quantile(paints, 0.5)),
          ours,
          memory,
          `${tier}, ${pictures.size === 1 ? 'the same' : 'not the same'}`,
        ),
      );
      const peerPaint = await showPeer(panel);
      const peer = await movements(devtools, panel, canvas);
      const peerMemory = await heap(panel);
      console.log(row('  one SVG', ms(Number.NaN), ms(peerPaint), peer, peerMemory, ''));
      await panel.evaluate(() => document.querySelector('.bench-peer')?.remove());
    }
  }
  console.log(
    `${'goal, 1,000'.padEnd(14)}${ms(500)} ${ms(50)}${'17 / 34'.padStart(17)}${'17 / 34'.padStart(16)}${'17 / 34'.padStart(16)}${ms(60)}`,
  );
  console.log(
    `${'goal, 5,000'.padEnd(14)}${ms(1000)} ${ms(150)}${'17 / 34'.padStart(17)}${'17 / 34'.padStart(16)}${'17 / 34'.padStart(16)}${ms(150)}`,
  );
  console.log('Enter: from the key to the first paint, perhaps a rough one; layout: from its end to the paint');
}

/**
 * @param {string} name @param {string} enter @param {string} layout
 * @param {Readonly<Record<'zoom' | 'drag' | 'hover', readonly number[]>>} frames @param {number} memory @param {string} note
 */
function row(name, enter, layout, { zoom, drag, hover }, memory, note) {
  const cells = [zoom, drag, hover].map((frames) =>
    `${quantile(frames, 0.5).toFixed(0)} / ${quantile(frames, 0.95).toFixed(0)}`.padStart(16),
  );
  return `${name.padEnd(14)}${enter} ${layout} ${cells.join('')}${ms(memory)}  ${note}`;
}
