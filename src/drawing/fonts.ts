/** The two fonts of a picture, so that whoever measures a text and whoever draws it mean the same. */

export const cellFontFamily = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
export const titleFontFamily = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
/** Points, which are CSS pixels at 100 %. */
export const cellFontSize = 12;
export const titleFontSize = 11;

/** As CSS `font`, for a canvas. */
export const cellFont = `${cellFontSize}px ${cellFontFamily}`;
export const titleFont = `${titleFontSize}px ${titleFontFamily}`;
