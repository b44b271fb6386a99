// A network of people in Graphology, with a traversal.
import { DirectedGraph } from 'graphology';

const network = new DirectedGraph();
for (const name of ['Ann', 'Bob', 'Cid', 'Dan', 'Eve']) network.addNode(name, { name, born: 1990 + name.charCodeAt(0) });
network.addEdge('Ann', 'Bob', { since: 2001 });
network.addEdge('Bob', 'Cid', { since: 2002 });
network.addEdge('Cid', 'Ann', { since: 2003 });
network.addEdge('Dan', 'Ann', { since: 2004 });
network.addEdge('Eve', 'Dan', { since: 2005 });
Object.assign(window, { network, exported: network.export(), ready: true });
window.pauses = {
  walk: () =>
    network.forEachOutNeighbor('Ann', (name, attributes) => {
      debugger;
      return [name, attributes];
    }),
};
