/** Puts failures into words: one sentence each, what happened and what to do. */
import { say } from '../words/say.ts';
import type { Failure } from './outcome.ts';

export function sentence(failure: Failure): string {
  switch (failure.kind) {
    case 'syntax':
      return say('failure_syntax', { message: failure.message });
    case 'thrown':
      return say('failure_thrown', { message: failure.message });
    case 'stopped':
      return say('failure_stopped', { seconds: seconds(failure.milliseconds) });
    case 'forbidden':
      return say('failure_forbidden');
    case 'timeout':
      return say('failure_timeout', { seconds: seconds(failure.milliseconds) });
    case 'managed':
      return say('failure_managed', { message: failure.message });
    case 'dialog':
      return say('failure_dialog');
    case 'navigated':
      return say('failure_navigated');
    case 'aborted':
      return say('failure_aborted');
    case 'crashed':
      return say('failure_crashed');
    case 'cancelled':
      return say('failure_canceled');
    case 'occupied':
      return say('failure_occupied', { message: failure.message });
    case 'closed':
      return say('failure_closed');
    case 'refused':
      return say('failure_refused', { method: failure.method, message: failure.message });
    case 'detached':
      return say('failure_detached');
    case 'unreachable':
      return say('failure_unreachable', { what: failure.what });
    case 'hardened':
      return say('failure_hardened');
    case 'rigged':
      return say('failure_rigged', { what: failure.what });
    case 'disconnected':
      return say('failure_disconnected', { message: failure.message });
    case 'corrupt':
      return say('failure_corrupt', { message: failure.message });
  }
}

const seconds = (milliseconds: number): number => Math.round(milliseconds / 100) / 10;
