/** A recording as Markdown, for an issue or an assistant: what changed at which step, by which line, and the calls. Pure. */
import { argumentsOf, type CallRow, callRows, resultOf, valueText } from '../recording/call-tree.ts';
import { changesOf, lineBefore } from '../recording/changes.ts';
import type { Shown } from '../recording/moment.ts';
import { say, sayList } from '../words/say.ts';

/** Lines of the list of changes, and of the calls. */
const most = 200;

export function toText(shown: Shown): string {
  const { recording, moments } = shown;
  const { title, stops, scripts, end } = recording;
  const ids = new Set(stops.flatMap(({ changed }) => changed.map(({ id }) => id)));
  const changes = [...ids]
    .flatMap((id) => changesOf(recording, id).map((change) => ({ id, ...change })))
    .sort((a, b) => a.stop - b.stop);
  const rows = changes.slice(0, most).map(({ id, stop, name, before, after }) => {
    const state = moments.at(stop);
    const line = lineBefore(recording, stop);
    const was = before === null ? '' : `${valueText(before, state)} → `;
    const is = after === null ? say('report_removed') : valueText(after, state);
    const owner = valueText({ type: 'reference', id }, state);
    const change = { step: String(stop + 1), owner, name, what: `${was}${is}` };
    return `- ${line === null ? say('report_change', change) : say('report_changeAt', { ...change, line: String(line) })}`;
  });
  const calls = callLines(shown, callRows(recording));
  const files = scripts.map(({ url }) => url).filter((url) => url !== '');
  const counted = { title, count: stops.length };
  return [
    `# ${end === 'stopped' || end === '' ? say('report_title', counted) : say('report_titleEnd', { ...counted, end })}`,
    ...(files.length > 0 ? [say('report_recordedIn', { files: sayList(files) })] : []),
    `## ${say('report_calls')}`,
    ...calls.slice(0, most),
    ...(calls.length > most ? [`- ${say('report_moreCalls', { count: calls.length - most })}`] : []),
    `## ${say('report_changes')}`,
    ...(rows.length === 0 ? [say('report_nothing')] : rows),
    ...(changes.length > most ? [`- ${say('report_moreChanges', { count: changes.length - most })}`] : []),
    '',
  ].join('\n');
}

function callLines({ recording, moments }: Shown, rows: readonly CallRow[]): readonly string[] {
  const lines: string[] = [];
  const waiting = rows.map((row) => ({ row, level: 0 })).toReversed();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { row, level } = next;
    const [call = 0] = row.calls;
    const own = recording.functions[row.function];
    const given = own?.kind === 'script' ? '' : `(${argumentsOf(recording, call, moments.at).join(', ')})`;
    const result = resultOf(recording, call, moments.at);
    const called = `${own?.shown ?? ''}${given}`;
    const ended = result.type === 'threw' ? say('report_threw', { call: called }) : called;
    const value = 'text' in result ? ` → ${result.text}` : '';
    const times = row.calls.length > 1 ? ` × ${row.calls.length}` : '';
    lines.push(`${'  '.repeat(level)}- ${ended}${value}${times}`);
    for (const inner of row.inner.toReversed()) waiting.push({ row: inner, level: level + 1 });
  }
  return lines;
}
