import type { MaskShape, PolygonPart, PolygonShape, Vertex } from '../../schema/shapes';
import { MAX_VERTICES } from '../../schema/shapes/coordinate';
import { MAX_RINGS } from '../../schema/shapes/polygon';
import type { CocoPicture } from '../parts/coco/image-events';
import { maskFromCocoRle } from '../parts/coco-rle';
import { isRecord } from '../parts/json/json-values';
import { openRing, vertexFrom } from '../parts/vertices';

export interface SegmentationFault {
  /** Kebab-case. */
  readonly code: string;
  /** To follow `annotations[3] of a.json`. */
  readonly reason: string;
}

export interface ParsedSegmentation {
  /** Null when nothing of it can be used. */
  readonly shape: PolygonShape | MaskShape | null;
  readonly fault: SegmentationFault | null;
  /** True when uncompressed runs end before the last pixel, which pycocotools allows. */
  readonly isShort: boolean;
}

/** Null for what says nothing: missing, null, or an empty list, which is how a box without outline is written. */
export function parseSegmentation(value: unknown, picture: CocoPicture): ParsedSegmentation | null {
  if (Array.isArray(value)) return value.length === 0 ? null : polygonFrom(value);
  if (isRecord(value)) return maskFrom(value, picture);
  if (value === undefined || value === null) return null;
  return failed('coco-bad-segmentation', 'has a "segmentation" that is neither a list nor RLE');
}

function failed(code: string, reason: string): ParsedSegmentation {
  return { shape: null, fault: { code, reason }, isShort: false };
}

/** `[[x, y, x, y, …], …]`, each list an outline of its own; a single one may stand without the outer list. */
function polygonFrom(lists: readonly unknown[]): ParsedSegmentation {
  const rings = typeof lists[0] === 'number' ? [lists] : lists;
  if (rings.length > MAX_RINGS) {
    return failed('coco-bad-segmentation', `has more than ${MAX_RINGS} outlines in "segmentation"`);
  }
  const parts: PolygonPart[] = [];
  let fault: SegmentationFault | null = null;
  for (const [index, numbers] of rings.entries()) {
    const ring = ringFrom(numbers);
    if (typeof ring !== 'string') parts.push({ exterior: ring, holes: [] });
    else {
      fault ??= {
        code: 'coco-bad-segmentation',
        reason: `has an outline (segmentation[${index}]) that ${ring}`,
      };
    }
  }
  return { shape: parts.length > 0 ? { type: 'polygon', parts } : null, fault, isShort: false };
}

/** The vertices, or what is wrong with them. */
function ringFrom(numbers: unknown): readonly Vertex[] | string {
  if (!Array.isArray(numbers)) return 'is no list of numbers';
  const { length } = numbers;
  if (length % 2 === 1) return `has an odd number of numbers (${length})`;
  if (length < 6) return `has ${length / 2} points; an outline needs three`;
  if (length > 2 * MAX_VERTICES) return `has more than ${MAX_VERTICES} points`;
  const vertices: Vertex[] = [];
  for (let at = 0; at < length; at += 2) {
    const vertex = vertexFrom(numbers[at], numbers[at + 1]);
    if (vertex === null) return `has no usable coordinates at ${at} and ${at + 1}`;
    vertices.push(vertex);
  }
  return openRing(vertices);
}

function maskFrom(value: Readonly<Record<string, unknown>>, picture: CocoPicture): ParsedSegmentation {
  const { size } = value;
  if (Array.isArray(size) && picture.width > 0 && picture.height > 0) {
    if (size[0] !== picture.height || size[1] !== picture.width) {
      const given = `${shownSide(size[1])} × ${shownSide(size[0])}`;
      return failed(
        'coco-mask-size',
        `has a mask of a picture of ${given} px, but its picture has ${picture.width} × ${picture.height}`,
      );
    }
  }
  const { counts, isShort } = paddedCounts(value.counts, size);
  const mask = maskFromCocoRle({ counts, size });
  if (mask === 'empty') return failed('coco-empty-mask', 'has a mask that sets no pixel');
  return mask === null
    ? failed('coco-bad-mask', 'has a mask whose run lengths do not fill its "size"')
    : { shape: mask, fault: null, isShort };
}

function shownSide(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value;
}

/** Lengths of runs that end early are filled up; what else is wrong with them is judged by the decoder. */
function paddedCounts(
  counts: unknown,
  size: unknown,
): { readonly counts: unknown; readonly isShort: boolean } {
  if (!Array.isArray(counts) || !Array.isArray(size)) return { counts, isShort: false };
  let total = 0;
  for (const length of counts as readonly unknown[])
    total += typeof length === 'number' ? length : Number.NaN;
  const rest = Number(size[0]) * Number(size[1]) - total;
  if (!(rest > 0)) return { counts, isShort: false };
  // The last run may be of set pixels; then the rest is a run of its own, else it makes the last one longer.
  const filled =
    counts.length % 2 === 0 ? [...counts, rest] : [...counts.slice(0, -1), Number(counts.at(-1)) + rest];
  return { counts: filled, isShort: true };
}
