/** Makes the text of a file from a snapshot, without a browser. Writes no file. */
import { buildDiagram } from '../diagram/build.ts';
import type { DiagramStats } from '../diagram/diagram.ts';
import type { DiagramSettings } from '../diagram/settings.ts';
import { countDiagram } from '../diagram/stats.ts';
import type { Theme } from '../drawing/palettes.ts';
import { toDot } from '../export/dot.ts';
import { toJson } from '../export/json.ts';
import { toSvg } from '../export/svg.ts';
import { layoutInProcess } from '../layout/in-process.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FileFormat } from './options.ts';
import { textMeasure } from './text-measure.ts';

export type PictureText =
  | { readonly ok: true; readonly text: string; readonly stats: DiagramStats }
  /** `reason` is one sentence for the user. The counts are valid in any case. */
  | { readonly ok: false; readonly reason: string; readonly stats: DiagramStats };

/**
 * `subject` is what was asked for, in the user's words. With a null `format` it only counts. A layout can take long, and only SVG
 * needs one.
 */
export async function pictureText(
  snapshot: Snapshot,
  subject: string,
  format: FileFormat | null,
  theme: Theme,
  settings: DiagramSettings,
): Promise<PictureText> {
  const diagram = buildDiagram(snapshot, settings);
  const stats = countDiagram(diagram);
  switch (format) {
    case null:
      return { ok: true, text: '', stats };
    case 'dot':
      return { ok: true, text: toDot(diagram, theme), stats };
    case 'json':
      return { ok: true, text: toJson(snapshot, subject), stats };
    case 'svg': {
      const outcome = await layoutInProcess(diagram, textMeasure);
      if (!outcome.ok) return { ok: false, reason: outcome.message, stats };
      return { ok: true, text: toSvg(outcome.placed, theme), stats };
    }
  }
}
