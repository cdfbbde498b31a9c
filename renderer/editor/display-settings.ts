/** How the picture's pixels are shown. The picture itself is never changed. */
export interface PictureAdjustments {
  /** -100 to 100; 0 leaves the picture as it is. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Exponent 0.1 to 5; 1 leaves the picture as it is, above it lifts the dark parts. */
  readonly gamma: number;
  readonly isInverted: boolean;
  /** Contrast-limited adaptive histogram equalisation (Zuiderveld 1994). */
  readonly isEqualised: boolean;
  /** 1 to 10: how far a local histogram may rise above the even one. */
  readonly equaliseLimit: number;
  readonly channel: 'all' | 'red' | 'green' | 'blue';
  /** 16-bit pictures: the sample values shown as black and as white. Null: chosen from the picture's own values. */
  readonly window: { readonly low: number; readonly high: number } | null;
}

/** What the canvas shows and how; a person's habit, kept over restarts, never part of the document. */
export interface DisplaySettings {
  readonly adjustments: PictureAdjustments;
  /** Opacity of the inside of objects at rest, 0 to 1. */
  readonly fillOpacity: number;
  /** In screen px, 1 to 6. */
  readonly outlineWidth: number;
  readonly colourBy: 'label' | 'object' | 'person' | 'state';
  readonly areNamesShown: boolean;
  readonly isGridShown: boolean;
  /** In image px. */
  readonly gridStep: number;
  /** Lines through the pointer with every drawing tool, not only with those that need them. */
  readonly isCrosshairShown: boolean;
  readonly isMinimapShown: boolean;
  readonly isPixelReadoutShown: boolean;
}

export const NO_ADJUSTMENTS: PictureAdjustments = {
  brightness: 0,
  contrast: 0,
  saturation: 0,
  gamma: 1,
  isInverted: false,
  isEqualised: false,
  equaliseLimit: 2,
  channel: 'all',
  window: null,
};

export const DEFAULT_DISPLAY_SETTINGS: DisplaySettings = {
  adjustments: NO_ADJUSTMENTS,
  fillOpacity: 0.09,
  outlineWidth: 2,
  colourBy: 'label',
  areNamesShown: true,
  isGridShown: false,
  gridStep: 50,
  isCrosshairShown: true,
  isMinimapShown: false,
  isPixelReadoutShown: false,
};
