import type { Action } from '../../shared/actions/edit/action';
import type { ChangeSet } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import type { Camera } from '../../shared/geometry/camera';
import type { MaskRaster } from '../../shared/geometry/mask-raster';
import type { ImagePoint, ScreenPoint } from '../../shared/geometry/point';
import type { Rect, Size } from '../../shared/geometry/rect';
import type { IndexedItem } from '../../shared/geometry/spatial-index';
import type { AppError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { Annotation } from '../../shared/schema/annotation';
import type { SaveReceipt } from '../../shared/schema/change';
import type { AnnotationId, ImageId, LabelId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { Shape } from '../../shared/schema/shapes';
import type { VertexRef } from '../../shared/shapes/shape-behaviour';
import type { Comparison } from './comparison';
import type { DisplaySettings } from './display-settings';
import type { Pin } from './pin';
import type { PixelServices } from './pixel-services';
import type { ToolOptions } from './tool-options';

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
    /** The selected annotation in whose place this is shown. */
    readonly replaces: AnnotationId | null;
  }[];
  /** A rectangle in image px that selects, if one is being dragged. */
  readonly marquee?: Rect;
  /** Lines in image px that belong to no object: a lasso, a cut, a ruler, the wire of the scissors, an aid of snapping. */
  readonly lines?: readonly {
    readonly kind: 'lasso' | 'cut' | 'ruler' | 'wire' | 'guide';
    readonly points: readonly ImagePoint[];
    readonly isClosed: boolean;
  }[];
  /** Single places in image px to mark: vertices already set, what the pointer snapped to. */
  readonly marks?: readonly { readonly at: ImagePoint; readonly kind: 'vertex' | 'snap' | 'first' }[];
  /**
   * Pixels being painted. The raster is mutated while a stroke goes on; `version` rises and `changed` (image px, inside
   * the raster's window) tells what to draw anew.
   */
  readonly raster?: {
    readonly raster: MaskRaster;
    readonly version: number;
    readonly changed: Rect;
    readonly labelId: LabelId | null;
    readonly replaces: AnnotationId | null;
  };
  /** Shown beside the pointer in place of width × height, e.g. a length or an angle. */
  readonly measure?: string;
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
  /** Where a box is being entered by keyboard; drawn as a crosshair. Null when the keyboard does not draw. */
  readonly keyboardCursor: ImagePoint | null;
  /** What a screen reader should say now; the UI puts it into a live region. */
  readonly announcement: string;
  readonly cursor: string;
  readonly preview: Preview | null;
  readonly saveState: SaveState;
  /** Why nothing can be edited now, or null. */
  readonly readOnlyReason: string | null;
  /** Vertices chosen on the one selected object. */
  readonly selectedVertices: readonly VertexRef[];
  /** When set, only these are shown and can be hit; nothing is stored. */
  readonly isolated: ReadonlySet<AnnotationId> | null;
  /**
   * Quarter turns clockwise by which the whole view is shown turned. `camera`, `view`, `pointer` and every screen px
   * of the editor are those before the turn; the canvas turns what it draws and what it hears.
   */
  readonly quarterTurns: 0 | 1 | 2 | 3;
  readonly toolOptions: ToolOptions;
  readonly display: DisplaySettings;
  /** A second set of annotations to see beside the picture's own; goes when another picture is opened. */
  readonly comparison: Comparison | null;
  /** What is said of places of the picture; gone when another picture is opened. */
  readonly pins: readonly Pin[];
  readonly chosenPin: string | null;
}

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly control: boolean;
}

/** Input as the tools see it; the canvas adapter makes these from DOM events. */
export type InputEvent =
  | PointerInput
  | { readonly type: 'pointerLeave' }
  | ({ readonly type: 'doubleClick'; readonly screen: ScreenPoint } & Modifiers)
  | WheelInput
  | PinchInput
  | KeyInput
  /** The window lost the keyboard: what is held down now will not be heard let go. */
  | { readonly type: 'blur' }
  | { readonly type: 'cancel' };

export interface PointerInput extends Modifiers {
  readonly type: 'pointerDown' | 'pointerMove' | 'pointerUp';
  readonly screen: ScreenPoint;
  readonly button: 'primary' | 'middle' | 'secondary';
}

export interface WheelInput extends Modifiers {
  readonly type: 'wheel';
  readonly screen: ScreenPoint;
  /** In screen px, whatever unit the device reports. */
  readonly deltaX: number;
  readonly deltaY: number;
}

/** Two fingers on the glass, since they were last heard. */
export interface PinchInput {
  readonly type: 'pinch';
  /** Between the fingers. */
  readonly screen: ScreenPoint;
  /** How much farther apart they are; 1 is as before. */
  readonly factor: number;
  /** How far they went together, in screen px. */
  readonly dx: number;
  readonly dy: number;
}

