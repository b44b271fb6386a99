/**
 * The stack of many small programs is what DevTools' own front end holds: every frame and variable, its value, `this`, the return
 * value, and which of them are the same object. All is opened before it is compared.
 */
import { beforeAll, expect, test } from 'vitest';
import type { Part, Value } from '../../src/snapshot/snapshot.ts';
import { sample } from '../sample.ts';
import { type Program, programs } from './corpus-programs.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
beforeAll(() => tab.settings({ drawing: { amount: 'all' } }));
beforeAll(() => stack.follow());

/** A value as text; objects and symbols by a number, equal for the same one. */
interface Told {
  readonly text: string;
  readonly same: number | null;
}

interface Variable extends Told {
  readonly name: string;
  readonly scope: string;
}

/** Innermost first, as DevTools has them. */
interface FrameOfDevTools {
  readonly variables: readonly Variable[];
  readonly receiver: Told;
  /** It is a call, and `this` is not the global object. */
  readonly tells: boolean;
  readonly returned: Told | null;
}

/**
 * What DevTools' front end holds of the pause. Allowed differences, and why:
 * - The properties of the global object, which DevTools lists as variables: of these only what scripts declared is a variable.
 * - What an object in a `with` statement inherits: it is drawn in the object's own box.
 * - A variable that is not initialized yet, which V8 tells as `undefined`: the view says so instead.
 * - `arguments`, for which V8 makes a new object whenever it is asked.
 * - A block around a function, which DevTools calls a block: to the function it is like any other code that it closes over.
 */
const held = `
  const model = SDK.TargetManager.TargetManager.instance().models(SDK.DebuggerModel.DebuggerModel).find((one) => one.isPaused());
  const objects = [];
  const told = (value) => {
    if (value.objectId) return { text: value.type === 'symbol' ? 'symbol' : 'object', at: objects.push(value.objectId) - 1 };
    if (value.subtype === 'null') return { text: 'null', at: null };
    if (value.type === 'string') return { text: 'string ' + value.value.length + ' ' + value.value.slice(0, 20), at: null };
    return { text: value.type === 'undefined' ? 'undefined' : value.type + ' ' + (value.unserializableValue() ?? value.description), at: null };
  };
  const frames = [];
  for (const frame of model.debuggerPausedDetails().callFrames) {
    const variables = [];
    let around = false;
    for (const scope of frame.scopeChain()) {
      if (scope.type() === 'global') continue;
      const isPiece = ['block', 'catch', 'with', 'eval'].includes(scope.type());
      const kind = around && isPiece ? 'closure' : scope.type();
      if (scope.type() === 'local') around = true;
      const { properties } = await scope.object().getAllProperties(false, false);
      for (const { name, value, isOwn } of properties ?? [])
        if (scope.type() !== 'with' || isOwn)
          // A variable that is not initialized yet has no value.
          variables.push({ name, scope: kind, ...(value ? told(value) : { text: 'undefined', at: null }) });
    }
    const returned = frame.returnValue();
    const isCall = frame.scopeChain().some((scope) => scope.type() === 'local');
    const tells = isCall && !/^(?:undefined|Window|DedicatedWorkerGlobalScope)$/.test(frame.thisObject().description ?? '');
    frames.push({ variables, receiver: told(frame.thisObject()), tells, returned: returned && told(returned) });
  }
  let numbers = [];
  if (objects.length > 0) {
    const answer = await model.target().runtimeAgent().invoke_callFunctionOn({
      objectId: objects[0],
      functionDeclaration: 'function (...all) { return all.map((one) => all.indexOf(one)); }',
      arguments: objects.map((objectId) => ({ objectId })),
      returnByValue: true,
    });
    numbers = answer.result.value;
  }
  const numbered = ({ at, ...rest }) => ({ ...rest, same: at === null ? null : numbers[at] });
  return frames.map(({ variables, receiver, tells, returned }) => ({
    variables: variables.map(numbered), receiver: numbered(receiver), tells, returned: returned && numbered(returned) }));`;

