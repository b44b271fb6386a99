/** What the script of `graph` evaluates to, as a default export: a bundle of named exports would call page functions. */
export { offerGraph as default } from './graph.ts';