export interface KeyInput extends Modifiers {
  readonly type: 'keyDown' | 'keyUp';
  /** As `KeyboardEvent.key`: `Enter`, `ArrowLeft`, ` `. */
  readonly key: string;
  readonly isRepeat: boolean;
}

/** Facade over document, history, session and input; each of those is its own module. */
export interface Editor {
  readonly document: ImageDocument | null;
  readonly session: Session;
  readonly schema: LabelSchema;

  /**
   * Shows a picture's annotations once what was edited before is saved; on failure the picture before stays open.
   * `size` is the displayed size in image px. A later call overtakes an earlier one, which then is `job.cancelled`.
   */
  open(imageId: ImageId, size: Size): Promise<Result<null>>;
  /** Saves what is left and shows nothing. Refused when something could not be saved. */
  close(): Promise<Result<null>>;
  /** Way out of a failed save: drops what is not stored and shows what is. */
  reload(): Promise<Result<null>>;
  /** Way out of a failed save that may pass (full disk): tries again from the first change that failed. */
  retrySave(): void;
  setSchema(schema: LabelSchema): void;
  /** What an action would do to the open document, without doing it. */
  tryAction<Args>(action: Action<Args>, args: Args): Result<ChangeSet>;
  /** Runs an action on the open document and commits it; a refusal becomes a hint. True when something changed. */
  perform<Args>(action: Action<Args>, args: Args): boolean;

  subscribe(listener: () => void): () => void;
  /** Every committed or reverted change, for index, rules, canvas. */
  onChange(listener: (change: ChangeSet, document: ImageDocument) => void): () => void;

  /** Feeds input to the active tool. True when it used the event, so that a key goes no further. */
  dispatch(event: InputEvent): boolean;
  /** Whether the active tool's state wants a key before commands get it; asked while the canvas has the keyboard. */
  takesKey(event: KeyInput): boolean;
  /** Applies a change at once on screen and saves it; a failed save turns the editor read-only and says why. */
  commit(change: ChangeSet): void;
  undo(): void;
  redo(): void;
  /** True also while the journal is still read: then undo (and redo) wait for it. */
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;

  /** What is drawn point by point and not finished, e.g. `polygon`: another image, tool or undo would lose it. */
  readonly unfinished: string | null;
  setTool(toolId: string): void;
  select(ids: Iterable<AnnotationId>): void;
  setHovered(id: AnnotationId | null): void;
  setActiveLabel(id: LabelId | null): void;
  setCamera(camera: Camera): void;
  setView(view: Size): void;
  setPreview(preview: Preview | null): void;
  setHint(hint: string | null): void;
  announce(text: string): void;
  setKeyboardCursor(point: ImagePoint | null): void;
  selectVertices(vertices: readonly VertexRef[]): void;
  /** Shows only these objects, or all again with null. */
  isolate(ids: Iterable<AnnotationId> | null): void;
  /** Turns the view clockwise by quarter turns (negative: the other way); what is in the middle stays there. */
  turnView(quarterTurns: number): void;
  setToolOptions(changes: Partial<ToolOptions>): void;
  setDisplay(changes: Partial<DisplaySettings>): void;
  setComparison(comparison: Comparison | null): void;
  /** Why the open picture may only be looked at, in words for a person; null: it may be changed. Gone with the next picture. */
  setReadOnly(reason: string | null): void;
  setPins(pins: readonly Pin[]): void;
  choosePin(id: string | null): void;
  /** What tools may ask of the open picture's pixels; null while there are none. */
  readonly pixels: PixelServices | null;
  setPixels(pixels: PixelServices | null): void;
  zoomToFit(): void;
  zoomToSelection(): void;
  zoomBy(factor: number): void;

  /** Topmost annotation under a point, smallest area first among equals in reach; `toleranceInScreenPx` around outlines. */
  hit(point: ImagePoint, toleranceInScreenPx?: number): AnnotationId | null;
  /** Everything under a point, what is meant most first: `hit`, then what lies below it. */
  hitAll(point: ImagePoint, toleranceInScreenPx?: number): readonly AnnotationId[];
  /** Ids of visible annotations that lie wholly inside a rectangle in image px, in drawing order. */
  idsInside(rect: Rect): readonly AnnotationId[];
  /** Everything whose bounds meet a rectangle in image px, hidden ones included, in no order. */
  search(rect: Rect): readonly IndexedItem<Annotation>[];
  /** Place of an annotation in the drawing order, 0 at the bottom; -1 when unknown. */
  orderOf(id: AnnotationId): number;
  /** Waits until everything committed so far is saved or has failed. */
  settled(): Promise<Result<null>>;
}
