// @ts-check
/**
 * A Vitest reporter that names the tests of a run that needed another try, and fails the run when there are too many.
 * One test that is run once more hides a moment of DevTools'; many hide a fault.
 */

/** Tests of one run that may need another try: about one in a hundred of those in a browser. */
export const retryBudget = 9;

/**
 * What is to be printed of the tests that were run more than once, and whether the run fails for it.
 * @param {readonly string[]} retried their names
 * @returns {{readonly withinBudget: boolean, readonly text: string}} no text when there are none
 */
export function judgeRetries(retried) {
  if (retried.length === 0) return { withinBudget: true, text: '' };
  const list = retried.map((name) => `  ${name}`).join('\n');
  const count = retried.length === 1 ? '1 test needed' : `${retried.length} tests needed`;
  const withinBudget = retried.length <= retryBudget;
  const verdict = withinBudget
    ? `A run may have ${retryBudget}; mend what makes them fail.`
    : `A run may have only ${retryBudget}, so this run fails; mend what makes them fail.`;
  return { withinBudget, text: `${count} another try:\n${list}\n${verdict}` };
}

export default class RetryBudget {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    // A file that failed fails the run by itself, or is run once more.
    const retried = modules
      .filter((module) => module.ok())
      .flatMap((module) =>
        [...module.children.allTests()]
          .filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0)
          .map((test) => `${module.relativeModuleId}: ${test.fullName}`),
      );
    const { withinBudget, text } = judgeRetries(retried);
    if (text !== '') console.log(`\n${text}`);
    if (!withinBudget) process.exitCode = 1;
  }
}
