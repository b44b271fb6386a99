import { expect, test } from 'vitest';
import { createLease } from './lease.ts';
import { captureBuiltins } from './realm/builtins.ts';

/** A page whose time goes on when the test says so. */
function page() {
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  let now = 0;
  let made = 0;
  const target = new EventTarget();
  const own = captureBuiltins(globalThis);
  const browser = Object.assign({}, own.browser, {
    addEventListener: EventTarget.prototype.addEventListener,
    removeEventListener: EventTarget.prototype.removeEventListener,
    setTimeout(run: () => void, delay: number) {
      made += 1;
      timers.set(made, { at: now + delay, run });
      return made;
    },
    clearTimeout: (timer: number) => timers.delete(timer),
  });
  const builtins = Object.assign({}, own, { globalObject: target, browser });
  const agent = { handleEvent: (event: Event) => lease.answer(event) };
  const lease = createLease(builtins);
  lease.attach(agent, 'held', 10);
  return {
    lease,
    pass(milliseconds: number) {
      for (const end = now + milliseconds; now < end; ) {
        now += 1;
        for (const [timer, { at, run }] of timers) {
          if (at > now) continue;
          timers.delete(timer);
          run();
        }
      }
    },
    isHeld() {
      const event = new Event('held');
      target.dispatchEvent(event);
      return Reflect.get(event, 'held') === agent;
    },
    timers,
  };
}

test('what nobody renews is let go after one or two periods', () => {
  const { lease, pass, isHeld, timers } = page();
  expect(isHeld()).toBe(true);
  pass(15);
  lease.renew();
  pass(14);
  expect(isHeld()).toBe(true);
  pass(1);
  expect(isHeld()).toBe(false);
  expect(timers.size).toBe(0);
});

test('a rest takes as long as was said, and ends with the next renewal', () => {
  const { lease, pass, isHeld, timers } = page();
  lease.rest(100);
  pass(99);
  expect(isHeld()).toBe(true);
  lease.renew();
  pass(19);
  expect(isHeld()).toBe(true);
  pass(1);
  expect(isHeld()).toBe(false);
  expect(timers.size).toBe(0);
});

test('a rest after which nobody comes ends the hold', () => {
  const { lease, pass, isHeld } = page();
  lease.renew();
  lease.rest(100);
  pass(99);
  expect(isHeld()).toBe(true);
  pass(1);
  expect(isHeld()).toBe(false);
});