function toldOf(value: Value): Told {
  switch (value.type) {
    case 'reference':
      return { text: 'object', same: value.id };
    case 'symbol':
      return { text: 'symbol', same: value.symbol.sort === 'own' ? value.symbol.id : null };
    case 'string':
      return { text: `string ${value.text.length} ${value.text.head.slice(0, 20)}`, same: null };
    case 'number':
      return { text: `number ${Object.is(value.value, -0) ? '-0' : value.value}`, same: null };
    case 'bigint':
      return { text: `bigint ${value.digits.head}${value.digits.tail}n`, same: null };
    case 'boolean':
      return { text: `boolean ${value.value}`, same: null };
    case 'uninitialised':
      // DevTools says undefined of a variable that is not initialized yet.
      return { text: 'undefined', same: null };
    default:
      return { text: value.type, same: null };
  }
}

/** Opens what frames leave out, until nothing is left. */
async function openAll(): Promise<void> {
  for (let clicks = 0; clicks < 40; clicks++) {
    const before = await tab.panel.evaluate(() => {
      const frames = [...document.querySelectorAll('[data-box]')].filter((box) => {
        const id = Number(box.getAttribute('data-box')?.slice(1));
        return id < -1 && id > -131_072;
      });
      const cell = frames.map((box) => box.querySelector('.mg-hidden')).find((one) => one !== null);
      return cell ? JSON.stringify(memoryGraph.stack().picture?.snapshot.objects.filter(({ id }) => id < -1)) : null;
    });
    if (before === null) return;
    const box = await tab.panel.evaluate(
      () =>
        [...document.querySelectorAll('[data-box]')]
          .filter((one) => Number(one.getAttribute('data-box')?.slice(1)) < -1 && one.querySelector('.mg-hidden'))[0]
          ?.getAttribute('data-box') ?? '',
    );
    await tab.clickInPicture(`[data-box="${box}"] .mg-hidden`);
    await tab.until(
      `JSON.stringify(memoryGraph.stack().picture.snapshot.objects.filter(({ id }) => id < -1)) !== ${JSON.stringify(before)}`,
    );
  }
}

type Property = Extract<Part, { type: 'property' }>;
const nameOf = ({ key }: Property): string => (key.type === 'name' ? key.name.head : '');

/** The parts of each frame; numbers are text, since what crosses as JSON loses `-0` and `NaN`. */
async function framesAsText(): Promise<ReadonlyMap<number, readonly Part[]>> {
  const frames = await tab.panel.evaluate(() =>
    (memoryGraph.stack().picture?.snapshot.objects ?? []).flatMap(({ id, parts }) => {
      if (id >= -1 || id <= -131_072) return [];
      const texts = parts.map((part) =>
        part.type === 'property' && part.value.type === 'number'
          ? { ...part, number: Object.is(part.value.value, -0) ? '-0' : String(part.value.value) }
          : part,
      );
      return [[id, texts] as const];
    }),
  );
  return new Map(
    frames.map(([id, parts]) => [
      id,
      parts.map((part): Part => {
        if (!('number' in part)) return part;
        const { number, ...rest } = part;
        return { ...rest, value: { type: 'number', value: Number(number) } };
      }),
    ]),
  );
}

