// A graph in Cytoscape.js.
import cytoscape from 'cytoscape';

const cy = cytoscape({
  headless: true,
  elements: [
    { data: { id: 'a' } },
    { data: { id: 'b' } },
    { data: { id: 'c' } },
    { data: { id: 'ab', source: 'a', target: 'b' } },
    { data: { id: 'bc', source: 'b', target: 'c' } },
  ],
});
const node = cy.$('#a');
cy.on('data', 'node', (event) => {
  const changed = event.target;
  debugger;
  return changed;
});
Object.assign(window, { cy, node, edges: cy.edges(), ready: true, pauses: { listener: () => node.data('x', 1) } });
