import type { Size } from '../geometry/rect';
import type { Result } from '../result/result';
import type { ImageState } from '../schema/annotation';
import type { Split } from '../schema/dataset-version';
import type { AttributeValue } from '../schema/label-schema';
import type { Shape, ShapeType } from '../schema/shapes';
import type { FormatOption, OptionValues } from './format-options';

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A question that a dataset's own schema asks of the annotations of a class (CVAT, Label Studio, Datumaro, Supervisely). */
export interface DatasetAttribute {
  readonly name: string;
  readonly kind: 'select' | 'checkbox' | 'number' | 'text';
  /** The answers of a `select`; empty for the others. */
  readonly options: readonly string[];
  readonly defaultValue: AttributeValue | null;
}

/** A class as a dataset file knows it; `classIndex` is 0-based and permanent. Optional parts are absent where a file is silent. */
export interface DatasetLabel {
  readonly classIndex: number;
  readonly name: string;
  readonly supercategory: string | null;
  /** `#rrggbb`, lower case. */
  readonly color?: string;
  /** Names of the joints of its skeletons, and which are joined (pairs of 0-based indexes). */
  readonly skeleton?: {
    readonly joints: readonly string[];
    readonly edges: readonly (readonly [number, number])[];
  };
  readonly attributes?: readonly DatasetAttribute[];
  /** The shapes that may carry it; absent or empty means any. */
  readonly allowedShapes?: readonly ShapeType[];
}

/** Where a picture stands in a sequence. */
export interface DatasetFrame {
  readonly sequence: string;
  /** 0-based, whatever the format counts from. */
  readonly index: number;
  readonly timestampInMs?: number;
}

export interface DatasetImage {
  /** POSIX path relative to the dataset's image root, e.g. `day/0001.jpg`. Identifies the image in its dataset. */
  readonly key: string;
  /** Displayed size in image px, or null when the format does not say and the file was not at hand. */
  readonly size: Size | null;
  readonly split: Split | null;
  /** `confirmedEmpty` and `unlabelled` differ: the first is written as a negative, the second is left out where a format can. */
  readonly state: ImageState;
  /** What is said of the picture as a whole beside its tags, e.g. `weather: rainy`. Absent: nothing. */
  readonly attributes?: Attributes;
  readonly frame?: DatasetFrame;
  /**
   * EXIF orientation of its file, 1 to 8, where the source knows it. Coordinates here are of the displayed picture all the
   * same; an export for tools that ignore EXIF turns them back by it. Formats neither read nor write it.
   */
  readonly exifOrientation?: number;
}

export interface DatasetAnnotation {
  readonly imageKey: string;
  readonly classIndex: number;
  /** Image px, displayed frame. */
  readonly shape: Shape;
  /** COCO's iscrowd, Open Images' IsGroupOf. */
  readonly isCrowd: boolean;
  /**
   * Attribute values by name. Flags that many formats know have one name each, whatever the format calls them:
   * `occluded`, `truncated`, `difficult` (true or false; KITTI's levels and fractions stay numbers).
   */
  readonly attributes: Attributes;
  /** 0 to 1. */
  readonly score: number | null;
  /** Annotations of one image with the same id belong together. Absent: alone. */
  readonly groupId?: string;
  /** The same object through the frames of a sequence. Absent: not tracked. */
  readonly trackId?: string;
  /** Of a tracked object: set by a person here, as against interpolated. Absent: true. */
  readonly isKeyframe?: boolean;
  /** Of a tracked object: it has left the picture. Absent: false. */
  readonly isOutside?: boolean;
  /** Free text about this object. Absent: nothing. */
  readonly note?: string;
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
  readonly reason:
    | 'unreadable'
    | 'leads-out'
    | 'too-deep'
    | 'too-many'
    | 'bad-name'
    // of archives alone
    | 'link'
    | 'duplicate'
    | 'encrypted'
    | 'compression'
    | 'bomb';
}

