/** A recording as plain data that survives JSON: its steps and calls. What a step shows is asked for one by one. */
import { argumentsOf, type CallResult, resultOf } from '../../src/recording/call-tree.ts';
import type { Shown } from '../../src/recording/moment.ts';
import type { RecordingEnd } from '../../src/recording/recording.ts';

export interface PlainRecording {
  readonly title: string;
  /** Why it ended; empty while it goes on. */
  readonly end: RecordingEnd;
  /** Whether proxies were told apart. */
  readonly exact: boolean;
  readonly steps: readonly {
    readonly script: string;
    /** From 1. */
    readonly line: number;
    readonly call: number;
  }[];
  readonly calls: readonly {
    readonly function: string;
    readonly arguments: readonly string[];
    readonly result: CallResult;
    readonly parent: number | null;
    readonly end: 'open' | 'returned' | 'threw';
    readonly steps: number;
  }[];
}

export function plainRecording({ recording, moments }: Shown): PlainRecording {
  const { title, end, exact, stops, places, scripts, calls, functions } = recording;
  return {
    title,
    end,
    exact,
    steps: stops.map(({ place, call }) => {
      const at = places[place];
      const script = scripts[at?.script ?? 0];
      return { script: script?.url ?? '', line: (at?.line ?? 0) + 1 + (script?.startLine ?? 0), call };
    }),
    calls: calls.map((call, index) => ({
      function: functions[call.function]?.shown ?? '',
      arguments: argumentsOf(recording, index, moments.at),
      result: resultOf(recording, index, moments.at),
      parent: call.parent,
      end: call.end,
      steps: call.stops.length,
    })),
  };
}
