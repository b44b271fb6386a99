/** What the bundle evaluates to. */
export { createOwnGlobals as default } from './own-globals.ts';
