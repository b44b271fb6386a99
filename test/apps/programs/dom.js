// Widgets: a CodeMirror editor, a Chart.js chart, a jQuery collection, a Leaflet map.
import Chart from 'chart.js/auto';
import { basicSetup, EditorView } from 'codemirror';
import $ from 'jquery';
import L from 'leaflet';

let pausing = false;
const view = new EditorView({
  doc: 'hello\nworld',
  extensions: [
    basicSetup,
    EditorView.updateListener.of((update) => {
      if (pausing) debugger;
      return update;
    }),
  ],
  parent: document.getElementById('root'),
});
const canvas = document.createElement('canvas');
document.body.append(canvas);
const chart = new Chart(canvas, {
  type: 'bar',
  data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] },
  options: { animation: false },
});
const div = document.createElement('div');
div.style.cssText = 'width:200px;height:200px';
document.body.append(div);
const lmap = L.map(div).setView([51, 0], 3);
L.marker([51, 0]).addTo(lmap);
const jq = $('div');
jq.on('greet', (event) => {
  if (pausing) debugger;
  event.stopPropagation();
});
const paused = (run) => () => {
  pausing = true;
  run();
  pausing = false;
};
Object.assign(window, { view, chart, $, jq, lmap, L, ready: true });
window.pauses = {
  update: paused(() => view.dispatch({ changes: { from: 0, insert: 'x' } })),
  handler: paused(() => jq.first().trigger('greet')),
};
