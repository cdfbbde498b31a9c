import type { Size } from '../geometry/rect';
import type { Result } from '../result/result';
import type { ImageState } from '../schema/annotation';
import type { Split } from '../schema/dataset-version';
import type { AttributeValue } from '../schema/label-schema';
import type { Shape, ShapeType } from '../schema/shapes';

/** A class as a dataset file knows it; `classIndex` is 0-based and permanent. */
export interface DatasetLabel {
  readonly classIndex: number;
  readonly name: string;
  readonly supercategory: string | null;
}

export interface DatasetImage {
  /** POSIX path relative to the dataset's image root, e.g. `day/0001.jpg`. Identifies the image in its dataset. */
  readonly key: string;
  /** Displayed size in image px, or null when the format does not say and the file was not at hand. */
  readonly size: Size | null;
  readonly split: Split | null;
  /** `confirmedEmpty` and `unlabelled` differ: the first is written as a negative, the second is left out where a format can. */
  readonly state: ImageState;
}

export interface DatasetAnnotation {
  readonly imageKey: string;
  readonly classIndex: number;
  /** Image px, displayed frame. */
  readonly shape: Shape;
  readonly isCrowd: boolean;
  /** Attribute values by name. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly score: number | null;
}

/** Something in the input that was not taken as it stands, with its place and what was done. */
export interface DatasetProblem {
  readonly severity: 'error' | 'warning';
  /** Kebab-case and stable, e.g. `box-outside-image`. */
  readonly code: string;
  /** What, where, how to mend. */
  readonly message: string;
  readonly path: string;
  readonly line: number | null;
}

/**
 * A dataset flows as events so that memory does not grow with it. All labels come before the first image; each image comes
 * directly before all of its annotations, and once.
 */
export type DatasetEvent =
  | { readonly type: 'label'; readonly label: DatasetLabel }
  | { readonly type: 'image'; readonly image: DatasetImage }
  | { readonly type: 'annotation'; readonly annotation: DatasetAnnotation }
  | { readonly type: 'problem'; readonly problem: DatasetProblem };

/** Something below a folder that could not be looked into, so that what is in it is not in the dataset. */
export interface UnseenPath {
  readonly path: string;
  readonly reason: 'unreadable' | 'leads-out' | 'too-deep' | 'too-many' | 'bad-name';
}

/** What a format may ask of the place it reads from; paths are POSIX and relative, never outside it. */
export interface DatasetFolder {
  /** Every file below, sorted by path in code-unit order. */
  list(): Promise<readonly { readonly path: string; readonly byteSize: number }[]>;
  /** What `list` had to pass over; absent where nothing ever is. */
  unseen?(): Promise<readonly UnseenPath[]>;
  /** A file's text, refused with `file.too-large` beyond `maxBytes`. */
  readText(path: string, maxBytes: number): Promise<Result<string>>;
  /** A file's text in chunks of at most about 1 MB; throws an AppError when reading fails midway. */
  streamText(path: string): AsyncIterable<string>;
  /** Displayed size of an image file, null when it cannot be told. */
  imageSize(path: string): Promise<Size | null>;
}

/** What a format may ask of the place it writes to. Nothing is visible at the destination until the whole write succeeded. */
export interface DatasetSink {
  open(path: string): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>;
}

/** Replayable: writers may need more than one pass, and holding the dataset in memory is not allowed. */
export interface DatasetSource {
  labels(): AsyncIterable<DatasetLabel>;
  images(): AsyncIterable<DatasetImage>;
  /** Grouped by image, images in the same order as `images()`; within an image in drawing order. */
  annotationsByImage(): AsyncIterable<{
    readonly image: DatasetImage;
    readonly annotations: readonly DatasetAnnotation[];
  }>;
}

/** What a format does to what it is given: kept as is, kept with a change, or not kept. */
export type Fidelity = 'exact' | 'rounded' | 'lossy' | 'dropped';

export interface FidelityTable {
  readonly shapes: Readonly<Record<ShapeType, Fidelity>>;
  readonly attributes: Fidelity;
  readonly isCrowd: Fidelity;
  readonly emptyImages: Fidelity;
  readonly splits: Fidelity;
  readonly classIndex: Fidelity;
  /** Largest coordinate error in image px that a written and read box may have, for a picture of 10,000 px a side. */
  readonly coordinateErrorInImagePx: number;
}

export interface Detection {
  /** 0 (certainly not) to 1 (certainly). */
  readonly confidence: number;
  /** For a person: why, or why not. */
  readonly reasons: readonly string[];
}

export interface WriteReport {
  readonly images: number;
  readonly annotations: number;
  /** Everything that was dropped, clipped or rounded beyond the table's error, counted by code, with samples. */
  readonly losses: readonly DatasetProblem[];
  readonly lossCountByCode: Readonly<Record<string, number>>;
  /** Keys of labelled or confirmed-empty images that could not be written: their pictures must not lie among the others. */
  readonly leftOutImages?: readonly string[];
  /** What a person should know though nothing was lost, a sentence each. */
  readonly notes?: readonly string[];
}

/** One dataset format. Unknown or damaged input never throws: it ends as `problem` events or a low confidence. */
export interface DatasetFormat {
  /** Kebab-case, never changes once shipped. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly fidelity: FidelityTable;
  detect(folder: DatasetFolder): Promise<Detection>;
  read(folder: DatasetFolder): AsyncIterable<DatasetEvent>;
  write(source: DatasetSource, sink: DatasetSink): Promise<Result<WriteReport>>;
}
