/** One sentence when something went wrong or the picture is out of date, with the one thing to do about it. */
import type { Session } from './session.ts';

export function NoticeBar({ session }: { readonly session: Session }) {
  const notice = session.notice.value;
  if (!notice) return null;
  return (
    <div class={`notice ${notice.kind}`} role="alert">
      <span class="mark" aria-hidden="true">
        {notice.kind === 'aside' ? 'i' : '!'}
      </span>
      <span class="text">{notice.text}</span>
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
