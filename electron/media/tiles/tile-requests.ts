import type { Rect, Size } from '../../../shared/geometry/rect';
import type { TileAddress } from '../../../shared/geometry/tile-pyramid';

/** What main asks the tiles process; the names of its handlers and the form of their arguments and answers. */
export const TILES_OVERVIEW = 'tiles.overview';
export const TILES_BUILD = 'tiles.build';
export const TILES_CROP = 'tiles.crop';
/** Told while a pyramid is built: these tiles are on disk now. */
export const TILES_BUILT = 'tiles.built';

export interface OverviewArgs {
  /** Real path; main resolved it through a grant. */
  readonly file: string;
}

export interface Overview {
  /** JPEG, upright, its longest side at most OVERVIEW_SIDE. */
  readonly jpeg: Uint8Array;
  /** Size of the picture itself, upright, in image px. */
  readonly size: Size;
}

export interface BuildArgs {
  readonly file: string;
  /** An empty folder for the files of the levels: `0.rgb`, `1.rgb` and so on. */
  readonly folder: string;
}

export interface BuiltPyramid {
  /** The first row of image px from which on the file's content could not be read; null for a sound picture. */
  readonly damagedFromRow: number | null;
}

export interface TilesBuilt {
  readonly folder: string;
  readonly tiles: readonly TileAddress[];
}

export interface CropArgs {
  /** A folder in which at least the tiles under `rect` are. */
  readonly folder: string;
  readonly size: Size;
  /** Inside the picture, in whole image px. */
  readonly rect: Rect;
}

export interface Crop {
  readonly png: Uint8Array;
}
