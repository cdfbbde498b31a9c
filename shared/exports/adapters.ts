import type { ImageWithAnnotations } from '../formats/events-to-images';
import type { DatasetAnnotation, DatasetImage, FidelityTable } from '../formats/format';
import type { LossTally } from '../formats/parts/loss-tally';
import { shapeDifference } from '../shapes/shape-difference';
import { clampedShape, liesInside } from './clamped-shape';
import { shapeInStoredFrame, storedSize } from './exif-frame';
import { type ConversionReach, heldKinds, heldShape, kindInWords } from './held-shape';
import { roundedShape } from './rounded-shape';

/** One image with its annotations on its way into a format; what is lost is counted. Pure, so that passes agree. */
export type ExportAdapter = (image: ImageWithAnnotations, tally: LossTally) => ImageWithAnnotations;

/** A shape that is made anew, or null when it is left out. Says itself what was lost. */
type ShapeAdapter = (annotation: DatasetAnnotation, image: DatasetImage) => DatasetAnnotation | null;

/** Images lose their splits. */
export const withoutSplit: ExportAdapter = ({ image, annotations }, tally) => {
  if (image.split === null) return { image, annotations };
  tally.add('split-dropped', image.key, `${image.key} was in ${image.split}; splits were not wanted.`);
  return { image: { ...image, split: null }, annotations };
};

/** Images that nobody has looked at are said to hold nothing, or what they hold. */
export const unlabelledAsEmpty: ExportAdapter = ({ image, annotations }, tally) => {
  if (image.state !== 'unlabelled') return { image, annotations };
  if (annotations.length === 0) {
    tally.add(
      'unlabelled-as-empty',
      image.key,
      `${image.key} is not labelled yet and was written as holding nothing, as was wanted.`,
    );
  }
  return {
    image: { ...image, state: annotations.length === 0 ? 'confirmedEmpty' : 'labelled' },
    annotations,
  };
};

/** Shapes that the format does not hold become the nearest kind that it does, or are left out. */
export function heldShapes(
  format: { readonly title: string; readonly fidelity: FidelityTable },
  reach: ConversionReach,
): ExportAdapter {
  const { shapes: holds } = format.fidelity;
  return (given, tally) =>
    withShapes(given, tally, (annotation, { key, size }) => {
      const { shape } = annotation;
      if (holds[shape.type] !== 'dropped') return annotation;
      const kind = kindInWords(shape.type);
      const made = heldShape(shape, holds, size, reach);
      if (made === null) {
        const hint =
          heldKinds(shape.type, holds, 'all').length === 0
            ? 'nor a kind that it could become'
            : 'Have all shapes converted to keep something of it';
        tally.add(
          'unsupported-shape',
          key,
          `A ${kind} in ${key} was left out: ${format.title} does not hold such shapes${hint.startsWith('nor') ? `, ${hint}` : `. ${hint}`}.`,
        );
        return null;
      }
      tally.add(
        'shape-converted',
        key,
        `A ${kind} in ${key} became a ${kindInWords(made.shape.type)}; lost: ${made.lost ?? 'nothing'}.`,
      );
      return { ...annotation, shape: made.shape };
    });
}

/** Shapes that leave their picture are cut at its edge. */
export function clipped(holds: FidelityTable['shapes']): ExportAdapter {
  return (given, tally) => {
    if (isSizeUnknown(given, tally)) return given;
    return withShapes(given, tally, (annotation, { key, size }) => {
      const { shape } = annotation;
      if (size === null || liesInside(shape, size)) return annotation;
      const inside = clampedShape(shape, size, holds);
      const kind = kindInWords(shape.type);
      if (inside === null) {
        tally.add('shape-outside-image', key, `A ${kind} lies outside of ${key} and was left out.`);
        return null;
      }
      const became = inside.type === shape.type ? '' : ` and became a ${kindInWords(inside.type)}`;
      tally.add('shape-clipped', key, `A ${kind} reached out of ${key}; it was cut at the edge${became}.`);
      return { ...annotation, shape: inside };
    });
  };
}

/** Shapes that leave their picture are left out. */
export const withoutOutside: ExportAdapter = (given, tally) => {
  if (isSizeUnknown(given, tally)) return given;
  return withShapes(given, tally, (annotation, { key, size }) => {
    if (size === null || liesInside(annotation.shape, size)) return annotation;
    const kind = kindInWords(annotation.shape.type);
    tally.add('shape-outside-image', key, `A ${kind} reaches out of ${key} and was left out.`);
    return null;
  });
};

/** Coordinates of the picture as it is stored, for tools that ignore EXIF. */
export const inStoredFrame: ExportAdapter = (given, tally) => {
  const { image, annotations } = given;
  const { key, size, exifOrientation } = image;
  if (exifOrientation === 1) return given;
  if (exifOrientation === undefined || size === null) {
    tally.add(
      'orientation-unknown',
      key,
      `How ${key} is stored is not known, so its coordinates stay those of the displayed picture. Let the pictures be found beside the labels.`,
    );
    return given;
  }
  return {
    image: { ...image, size: storedSize(exifOrientation, size) },
    annotations: annotations.map((annotation) => ({
      ...annotation,
      shape: shapeInStoredFrame(annotation.shape, exifOrientation, size),
    })),
  };
};

/** Coordinates with fewer decimals. */
export function roundedTo(decimals: number): ExportAdapter {
  return ({ image, annotations }, tally) => ({
    image,
    annotations: annotations.map((annotation) => {
      const shape = roundedShape(annotation.shape, decimals);
      const difference = shapeDifference(annotation.shape, shape);
      if (difference === 0) return annotation;
      tally.add(
        'shape-rounded',
        image.key,
        `A ${kindInWords(shape.type)} in ${image.key} moved by ${difference.toPrecision(1)} px when it was rounded.`,
      );
      return { ...annotation, shape };
    }),
  });
}

/**
 * Each annotation by itself. An image that loses its last one that way is written as not labelled, because a trainer
 * would take it for one that holds nothing.
 */
function withShapes(
  given: ImageWithAnnotations,
  tally: LossTally,
  adapted: ShapeAdapter,
): ImageWithAnnotations {
  const { image, annotations } = given;
  let isSame = true;
  const kept: DatasetAnnotation[] = [];
  for (const annotation of annotations) {
    const next = adapted(annotation, image);
    if (next !== annotation) isSame = false;
    if (next !== null) kept.push(next);
  }
  if (isSame) return given;
  if (kept.length > 0) return { image, annotations: kept };
  tally.add(
    'image-emptied',
    image.key,
    `Nothing that ${image.key} holds can be written, and it does not count as empty: it was left out.`,
  );
  return { image: { ...image, state: 'unlabelled' }, annotations: [] };
}

function isSizeUnknown({ image, annotations }: ImageWithAnnotations, tally: LossTally): boolean {
  if (image.size !== null) return false;
  if (annotations.some(({ shape }) => shape.type !== 'tag')) {
    tally.add(
      'image-size-unknown',
      image.key,
      `The size of ${image.key} is not known, so its shapes were not looked at for leaving it.`,
    );
  }
  return true;
}
