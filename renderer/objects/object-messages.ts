import type { AppError } from '../../shared/result/app-error';
import type { Annotation, ImageState } from '../../shared/schema/annotation';
import type { Actor, AnnotationId, ImageId, LabelId, ProjectId } from '../../shared/schema/ids';
import type { ImageRecord } from '../../shared/schema/image';
import type { ShapeType } from '../../shared/schema/shapes';
import type { ObjectQuery } from './object-query';

/** Columns that others may hand in; see `OtherColumns`. */
export type OtherColumn = 'disagreement' | 'findings';

/** What one object is, for a crop of it and the words beside it. */
export interface ObjectDetail {
  readonly row: number;
  readonly id: AnnotationId;
  readonly labelId: LabelId;
  readonly shapeType: ShapeType;
  readonly origin: Annotation['origin'];
  readonly isLocked: boolean;
  /** In image px. */
  readonly bounds: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /**
   * The lines of its outline as x, y, x, y, … in image px, closed ones ending where they began; points nearer than can
   * be seen on a crop are left out.
   */
  readonly outline: readonly Float32Array[];
  readonly score: number | null;
  readonly createdBy: Actor;
  /** Seconds since 1970. */
  readonly updatedAt: number;
  readonly image: ImageRecord;
  /** Of the image's annotations; another one means that the outline may be another. */
  readonly imageRevision: number;
}

/** Objects of one image, by id: what an edit of many images takes. */
export interface ObjectsOfImage {
  readonly imageId: ImageId;
  readonly ids: readonly AnnotationId[];
}

/** What there is to filter by, with how many objects have it. */
export interface ObjectFacets {
  readonly size: number;
  readonly labels: readonly { readonly value: LabelId; readonly count: number }[];
  readonly people: readonly { readonly value: Actor; readonly count: number }[];
  readonly shapeTypes: readonly { readonly value: ShapeType; readonly count: number }[];
  readonly origins: readonly { readonly value: Annotation['origin']; readonly count: number }[];
  readonly imageStates: readonly { readonly value: ImageState; readonly count: number }[];
  readonly hasScores: boolean;
  readonly hasDisagreement: boolean;
}

export type ObjectRequest =
  | { readonly kind: 'query'; readonly query: ObjectQuery }
  | { readonly kind: 'details'; readonly rows: readonly number[] }
  | { readonly kind: 'targets'; readonly rows: Uint32Array }
  | { readonly kind: 'facets' };

export type ToObjectWorker =
  | { readonly kind: 'open'; readonly databaseName: string; readonly projectId: ProjectId }
  | { readonly kind: 'changed'; readonly imageIds: readonly ImageId[] | 'many' }
  | {
      readonly kind: 'column';
      readonly column: OtherColumn;
      readonly values: ReadonlyMap<AnnotationId, number>;
    }
  | { readonly kind: 'ask'; readonly id: number; readonly request: ObjectRequest };

export type ObjectAnswer =
  | { readonly kind: 'query'; readonly rows: Uint32Array }
  | { readonly kind: 'details'; readonly details: readonly ObjectDetail[] }
  | { readonly kind: 'targets'; readonly images: readonly ObjectsOfImage[] }
  | { readonly kind: 'facets'; readonly facets: ObjectFacets }
  | { readonly kind: 'failed'; readonly error: AppError };

export type ObjectStatus =
  | {
      readonly kind: 'reading';
      readonly images: number;
      readonly totalImages: number;
      readonly objects: number;
    }
  | { readonly kind: 'ready'; readonly objects: number; readonly damaged: number }
  | { readonly kind: 'failed'; readonly error: AppError };

export type FromObjectWorker =
  | { readonly kind: 'status'; readonly status: ObjectStatus }
  /** Objects changed, or columns did: ask again. */
  | { readonly kind: 'updated' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ObjectAnswer };
