/** The two fonts of a picture, used to measure texts and to draw them. */

export const cellFontFamily = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
export const titleFontFamily = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
/** Points, which are CSS pixels at 100%. */
export const cellFontSize = 12;
export const titleFontSize = 11;

/** A CSS `font` value, for a canvas. */
export const cellFont = `${cellFontSize}px ${cellFontFamily}`;
export const titleFont = `${titleFontSize}px ${titleFontFamily}`;
