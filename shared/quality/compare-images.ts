import type { DatasetImage } from '../formats/format';
import { areSame, attributesInWords, type Ignorable } from './compare-details';

export const IMAGE_KINDS = [
  'stateChanged',
  'splitChanged',
  'sizeChanged',
  'imageAttributesChanged',
  'frameChanged',
] as const;

export interface ImageDifference {
  readonly kind: (typeof IMAGE_KINDS)[number];
  readonly description: string;
}

/** Stored and displayed sizes are whole px; a size that rounds to the same is the same. */
const SIZE_TOLERANCE_IN_IMAGE_PX = 0.5;

/** In what two images of one key differ beside their annotations. A size that one side does not know differs from none. */
export function imageDifferences(
  a: DatasetImage,
  b: DatasetImage,
  ignores: ReadonlySet<Ignorable> = new Set(),
): readonly ImageDifference[] {
  const found: ImageDifference[] = [];
  const add = (kind: ImageDifference['kind'], before: string, after: string) => {
    found.push({ kind, description: `${before} became ${after}` });
  };
  // In progress and labelled differ in the app alone: no exchange format knows work in progress.
  const isEmptyInA = a.state === 'confirmedEmpty';
  if (isEmptyInA !== (b.state === 'confirmedEmpty') && !(isEmptyInA && ignores.has('emptyImages'))) {
    add('stateChanged', a.state, b.state);
  }
  if (a.split !== b.split && !ignores.has('splits')) {
    add('splitChanged', a.split ?? 'no split', b.split ?? 'no split');
  }
  if (!ignores.has('imageAttributes') && !areSame(a.attributes, b.attributes)) {
    add('imageAttributesChanged', attributesInWords(a.attributes), attributesInWords(b.attributes));
  }
  if (!ignores.has('frames') && frameInWords(a) !== frameInWords(b)) {
    add('frameChanged', frameInWords(a), frameInWords(b));
  }
  if (a.size === null || b.size === null || ignores.has('sizes')) return found;
  const error = Math.max(Math.abs(a.size.width - b.size.width), Math.abs(a.size.height - b.size.height));
  if (error > SIZE_TOLERANCE_IN_IMAGE_PX) {
    add('sizeChanged', `${a.size.width} × ${a.size.height}`, `${b.size.width} × ${b.size.height} px`);
  }
  return found;
}

function frameInWords({ frame }: DatasetImage): string {
  if (frame === undefined) return 'no frame';
  const at = frame.timestampInMs === undefined ? '' : ` at ${frame.timestampInMs} ms`;
  return `frame ${frame.index} of "${frame.sequence}"${at}`;
}
