// A component of Alpine.js.
import Alpine from 'alpinejs';

let pausing = false;
Alpine.data('cart', () => ({
  open: false,
  items: [{ name: 'pen', price: 2 }],
  get total() {
    return this.items.reduce((sum, { price }) => sum + price, 0);
  },
  add(name) {
    if (pausing) debugger;
    this.items.push({ name, price: 1 });
  },
}));
document.getElementById('root').innerHTML = '<div x-data="cart"><i x-text="total"></i></div>';
Alpine.start();
const data = Alpine.$data(document.querySelector('[x-data]'));
Object.assign(window, { Alpine, data, stack: document.querySelector('[x-data]')._x_dataStack, ready: true });
window.pauses = {
  method() {
    pausing = true;
    data.add('ink');
    pausing = false;
  },
};
