/** Shows locations in the page's scripts in Sources. */

import type { Place } from '../../src/capture/scripts/object-action.ts';
import { say } from '../../src/words/say.ts';

/** Resolves to null, or to a sentence that says why there is nothing to show. */
export type OpenSource = (location: Place) => Promise<string | null>;

/** The part of `chrome.devtools.panels` that this needs. chrome-types declares its callback without the argument. */
export interface PanelsApi {
  openResource(url: string, line: number, column: number, callback: (answer?: { isError?: boolean }) => void): void;
}

export function createOpenSource(panels: PanelsApi): OpenSource {
  const opens = (name: string, { line, column }: Place): Promise<boolean> =>
    new Promise((resolve) => panels.openResource(name, line, column, (answer) => resolve(answer?.isError !== true)));
  return async (location) => {
    if (location.url !== '' && (await opens(location.url, location))) return null;
    // Code from `eval` or the Console has no file. Sources has it under this name.
    if (await opens(`debugger:///VM${location.scriptId}`, location)) return null;
    return say('noSource');
  };
}
