/** The package `memory-graph`, declared in `memory-graph.d.ts`. */
export { render } from './render.ts';
export { sharing } from './sharing.ts';
