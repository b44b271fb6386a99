/** Declares `memory-graph/matchers` for Node. The implementation is checked against this file. */

/** For `expect.extend(matchers)` of Vitest and Jest; both answer a promise: `await expect(copy).toShareNothingWith(original)`. */
export const matchers: {
  toShareNothingWith(received: unknown, other: unknown): Promise<{ pass: boolean; message: () => string }>;
  toShareOnly(
    received: unknown,
    other: unknown,
    allowed: readonly unknown[],
  ): Promise<{ pass: boolean; message: () => string }>;
};

/**
 * For node:test: resolves when the two values have no object in common (functions and classes aside).
 * @throws {AssertionError} with the paths of both sides; a picture of them is in `memory-graph-results/`
 */
export function toShareNothingWith(value: unknown, other: unknown): Promise<void>;

/** The same, when they have nothing in common except the allowed objects and what these lead to. */
export function toShareOnly(value: unknown, other: unknown, allowed: readonly unknown[]): Promise<void>;

/**
 * The matchers' types, to add to those of the test runner:
 * `declare module 'vitest' { interface Matchers<T = any> extends SharingMatchers {} }`.
 */
export interface SharingMatchers<R = Promise<void>> {
  toShareNothingWith(other: unknown): R;
  toShareOnly(other: unknown, allowed: readonly unknown[]): R;
}
