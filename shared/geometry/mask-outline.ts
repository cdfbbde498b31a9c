import type { MaskRuns } from './mask-runs';

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** A corner of the outline as it is traced: the vertical edge through it leads to `along`, the horizontal to `across`. */
interface TracedCorner extends Corner {
  along: number;
  across: number;
  /** Whether the vertical edge lies below this corner, and whether the set pixels are left of it. */
  readonly isTop: boolean;
  readonly isSetLeft: boolean;
}

/**
 * The outline of the set pixels along their edges, as closed rings of corners in image px, in no order: exteriors run
 * clockwise as seen, holes the other way. Pixels that touch only at a corner are separate. O(corners · log corners), whatever the window's size.
 */
export function outlineOfMask(mask: MaskRuns): readonly (readonly Corner[])[] {
  const corners = cornersOf(mask);
  joinAcross(corners);
  return ringsOf(corners);
}

/** Both ends of each vertical edge. They come column by column, each column from its top. */
function cornersOf({ x, y, width, height, ends }: MaskRuns): TracedCorner[] {
  const corners: TracedCorner[] = [];
  const add = (column: number, top: number, bottom: number, isSetLeft: boolean) => {
    const first = corners.length;
    corners.push(
      { x: x + column, y: y + top, along: first + 1, across: -1, isTop: true, isSetLeft },
      { x: x + column, y: y + bottom, along: first, across: -1, isTop: false, isSetLeft },
    );
  };
  let leftRun = 0;
  let rightRun = 0;
  for (let column = 0; column <= width; column += 1) {
    const leftFrom = (column - 1) * height;
    const rightFrom = column * height;
    let row = 0;
    let edgeTop = -1;
    let edgeIsSetLeft = false;
    while (row < height) {
      while (column > 0 && (ends[leftRun] ?? Number.POSITIVE_INFINITY) <= leftFrom + row) leftRun += 1;
      while (column < width && (ends[rightRun] ?? Number.POSITIVE_INFINITY) <= rightFrom + row) rightRun += 1;
      const left = column > 0 ? leftRun & 1 : 0;
      const right = column < width ? rightRun & 1 : 0;
      if (edgeTop >= 0 && (left === right || (left === 1) !== edgeIsSetLeft)) {
        add(column, edgeTop, row, edgeIsSetLeft);
        edgeTop = -1;
      }
      if (left !== right && edgeTop < 0) {
        edgeTop = row;
        edgeIsSetLeft = left === 1;
      }
      const leftEnd = column > 0 ? (ends[leftRun] ?? Number.POSITIVE_INFINITY) - leftFrom : height;
      const rightEnd = column < width ? (ends[rightRun] ?? Number.POSITIVE_INFINITY) - rightFrom : height;
      row = Math.min(leftEnd, rightEnd, height);
    }
    if (edgeTop >= 0) add(column, edgeTop, height, edgeIsSetLeft);
  }
  return corners;
}

/** Horizontal edges: on each line of corners, sorted by x, the first joins the second, the third the fourth, ... */
function joinAcross(corners: readonly TracedCorner[]): void {
  const byLine = new Map<number, number[]>();
  corners.forEach((corner, index) => {
    const line = byLine.get(corner.y);
    if (line === undefined) byLine.set(corner.y, [index]);
    else line.push(index);
  });
  for (const line of byLine.values()) {
    // Corners came by column, so a line is sorted already; where four edges meet, the two need an order.
    for (let at = 1; at < line.length; at += 1) {
      const before = line[at - 1] ?? 0;
      const here = line[at] ?? 0;
      const first = corners[before];
      const second = corners[here];
      if (first === undefined || second === undefined || first.x !== second.x) continue;
      // The edge from the left turns into the vertical edge that bounds the same pixel.
      const upper = first.isTop ? second : first;
      if ((upper === first) !== upper.isSetLeft) {
        line[at - 1] = here;
        line[at] = before;
      }
    }
    for (let at = 0; at + 1 < line.length; at += 2) {
      const first = line[at] ?? 0;
      const second = line[at + 1] ?? 0;
      const from = corners[first];
      const to = corners[second];
      if (from === undefined || to === undefined) continue;
      from.across = second;
      to.across = first;
    }
  }
}

function ringsOf(corners: readonly TracedCorner[]): readonly (readonly Corner[])[] {
  const rings: Corner[][] = [];
  const isTaken = new Uint8Array(corners.length);
  for (let start = 0; start < corners.length; start += 1) {
    if (isTaken[start] === 1) continue;
    const ring: Corner[] = [];
    // Each ring is met at the top of its leftmost edge.
    let at = corners[start]?.isSetLeft === true ? start : start + 1;
    while (isTaken[at] === 0) {
      const corner = corners[at];
      const opposite = corner === undefined ? undefined : corners[corner.along];
      if (corner === undefined || opposite === undefined) break;
      isTaken[at] = 1;
      isTaken[corner.along] = 1;
      ring.push({ x: corner.x, y: corner.y }, { x: opposite.x, y: opposite.y });
      at = opposite.across;
    }
    rings.push(ring);
  }
  return rings;
}
