// What people write themselves: an expression tree, a graph of places, an event bus, a cache, a game of life.
class Emitter {
  #listeners = new Map();
  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }
  emit(name, detail) {
    for (const listener of this.#listeners.get(name) ?? []) listener(detail);
  }
}
class LRU {
  constructor(size) {
    this.size = size;
    this.map = new Map();
    this.head = this.tail = null;
  }
  set(key, value) {
    const entry = { key, value, next: this.head, previous: null };
    if (this.head) this.head.previous = entry;
    else this.tail = entry;
    this.head = entry;
    this.map.set(key, entry);
  }
}
const bus = new Emitter();
const users = [
  { name: 'Ann', address: { street: 'Main', city: 'Ulm' }, friends: [] },
  { name: 'Bob', address: { street: 'Side', city: 'Bonn' }, friends: [] },
  { name: 'Cleo', address: { street: 'High', city: 'Kiel' }, friends: [] },
];
users[0].friends.push(users[1], users[2]);
users[1].friends.push(users[0]);
const orders = Array.from({ length: 200 }, (_, i) => ({
  id: i,
  user: users[i % 3],
  lines: [{ article: `A${i}`, count: i % 5 }],
}));
const cache = new LRU(10);
for (let i = 0; i < 30; i++) cache.set(`k${i}`, { hits: i });
const expression = {
  type: '+',
  left: { type: '*', left: { type: 'number', value: 2 }, right: { type: 'name', name: 'x' } },
  right: { type: 'call', callee: { type: 'name', name: 'f' }, arguments: [{ type: 'number', value: 1 }] },
};
const life = Array.from({ length: 30 }, (_, y) => Array.from({ length: 30 }, (__, x) => (x * y) % 3 === 0));
function total(list, rate) {
  const sums = new Map();
  for (const order of list) {
    const { user } = order;
    sums.set(user, (sums.get(user) ?? 0) + order.lines[0].count * rate);
    if (order.id === 3) debugger;
  }
  return sums;
}
bus.on('order', (order) => {
  const matching = orders.filter(({ user }) => user === order.user);
  debugger;
  return matching;
});
Object.assign(window, { bus, users, orders, cache, expression, life, ready: true });
window.pauses = { loop: () => total(orders, 1.5), listener: () => bus.emit('order', orders[7]) };
