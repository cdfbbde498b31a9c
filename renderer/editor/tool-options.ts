/** How tools work; a person's habit, kept over restarts, never part of the document. */
export interface ToolOptions {
  /** `two-points`: drag or two clicks on opposite corners; `extreme-points`: a click each on the top, left, bottom and right of the object. */
  readonly boxMethod: 'two-points' | 'extreme-points';
  /** Whether new points are drawn to vertices, edges and the picture's border; Ctrl held turns it round. */
  readonly isSnapping: boolean;
  /** In screen px. */
  readonly snapReach: number;
  readonly brushMode: 'paint' | 'erase';
  readonly brushShape: 'circle' | 'square';
  /** In image px. */
  readonly brushDiameter: number;
  /** Largest difference of a channel (0 to 255) from the pixel that was clicked. */
  readonly wandTolerance: number;
  /** Whether the wand takes only pixels that hang together with the one clicked. */
  readonly isWandContiguous: boolean;
  /** How far a simplified outline may lie from the exact one, in image px. */
  readonly simplifyTolerance: number;
}

export const DEFAULT_TOOL_OPTIONS: ToolOptions = {
  boxMethod: 'two-points',
  isSnapping: false,
  snapReach: 10,
  brushMode: 'paint',
  brushShape: 'circle',
  brushDiameter: 24,
  wandTolerance: 24,
  isWandContiguous: true,
  simplifyTolerance: 1,
};
