import type { DatasetEvent, DatasetFolder, DatasetImage } from '../../format';
import { createPictureIndex, type PictureIndex } from '../picture-index';
import type { CocoScan } from './scan-coco-file';

/** What annotations need to know of the picture they lie in. */
export interface CocoPicture {
  readonly key: string;
  /** Image px; 0 when the file does not say. */
  readonly width: number;
  readonly height: number;
  /** In a sequence, where ids of objects mean the same object throughout. */
  readonly isFrame: boolean;
}

/** Looks up the sizes of pictures that a file is silent about; the folder is listed when the first one is asked for. */
export function pictureSizes(folder: DatasetFolder): (key: string) => Promise<DatasetImage['size']> {
  let pictures: PictureIndex | null = null;
  return async (key) => {
    pictures ??= createPictureIndex((await folder.list()).map((file) => file.path));
    const path = pictures.find(key);
    return path === null ? null : folder.imageSize(path);
  };
}

/** The image events of one file, in the order of "images"; each is given once. */
export class ImageEvents {
  readonly #scan: CocoScan;
  readonly #sizeOf: (key: string) => Promise<DatasetImage['size']>;
  readonly #isGiven: Uint8Array;
  readonly #positionBySlot: Int32Array;
  #cursor = 0;
  #leftCursor = 0;

  constructor(scan: CocoScan, sizeOf: (key: string) => Promise<DatasetImage['size']>) {
    this.#scan = scan;
    this.#sizeOf = sizeOf;
    this.#isGiven = new Uint8Array(scan.images.listed.length);
    this.#positionBySlot = new Int32Array(scan.images.keys.length).fill(-1);
    scan.images.listed.forEach((slot, position) => {
      this.#positionBySlot[slot] = position;
    });
  }

  get count(): number {
    return this.#scan.images.listed.length;
  }

  /** -1 for a slot that "images" does not list. */
  positionOf(slot: number): number {
    return this.#positionBySlot[slot] ?? -1;
  }

  slotAt(position: number): number {
    return this.#scan.images.listed[position] ?? -1;
  }

  annotationCountAt(position: number): number {
    return this.#scan.images.annotationCounts[this.slotAt(position)] ?? 0;
  }

  isGiven(position: number): boolean {
    return this.#isGiven[position] === 1;
  }

  pictureAt(position: number): CocoPicture {
    const { keys, widths, heights, extras } = this.#scan.images;
    const slot = this.slotAt(position);
    return {
      key: keys[slot] ?? '',
      width: widths[slot] ?? 0,
      height: heights[slot] ?? 0,
      isFrame: extras.get(slot)?.videoId != null,
    };
  }

  /** @param state where it is not told by whether this file has annotations of the image. */
  async at(position: number, state?: DatasetImage['state']): Promise<DatasetEvent> {
    this.#isGiven[position] = 1;
    const { images, videos, file } = this.#scan;
    const { key, width, height } = this.pictureAt(position);
    const extras = images.extras.get(this.slotAt(position));
    const image: DatasetImage = {
      key,
      size: width > 0 && height > 0 ? { width, height } : await this.#sizeOf(key),
      split: file.split,
      state: state ?? this.#stateAt(position),
    };
    if (extras === undefined) return { type: 'image', image };
    const { attributes, videoId, frameIndex, timestampInMs } = extras;
    return {
      type: 'image',
      image: {
        ...image,
        ...(attributes === null ? {} : { attributes }),
        ...(videoId === null
          ? {}
          : {
              frame: {
                sequence: videos.get(videoId) ?? String(videoId),
                index: frameIndex,
                ...(timestampInMs === null ? {} : { timestampInMs }),
              },
            }),
      },
    };
  }

  #stateAt(position: number): DatasetImage['state'] {
    if (this.annotationCountAt(position) > 0) return 'labelled';
    return this.#scan.isAboutAnnotations ? 'confirmedEmpty' : 'unlabelled';
  }

  /** The next image before `position` that has not been given and of which this file has no annotations; -1 for none. */
  nextEmptyBefore(position: number): number {
    for (; this.#cursor < position; this.#cursor += 1) {
      if (this.annotationCountAt(this.#cursor) === 0 && !this.isGiven(this.#cursor)) return this.#cursor;
    }
    return -1;
  }

  /** The next image that has not been given, whatever was counted of it; -1 when all are. */
  nextLeft(): number {
    while (this.#leftCursor < this.count && this.isGiven(this.#leftCursor)) this.#leftCursor += 1;
    return this.#leftCursor < this.count ? this.#leftCursor : -1;
  }
}
