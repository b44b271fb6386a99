/** Writes what can be seen of an object at a glance, after its values: numbers, bytes, pixels. */
import { Glimpse, type Kind, ShapeFlag } from '../../../wire/format.ts';
import type { Visit } from '../../visit/visit-queue.ts';
import type { WalkContext } from '../../visit/walk-context.ts';
import { createImageWriter } from './images.ts';
import { createSeriesWriter } from './number-series.ts';

export interface Glimpses {
  /** Starts a capture. */
  begin(): void;
  /** Answers the flag of the record. */
  write(visit: Visit, kind: Kind, className: string | null, size: number): number;
}

export function createGlimpses(context: WalkContext): Glimpses {
  const { builtins, safe, record } = context;
  const { body } = record;
  const writeSeries = createSeriesWriter(context);
  const images = createImageWriter(context);

  /** Which bytes of its buffer a view shows. */
  function writeBytes(offset: unknown, length: unknown): boolean {
    if (typeof offset !== 'number' || typeof length !== 'number') return false;
    body.digit(Glimpse.Bytes);
    body.number(offset);
    body.number(length);
    return true;
  }

  function writeAll({ target, id }: Visit, kind: Kind, className: string | null, size: number): boolean {
    const { typedArrayOffset, typedArrayByteLength, viewOffset, viewByteLength } = builtins.binaries;
    switch (kind) {
      case 'array':
        return writeSeries(target, kind, size);
      case 'typedarray': {
        const any = writeSeries(target, kind, size);
        return writeBytes(safe.ask(typedArrayOffset, target), safe.ask(typedArrayByteLength, target)) || any;
      }
      case 'dataview':
        return writeBytes(safe.ask(viewOffset, target), safe.ask(viewByteLength, target));
      case 'instance':
      case 'node':
        return className !== null && images.write(target, id, className);
      default:
        return false;
    }
  }

  return {
    begin: images.begin,
    write(visit, kind, className, size) {
      // A search for retainers shows no values.
      if (context.sought !== null || context.paths !== null) return 0;
      if (!writeAll(visit, kind, className, size)) return 0;
      body.digit(Glimpse.End);
      return ShapeFlag.Glimpses;
    },
  };
}
