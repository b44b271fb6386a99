/**
 * Matchers about sharing: for `expect.extend` of Vitest and Jest, and as assertions for node:test. A failure names the paths of
 * both sides and leaves a picture of them.
 */
import { AssertionError } from 'node:assert';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../words/say.ts';
import type { Sharing } from './memory-graph.d.ts';
import { findSharing } from './sharing.ts';

/** Inside the folder in which a test runs. */
const folder = 'memory-graph-results';
/** The number of paths that a message lists. The picture has all. */
const listed = 10;

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** `this` of a matcher in Vitest and Jest. */
interface MatcherContext {
  readonly isNot?: boolean;
  readonly currentTestName?: string | undefined;
}

async function judge(
  received: unknown,
  other: unknown,
  except: readonly unknown[],
  { isNot = false, currentTestName }: MatcherContext,
): Promise<Verdict> {
  const names: readonly [string, string] = ['received', 'other'];
  const { sharing, draw } = await findSharing(received, other, { names, except });
  const pass = sharing.count === 0;
  const allowing = except.length > 0 ? 'some' : 'none';
  if (pass) return { pass, message: () => say('sharing_expectedSome', { except: allowing }) };
  if (isNot) return { pass, message: () => '' };
  const file = pictureFile(currentTestName);
  // Of what was found: a second look could find another state.
  await draw(file);
  return { pass, message: () => failure(sharing, allowing, file) };
}

function failure({ count, objects }: Sharing, except: 'some' | 'none', file: string): string {
  const lines = objects
    .slice(0, listed)
    .map(({ type, paths: [one, other] }) => say('sharing_same', { one, other, type }));
  const more = objects.length > listed ? [say('sharing_more', { count: objects.length - listed })] : [];
  return [
    say('sharing_expectedNone', { except, count }),
    ...[...lines, ...more].map((line) => `  ${line}`),
    say('sharing_drawn', { file }),
  ].join('\n');
}

function pictureFile(test: string | undefined): string {
  mkdirSync(folder, { recursive: true });
  const name = (test ?? 'sharing').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return join(folder, `${name.slice(0, 100) || 'sharing'}.svg`);
}

export const matchers = {
  /** The two values have no object in common. */
  toShareNothingWith(this: MatcherContext, received: unknown, other: unknown): Promise<Verdict> {
    return judge(received, other, [], this);
  },
  /** The two values have nothing in common except the allowed objects and what these lead to. */
  toShareOnly(this: MatcherContext, received: unknown, other: unknown, allowed: readonly unknown[]): Promise<Verdict> {
    return judge(received, other, allowed, this);
  },
};

async function assertVerdict(verdict: Promise<Verdict>, operator: string): Promise<void> {
  const { pass, message } = await verdict;
  if (!pass) throw new AssertionError({ message: message(), operator });
}

export const toShareNothingWith: typeof import('./memory-graph-matchers.d.ts').toShareNothingWith = (value, other) =>
  assertVerdict(judge(value, other, [], {}), 'toShareNothingWith');

export const toShareOnly: typeof import('./memory-graph-matchers.d.ts').toShareOnly = (value, other, allowed) =>
  assertVerdict(judge(value, other, allowed, {}), 'toShareOnly');
