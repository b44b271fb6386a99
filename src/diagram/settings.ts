/**
 * How a diagram is made of a snapshot: every choice that a person has about boxes and cells, and its default. Says what
 * is wanted, never how it is drawn; each setting that stands here acts in build.ts.
 */
import type { Box, Diagram } from './diagram.ts';

/**
 * How the boxes of one shape stand, by what their shown values are. The rules speak of a picture that grows down; one
 * that grows to the right swaps the two rules about references, so that each arrow still leaves from a free side.
 */
export interface OrientationRules {
  /** No value is a reference. */
  readonly general: Box['orientation'];
  /** At least one value is a reference. */
  readonly anyReference: Box['orientation'];
  /** Every value is a reference. */
  readonly allReferences: Box['orientation'];
}

export interface DiagramSettings {
  readonly orientation: {
    /** Arrays, sets, typed arrays. */
    readonly linear: OrientationRules;
    /** Objects, maps, scopes. */
    readonly keyValue: OrientationRules;
  };
  readonly text: {
    /** Characters of a string, name or key that are shown; a longer one ends in `…` and is whole in the hint. */
    readonly maximumLength: number;
  };
  readonly titles: {
    /** Show `#12` behind the type name. */
    readonly identityNumbers: boolean;
  };
  readonly direction: Diagram['direction'];
}

const upright: OrientationRules = { general: 'vertical', anyReference: 'horizontal', allReferences: 'horizontal' };

export const defaultSettings: DiagramSettings = {
  orientation: { linear: upright, keyValue: upright },
  text: { maximumLength: 70 },
  titles: { identityNumbers: false },
  direction: 'down',
};
