/** What `import … from 'memory-graph'` gives in Node. The implementation is checked against this file. */

export interface RenderOptions {
  /** Colours of the picture; `light` unless given. */
  readonly theme?: 'light' | 'dark';
  /**
   * Everything: no slicing of long lists, no limit of depth or objects. Unless given, of a long list the first 10, the
   * middle 5 and the last 10 elements are drawn, and at most 1,000 objects.
   */
  readonly full?: boolean;
  /** Settings as the panel exports them; what is missing has its default: `{drawing: {primitives: {asBoxes: true}}}`. */
  readonly settings?: object;
}

export interface Counts {
  /** Boxes: one for each object, classes too; functions and primitives are cells. */
  readonly nodes: number;
  /** References between boxes, parallel ones each for itself. */
  readonly edges: number;
  /** Boxes that two or more references lead to. */
  readonly shared: number;
}

/** What a `URL` has; so that no types of Node or of browsers are needed. */
export interface FileUrl {
  readonly href: string;
  readonly protocol: string;
}

/**
 * Draws the objects that a value leads to, as boxes and arrows. Reads them through V8's inspector: runs no getter, no
 * proxy trap and no iterator, and leaves nothing on them.
 * @param file Where to, as a path or a `file:` URL; its name ends in `.svg` (a picture), `.dot` (for Graphviz; `.gv` too) or `.json` (the objects).
 * @returns how much was drawn, when the file is written
 * @throws {Error} with one sentence, when the file cannot be written or the graph is too large to be laid out
 */
export function render(data: unknown, file: string | FileUrl, options?: RenderOptions): Promise<Counts>;
