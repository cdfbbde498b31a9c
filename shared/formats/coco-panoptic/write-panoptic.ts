import type { Size } from '../../geometry/rect';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { categoryJson } from '../parts/coco/category-json';
import { isThing, withoutIsThing } from '../parts/coco/coco-categories';
import { detailsJson } from '../parts/coco/details-json';
import { imageJson, VideoIds } from '../parts/coco/image-json';
import { isWritable, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { withoutExtension } from '../parts/picture-index';
import { encodePng } from '../parts/png/encode-png';
import { type PaintedSegment, paintSegments } from './paint-segments';
import { colorsOfIds } from './segment-ids';

const TITLE = 'COCO panoptic';

/** Four bytes a pixel are held while it is painted, and three while it is encoded. */
const MOST_PIXELS = 100_000_000;

const isHeld = ({ shape }: DatasetAnnotation) => shape.type === 'mask' || shape.type === 'polygon';

interface SplitFile {
  readonly file: BufferedFile;
  readonly videos: VideoIds;
  /** PNG files that are taken. */
  readonly pngNames: Set<string>;
  images: number;
  annotations: number;
}

/** `annotations/panoptic_<split>.json` and `annotations/panoptic_<split>/<name>.png`, as the COCO project has them. */
export async function writePanoptic(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await new PanopticWriter(sink, createLossTally(context?.onLoss)).write(source));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing COCO panoptic'));
  }
}

class PanopticWriter {
  readonly #sink: DatasetSink;
  readonly #tally: LossTally;
  readonly #labels = new Map<number, DatasetLabel>();
  readonly #files = new Map<Split | null, SplitFile>();
  readonly #leftOutImages: string[] = [];

  constructor(sink: DatasetSink, tally: LossTally) {
    this.#sink = sink;
    this.#tally = tally;
  }

  async write(source: DatasetSource): Promise<WriteReport> {
    for await (const label of source.labels()) this.#labels.set(label.classIndex, label);
    let images = 0;
    for await (const image of source.images()) {
      if (image.state === 'unlabelled') continue;
      if (wholeSize(image) === null) this.#leaveOut(image);
      else {
        images += 1;
        await this.#writeImage(image);
      }
    }
    if (this.#files.size === 0) await this.#open(null);
    for (const { file, videos } of this.#files.values())
      await file.write(`\n]${videos.json()},\n"annotations":[`);
    let annotations = 0;
    const imageIds = new Map<Split | null, number>();
    for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
      const size = wholeSize(image);
      if (image.state === 'unlabelled') tallyUnlabelled(this.#tally, image, ofImage, TITLE);
      else if (size === null) this.#tallyLeftOut(image, ofImage);
      else {
        // Images come in the same order in every pass, so counting again gives the ids of the first pass.
        const imageId = (imageIds.get(image.split) ?? 0) + 1;
        imageIds.set(image.split, imageId);
        annotations += await this.#writeSegments(image, size, imageId, ofImage);
      }
    }
    const categories = [...this.#labels.values()].map((label) =>
      categoryJson(withoutIsThing(label), label.skeleton ?? null, isThing(label)),
    );
    for (const { file } of this.#files.values()) {
      await file.write(`\n],\n"categories":[\n${categories.join(',\n')}\n]}\n`);
      await file.close();
    }
    return { images, annotations, ...this.#tally.report(), leftOutImages: this.#leftOutImages };
  }

  #leaveOut({ key, size }: DatasetImage): void {
    this.#leftOutImages.push(key);
    const why =
      size === null
        ? 'The size of % is not known, and a PNG needs one'
        : `% has ${size.width} × ${size.height} px, more than is painted`;
    this.#tally.add(
      size === null ? 'image-size-unknown' : 'image-too-large',
      key,
      `${why.replace('%', () => key)}; it was left out.`,
    );
  }

  #tallyLeftOut({ key }: DatasetImage, annotations: readonly DatasetAnnotation[]): void {
    for (const { classIndex } of annotations) {
      this.#tally.add(
        'annotation-left-out',
        key,
        `An annotation of class ${classIndex} lies in ${key}, which was left out.`,
      );
    }
  }

  async #writeImage(image: DatasetImage): Promise<void> {
    const open = this.#files.get(image.split) ?? (await this.#open(image.split));
    open.images += 1;
    await open.file.write(`${open.images === 1 ? '\n' : ',\n'}${imageJson(open.images, image, open.videos)}`);
  }

  async #writeSegments(
    image: DatasetImage,
    size: Size,
    imageId: number,
    annotations: readonly DatasetAnnotation[],
  ): Promise<number> {
    const open = this.#files.get(image.split);
    if (open === undefined) return 0;
    const writable = annotations.filter((one) => isWritable(this.#tally, one, TITLE, isHeld, this.#labels));
    const { ids, segments } = paintSegments(writable, size, this.#tally);
    const name = pngNameFor(image.key, open.pngNames);
    const png = await this.#sink.open(`annotations/panoptic_${image.split ?? 'default'}/${name}`);
    await png.write(encodePng({ ...size, channels: 3, samples: colorsOfIds(ids) }));
    await png.close();
    open.annotations += 1;
    await open.file.write(
      `${open.annotations === 1 ? '\n' : ',\n'}{"image_id":${imageId},"file_name":${JSON.stringify(name)},"segments_info":[${segments.map(segmentJson).join(',')}]}`,
    );
    return segments.length;
  }

  async #open(split: Split | null): Promise<SplitFile> {
    const file = await openBuffered(this.#sink, `annotations/panoptic_${split ?? 'default'}.json`);
    const open = { file, videos: new VideoIds(), pngNames: new Set<string>(), images: 0, annotations: 0 };
    this.#files.set(split, open);
    await file.write(
      '{"info":{"description":"Written by Groundmark","pixel_frame":"displayed"},"licenses":[],\n"images":[',
    );
    return open;
  }
}

/** The picture's size in whole px; null where none can be painted. */
function wholeSize({ size }: DatasetImage): Size | null {
  if (size === null) return null;
  const width = Math.max(1, Math.round(size.width));
  const height = Math.max(1, Math.round(size.height));
  return width * height > MOST_PIXELS ? null : { width, height };
}

/** `day/a.jpg` -> `day/a.png`; `day/a.jpg.png` where another picture of that name took it. */
function pngNameFor(key: string, taken: Set<string>): string {
  const plain = `${withoutExtension(key)}.png`;
  // Some disks do not tell capital letters apart.
  let name = taken.has(plain.toLowerCase()) ? `${key}.png` : plain;
  while (taken.has(name.toLowerCase())) name = `${name}.png`;
  taken.add(name.toLowerCase());
  return name;
}

function segmentJson({ annotation, id, bbox, area }: PaintedSegment): string {
  const { classIndex, isCrowd } = annotation;
  const box = [bbox.x, bbox.y, bbox.width, bbox.height].join(',');
  return `{"id":${id},"category_id":${classIndex + 1},"iscrowd":${isCrowd ? 1 : 0},"bbox":[${box}],"area":${area}${detailsJson(annotation, false)}}`;
}
