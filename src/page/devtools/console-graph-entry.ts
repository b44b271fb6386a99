/** The value of the script of `graph`, as a default export, because a bundle with named exports would call functions of the page. */
export { offerGraph as default } from './console-graph.ts';
