import { z } from 'zod';
import { ImageState } from './annotation';
import { ImageId, LabelId, ProjectId, RelativeKey, Sha256, SourceId, Timestamp } from './ids';

export const IMAGE_FORMATS = ['jpeg', 'png', 'webp', 'bmp', 'gif', 'tiff', 'avif'] as const;
export const ImageFormat = z.enum(IMAGE_FORMATS);
export type ImageFormat = z.infer<typeof ImageFormat>;

/** EXIF orientation 1 to 8; 1 is upright. Width and height elsewhere are those after it was applied. */
export const ExifOrientation = z.number().int().min(1).max(8);

/** What reading one image file tells, before any of its pixels are decoded. */
export const ScannedImage = z.object({
  key: RelativeKey,
  contentHash: Sha256,
  byteSize: z.number().int().min(1),
  modifiedAt: Timestamp,
  format: ImageFormat,
  /** Displayed size in image px, i.e. with the EXIF orientation applied. */
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  exifOrientation: ExifOrientation,
  capturedAt: Timestamp.nullable(),
});
export type ScannedImage = Readonly<z.infer<typeof ScannedImage>>;

/** A picture in a project. The file itself is read-only and stays where it is. */
export const ImageRecord = ScannedImage.extend({
  id: ImageId,
  projectId: ProjectId,
  sourceId: SourceId,
  /** The file's name without its folders, lower-cased for searching. */
  searchName: z.string(),
  /** Place in the project's list, dense from 0, so that a window of the list is one range read. */
  ordinal: z.number().int().min(0),
  state: ImageState,
  /** Labels that occur in it, for filtering; kept with each commit. */
  labelIds: z.array(LabelId),
  annotationCount: z.number().int().min(0),
  /** 1 when a rule has something to say; a number because IndexedDB cannot index booleans. */
  hasFinding: z.union([z.literal(0), z.literal(1)]),
  isMissing: z.union([z.literal(0), z.literal(1)]),
  /** The earlier image of the project with the same bytes, if any. */
  duplicateOfId: ImageId.nullable(),
  // Room for frame sequences; absent today.
  sequenceId: z.uuid().optional(),
  frameIndex: z.number().int().min(0).optional(),
  frameTimestamp: z.number().optional(),
});
export type ImageRecord = Readonly<z.infer<typeof ImageRecord>>;

/** A file that could not become an image of the project, with the reason in words for a person. */
export const FileProblem = z.object({
  key: z.string(),
  code: z.string(),
  reason: z.string(),
});
export type FileProblem = Readonly<z.infer<typeof FileProblem>>;
