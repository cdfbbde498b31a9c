import type { Shape } from '../../schema/shapes';
import type { DatasetAnnotation, DatasetImage } from '../format';
import { cocoRleOfMask, isMaskInside, maskFromCocoRle } from '../parts/coco-rle';
import type { LossTally } from '../parts/loss-tally';
import { annotationExtrasRecord } from '../parts/records/annotation-record';
import { box3dOfAttributes } from './box3d-attributes';
import { OWN_KEY } from './own-key';

const HELD: ReadonlySet<Shape['type']> = new Set(['box', 'polygon', 'polyline', 'mask', 'tag']);

export function canHold({ shape }: DatasetAnnotation): boolean {
  return HELD.has(shape.type);
}

/** Attributes that Scalabel keeps somewhere else, so that another meaning of the name cannot stand there. */
const MEANINGFUL = ['crowd', 'score', 'ignored', 'manualShape', 'manualAttributes'];

/**
 * A label of Scalabel, or null for a mask that cannot be written, which is counted.
 * @param index of the label in its frame; its id where it is no track.
 */
export function labelJson(
  annotation: DatasetAnnotation,
  image: DatasetImage,
  category: string,
  index: number,
  tally: LossTally,
): string | null {
  const place = placeOf(annotation, image, tally);
  if (place === null) return null;
  const { attributes, isCrowd, score, trackId } = annotation;
  const space = box3dOfAttributes(attributes);
  const shown = Object.entries(attributes).filter(([name]) => space?.names.has(name) !== true);
  const isMeant = MEANINGFUL.some((name) => Object.hasOwn(attributes, name));
  const extras = annotationExtrasRecord(annotation);
  const isInVideo = image.frame !== undefined;
  const isTrack = isInVideo && trackId !== undefined;
  // In a video an id is a track. That this one is none, or that there is more to it than an id, must be said.
  const saysMore = Object.keys(extras).some((key) => key !== 'track_id' || !isInVideo);
  const hasOwn = saysMore || isInVideo !== isTrack || isMeant || place.whole !== undefined;
  const own = {
    ...extras,
    ...(isMeant ? { attributes, is_crowd: isCrowd } : {}),
    ...(place.whole === undefined ? {} : { shape: place.whole }),
  };
  return JSON.stringify({
    id: isTrack ? trackId : String(index),
    category,
    ...place.fields,
    ...(score === null ? {} : { score }),
    ...(shown.length === 0 && !isCrowd
      ? {}
      : { attributes: Object.fromEntries([...shown, ...(isCrowd ? [['crowd', true] as const] : [])]) }),
    ...(space === null ? {} : { box3d: space.box3d }),
    ...(hasOwn ? { [OWN_KEY]: own } : {}),
  });
}

interface Place {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The shape itself, where the fields do not say all of it. */
  readonly whole?: Shape;
}

function placeOf(
  { shape, imageKey }: DatasetAnnotation,
  { size }: DatasetImage,
  tally: LossTally,
): Place | null {
  switch (shape.type) {
    case 'box': {
      const { x, y, width, height } = shape;
      return { fields: { box2d: { x1: x, y1: y, x2: x + width, y2: y + height } } };
    }
    case 'polyline':
      return { fields: { poly2d: [outline(shape.points, false)] } };
    case 'polygon': {
      const poly2d = shape.parts.map(({ exterior }) => outline(exterior, true));
      if (shape.parts.every(({ holes }) => holes.length === 0)) return { fields: { poly2d } };
      tally.add(
        'holes-filled',
        imageKey,
        `A polygon in ${imageKey} has holes, which BDD100K does not know: other programs see them filled.`,
      );
      return { fields: { poly2d }, whole: shape };
    }
    case 'mask': {
      if (size === null) {
        tally.add(
          'image-size-unknown',
          imageKey,
          `The size of ${imageKey} is not known, and a mask is written as runs of the whole picture; it was left out.`,
        );
        return null;
      }
      const rle = cocoRleOfMask(shape, size);
      if (isMaskInside(shape, size)) return { fields: { rle } };
      if (maskFromCocoRle(rle) === 'empty') {
        tally.add(
          'mask-outside-image',
          imageKey,
          `A mask lies outside ${imageKey} as a whole; it was left out.`,
        );
        return null;
      }
      tally.add(
        'mask-clipped',
        imageKey,
        `A mask in ${imageKey} reaches out of the picture; that was cut off.`,
      );
      return { fields: { rle } };
    }
    default:
      return { fields: {} };
  }
}

function outline(points: readonly { readonly x: number; readonly y: number }[], closed: boolean) {
  return { vertices: points.map(({ x, y }) => [x, y]), types: 'L'.repeat(points.length), closed };
}
