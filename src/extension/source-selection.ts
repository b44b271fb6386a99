/**
 * Follows what a user selects in the editor of Sources. Chrome tells an extension where a selection begins and ends; the text comes
 * from the resource's content, which DevTools already has. Asks the page nothing.
 */

import { expressionIn } from '../console/expression-text.ts';
import type { Connection } from '../transport/devtools-session.ts';

/** The argument of `panels.sources.onSelectionChanged`, which chrome-types omits. Lines and columns count from 0. */
export interface SelectedRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly url: string;
}

/** The part of `chrome.devtools` that this needs. */
export interface SourcesApi {
  readonly panels: {
    readonly sources: {
      readonly onSelectionChanged: {
        addListener(listener: (range: SelectedRange) => void): void;
        removeListener(listener: (range: SelectedRange) => void): void;
      };
    };
  };
  readonly inspectedWindow: {
    getResources(callback: (resources: readonly Resource[]) => void): void;
    readonly onResourceContentCommitted: {
      addListener(listener: () => void): void;
      removeListener(listener: () => void): void;
    };
  };
}

interface Resource {
  readonly url: string;
  getContent(callback: (content: string | null, encoding: string) => void): void;
}

/** The maximum number of lines of a selection that can be one expression. */
const MOST_LINES = 20;

/**
 * @param onSelected Called with the selected expression, null when none is selected.
 * @returns a function that ends it
 */
export function followSourceSelection(
  api: SourcesApi,
  connection: Connection,
  onSelected: (expression: string | null) => void,
): () => void {
  let latest: SelectedRange | null = null;
  /** The file of the latest selection. A selection by keyboard or mouse arrives in many steps. */
  let file: { readonly url: string; readonly content: Promise<string | null> } | null = null;
  const forget = (): void => {
    file = null;
  };

  const selected = async (range: SelectedRange): Promise<void> => {
    latest = range;
    const { url, startLine, startColumn, endLine, endColumn } = range;
    const empty = startLine === endLine && startColumn === endColumn;
    if (empty || endLine - startLine > MOST_LINES) return onSelected(null);
    if (file?.url !== url) file = { url, content: contentOf(api, url) };
    const content = await file.content;
    if (latest === range) onSelected(content === null ? null : expressionIn(textIn(content, range)));
  };
  const listener = (range: SelectedRange): void => void selected(range);

  api.panels.sources.onSelectionChanged.addListener(listener);
  api.inspectedWindow.onResourceContentCommitted.addListener(forget);
  const stop = connection.onNavigated(forget);
  return () => {
    api.panels.sources.onSelectionChanged.removeListener(listener);
    api.inspectedWindow.onResourceContentCommitted.removeListener(forget);
    stop();
  };
}

/** Null for a script that is not a resource of the page, such as one that the Console ran. */
export function contentOf(api: Pick<SourcesApi, 'inspectedWindow'>, url: string): Promise<string | null> {
  return new Promise((resolve) => {
    api.inspectedWindow.getResources((resources) => {
      const resource = resources.find((one) => one.url === url);
      if (!resource) resolve(null);
      else resource.getContent((content, encoding) => resolve(encoding === '' ? content : null));
    });
  });
}

/** The text of a range; '' when the editor shows other lines than the file, for example pretty-printed ones. */
function textIn(content: string, range: SelectedRange): string {
  const lines = content.split(/\r\n?|\n/).slice(range.startLine, range.endLine + 1);
  const last = lines.length - 1;
  if (last !== range.endLine - range.startLine || range.endColumn > (lines[last] ?? '').length) return '';
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? range.startColumn : 0, index === last ? range.endColumn : line.length),
    )
    .join('\n');
}
