/** Colours of what the canvas adds to the data, as CSS colours. Label colours belong to the data. */
export interface CanvasTheme {
  /** Drawn under every outline, so that it is seen on any picture. */
  readonly halo: string;
  /** Ring around what is selected. */
  readonly selectionHalo: string;
  readonly handleFill: string;
  readonly handleStroke: string;
  /** Vertices that are chosen, and what the pointer snapped to. */
  readonly chosen: string;
  readonly crosshair: string;
  readonly crosshairHalo: string;
  readonly marquee: string;
  readonly marqueeFill: string;
  readonly hintFill: string;
  readonly hintText: string;
  readonly grid: string;
  /** Where a picture belongs that is not there yet. */
  readonly pictureFill: string;
  /** Objects whose label is not known. */
  readonly unknownLabel: string;
  /** The other side of a comparison: what only it has, what it has not, what differs, what it merely shows. */
  readonly added: string;
  readonly removed: string;
  readonly changed: string;
  readonly otherSide: string;
  /** On those colours. */
  readonly comparisonText: string;
}

export const DARK_CANVAS_THEME: CanvasTheme = {
  halo: 'rgb(0 0 0 / 55%)',
  selectionHalo: 'rgb(255 255 255 / 90%)',
  handleFill: '#ffffff',
  handleStroke: '#15181b',
  chosen: '#0f8f95',
  crosshair: 'rgb(255 255 255 / 75%)',
  crosshairHalo: 'rgb(0 0 0 / 45%)',
  marquee: '#5cc5c9',
  marqueeFill: 'rgb(92 197 201 / 14%)',
  hintFill: 'rgb(24 27 31 / 94%)',
  hintText: '#f3f4f6',
  grid: 'rgb(255 255 255 / 30%)',
  pictureFill: '#1e2226',
  unknownLabel: '#a3aab3',
  // Okabe and Ito's palette, which people with any colour vision tell apart.
  added: '#56b4e9',
  removed: '#e69f00',
  changed: '#f0e442',
  otherSide: '#ffffff',
  comparisonText: '#0d0f12',
};

export const LIGHT_CANVAS_THEME: CanvasTheme = {
  ...DARK_CANVAS_THEME,
  marquee: '#0b7479',
  marqueeFill: 'rgb(11 116 121 / 14%)',
  pictureFill: '#cdd2d7',
  unknownLabel: '#59616a',
};
