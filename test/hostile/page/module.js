/** A module that fails before its binding is initialised, so that reading it throws for ever. */
import('./broken.js').catch(() => {});
