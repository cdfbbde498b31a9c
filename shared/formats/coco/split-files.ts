import type { Split } from '../../schema/dataset-version';
import type { DatasetImage, DatasetSink } from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { imageJson, VideoIds } from '../parts/coco/image-json';
import type { CocoWriteChoices } from './coco-options';
import { annotationPath, labelPath } from './coco-paths';

interface ObjectFile {
  readonly file: BufferedFile;
  readonly videos: VideoIds;
  images: number;
  annotations: number;
}

interface LabelFile {
  readonly file: BufferedFile;
  readonly videos: VideoIds;
  readonly taggedImages: Set<number>;
  annotations: number;
  images: number;
}

const HEAD = '{"info":{"description":"Written by Groundmark","pixel_frame":"displayed"},"licenses":[],\n';

/** The files of a write: one a split for objects, and one beside it for tags where there are any. */
export class SplitFiles {
  readonly #sink: DatasetSink;
  readonly #choices: CocoWriteChoices;
  readonly #files = new Map<Split | null, ObjectFile>();
  readonly #labelFiles = new Map<Split | null, LabelFile>();

  constructor(sink: DatasetSink, choices: CocoWriteChoices) {
    this.#sink = sink;
    this.#choices = choices;
  }

  get hasTags(): boolean {
    return this.#labelFiles.size > 0;
  }

  async writeImage(image: DatasetImage): Promise<void> {
    const open = this.#files.get(image.split) ?? (await this.#open(image.split));
    open.images += 1;
    const flushed = open.file.write(
      `${open.images === 1 ? '\n' : ',\n'}${imageJson(open.images, image, open.videos)}`,
    );
    if (flushed !== undefined) await flushed;
  }

  async beginAnnotations(): Promise<void> {
    if (this.#files.size === 0) await this.#open(null);
    for (const { file, videos } of this.#files.values())
      await file.write(`\n]${videos.json()},\n"annotations":[`);
  }

  /** @param json makes the annotation of its id in its file, from 1. */
  writeAnnotation(split: Split | null, json: (id: number) => string): void | Promise<void> {
    const open = this.#files.get(split);
    if (open === undefined) return undefined;
    open.annotations += 1;
    return open.file.write((open.annotations === 1 ? '\n' : ',\n') + json(open.annotations));
  }

  async writeTag(split: Split | null, imageId: number, json: (id: number) => string): Promise<void> {
    const open = this.#labelFiles.get(split) ?? (await this.#openLabels(split));
    open.annotations += 1;
    open.taggedImages.add(imageId);
    await open.file.write((open.annotations === 1 ? '\n' : ',\n') + json(open.annotations));
  }

  async beginTaggedImages(): Promise<void> {
    for (const { file } of this.#labelFiles.values()) await file.write('\n],\n"images":[');
  }

  async writeTaggedImage(image: DatasetImage, imageId: number): Promise<void> {
    const open = this.#labelFiles.get(image.split);
    if (open?.taggedImages.has(imageId) !== true) return;
    open.images += 1;
    await open.file.write(`${open.images === 1 ? '\n' : ',\n'}${imageJson(imageId, image, open.videos)}`);
  }

  /** @param categories the JSON of each class, with its keypoints or without. */
  async end(categories: (withKeypoints: boolean) => readonly string[]): Promise<void> {
    for (const { file } of this.#files.values()) {
      await file.write(`\n],\n"categories":[\n${categories(true).join(',\n')}\n]}\n`);
      await file.close();
    }
    for (const { file, videos } of this.#labelFiles.values()) {
      await file.write(`\n]${videos.json()},\n"categories":[\n${categories(false).join(',\n')}\n]}\n`);
      await file.close();
    }
  }

  async #open(split: Split | null): Promise<ObjectFile> {
    const file = await openBuffered(this.#sink, annotationPath(split, this.#choices));
    const open = { file, videos: new VideoIds(), images: 0, annotations: 0 };
    this.#files.set(split, open);
    await file.write(`${HEAD}"images":[`);
    return open;
  }

  async #openLabels(split: Split | null): Promise<LabelFile> {
    const file = await openBuffered(this.#sink, labelPath(split, this.#choices));
    const open = { file, videos: new VideoIds(), taggedImages: new Set<number>(), annotations: 0, images: 0 };
    this.#labelFiles.set(split, open);
    await file.write(`${HEAD}"annotations":[`);
    return open;
  }
}
