import type { JobId } from '../../shared/schema/ids';
import type { GrantTarget } from '../grants/grant-store';
import type { ScanRequest } from './scan/run-scan';

/** What main asks the media process; the names of its handlers and the form of their arguments and answers. */
export const SCAN_RUN = 'scan.run';
export const SCAN_ACKNOWLEDGE = 'scan.acknowledge';
export const SCAN_BATCH = 'scan.batch';
export const SOURCE_MISSING = 'source.missing';
export const PICTURE_DECODE = 'picture.decode';
export const PICTURE_SAMPLES = 'picture.samples';
export const PICTURE_SALVAGE = 'picture.salvage';

export type ScanRunArgs = ScanRequest;

export interface ScanAcknowledgeArgs {
  readonly jobId: JobId;
  readonly batch: number;
}

export interface SourceMissingArgs {
  readonly target: GrantTarget;
  readonly keys: readonly string[];
}

export interface SourceMissing {
  readonly isAvailable: boolean;
  readonly missingKeys: readonly string[];
}

export interface PictureDecodeArgs {
  /** Real path; main resolved it through a grant. */
  readonly file: string;
  /** The longest side of the result in px; larger pictures are scaled down to it. */
  readonly maxSide: number;
}

export interface PictureSalvageArgs {
  readonly file: string;
}

export type { SalvagedPicture } from './decode/salvage-picture';

/** PNG bytes, upright, 8 bits a channel. */
export interface DecodedPicture {
  readonly png: Uint8Array;
}

export interface PictureSamplesArgs {
  /** Real path; main resolved it through a grant. */
  readonly file: string;
}

export interface PictureSamples {
  /** See `readSamples`; null when the picture has not 16 bits a channel. */
  readonly samples: Uint8Array | null;
}
