/**
 * Why the agent did not read something. It sends a code, which becomes a text here, so that the page carries no words and every
 * text can be translated. What is no code is a text already: the extension gave it to the agent.
 */
import { say } from '../words/say.ts';

/** What follows the code is separated from it by a line feed, and has none in it except the last. */
export type ReasonCode = keyof typeof texts;

const texts = {
  nothingAsked: () => say('unread_nothingAsked'),
  thrown: (error: string) => say('unread_thrown', { error }),
  noAnswer: () => say('unread_noAnswer'),
  noClass: () => say('unread_noClass'),
  stackUsedUp: () => say('unread_stackUsedUp'),
  replaced: () => say('unread_replaced'),
  walking: () => say('unread_walking'),
  errorTest: () => say('unread_errorTest'),
  untold: () => say('unread_untold'),
  accessorNoList: () => say('unread_accessorNoList'),
  accessorThrew: (error: string) => say('unread_accessorThrew', { error }),
  deferred: () => say('unread_deferred'),
  readingThrew: (error: string) => say('unread_readingThrew', { error }),
  listingThrew: (error: string) => say('unread_listingThrew', { error }),
  getterThrew: () => say('unread_getterThrew'),
  computedStyle: () => say('unread_computedStyle'),
  throws: () => say('unread_throws'),
  getterReplaced: () => say('unread_getterReplaced'),
  madeAnew: () => say('unread_madeAnew'),
  getters: (count: string, name: string) => say('unread_getters', { count: Number(count), name }),
  stateless: (name: string) => say('unread_stateless', { name }),
  errorsTable: () => say('unread_errorsTable'),
  errorRuns: () => say('unread_errorRuns'),
  errorOfRuns: (name: string) => say('unread_errorOfRuns', { name }),
  errorUnasked: () => say('unread_errorUnasked'),
  ambiguous: () => say('unread_ambiguous'),
  longWith: (count: string) => say('unread_longWith', { count: Number(count) }),
  accessorRuns: (name: string) => say('unread_accessorRuns', { name }),
  symbolRuns: () => say('unread_symbolRuns'),
  listRuns: () => say('unread_listRuns'),
};

const byCode: ReadonlyMap<string, (...given: [string, string]) => string> = new Map(Object.entries(texts));

/** The text of a reason as the agent sent it. */
export function reasonText(sent: string): string {
  const [code = '', first = '', ...rest] = sent.split('\n');
  const text = byCode.get(code);
  if (!text) return sent;
  // Of one value all is the value, whatever lines it has.
  return text.length < 2 ? text([first, ...rest].join('\n'), '') : text(first, rest.join('\n'));
}
