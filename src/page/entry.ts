/** What the agent's script evaluates to, as a default export: a bundle of named exports would call page functions. */
export { createAgent as default } from './agent.ts';
