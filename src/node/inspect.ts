/**
 * `memory-graph --inspect`: draws objects of a running process. The process is paused during each question, for at most the time
 * limit of the settings, and the command reports how long that was.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import type { RootRequest } from '../capture/capture.ts';
import { createProtocolCapture } from '../capture/debugger/protocol-capture.ts';
import { readProgram } from '../expression/program.ts';
import { readOptionsOf, type Settings } from '../settings/settings.ts';
import { defaultReadOptions } from '../snapshot/read-options.ts';
import { sentence } from '../transport/failure.ts';
import { connectInspectorSocket } from '../transport/inspector-socket.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { say } from '../words/say.ts';
import type { InspectOptions } from './options.ts';
import { pictureText } from './picture.ts';
import { diagramSettingsOf, viewOf } from './views.ts';

/** Milliseconds beyond the time limit after which a process that does not answer has failed. */
const GRACE = 5000;

export async function inspect(
  options: InspectOptions,
  settings: Settings,
  fail: (message: string, code: number) => void,
): Promise<void> {
  const { host, port, roots, full, out, stats, theme } = options;
  const connected = await connectInspectorSocket(host, port);
  if (!connected.ok) {
    const { failure } = connected;
    const given = { address: `${host}:${port}`, port: `${port}` };
    const isKnown = failure.kind === 'disconnected';
    return fail(
      isKnown ? say('node_noProcessBecause', { ...given, reason: failure.message }) : say('node_noProcess', given),
      1,
    );
  }
  const timed = withStandstill(connected.value);
  const capture = createProtocolCapture(timed.session);
  const { time } = { ...defaultReadOptions, ...readOptionsOf(settings) };
  const captured = await capture.capture(
    roots.map(rootOf),
    { ...viewOf(settings, full), time },
    { deadline: time + GRACE },
  );
  await capture.close();
  await timed.session.close();
  if (!captured.ok) return fail(sentence(captured.failure), 1);
  const snapshot = captured.value;
  const failed = snapshot.roots.flatMap(({ label, result }) => (result.ok ? [] : [`${label}: ${result.reason}`]));
  for (const reason of failed) fail(reason, 1);
  if (failed.length === roots.length) return;
  const picture = await pictureText(
    snapshot,
    roots.join('\n'),
    out?.format ?? null,
    theme,
    diagramSettingsOf(settings),
  );
  if (!picture.ok) return fail(picture.reason, 1);
  if (out) {
    const path = resolve(out.path);
    try {
      writeFileSync(`${path}.part`, picture.text);
      renameSync(`${path}.part`, path);
    } catch {
      return fail(say('node_unwritable', { file: out.path }), 1);
    }
    if (!out.named) process.stderr.write(`${say('node_written', { file: out.path })}\n`);
  }
  if (stats) process.stdout.write(`${JSON.stringify(picture.stats)}\n`);
  const cut = snapshot.cuts.get('time');
  const told = [
    say('node_stoodStill', { time: Math.ceil(timed.milliseconds()) }),
    ...(cut ? [say('node_leftUnread', { count: cut, limit: time })] : []),
  ];
  process.stderr.write(`${told.join(' ')}\n`);
}

/** Statements, and what waits, give their completion value, as in the Console. */
function rootOf(expression: string): RootRequest {
  const program = readProgram(expression);
  if (program.kind !== 'statements') return { type: 'expression', expression };
  return { type: 'program', text: program.text, waits: program.waits, label: expression };
}

/** Counts the milliseconds in which at least one command was under way. The process was paused for no longer. */
function withStandstill(session: ProtocolSession): { readonly session: ProtocolSession; milliseconds(): number } {
  let underWay = 0;
  let since = 0;
  let total = 0;
  return {
    milliseconds: () => total,
    session: {
      ...session,
      async send(...parameters) {
        if (underWay === 0) since = performance.now();
        underWay += 1;
        try {
          return await session.send(...parameters);
        } finally {
          underWay -= 1;
          if (underWay === 0) total += performance.now() - since;
        }
      },
    },
  };
}
