import type { Rect } from '../../../shared/geometry/rect';
import type { AppError } from '../../../shared/result/app-error';
import type { Actor, AnnotationId, ImageId, LabelId, ProjectId } from '../../../shared/schema/ids';
import type { ImageRecord } from '../../../shared/schema/image';
import type { AgreementFigures } from './agreement-figures';
import type { PrecisionFigures } from './average-precision';
import type { Subject } from './comparison-table';
import type { ErrorFilter, ErrorKind } from './list-errors';
import type { SubjectFigures } from './quality-figures';

export interface QualitySettings {
  /** Least similarity of two objects that are taken for the same. */
  readonly minOverlap: number;
  /** Below this a match is right but loose. */
  readonly lowOverlap: number;
  /** Labels that count as others. */
  readonly merges: readonly (readonly [LabelId, LabelId])[];
}

/** Everything that changes with an edit. */
export interface QualityFigures {
  /** Images with ground truth, labelled or not. */
  readonly truthImages: number;
  /** Of these, images that nobody labelled yet; they count nowhere. */
  readonly waiting: number;
  /** Images or layers that cannot be read. */
  readonly damaged: number;
  readonly subjects: Readonly<Record<Subject, SubjectFigures>>;
  readonly agreement: AgreementFigures;
}

export interface ComparedSide {
  readonly id: AnnotationId;
  readonly labelId: LabelId;
  /** In image px. */
  readonly bounds: Rect;
  readonly createdBy: Actor;
}

/** One line of the list of errors. */
export interface ErrorDetail {
  readonly kinds: readonly (ErrorKind | 'right')[];
  readonly similarity: number;
  readonly person: Actor;
  readonly image: ImageRecord;
  /** The image's id, or that of the answer. */
  readonly labelsId: ImageId;
  readonly truth: ComparedSide | null;
  readonly own: ComparedSide | null;
}

export type QualityRequest =
  | { readonly kind: 'errors'; readonly filter: ErrorFilter }
  /** A window of the errors that were asked for last. */
  | { readonly kind: 'details'; readonly query: number; readonly from: number; readonly to: number }
  | { readonly kind: 'precision' }
  | { readonly kind: 'disagreement' };

export type QualityAnswer =
  | { readonly kind: 'errors'; readonly query: number; readonly listed: number; readonly total: number }
  | { readonly kind: 'details'; readonly details: readonly ErrorDetail[] }
  | { readonly kind: 'precision'; readonly figures: PrecisionFigures }
  | {
      readonly kind: 'disagreement';
      readonly images: ReadonlyMap<ImageId, number>;
      /** Of the objects of images for which others answered too. */
      readonly objects: ReadonlyMap<AnnotationId, number>;
    }
  | { readonly kind: 'failed'; readonly error: AppError };

export type ToQualityWorker =
  | {
      readonly kind: 'open';
      readonly databaseName: string;
      readonly projectId: ProjectId;
      readonly settings: QualitySettings;
    }
  | { readonly kind: 'settings'; readonly settings: QualitySettings }
  | { readonly kind: 'changed'; readonly imageIds: readonly ImageId[] | 'many' }
  | { readonly kind: 'cancel' }
  /** Reads everything anew, e.g. after it was cancelled. */
  | { readonly kind: 'again' }
  | { readonly kind: 'ask'; readonly id: number; readonly request: QualityRequest };

export type QualityStatus =
  | {
      readonly kind: 'reading';
      readonly images: number;
      readonly totalImages: number;
      readonly objects: number;
    }
  | { readonly kind: 'ready' }
  /** Somebody stopped the reading: figures are of what was read so far. */
  | { readonly kind: 'stopped'; readonly images: number; readonly totalImages: number }
  | { readonly kind: 'failed'; readonly error: AppError };

export type FromQualityWorker =
  | { readonly kind: 'status'; readonly status: QualityStatus }
  | { readonly kind: 'figures'; readonly figures: QualityFigures }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: QualityAnswer };
