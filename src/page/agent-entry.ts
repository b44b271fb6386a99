/** The value of the agent's script, as a default export, because a bundle with named exports would call functions of the page. */
export { createAgent as default } from './agent.ts';
