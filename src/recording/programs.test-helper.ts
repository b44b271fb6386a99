/** Programs that are recorded in tests, in this process. */
import { textForm } from '../snapshot/text-form.test-helper.ts';
import { debuggerDomain } from '../transport/debugger-domain.ts';
import { connectInspector } from '../transport/node-inspector.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { defaultBudget, type RecordRequest, recordedView, startRecording } from './record.ts';
import { createMoments, type Recording, snapshotAt } from './recording.ts';

let programs = 0;
const patience = { deadline: 60_000 };

/** A program that was compiled and can be run. */
export interface Program {
  readonly scriptId: string;
  readonly url: string;
  run(): Promise<void>;
}

export async function load(session: ProtocolSession, source: string): Promise<Program> {
  programs += 1;
  const url = `program-${programs}.js`;
  const compiled = await session.send(
    'Runtime.compileScript',
    { expression: source, sourceURL: url, persistScript: true },
    patience,
  );
  const scriptId = (compiled.ok && compiled.value.scriptId) || '';
  return {
    scriptId,
    url,
    async run() {
      await session.send('Runtime.runScript', { scriptId, awaitPromise: true, silent: true }, patience);
    },
  };
}

/** Runs a program while it is recorded, and `more` before the recording ends. */
export async function record(
  source: string,
  request: Partial<RecordRequest> = {},
  more: () => Promise<unknown> = async () => {},
): Promise<Recording> {
  const session = connectInspector('same');
  try {
    await debuggerDomain(session).followPauses(patience);
    await session.send('Runtime.enable', undefined, patience);
    const program = await load(session, source);
    const started = await startRecording(session, {
      title: 'test',
      targets: [{ ...program, startLine: 0, startColumn: 0, sourceMapUrl: null, range: null }],
      context: null,
      budget: defaultBudget,
      view: recordedView,
      ...request,
    });
    if (!started.ok) throw new Error(JSON.stringify(started.failure));
    await program.run();
    await more();
    return await started.value.stop();
  } finally {
    await session.close();
  }
}

/** The line of a stop, from 1, and the text form of what it shows. */
export function momentText(recording: Recording, stop: number): string {
  const place = recording.places[recording.stops[stop]?.place ?? 0];
  return `line ${(place?.line ?? 0) + 1}\n${textForm(snapshotAt(recording, createMoments(recording), stop))}`;
}
