/** The status line: counts of the picture, its times, and what it leaves out and why. */

import type { LayoutTier } from '../../src/layout/placed.ts';
import { say } from '../../src/words/say.ts';
import { AmountTools } from '../picture/amount-tools.tsx';
import type { PictureControls } from '../picture/picture-controls.ts';
import { SharedCount } from '../picture/shared/shared-count.tsx';
import type { Reading } from '../reading/reading.ts';
import { describeOmissions } from '../widgets/omissions.ts';
import type { Session } from './expression-session.ts';

const tierNames: Readonly<Record<Exclude<LayoutTier, 'full' | 'wrapped'>, string>> = {
  ranked: say('tier_ranked'),
  rough: say('tier_rough'),
  simple: say('tier_simple'),
};

/** What a call of `graph(…)` in the Console is drawn as. */
const GRAPH_CALL = /^graph\[\d+\]$/;

interface StatusProps {
  readonly session: Session;
  /** How the picture differs from the one before it; null when that is unknown. */
  readonly changes: string | null;
  readonly controls: PictureControls;
}

export function ExpressionStatus({ session, changes, controls }: StatusProps) {
  const reading = session.reading.value;
  return (
    <footer class="status" aria-live="polite">
      {reading ? (
        <Counts session={session} reading={reading} changes={changes} controls={controls} />
      ) : (
        <span>{say('status_nothing')}</span>
      )}
    </footer>
  );
}

function Counts({ session, reading, changes, controls }: StatusProps & { readonly reading: Reading }) {
  const { picture, options, transport } = reading;
  const { stats, times, snapshot, placed } = picture;
  const time = Math.round(times.capture + times.diagram + times.layout);
  const omissions = describeOmissions(snapshot, options);
  return (
    <>
      <span class="subject" title={picture.subject}>
        {say('export_title', { subject: picture.subject.replaceAll('\n', ', ') })}
      </span>
      <AmountTools picture={picture} amount={session.amount.value} isOverviewOffered onChoose={session.chooseAmount} />
      <span title={say('status_referencesHint')}>{say('references', { count: stats.edges })}</span>
      <SharedCount picture={picture} controls={controls} />
      <span
        title={say('status_timesHint', {
          capture: times.capture.toFixed(1),
          diagram: times.diagram.toFixed(1),
          layout: times.layout.toFixed(1),
        })}
      >
        {say('milliseconds', { count: time })}
      </span>
      {changes !== null && (
        <span class="changes" title={say('compare_statusHint')}>
          {changes.replace(/\.$/, '')}
        </span>
      )}
      {omissions.map((text) => (
        <span key={text}>{text}</span>
      ))}
      {snapshot.roots.some(({ label }) => GRAPH_CALL.test(label)) && (
        <span title={say('status_keptHint')}>{say('status_kept')}</span>
      )}
      {placed.tier !== 'full' && placed.tier !== 'wrapped' && (
        <span title={say('tier_hint')}>{tierNames[placed.tier]}</span>
      )}
      {snapshot.replacedBuiltins.length > 0 && (
        <span class="warning" title={say('status_replacedHint')}>
          {say('status_replaced', { names: snapshot.replacedBuiltins.join(', ') })}
        </span>
      )}
      {transport === 'eval' && (
        <span class="note" title={say('status_evalHint')}>
          {say('status_eval')}
        </span>
      )}
    </>
  );
}
