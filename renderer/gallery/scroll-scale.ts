/** Chromium lays out no box higher than 2^25 px; with room to spare. */
const HIGHEST_BOX = 30_000_000;

/** Where a scroll position is in a layout that may be higher than any box can be. */
export interface ScrollScale {
  /** Height of the box that is scrolled, CSS px. */
  readonly boxHeight: number;
  /** Top of the view in the layout for a scroll position. */
  topOf(scrollTop: number): number;
  /** The scroll position that brings a place of the layout to the top. */
  scrollTopFor(top: number): number;
}

/** @param viewHeight what is seen at once, CSS px. */
export function createScrollScale(layoutHeight: number, viewHeight: number): ScrollScale {
  const boxHeight = Math.min(HIGHEST_BOX, layoutHeight);
  const most = Math.max(0, boxHeight - viewHeight);
  const factor = most === 0 ? 1 : Math.max(0, layoutHeight - viewHeight) / most;
  return {
    boxHeight,
    topOf: (scrollTop) => Math.max(0, scrollTop * factor),
    scrollTopFor: (top) => Math.max(0, Math.min(most, top / factor)),
  };
}
