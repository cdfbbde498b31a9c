import type { Size } from '../../geometry/rect';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { MaskShape } from '../../schema/shapes';
import { LARGEST_SIDE } from '../../schema/shapes/mask';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { chosen } from '../format-options';
import { keyFromFileName } from '../parts/dataset-key';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { isPicturePath, withoutExtension } from '../parts/picture-index';
import { WRITE_KIND } from './mask-options';
import { classMaskWriter } from './write-class-masks';
import { objectMaskWriter } from './write-object-masks';

/** An annotation whose shape is pixels. */
export type MaskAnnotation = DatasetAnnotation & { readonly shape: MaskShape };

export interface ImageToWrite {
  readonly image: DatasetImage;
  readonly size: Size;
  readonly maskPath: string;
  readonly masks: readonly MaskAnnotation[];
}

/** Writes what is given to it; `close` ends all files. */
export interface MaskWriter {
  /** How many annotations were written. */
  write(image: ImageToWrite): Promise<number>;
  close(): Promise<readonly string[]>;
}

/** Decoders refuse more; see `decodePng`. */
const MOST_PIXELS = 300_000_000;

/** `masks/<name>.png` for pictures that belong at `images/<key>`, as class masks or as instance masks. */
export async function writeMasks(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing masks'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const tally = createLossTally(context?.onLoss);
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const classes = new Set(labels.map((label) => label.classIndex));
  const isByClass = chosen(WRITE_KIND, context?.options ?? {}) === 'class';
  const writer = isByClass
    ? await classMaskWriter(sink, labels, tally)
    : await objectMaskWriter(sink, labels, tally);
  const leftOutImages: string[] = [];
  const taken = new Set<string>();
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const maskPath = `masks/${withoutExtension(image.key)}.png`;
    const fault = faultOf(image, maskPath, taken);
    if (fault !== null) {
      tally.add(fault.code, image.key, fault.message);
      if (image.state !== 'unlabelled') leftOutImages.push(image.key);
      continue;
    }
    taken.add(maskPath);
    const size = roundedSize(image.size ?? { width: 1, height: 1 });
    const masks = ofImage.filter((annotation): annotation is MaskAnnotation =>
      isKept(annotation, classes, tally),
    );
    annotations += await writer.write({ image, size, maskPath, masks });
    images += 1;
  }
  const notes = await writer.close();
  return { images, annotations, ...tally.report(), leftOutImages, notes };
}

function roundedSize({ width, height }: Size): Size {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}

function isKept(annotation: DatasetAnnotation, classes: ReadonlySet<number>, tally: LossTally): boolean {
  const { shape, classIndex, imageKey } = annotation;
  if (shape.type !== 'mask') {
    tally.add(
      'unsupported-shape',
      imageKey,
      `A ${shape.type} in ${imageKey} was left out: mask files hold masks only.`,
    );
    return false;
  }
  if (!classes.has(classIndex)) {
    tally.add(
      'unknown-class',
      imageKey,
      `An annotation in ${imageKey} has class ${classIndex}, which the label list does not name; it was left out.`,
    );
    return false;
  }
  return true;
}

/** What ends a line of a list for some reader. */
const ENDS_A_LINE = /[\p{Cc}\u2028\u2029]/u;

function faultOf(
  image: DatasetImage,
  maskPath: string,
  taken: ReadonlySet<string>,
): { readonly code: string; readonly message: string } | null {
  const { key, size, state } = image;
  if (state === 'unlabelled') {
    return {
      code: 'unlabelled-image-left-out',
      message: `${key} is not labelled yet; a trainer would take its mask for background, so it was left out.`,
    };
  }
  if (ENDS_A_LINE.test(key) || !isPicturePath(key) || keyFromFileName(key)?.key !== key) {
    return {
      code: 'image-name-unusable',
      message: `${JSON.stringify(key)} cannot stand in a list of pictures; the image was left out. Rename it.`,
    };
  }
  if (taken.has(maskPath)) {
    return {
      code: 'label-file-clash',
      message: `${key} would share ${maskPath} with another picture of the same name and another extension; it was left out. Rename one of them.`,
    };
  }
  if (size === null) {
    return {
      code: 'image-size-unknown',
      message: `The size of ${key} is not known, and a mask has the size of its picture; the image was left out.`,
    };
  }
  const { width, height } = roundedSize(size);
  if (width > LARGEST_SIDE || height > LARGEST_SIDE || width * height > MOST_PIXELS) {
    return {
      code: 'image-too-large',
      message: `${key} is too large for a mask of its size; it was left out.`,
    };
  }
  return null;
}
