/**
 * Graphviz in a worker of its own, because a layout can neither be interrupted nor trusted to end: the caller terminates the
 * worker. It loads once, answers one request at a time, and sends errors as data.
 */
import { Graphviz } from '@hpcc-js/wasm/graphviz';
import { askGraphviz } from './ask-graphviz.ts';

export interface LayoutRequest {
  readonly id: number;
  readonly dot: string;
}

export type LayoutAnswer =
  | { readonly type: 'ready' }
  /** Graphviz could not be loaded, so the worker is useless. */
  | { readonly type: 'unusable'; readonly message: string }
  | { readonly type: 'laidOut'; readonly id: number; readonly json: string }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

const answer = (message: LayoutAnswer): void => self.postMessage(message);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const loading = Graphviz.load();
loading.then(
  () => answer({ type: 'ready' }),
  (error: unknown) => answer({ type: 'unusable', message: messageOf(error) }),
);

self.onmessage = async ({ data: { id, dot } }: MessageEvent<LayoutRequest>) => {
  try {
    const graphviz = await loading;
    answer({ type: 'laidOut', id, json: askGraphviz(graphviz, dot) });
  } catch (error) {
    answer({ type: 'failed', id, message: messageOf(error) });
  }
};
