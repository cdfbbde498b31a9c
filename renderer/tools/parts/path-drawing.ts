import type { ImagePoint } from '../../../shared/geometry/point';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { Shape, ShapeType } from '../../../shared/schema/shapes';
import type { Editor } from '../../editor/editor';

/** What becomes of a path: a new object, or a part or hole of the selected one. */
export interface PathPurpose {
  /** For people: `polygon`, `hole`. */
  readonly noun: string;
  readonly least: number;
  /** The path is kept by itself once it has so many points. */
  readonly most: number;
  /** Null while the points are too few; also asked with the point that still moves. */
  shapeOf(points: readonly ImagePoint[]): Shape | null;
  /** The object in whose place the shape is shown. */
  readonly replaces: AnnotationId | null;
  /** Commits; false, with the reason as a hint, when the points cannot be kept. */
  keep(editor: Editor, points: readonly ImagePoint[]): boolean;
}

/** How a shape of any number of points is drawn; pointer, keyboard, snapping and preview are the same for all. */
export interface PathDrawing {
  readonly shapeType: ShapeType;
  readonly noun: string;
  /** Whether the last point joins the first. */
  readonly isClosed: boolean;
  /** Whether points are joined at all; those of a group of single points are not. */
  readonly isLine: boolean;
  /** How the line looks that makes no shape (yet); a guide when absent. */
  readonly lineKind?: 'cut' | 'guide';
  /** A path drawn by one drag is kept when the button is let go. */
  readonly endsWithStroke?: boolean;
  /** What is drawn when Alt is held at the first point: a purpose, why not, or null when it means nothing there. */
  otherPurpose(editor: Editor, at: ImagePoint): PathPurpose | string | null;
  readonly purpose: PathPurpose;
}
