/** The value of the recorder's script, as a default export, because a bundle with named exports would call functions of the page. */
export { createRecorder as default } from './recorder.ts';
