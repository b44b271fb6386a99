/**
 * What the text of each function and class of ours in a page contains: the build writes it (scripts/lib/own-code.ts), and the agent
 * tells by it what is not the page's.
 */
export const OWN_MARK = '/*~mg~*/';
