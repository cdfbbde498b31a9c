import type { BundleManifest } from '../../shared/formats/gmk/bundle-entries';
import type { JobId, SourceId } from '../../shared/schema/ids';
import type { PackageEntry } from '../../shared/schema/work-package';
import type { GrantTarget } from '../grants/grant-store';

/** What main asks of bundles in the datasets process; the names of its handlers and the form of their arguments. */
export const BUNDLE_BEGIN = 'bundle.begin';
export const BUNDLE_APPEND = 'bundle.append';
export const BUNDLE_LINES_HASH = 'bundle.linesHash';
export const BUNDLE_FINISH = 'bundle.finish';
export const BUNDLE_ABANDON = 'bundle.abandon';
export const BUNDLE_OPEN = 'bundle.open';
export const BUNDLE_READ = 'bundle.read';
export const BUNDLE_UNPACK = 'bundle.unpackPictures';
export const BUNDLE_CLOSE = 'bundle.close';

export interface BundleJobArgs {
  readonly jobId: JobId;
}

export interface BundleBeginArgs extends BundleJobArgs {
  /** Absolute path of the bundle. */
  readonly file: string;
  readonly withPictures: boolean;
}

export interface BundleAppendArgs extends BundleJobArgs {
  readonly lines: readonly string[];
}

export interface BundleFinishArgs extends BundleJobArgs {
  readonly facts: Omit<BundleManifest, 'groundmarkBundle' | 'lines' | 'sha256' | 'hasPictures'>;
  readonly package: PackageEntry | null;
  /** Where the originals are, by source id. */
  readonly sources: Readonly<Record<string, GrantTarget>>;
}

export interface BundleOpenArgs extends BundleJobArgs {
  readonly file: string;
}

export interface BundleReadArgs extends BundleJobArgs {
  readonly fromLine: number;
}

export interface BundleUnpackArgs extends BundleJobArgs {
  readonly home: string;
  /** Sources that are not open on this computer. */
  readonly wanted: readonly SourceId[];
}