/** What a format may ask of the place it reads from (a folder, or a zip); paths are POSIX and relative, never outside it. */
export interface DatasetFolder {
  /** Every file below, sorted by path in code-unit order. */
  list(): Promise<readonly { readonly path: string; readonly byteSize: number }[]>;
  /** What `list` had to pass over; absent where nothing ever is. */
  unseen?(): Promise<readonly UnseenPath[]>;
  /** A file's text, refused with `file.too-large` beyond `maxBytes`. UTF-8, UTF-16 by its mark, or what an XML declaration names. */
  readText(path: string, maxBytes: number): Promise<Result<string>>;
  /** A file's text in chunks of at most about 1 MB; throws an AppError when reading fails midway. */
  streamText(path: string): AsyncIterable<string>;
  /** The first 64 KB of a file as text, '' when it cannot be read; remembered, because every format's detection asks. */
  head(path: string): Promise<string>;
  /** A file's bytes, refused with `file.too-large` beyond `maxBytes`. */
  readBytes(path: string, maxBytes: number): Promise<Result<Uint8Array>>;
  /** A file's bytes in chunks of at most about 1 MB; throws an AppError when reading fails midway. */
  streamBytes(path: string): AsyncIterable<Uint8Array>;
  /** The bytes from `start` up to but not including `end`, fewer where the file ends. */
  readRange(path: string, start: number, end: number): Promise<Result<Uint8Array>>;
  /** Displayed size of an image file, null when it cannot be told. */
  imageSize(path: string): Promise<Size | null>;
}

export interface DatasetFile {
  /** Text is written as UTF-8. */
  write(content: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** What a format may ask of the place it writes to. Nothing is visible at the destination until the whole write succeeded. */
export interface DatasetSink {
  open(path: string): Promise<DatasetFile>;
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

/** What a format does to what it is given: kept as is, kept with a rounding, kept in part, or not kept. */
export type Fidelity = 'exact' | 'rounded' | 'lossy' | 'dropped';

/** What a write with certain options, followed by a read, keeps. The conformance suite holds each format to it. */
export interface FidelityTable {
  /** By kind of shape: `exact` and `rounded` come back as the same kind, `lossy` as another or in part. */
  readonly shapes: Readonly<Record<ShapeType, Fidelity>>;
  /** Lossy kinds of which all of one class in a picture come back as one, e.g. the masks of a class. Absent: none. */
  readonly mergedShapes?: readonly ShapeType[];
  readonly attributes: Fidelity;
  readonly isCrowd: Fidelity;
  readonly score: Fidelity;
  readonly groups: Fidelity;
  readonly tracks: Fidelity;
  readonly notes: Fidelity;
  /** Images that were confirmed to hold nothing. */
  readonly emptyImages: Fidelity;
  readonly imageAttributes: Fidelity;
  readonly frames: Fidelity;
  readonly splits: Fidelity;
  /** `dropped` where only names are kept: a reader numbers them anew. */
  readonly classIndex: Fidelity;
  /** Names of classes that no annotation carries. */
  readonly unusedLabels: Fidelity;
  /** Largest coordinate error in image px that a written and read shape may have, for a picture of 10,000 px a side. */
  readonly coordinateErrorInImagePx: number;
  /** A sentence for each thing that a person should know and a cell cannot say, e.g. why a shape is lossy. */
  readonly remarks: readonly string[];
}

/** Something that the files do not tell and a person must: no default would be right often enough. */
export interface DetectionQuestion {
  /** One of the format's read options. */
  readonly optionId: string;
  readonly question: string;
}

export interface Detection {
  /** 0 (certainly not) to 1 (certainly). */
  readonly confidence: number;
  /** For a person: why, or why not. */
  readonly reasons: readonly string[];
  readonly questions?: readonly DetectionQuestion[];
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

/** What a write may be told beside the dataset. */
export interface WriteContext {
  /** Values of the format's write options; what is missing takes its default. */
  readonly options: OptionValues;
  /** Hears every loss one by one, also those beyond the samples that the report keeps. */
  readonly onLoss?: (loss: DatasetProblem) => void;
  /** Bytes of a picture file as it is on disk, for formats that carry pictures; absent when pictures are not wanted. */
  readonly pictureBytes?: (key: string) => Promise<Result<Uint8Array>>;
}

/** One dataset format. Unknown or damaged input never throws: it ends as `problem` events or a low confidence. */
export interface DatasetFormat {
  /** Kebab-case, never changes once shipped. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Questions that reading may need answered; `auto` or the first choice where nobody answers. */
  readonly readOptions: readonly FormatOption[];
  readonly writeOptions: readonly FormatOption[];
  /** What a write with these options keeps. */
  fidelity(options?: OptionValues): FidelityTable;
  detect(folder: DatasetFolder): Promise<Detection>;
  read(folder: DatasetFolder, options?: OptionValues): AsyncIterable<DatasetEvent>;
  write(source: DatasetSource, sink: DatasetSink, context?: WriteContext): Promise<Result<WriteReport>>;
  /** Where the picture of an image belongs, relative to the output; null when the format carries pictures in its own files. */
  picturePath(image: DatasetImage, options?: OptionValues): string | null;
  /** Pictures that lie inside the format's own files, for formats whose `picturePath` is null. */
  pictures?(folder: DatasetFolder): AsyncIterable<{ readonly key: string; readonly bytes: Uint8Array }>;
}
