/** From a snapshot to the text of a file, without a browser. Writes no file. */
import { buildDiagram } from '../diagram/build.ts';
import type { DiagramStats } from '../diagram/diagram.ts';
import type { DiagramSettings } from '../diagram/settings.ts';
import { countDiagram } from '../diagram/stats.ts';
import type { Theme } from '../drawing/theme.ts';
import { toDot } from '../export/dot.ts';
import { toJson } from '../export/json.ts';
import { toSvg } from '../export/svg.ts';
import { layoutInProcess } from '../layout/in-process.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FileFormat } from './options.ts';
import { textMeasure } from './text-measure.ts';

export type PictureText =
  | { readonly ok: true; readonly text: string; readonly stats: DiagramStats }
  /** `reason` is one sentence for the person; the counts stand all the same. */
  | { readonly ok: false; readonly reason: string; readonly stats: DiagramStats };

/**
 * `subject` is what was asked for, in the person's words. `format` null: only count. A layout can take long: only SVG
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
