import type { ChangeSet } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import type { Camera } from '../../shared/geometry/camera';
import type { ImagePoint, ScreenPoint } from '../../shared/geometry/point';
import type { Size } from '../../shared/geometry/rect';
import type { AppError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { SaveReceipt } from '../../shared/schema/change';
import type { AnnotationId, LabelId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { Shape } from '../../shared/schema/shapes';

/** Whether what is on screen is on disk; `saved` only after the strict transaction completed. */
export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly receipt: SaveReceipt | null }
  | { readonly kind: 'failed'; readonly error: AppError };

/** What a tool shows before anything is committed. Drawn on the overlay, never part of the document. */
export interface Preview {
  readonly shapes: readonly {
    readonly shape: Shape;
    readonly labelId: LabelId | null;
    readonly replaces: AnnotationId | null;
  }[];
  /** A short reason shown beside the pointer, e.g. why a box is too small. */
  readonly hint: string | null;
}

/** What the person does and sees, never undoable. */
export interface Session {
  readonly toolId: string;
  /** `box/drawing`: the tool's current state, for status line and tests. */
  readonly toolState: string;
  readonly selection: ReadonlySet<AnnotationId>;
  readonly hovered: AnnotationId | null;
  /** The label that new annotations get. */
  readonly activeLabelId: LabelId | null;
  readonly camera: Camera;
  /** Size of the canvas in screen px. */
  readonly view: Size;
  readonly pointer: ImagePoint | null;
  readonly cursor: string;
  readonly preview: Preview | null;
  readonly saveState: SaveState;
  /** Why nothing can be edited now, or null. */
  readonly readOnlyReason: string | null;
}

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly control: boolean;
}

/** Input as the tools see it; the canvas adapter makes these from DOM events. */
export type InputEvent =
  | ({
      readonly type: 'pointerDown' | 'pointerMove' | 'pointerUp';
      readonly screen: ScreenPoint;
      readonly button: 'primary' | 'middle' | 'secondary';
    } & Modifiers)
  | { readonly type: 'pointerLeave' }
  | ({ readonly type: 'doubleClick'; readonly screen: ScreenPoint } & Modifiers)
  | ({
      readonly type: 'wheel';
      readonly screen: ScreenPoint;
      readonly deltaX: number;
      readonly deltaY: number;
    } & Modifiers)
  | ({ readonly type: 'keyDown' | 'keyUp'; readonly key: string; readonly isRepeat: boolean } & Modifiers)
  | { readonly type: 'cancel' };

/** Facade over document, history, session and input; each of those is its own module. */
export interface Editor {
  readonly document: ImageDocument | null;
  readonly session: Session;
  readonly schema: LabelSchema;
  subscribe(listener: () => void): () => void;
  /** Every committed or reverted change, for index, rules, canvas. */
  onChange(listener: (change: ChangeSet, document: ImageDocument) => void): () => void;

  dispatch(event: InputEvent): void;
  /** Applies a change at once on screen and saves it; a failed save turns the editor read-only and says why. */
  commit(change: ChangeSet): void;
  undo(): void;
  redo(): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;

  setTool(toolId: string): void;
  select(ids: Iterable<AnnotationId>): void;
  setHovered(id: AnnotationId | null): void;
  setActiveLabel(id: LabelId | null): void;
  setCamera(camera: Camera): void;
  setView(view: Size): void;
  setPreview(preview: Preview | null): void;
  setHint(hint: string | null): void;
  zoomToFit(): void;
  zoomToSelection(): void;
  zoomBy(factor: number): void;

  /** Topmost annotation under a point, smallest area first among equals in reach; `toleranceInScreenPx` around outlines. */
  hit(point: ImagePoint, toleranceInScreenPx?: number): AnnotationId | null;
  /** Waits until everything committed so far is saved or has failed. */
  settled(): Promise<Result<null>>;
}
