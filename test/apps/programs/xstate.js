// A machine and its actor in XState.
import { assign, createActor, createMachine } from 'xstate';

let pausing = false;
const machine = createMachine({
  id: 'door',
  initial: 'closed',
  context: { opened: 0, visitors: [{ name: 'Ann' }] },
  states: {
    closed: { on: { OPEN: { target: 'open', actions: 'count' } } },
    open: { on: { CLOSE: 'closed' }, initial: 'wide', states: { wide: {}, ajar: {} } },
  },
}).provide({
  actions: {
    count: assign(({ context, event }) => {
      if (pausing) debugger;
      return { opened: context.opened + (event.by ?? 1) };
    }),
  },
});
const actor = createActor(machine);
actor.start();
actor.send({ type: 'OPEN' });
const snapshot = actor.getSnapshot();
Object.assign(window, { machine, actor, snapshot, ready: true });
window.pauses = {
  action() {
    actor.send({ type: 'CLOSE' });
    pausing = true;
    actor.send({ type: 'OPEN', by: 2 });
    pausing = false;
  },
};
