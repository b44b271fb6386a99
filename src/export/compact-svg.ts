/**
 * Makes the text of a drawn picture more than a third shorter without changing what is seen: the frames of a box's plain cells become one
 * path in one group, straight stretches of lines become straight, and what only a pointer needs is left out. Pure. Knows the markup of
 * src/drawing/picture.tsx, whose texts have no raw quotes.
 */

const forPointers = / data-(?:object|port|target|from|to)="[^"]*"/g;
const line = /(<path class="mg-(?:line|head)" d=")([^"]*)"/g;
/** A cell with nothing but its frame and a text. */
const plainCell =
  /<g class="mg-cell mg-(?:key|value|reference)">(<rect x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"(?: rx="([\d.]+)")?><\/rect>)(<text[^>]*>[^<]*<\/text>)?<\/g>/g;

export function compactSvg(svg: string): string {
  const [head = '', ...boxes] = svg.replace(forPointers, '').split('<g class="mg-box ');
  return [withRule(head), ...boxes.map(compactBox)]
    .join('<g class="mg-box ')
    .replace(line, (_, opening: string, path: string) => `${opening}${shortPath(path)}"`);
}

/** The rule for frames of cells, also for those in one path. */
const withRule = (head: string): string =>
  head.replace('.mg-picture .mg-cell rect{', '.mg-picture .mg-cell rect,.mg-picture .mg-cells{');

/** All plain cells of a box are one group. */
function compactBox(box: string): string {
  let frames = '';
  let others = '';
  const rest = box.replace(
    plainCell,
    (_, frame: string, x: string, y: string, width: string, height: string, rounded?: string, text = '') => {
      if (rounded === undefined) frames += `M${x} ${y}h${width}v${height}H${x}z`;
      else others += frame;
      others += text;
      return '';
    },
  );
  if (frames === '' && others === '') return box;
  const path = frames === '' ? '' : `<path class="mg-cells" d="${frames}"></path>`;
  // Behind the box's own frame.
  const end = rest.indexOf('</rect>') + '</rect>'.length;
  return `${rest.slice(0, end)}<g class="mg-cell">${path}${others}</g>${rest.slice(end)}`;
}

type Pair = readonly [x: number, y: number];

/** A path of `M`, `C`, `L` and `Z` in absolute points, written by differences. Null segments are left out. */
export function shortPath(path: string): string {
  let at: Pair = [0, 0];
  let start = at;
  let written = '';
  const by = ([x, y]: Pair): string => joined([x - at[0], y - at[1]]);
  const straight = (to: Pair): void => {
    const [x, y] = [round(to[0] - at[0]), round(to[1] - at[1])];
    if (x !== 0 && y !== 0) written += `l${joined([x, y])}`;
    else if (x !== 0) written += `h${x}`;
    else if (y !== 0) written += `v${y}`;
    at = to;
  };
  for (const [, command = '', numbers = ''] of path.matchAll(/([MCLZ])([^MCLZ]*)/g)) {
    const pairs = pairsIn(numbers);
    if (command === 'Z') {
      written += 'z';
      at = start;
    } else if (command === 'M') {
      for (const to of pairs) {
        written += `M${joined(to)}`;
        at = to;
        start = to;
      }
    } else if (command === 'L') pairs.forEach(straight);
    else
      for (let index = 0; index + 2 < pairs.length; index += 3) {
        const [one = at, two = at, to = at] = pairs.slice(index, index + 3);
        if (isSame(one, at) && isSame(two, to)) straight(to);
        else {
          written += `c${followed(followed(by(one), by(two)), by(to))}`;
          at = to;
        }
      }
  }
  return written;
}

function pairsIn(text: string): readonly Pair[] {
  const numbers = [...text.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(([number]) => Number(number));
  return numbers.flatMap((x, index) => (index % 2 === 0 ? [[x, numbers[index + 1] ?? 0] as const] : []));
}

const isSame = (one: Pair, other: Pair): boolean => one[0] === other[0] && one[1] === other[1];

/** Hundredths of a point, as src/drawing/ writes them. */
const round = (value: number): number => Math.round(value * 100) / 100;

const joined = ([x, y]: Pair): string => followed(String(round(x)), String(round(y)));

/** A minus sign separates numbers too. */
const followed = (text: string, more: string): string => (more.startsWith('-') ? text + more : `${text} ${more}`);
