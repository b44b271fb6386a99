/** Declares `memory-graph` for Node. The implementation is checked against this file. */

export interface RenderOptions {
  /** Colors of the picture; `light` by default. */
  readonly theme?: 'light' | 'dark';
  /**
   * Draws everything: no slicing of long lists, no limit on depth or objects. By default, the first 10, the middle 5 and the
   * last 10 elements of a long list are drawn, and at most 1,000 objects.
   */
  readonly full?: boolean;
  /** Settings as the panel exports them. What is missing has its default: `{drawing: {primitives: {asBoxes: true}}}`. */
  readonly settings?: object;
}

export interface Counts {
  /** Boxes: one for each object, classes included. Functions and primitives are cells. */
  readonly nodes: number;
  /** References between boxes; parallel ones count separately. */
  readonly edges: number;
  /** Boxes that two or more references lead to. */
  readonly shared: number;
}

/** The part of `URL` that this needs, so that it requires no types of Node or of browsers. */
export interface FileUrl {
  readonly href: string;
  readonly protocol: string;
}

/**
 * Draws the objects that a value leads to, as boxes and arrows. Reads them through V8's inspector: runs no getter, no
 * proxy trap and no iterator, and leaves nothing on them.
 * @param file The file to write, as a path or a `file:` URL. Its name ends in `.svg` (a picture), `.dot` (for Graphviz; `.gv` too) or `.json` (the objects).
 * @returns how much was drawn, when the file is written
 * @throws {Error} with one sentence, when the file cannot be written or the graph is too large for a layout
 */
export function render(data: unknown, file: string | FileUrl, options?: RenderOptions): Promise<Counts>;

export interface SharingOptions {
  /** The names of the two values in the paths; `a` and `b` by default. */
  readonly names?: readonly [string, string];
  /** Objects that may be shared, with all that they lead to. */
  readonly except?: readonly unknown[];
  /** Whether functions and classes count. They are code, which copies mostly share; `false` by default. */
  readonly functions?: boolean;
  /** The SVG file into which the paths to the shared objects are drawn. */
  readonly file?: string;
}

export interface SharedObject {
  /** The name of the object's type, such as `Array` or `Account`. */
  readonly type: string;
  /**
   * The shortest path from each of the two values, such as `a.items[3]` and `b.cache.get("x")`. What JavaScript cannot
   * write is written as in DevTools: `a.#owner`, `b.[[Entries]][0].key`.
   */
  readonly paths: readonly [string, string];
}

export interface Sharing {
  /** How many objects the two values have in common. */
  readonly count: number;
  /** The objects at which sharing begins. All others are reached through these. */
  readonly objects: readonly SharedObject[];
}

/**
 * Finds the objects that two values have in common, so that a change through one value shows through the other. Reads them through
 * V8's inspector, private fields, closures of bound functions and proxies' targets included, and runs none of their code.
 * @throws {Error} with one sentence, when the values cannot be read or the file cannot be written
 */
export function sharing(a: unknown, b: unknown, options?: SharingOptions): Promise<Sharing>;
