/** One sentence when something went wrong or the picture is out of date, with the one thing to do about it. */
import type { Session } from './session.ts';

export function NoticeBar({ session }: { readonly session: Session }) {
  const notice = session.notice.value;
  if (!notice) return null;
  return (
    <div class={`notice ${notice.kind}`} role="alert">
      <span class="mark" aria-hidden="true">
        !
      </span>
      <span class="text">{notice.text}</span>
      {notice.kind === 'stale' ? (
        <button type="button" class="text-button" onClick={() => void session.redraw()}>
          Draw again
        </button>
      ) : (
        <button type="button" class="tool close" title="Dismiss" aria-label="Dismiss" onClick={session.dismissNotice}>
          ×
        </button>
      )}
    </div>
  );
}
