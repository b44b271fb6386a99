/**
 * Makes a PNG of the pixels of an image (https://www.w3.org/TR/png-3/). Their number is small, so they are stored without compression,
 * which needs no library and gives the same bytes everywhere.
 */
import type { PixelImage } from '../../snapshot/snapshot.ts';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Eight bits for each of four channels; one method each of compression, filter and interlace. */
const format = [8, 6, 0, 0, 0];

export interface Png {
  /** `data:image/png;base64,…` */
  readonly href: string;
  /** Nothing of it can be seen. */
  readonly transparent: boolean;
}

export function pngOf({ columns, rows, pixels }: PixelImage): Png {
  const lines: number[] = [];
  let transparent = true;
  for (let row = 0; row < rows; row++) {
    // No filter.
    lines.push(0);
    for (let column = 0; column < columns; column++) {
      const at = 5 * (row * columns + column);
      const [a = 0, b = 0, c = 0, d = 0, opacity = 0] = [0, 1, 2, 3, 4].map((i) =>
        digits.indexOf(pixels[at + i] ?? 'A'),
      );
      const color = (a << 18) | (b << 12) | (c << 6) | d;
      lines.push(color >> 16, (color >> 8) & 255, color & 255, Math.round((opacity / 63) * 255));
      if (opacity > 0) transparent = false;
    }
  }
  const bytes = [
    ...signature,
    ...chunk('IHDR', [...four(columns), ...four(rows), ...format]),
    ...chunk('IDAT', stored(lines)),
    ...chunk('IEND', []),
  ];
  return {
    href: `data:image/png;base64,${btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))}`,
    transparent,
  };
}

const four = (value: number): readonly number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];

function chunk(name: string, content: readonly number[]): readonly number[] {
  const named = [...name].map((character) => character.charCodeAt(0)).concat(content);
  return [...four(content.length), ...named, ...four(checksum(named))];
}

/** CRC-32, as in Annex D of the standard. */
function checksum(bytes: readonly number[]): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

/** A block of zlib holds at most so many bytes (RFC 1950, RFC 1951). */
const longestBlock = 65_535;

function stored(bytes: readonly number[]): readonly number[] {
  const blocks: number[] = [0x78, 0x01];
  for (let at = 0; at === 0 || at < bytes.length; at += longestBlock) {
    const block = bytes.slice(at, at + longestBlock);
    const last = at + longestBlock >= bytes.length ? 1 : 0;
    const { length } = block;
    blocks.push(last, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255);
    for (const byte of block) blocks.push(byte);
  }
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return [...blocks, high >> 8, high & 255, low >> 8, low & 255];
}
