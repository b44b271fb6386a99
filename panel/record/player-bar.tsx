/** Goes through the steps of a recording: a slider with where the selected object changed, play, and the next change or call. */
import { useEffect, useRef } from 'preact/hooks';
import { isGraphFilm } from '../../src/recording/graph-calls/graph-film.ts';
import type { Shown } from '../../src/recording/moment.ts';
import { say, sayNumber } from '../../src/words/say.ts';
import { type Action, createAction } from '../actions/action.ts';
import { ActionButton, TextActionButton } from '../widgets/action-button.tsx';
import { type Player, type Speed, speeds } from './player.ts';

export function playerActions(player: Player, { recording: { stops } }: Shown): readonly Action[] {
  const step = player.step.value;
  const last = stops.length - 1;
  return [
    createAction('firstStep', () => player.goTo(0), step > 0),
    createAction('previousStep', () => player.goTo(step - 1), step > 0),
    player.playing.value ? createAction('pauseSteps', player.pause) : createAction('playSteps', player.play, last > 0),
    createAction('nextStep', () => player.goTo(step + 1), step < last),
    createAction('lastStep', () => player.goTo(last), step < last),
    createAction('previousChange', () => player.change(-1), step > 0),
    createAction('nextChange', () => player.change(1), step < last),
    createAction('nextCall', () => player.call(1), step < last),
  ];
}

interface PlayerBarProps {
  readonly player: Player;
  readonly shown: Shown;
  /** Steps at which the selected object changed. */
  readonly changes: readonly number[];
}

export function PlayerBar({ player, shown, changes }: PlayerBarProps) {
  const { stops } = shown.recording;
  const step = player.step.value;
  const last = stops.length - 1;
  const [first, previous, play, next, end, , change, call] = playerActions(player, shown);
  return (
    <section class="player" aria-label={say('record_player')}>
      {[first, previous, play, next, end].map((action) => action && <ActionButton key={action.id} action={action} />)}
      <span class="player-slider">
        <input
          type="range"
          min={0}
          max={last}
          value={step}
          disabled={last === 0}
          aria-label={say('record_step')}
          aria-valuetext={say('record_position', { step: step + 1, count: stops.length })}
          onInput={(event) => player.goTo(Number(event.currentTarget.value))}
        />
        <Strip changes={changes} last={last} />
      </span>
      <span class="player-count">
        {say('record_position', { step: sayNumber(step + 1), count: sayNumber(stops.length) })}
      </span>
      {change && <TextActionButton action={change} />}
      {call && !isGraphFilm(shown.recording) && <TextActionButton action={call} />}
      <label class="choice">
        <span class="for-screen-readers">{say('record_speed')}</span>
        <select
          aria-label={say('record_speed')}
          value={player.speed.value}
          onChange={(event) => player.setSpeed(event.currentTarget.value as Speed)}
        >
          {speeds.map((speed) => (
            <option key={speed} value={speed}>
              {say(`record_speed_${speed}`)}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

/** Ticks below the slider. Painted, because there may be thousands. */
function Strip({ changes, last }: { readonly changes: readonly number[]; readonly last: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const paint = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      element.width = width * devicePixelRatio;
      element.height = height * devicePixelRatio;
      context.scale(devicePixelRatio, devicePixelRatio);
      context.fillStyle = getComputedStyle(element).color;
      // The middle of the slider's handle, which is 16 pixels wide.
      for (const step of changes) context.fillRect(8 + (last === 0 ? 0 : step / last) * (width - 16) - 1, 0, 2, height);
    };
    const observer = new ResizeObserver(paint);
    observer.observe(element);
    paint();
    return () => observer.disconnect();
  }, [changes, last]);
  return (
    <canvas
      ref={canvas}
      class="player-strip"
      role="img"
      aria-label={say('record_strip', { count: changes.length })}
      title={say('record_strip', { count: changes.length })}
    />
  );
}
