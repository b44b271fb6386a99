/** Puts failures into words: one sentence each, what happened and what to do. */
import type { Failure } from './connection.ts';

export function sentence(failure: Failure): string {
  switch (failure.kind) {
    case 'syntax':
      return `The expression does not parse: ${failure.message}. Correct it and press Enter.`;
    case 'thrown':
      return `Reading the page threw ${failure.message}. Draw again, or reload the page if it stays so.`;
    case 'stopped':
      return `The expression did not end within ${seconds(failure.milliseconds)} and was stopped: correct it and press Enter.`;
    case 'forbidden':
      return 'Chrome lets no extension read this page: open an ordinary one, switch on the debugger for about:blank, data: and error pages, or allow access to file URLs in chrome://extensions.';
    case 'timeout':
      return `The page did not answer within ${seconds(failure.milliseconds)}: it is busy or in an endless loop; wait or pause it in Sources, then draw again.`;
    case 'navigated':
      return 'The page went to another document while it was being read: draw again.';
    case 'aborted':
      return 'Cancelled: the last picture stays; press Enter to draw again.';
    case 'crashed':
      return 'The page crashed while it was being read: reload it, then draw again.';
    case 'cancelled':
      return 'Debugging was cancelled in the bar below the address: the last picture stays; attach again when you want to go on.';
    case 'occupied':
      return `Another program debugs this page (${failure.message}): end it there, then attach again.`;
    case 'closed':
      return 'The page, frame or worker that was being read is closed: choose another one.';
    case 'refused':
      return `Chrome refused to read this (${failure.method}: ${failure.message}): draw again, or reload the page if it stays so.`;
    case 'detached':
      return 'The debugger was detached while the page was being read: draw again.';
    case 'unreachable':
      return `The page has ${failure.what} of its own, so DevTools cannot find the objects again: switch on the debugger, then draw again.`;
    case 'rigged':
      return `The page put code of its own in the place of ${failure.what}, which would run: switch off the debugger to read the page all the same.`;
    case 'disconnected':
      return `The connection to the page is gone (${failure.message}): close DevTools and open it again.`;
    case 'corrupt':
      return `The page's answer could not be read (${failure.message}): draw again, or reload the page if it stays so.`;
  }
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
