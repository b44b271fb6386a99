/** The value of the command line's script, as a default export, because a bundle with named exports would call functions of the page. */
export { createCommandLine as default } from './command-line.ts';
