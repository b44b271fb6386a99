// A web component of Lit.
import { html, LitElement } from 'lit';

let pausing = false;
class TodoList extends LitElement {
  static properties = { items: { type: Array }, filter: { type: String } };
  constructor() {
    super();
    this.items = [
      { text: 'milk', done: false },
      { text: 'bread', done: true },
    ];
    this.filter = 'all';
  }
  render() {
    const shown = this.items.filter(({ done }) => this.filter === 'all' || !done);
    if (pausing) debugger;
    return html`<ul @click=${() => this.requestUpdate()}>${shown.map(({ text }) => html`<li>${text}</li>`)}</ul>`;
  }
}
customElements.define('todo-list', TodoList);
const list = document.createElement('todo-list');
document.getElementById('root').append(list);
const template = html`<b>${list.items}</b>`;
Object.assign(window, { list, template, items: list.items, ready: true });
window.pauses = {
  async render() {
    pausing = true;
    list.filter = 'open';
    await list.updateComplete;
    pausing = false;
  },
};
