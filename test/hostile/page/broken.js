import * as self from './broken.js';

cases.module = self;
if (self) throw new Error('on purpose');
export const late = 1;
