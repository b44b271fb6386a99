/** The bar that shows a message to the user, with what they can do about it. All views use it. */

import type { ComponentChildren } from 'preact';
import { say } from '../../src/words/say.ts';
import type { Message } from '../reading/messages.ts';

interface MessageBarProps {
  readonly message: Message | null;
  /** Dismisses the message. A message without it stays until it is no longer true. */
  readonly onDismiss?: (() => void) | undefined;
  /** Buttons. */
  readonly children?: ComponentChildren;
}

export function MessageBar({ message, onDismiss, children }: MessageBarProps) {
  if (!message) return null;
  const { kind, text } = message;
  const urgent = kind === 'error' || kind === 'stale';
  return (
    <div class={`notice ${kind}`} role={urgent ? 'alert' : 'status'}>
      <span class="mark" aria-hidden="true">
        {urgent ? '!' : 'i'}
      </span>
      <span class="text">{text}</span>
      {children}
      {onDismiss && (
        <button type="button" class="tool close" title={say('dismiss')} aria-label={say('dismiss')} onClick={onDismiss}>
          ×
        </button>
      )}
    </div>
  );
}
