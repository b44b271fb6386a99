// @ts-nocheck Its global is no page's.
globalThis.inWorker = { of: 'the worker', list: [1] };
globalThis.where = function where() {};
