/**
 * `render`: the objects of this very process, drawn into a file. Must leave nothing on the global object and run no code
 * of the value's.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RootRequest } from '../capture/capture.ts';
import { sentence } from '../capture/failure.ts';
import { connectInspector } from '../capture/node-inspector.ts';
import type { ProtocolSession, Result } from '../capture/protocol.ts';
import { createProtocolCapture } from '../capture/protocol-capture.ts';
import { readSettings } from '../settings/settings.ts';
import { formatOf } from './options.ts';
import { pictureText } from './picture.ts';
import { diagramSettingsOf, patience, viewOf } from './views.ts';

/** As the picture names a value that is no object. */
const label = 'data';

export const render: typeof import('./memory-graph.d.ts').render = async (data, place, options) => {
  const { theme = 'light', full = false, settings: given } = options ?? {};
  // Callers need not have types.
  if (theme !== 'light' && theme !== 'dark') throw new Error('The theme is light or dark.');
  const { settings, problems } = readSettings(given ?? {});
  const [problem] = problems;
  if (problem) throw new Error(`${problem.path ? `The setting ${problem.path}` : 'settings'} ${problem.message}.`);
  const file = place instanceof URL ? fileURLToPath(place) : place;
  if (typeof file !== 'string') throw new Error("Say where to draw it: render(value, 'my_graph.svg').");
  const format = formatOf(file);
  if (format === null) throw new Error(`${file} does not say what to draw: let its name end in .svg, .dot or .json.`);
  const session = connectInspector('same');
  const capture = createProtocolCapture(session);
  try {
    const root = rootOf(await hand(session, data));
    const captured = await capture.capture([root], viewOf(settings, full), { deadline: patience });
    if (!captured.ok) throw new Error(sentence(captured.failure));
    const picture = await pictureText(captured.value, label, format, theme, diagramSettingsOf(settings));
    if (!picture.ok) throw new Error(picture.reason);
    await writeFile(file, picture.text).catch(() => {
      throw new Error(`${file} could not be written: name a file in a folder that exists.`);
    });
    return picture.stats;
  } finally {
    await capture.close();
    await session.close();
  }
};

type Remote = Result<'Runtime.evaluate'>['result'];

/**
 * Gives a value of this thread to the inspector, whose only door is the global object: it passes through in one go,
 * because the inspector of the same thread answers before anything else runs.
 */
async function hand(session: ProtocolSession, data: unknown): Promise<Remote> {
  const name = `memory-graph-${crypto.randomUUID()}`;
  const property = { value: data, configurable: true, enumerable: false, writable: false };
  if (!Reflect.defineProperty(globalThis, name, property)) {
    throw new Error('The value cannot be handed over, because the global object is frozen: draw before it is.');
  }
  const parameters = { expression: `globalThis[${JSON.stringify(name)}]`, silent: true };
  const asked = session.send('Runtime.evaluate', parameters, { deadline: patience });
  Reflect.deleteProperty(globalThis, name);
  const answer = await asked;
  if (!answer.ok) throw new Error(sentence(answer.failure));
  return answer.value.result;
}

function rootOf({ type, objectId, unserializableValue, value }: Remote): RootRequest {
  if (objectId !== undefined) return { type: 'object', label, objectId };
  const text = unserializableValue ?? (type === 'undefined' ? 'undefined' : JSON.stringify(value));
  return { type: 'expression', expression: text };
}
