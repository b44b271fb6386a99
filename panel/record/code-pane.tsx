/** The code beside a recording, with the line of the step lit. Only the lines in sight are in the document. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Shown } from '../../src/recording/moment.ts';
import { standing } from '../../src/recording/recording.ts';
import { say } from '../../src/words/say.ts';
import type { Player } from './player.ts';

interface CodePaneProps {
  readonly player: Player;
  readonly shown: Shown;
}

/** CSS pixels, as in the style sheet. */
const LINE = 18;
/** Lines that are drawn above and below those in sight. */
const MARGIN = 20;

export function CodePane({ player, shown }: CodePaneProps) {
  const { recording } = shown;
  const step = player.step.value;
  const stop = recording.stops[step];
  const place = recording.places[stop?.place ?? 0];
  const script = recording.scripts[place?.script ?? 0];
  const lines = useMemo(() => (script?.source ?? '').split(/\r\n|[\n\r\u2028\u2029]/), [script]);
  /** How often each line was recorded. */
  const counts = useMemo(() => {
    const found = new Map<number, number>();
    for (const { place } of recording.stops) {
      const at = recording.places[place];
      if (at && recording.scripts[at.script] === script) found.set(at.line, (found.get(at.line) ?? 0) + 1);
    }
    return found;
  }, [recording, script]);
  const first = 1 + (script?.startLine ?? 0);
  const area = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useSignal(0);
  const line = place?.line ?? 0;
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = (): void => {
      height.value = element.clientHeight;
    };
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(element);
    return () => observer.disconnect();
  }, [height]);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const y = line * LINE;
    if (y < element.scrollTop + LINE || y > element.scrollTop + element.clientHeight - 2 * LINE)
      element.scrollTop = y - element.clientHeight / 3;
    top.value = element.scrollTop;
  }, [line, script, top, height.value]);
  const from = Math.max(0, Math.floor(top.value / LINE) - MARGIN);
  const to = Math.min(lines.length, Math.ceil((top.value + height.value) / LINE) + MARGIN);
  const goToLine = (wanted: number): void => {
    const isThere = ({ place: at }: { readonly place: number }): boolean => {
      const found = recording.places[at];
      return found?.line === wanted && recording.scripts[found.script] === script;
    };
    const after = recording.stops.findIndex((one, index) => index > step && isThere(one));
    const found = after >= 0 ? after : recording.stops.findIndex(isThere);
    if (found >= 0) player.goTo(found);
  };
  const calls = standing(recording, step).map(
    (call) => recording.functions[recording.calls[call]?.function ?? 0]?.shown,
  );
  return (
    <section class="record-code" aria-label={say('record_code')}>
      <p class="record-crumbs" title={script?.url}>
        {calls.join(' › ')}
      </p>
      <div
        ref={area}
        class="record-lines"
        hidden={script?.source === ''}
        onScroll={(event) => {
          top.value = event.currentTarget.scrollTop;
        }}
      >
        <pre style={{ height: `${lines.length * LINE}px` }}>
          {lines.slice(from, to).map((text, index) => {
            const number = from + index;
            const count = counts.get(number) ?? 0;
            return (
              <span
                key={number}
                class={number === line ? 'here' : undefined}
                style={{ top: `${number * LINE}px` }}
                aria-current={number === line ? 'step' : undefined}
              >
                {count > 0 ? (
                  <button
                    type="button"
                    class="record-number"
                    tabIndex={-1}
                    title={say('record_lineHint', { count })}
                    onClick={() => goToLine(number)}
                  >
                    {first + number}
                  </button>
                ) : (
                  <i class="record-number">{first + number}</i>
                )}
                {text === '' ? ' ' : text}
              </span>
            );
          })}
        </pre>
      </div>
    </section>
  );
}
