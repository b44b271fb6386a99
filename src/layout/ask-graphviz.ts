/** The one call of Graphviz, the same in the worker and in Node. Must know nothing of either. */

/** The types of the package leave out `json0`, which it takes, and which takes half the time of `json`. */
interface Graphviz {
  layout(dot: string, format?: string, engine?: 'dot', options?: { readonly yInvert: boolean }): string;
}

/** Graphviz' `json0` with y growing downwards. Throws what Graphviz throws; the instance is then of no more use. */
export const askGraphviz = (graphviz: Graphviz, dot: string): string =>
  graphviz.layout(dot, 'json0', 'dot', { yInvert: true });
