/** Shows places of the page's scripts in Sources. */
import type { Place } from '../capture/deed.ts';

/** Answers null, or in one sentence why there is nothing to show. */
export type OpenSource = (place: Place) => Promise<string | null>;

/** The part of `chrome.devtools.panels` that this needs; chrome-types knows no argument of its callback. */
export interface PanelsApi {
  openResource(url: string, line: number, column: number, callback: (answer?: { isError?: boolean }) => void): void;
}

export function createOpenSource(panels: PanelsApi): OpenSource {
  const opens = (name: string, { line, column }: Place): Promise<boolean> =>
    new Promise((resolve) => panels.openResource(name, line, column, (answer) => resolve(answer?.isError !== true)));
  return async (place) => {
    if (place.url !== '' && (await opens(place.url, place))) return null;
    // What `eval` and the console made has no file, and stands in Sources under this name.
    if (await opens(`debugger:///VM${place.scriptId}`, place)) return null;
    return 'Sources has no file for this line: its script came without one, or is gone.';
  };
}
