/** One sentence when something went wrong or the picture is out of date, with the one thing to do about it. */
import type { Session } from './session.ts';

interface NoticeBarProps {
  readonly session: Session;
  /** Draws no more of what the page's own code shows. */
  readonly onSilence: () => void;
}

export function NoticeBar({ session, onSilence }: NoticeBarProps) {
  const notice = session.notice.value;
  if (!notice) return null;
  return (
    <div class={`notice ${notice.kind}`} role="alert">
      <span class="mark" aria-hidden="true">
        {notice.kind === 'aside' || notice.kind === 'called' ? 'i' : '!'}
      </span>
      <span class="text">{notice.text}</span>
      {notice.kind === 'called' && (
        <button
          type="button"
          class="text-button"
          title="Draw no more of what the page's code shows, until it is switched on again in the Console view"
          onClick={onSilence}
        >
          Stop
        </button>
      )}
      {notice.kind !== 'error' ? (
        <button type="button" class="text-button" onClick={() => void session.redraw()}>
          {notice.kind === 'stale' ? 'Draw again' : 'Back'}
        </button>
      ) : (
        <button type="button" class="tool close" title="Dismiss" aria-label="Dismiss" onClick={session.dismissNotice}>
          ×
        </button>
      )}
    </div>
  );
}