/** What differs, one sentence each. */
async function differences(): Promise<readonly string[]> {
  const wrong: string[] = [];
  const theirs = (await tab.frontEnd.run(held)) as readonly FrameOfDevTools[];
  const labels = await stack.frameLabels();
  const frames = await framesAsText();
  const numbers = labels
    .map((label) => /^\d+(?=: )/.exec(label)?.[0])
    .map((text) => (text === undefined ? -1 : Number(text)));
  const innermost = numbers.at(-1) ?? 0;
  const partsOf = (line: number): readonly Property[] =>
    (frames.get(-2 - line) ?? []).flatMap((part) => (part.type === 'property' ? [part] : []));
  /** Lines by the index of DevTools' frames. */
  const lines = theirs.map((_, index) => numbers.indexOf(innermost - index));
  const pairs = new Map<number, number>();
  const back = new Map<number, number>();
  const agree = (where: string, mine: Told, their: Told): boolean => {
    if (mine.text !== their.text) {
      wrong.push(`${where}: ${mine.text}, and in DevTools ${their.text}`);
      return false;
    }
    if (mine.same === null || their.same === null) return true;
    const [known, other] = [pairs.get(mine.same), back.get(their.same)];
    if ((known !== undefined && known !== their.same) || (other !== undefined && other !== mine.same)) {
      wrong.push(`${where}: not the same object as in DevTools`);
      return false;
    }
    pairs.set(mine.same, their.same);
    back.set(their.same, mine.same);
    return true;
  };
  const isSame = (mine: Told, their: Told): boolean =>
    mine.text === their.text &&
    (mine.same === null || their.same === null || (pairs.get(mine.same) ?? their.same) === their.same);
  for (const [index, frame] of theirs.entries()) {
    const line = lines[index] ?? -1;
    const label = labels[line] ?? `frame ${index}`;
    if (line === -1) {
      wrong.push(`${label} has no line`);
      continue;
    }
    const mine = partsOf(line);
    const used = new Set<Property>();
    for (const variable of frame.variables) {
      const find = (parts: readonly Property[], isIt: (part: Property) => boolean) =>
        parts.find((part) => !used.has(part) && nameOf(part) === variable.name && isIt(part));
      const inScope = (part: Property): boolean => part.scope === variable.scope;
      // What scripts declared is in the outermost line, and a variable that several frames see in the outermost that uses it.
      const isShared = variable.scope === 'script' ? inScope : (part: Property) => isSame(toldOf(part.value), variable);
      const others = variable.scope === 'script' ? [0] : lines.filter((each) => each !== line);
      const found =
        find(mine, inScope) ?? others.map((each) => find(partsOf(each), isShared)).find((part) => part !== undefined);
      const where = `${label}, ${variable.scope} ${variable.name}`;
      if (!found) wrong.push(`${where} is missing`);
      else if (variable.name === 'arguments') used.add(found);
      else {
        used.add(found);
        agree(where, toldOf(found.value), variable);
      }
    }
    for (const part of mine) {
      if (part.scope === undefined || part.scope === 'global' || used.has(part)) continue;
      if (part.scope === 'script' && line === 0) continue;
      wrong.push(`${label} has ${part.scope} ${nameOf(part)}, and DevTools has not`);
    }
    const receiver = mine.find((part) => part.scope === undefined && nameOf(part) === 'this');
    if (receiver) agree(`${label}, this`, toldOf(receiver.value), frame.receiver);
    else if (frame.tells) wrong.push(`${label} has no this`);
    const returned = mine.find((part) => part.scope === undefined && nameOf(part) === 'return value');
    if (index === 0 && frame.returned && !returned) wrong.push(`${label} has no return value`);
    if (returned && frame.returned) agree(`${label}, return value`, toldOf(returned.value), frame.returned);
  }
  return wrong;
}

function run({ code, as }: Program): Promise<unknown> {
  if (as === undefined)
    return tab.page.evaluate(`void setTimeout(${JSON.stringify(`(function program() {${code}\n})()`)})`);
  return tab.page.evaluate(
    (code, as) => {
      const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
      if (as === 'worker') return void new Worker(url);
      const script = document.createElement('script');
      script.src = url;
      if (as === 'module') script.type = 'module';
      document.body.append(script);
    },
    code,
    as,
  );
}

test.each(sample(programs, 12).map((program) => [program.name, program] as const))('%s', async (_, program) => {
  const wrong: string[] = [];
  try {
    await stack.pauseBy(() => run(program));
    await openAll();
    wrong.push(...(await differences()));
    for (const [turn, key] of (program.keys ?? []).entries()) {
      await stack.press(key);
      await openAll();
      wrong.push(...(await differences()).map((text) => `after key ${turn + 1}: ${text}`));
    }
  } finally {
    await stack.resumeAll();
  }
  expect(wrong).toEqual([]);
});

test('there are many programs', () => {
  expect(programs.length).toBeGreaterThanOrEqual(60);
});
