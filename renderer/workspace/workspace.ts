import type { Result } from '../../shared/result/result';
import type { Annotation, ImageState } from '../../shared/schema/annotation';
import type { ImageId } from '../../shared/schema/ids';
import type { ImageRecord } from '../../shared/schema/image';
import type { Project } from '../../shared/schema/project';
import type { Observable, WritableObservable } from '../app/observable';
import type { ImageFilter, ImageList } from '../persistence/ports';
import type { OpenReview } from './review/open-review';

/** How the open picture stands. Labels stay editable as long as the annotations were read. */
export type OpenImageState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly image: ImageRecord | null }
  | { readonly kind: 'open'; readonly image: ImageRecord }
  | {
      readonly kind: 'failed';
      readonly image: ImageRecord;
      readonly message: string;
      readonly isDamaged: boolean;
    };

/** The decoded picture of the image that is open or being opened, or why there is none. */
export interface OpenPicture {
  readonly image: ImageRecord;
  readonly result: Result<ImageBitmap>;
}

/** The rail as it stands: the list that the filter gives and the place of the open image in it (-1: not in it). */
export interface RailState {
  readonly filter: ImageFilter;
  readonly list: ImageList | null;
  readonly index: number;
  /** Rises when rows may have changed, so that the windows on screen are read again. */
  readonly version: number;
}

/** Something small that is asked beside the work; a command opens it, the screen shows it. */
export type WorkspaceQuestion =
  | 'propagate'
  | 'tag'
  | 'note'
  | 'convert'
  | 'reject'
  | 'comment'
  | 'propose'
  | 'refuse'
  | 'defect';

/**
 * Which annotations of the open image are on screen: its own (or the answer that stands for them), or a second set.
 * What a person made apart from others is only looked at.
 */
export type ShownSet = 'own' | 'groundTruth' | 'proposal' | 'person';

export interface BesideSet {
  readonly title: string;
  readonly annotations: readonly Annotation[];
}

/** What commands may do with the label screen, and with the review screen, which is the same with another purpose. */
export interface Workspace {
  readonly kind: 'label' | 'review';
  readonly project: Observable<Project>;
  readonly rail: Observable<RailState>;
  readonly openImage: Observable<OpenImageState>;
  /** Null until the picture that was asked for last is decoded. */
  readonly picture: Observable<OpenPicture | null>;
  readonly shownSet: Observable<ShownSet>;
  /** How the open image stands in its review. */
  readonly review: OpenReview;
  /** A second set of annotations that is shown beside the open image's labels. */
  readonly beside: WritableObservable<BesideSet | null>;
  /** What is being asked now. */
  readonly question: WritableObservable<WorkspaceQuestion | null>;
  /** Ends when the image that is being opened is there (or failed); null when none is being opened. */
  opening(): Promise<void> | null;
  /** Opens the image at a place of the filtered list; waits until the image before is saved. */
  openAt(index: number): Promise<void>;
  openImageById(id: ImageId): Promise<void>;
  /** Opens another set of annotations of the open image, or its own again with null. */
  showSet(setId: ImageId | null, as?: Exclude<ShownSet, 'own'>): Promise<void>;
  /** Hands the open image in for review, where images are reviewed and it is not in review yet. */
  handIn(): Promise<void>;
  /** The image that a set of annotations is of. */
  imageOf(setId: ImageId): ImageId;
  step(by: 1 | -1): Promise<void>;
  /** Goes to the next image of a state after the open one, round the end; false when there is none. */
  goToNextWithState(state: ImageState): Promise<boolean>;
  setFilter(filter: ImageFilter): void;
  focusFilter(): void;
  /** Moves the focus to the labels in the inspector. */
  focusLabels(): void;
  /** Reads the rows on screen again. */
  refresh(): void;
}
