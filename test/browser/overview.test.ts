/** Groups of alike objects in real DevTools: offered, opened, searched. */
import { beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html', width: 1280, height: 800 });

/** 500 users with friends, 3,000 posts with authors and likes, 200 of them in a cache. */
const store = `(() => {
  class User { constructor(id) { this.id = id; this.name = 'user ' + id; this.friends = []; } }
  class Post { constructor(id, author) { this.id = id; this.text = 'text ' + id; this.author = author; this.tags = ['a', 'b']; this.likes = []; } }
  const users = Array.from({ length: 500 }, (_, id) => new User(id));
  users.forEach((user, i) => user.friends.push(users[(i + 1) % 500], users[(i + 2) % 500]));
  const posts = Array.from({ length: 3000 }, (_, id) => new Post(id, users[id % 500]));
  posts.forEach((post, i) => { for (let k = 0; k < 3; k++) post.likes.push(users[(i * 7 + k) % 500]); });
  return {
    users: new Map(users.map((user) => [user.id, user])),
    posts,
    ui: { selected: posts[0], open: true },
    cache: new Map(posts.slice(0, 200).map((post) => [post.id, post])),
  };
})()`;

const titles = (): Promise<readonly string[]> =>
  tab.panel.evaluate(() => memoryGraph.diagram().boxes.map(({ title }) => title));
const status = (): Promise<string> => tab.panel.$eval('.status', (line) => line.textContent ?? '');

beforeAll(async () => {
  await tab.page.evaluate(`globalThis.store = ${store}`);
});

test('an overview is offered for many objects, and reads all of them', async () => {
  await tab.draw('[1, [2]]');
  expect(await status()).not.toContain('overview');
  await tab.draw('store');
  expect(await status()).toContain('overview');
  await tab.clickButton('overview', '.status');
  await tab.until(`document.querySelector('.status').textContent.includes('13 groups of 10,005 objects')`);
  expect((await titles()).toSorted()).toEqual(
    [
      ...['Object', 'Map', 'Map', 'Object', 'Array', 'Post × 200', 'Post × 2,800', 'User × 500', 'Array × 500'],
      ...['Array × 200', 'Array × 200', 'Array × 2,800', 'Array × 2,800'],
    ].toSorted(),
  );
  expect(await tab.svg()).toContain('mg-share');
});

test('a click on … opens a group, its menu takes one out, and closes all again', async () => {
  const key = (title: string): Promise<string> =>
    tab.panel.evaluate((title) => memoryGraph.diagram().boxes.find((box) => box.title === title)?.key ?? '', title);
  await tab.clickInPicture(`[data-box="${await key('Post × 200')}"] .mg-hidden`);
  await tab.until(`memoryGraph.diagram().boxes.some(({ title }) => title.startsWith('Post × 199, in'))`);
  expect((await tab.stats()).nodes).toBe(14);
  await tab.clickInPicture(`[data-box="${await key('User × 500')}"] .mg-title`, { button: 'right' });
  await tab.panel.waitForSelector('[role="menu"]');
  await tab.clickButton('Show one object separately', '[role="menu"]');
  await tab.until(`memoryGraph.diagram().boxes.some(({ title }) => title === 'User × 499')`);
  expect(await titles()).toContain('User');
  await tab.clickInPicture(`[data-box="${await key('User × 499')}"] .mg-title`, { button: 'right' });
  await tab.panel.waitForSelector('[role="menu"]');
  await tab.clickButton('Close all groups', '[role="menu"]');
  await tab.untilStats('stats.nodes === 13');
});

test('find reaches into groups, and shows what it found beside its group', async () => {
  await tab.panel.focus('.canvas');
  await tab.press('Control', 'f');
  await tab.devtools.keyboard.type('user 321');
  await tab.until(`document.querySelector('.find-count')?.textContent === '1 of 1'`);
  expect(await tab.panel.$$eval('.find-ring', (rings) => rings.length)).toBe(1);
  await tab.clickButton('Show separately', '.find-bar');
  await tab.until(`memoryGraph.diagram().boxes.some(({ title }) => title === 'User × 499')`);
  expect(await tab.svg()).toContain('user 321');
  await tab.press('Escape');
});

test('the next drawing stands still', async () => {
  const places = (): Promise<string> =>
    tab.panel.evaluate(() =>
      [...document.querySelectorAll('[data-box]')]
        .map((box) => `${box.getAttribute('data-box')} ${box.getAttribute('transform')}`)
        .sort()
        .join('\n'),
    );
  const before = await places();
  await tab.page.evaluate(`store.posts.at(-1).text = 'another text'`);
  await tab.drawAgain();
  await tab.until(`document.querySelector('.progress') === null && document.getAnimations().length === 0`);
  expect(await places()).toBe(before);
});

test('with everything drawn, many objects come as an overview; every object is one click away, and back', async () => {
  await tab.settings({ drawing: { amount: 'all' } });
  await tab.page.evaluate('globalThis.list = null; for (let i = 1200; i--; ) list = { i, next: list }');
  await tab.draw('list');
  await tab.until(`document.querySelector('.status').textContent.includes('1 group of 1,200 objects')`);
  expect(await titles()).toEqual(['Object × 1,200']);
  await tab.clickButton('every object', '.status');
  await tab.untilStats('stats.nodes === 1000');
  await tab.settings();
});

test('some 200,000 objects are read for an overview, which says so and can be canceled', async () => {
  await tab.page.evaluate(`globalThis.lists = Array.from({ length: 399 }, (_, at) => ({
    at, items: Array.from({ length: 498 }, (_, item) => ({ at, item })),
  }))`);
  await tab.draw('lists');
  const { nodes } = await tab.stats();
  // Pressed as soon as it is there, however fast the machine is.
  await tab.panel.evaluate(() => {
    const watching = setInterval(() => {
      const button = document.querySelector('.progress button');
      if (!(button instanceof HTMLElement)) return;
      clearInterval(watching);
      button.click();
    }, 5);
  });
  await tab.clickButton('overview', '.status');
  await tab.until(`document.querySelector('.notice')?.textContent.includes('Canceled')`);
  await tab.until(`document.querySelector('.progress') === null`);
  expect((await tab.stats()).nodes).toBe(nodes);
  await tab.clickButton('overview', '.status');
  await tab.panel.waitForFunction(`document.querySelector('.status').textContent.includes('of 199,501 objects')`, {
    timeout: 60_000,
  });
  expect(await titles()).toEqual(expect.arrayContaining([expect.stringContaining('Object × 198,702')]));
});
