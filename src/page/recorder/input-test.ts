/** Whether code runs because of what a person does: by the event that is being handled, which the browser tells without a listener. */
import type { Builtins } from '../realm/builtins.ts';
import { isMethod, type Method } from '../realm/judge.ts';
import { isObject } from '../realm/safe-read.ts';

const inputs = {
  __proto__: null,
  click: true,
  dblclick: true,
  auxclick: true,
  contextmenu: true,
  mousedown: true,
  mouseup: true,
  pointerdown: true,
  pointerup: true,
  touchstart: true,
  touchend: true,
  keydown: true,
  keyup: true,
  keypress: true,
  beforeinput: true,
  input: true,
  change: true,
  submit: true,
  drop: true,
} as const;

/** Null where the browser does not tell the event: in workers and in Node. */
export function createInputTest(builtins: Builtins): (() => boolean) | null {
  const { globalObject, apply, data } = builtins;
  const current = getterOf(builtins, globalObject, 'event');
  const events = data(globalObject, 'Event');
  const prototype = isMethod(events) ? data(events, 'prototype') : undefined;
  const typeOf = isObject(prototype) ? getterOf(builtins, prototype, 'type') : null;
  if (current === null || typeOf === null) return null;
  return () => {
    try {
      const event = apply(current, globalObject, []);
      const type = isObject(event) ? apply(typeOf, event, []) : undefined;
      return typeof type === 'string' && type in inputs;
    } catch {
      return false;
    }
  };
}

/** A getter of the browser. */
function getterOf({ descriptorOf, has, looksNative }: Builtins, holder: object, name: string): Method | null {
  const own = descriptorOf(holder, name);
  const getter = own !== undefined && !has(own, 'value') ? own.get : undefined;
  return isMethod(getter) && looksNative(getter, `get ${name}`) ? getter : null;
}
