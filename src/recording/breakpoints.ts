/** Finds out whether breakpoints act: DevTools can deactivate all of them, and then none of ours acts either. */
import { debuggerDomain } from '../transport/debugger-domain.ts';
import type { Outcome, RequestOptions } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';

const GROUP = 'memory-graph-probe';
/** Its condition runs only if breakpoints act. It never holds. */
const probe = '(function(probe){return probe.acts})';
const condition = 'probe.acts=true,false';

/** Sets a breakpoint of its own, runs into it, and removes it. Nothing pauses. */
export async function breakpointsAct(session: ProtocolSession, options: RequestOptions): Promise<Outcome<boolean>> {
  const enabled = await debuggerDomain(session).record(options);
  if (!enabled.ok) return enabled;
  try {
    return await ask(session, options);
  } finally {
    await session.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }, options);
    await enabled.value();
  }
}

async function ask(session: ProtocolSession, options: RequestOptions): Promise<Outcome<boolean>> {
  const made = await session.send('Runtime.evaluate', { expression: probe, objectGroup: GROUP, silent: true }, options);
  if (!made.ok) return made;
  const objectId = made.value.result.objectId ?? '';
  const set = await session.send('Debugger.setBreakpointOnFunctionCall', { objectId, condition }, options);
  if (!set.ok) return set;
  const ran = await session.send(
    'Runtime.callFunctionOn',
    {
      objectId,
      functionDeclaration: 'function(){return this({__proto__:null,acts:false})}',
      returnByValue: true,
      silent: true,
    },
    options,
  );
  const { breakpointId } = set.value;
  await session.send('Debugger.removeBreakpoint', { breakpointId }, options);
  return ran.ok ? { ok: true, value: ran.value.result.value === true } : ran;
}
