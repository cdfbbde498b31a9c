import type { DatasetFile, DatasetFolder, DatasetSink } from '../../shared/formats/format';
import type { Result } from '../../shared/result/result';
import type { DatasetFolderOptions } from './open-dataset-folder';

/** Where an output ends up: under a free name inside the folder that a person chose, or exactly where a command says. */
export type OutputTarget =
  | { readonly kind: 'inside'; readonly folder: string; readonly name: string }
  | { readonly kind: 'exactly'; readonly place: string; readonly isForced: boolean };

export interface OutputFile extends DatasetFile {
  /** Leaves the file out, whatever was written into it. */
  abandon(): Promise<void>;
}

/** A folder or zip file that appears whole or not at all, with pictures beside the labels. */
export interface OutputSink extends DatasetSink {
  open(path: string): Promise<OutputFile>;
  /** Puts a file there: a copy (shared blocks where the file system can), or a hard link where that is possible. */
  addFile(relative: string, from: string, how: 'copy' | 'link'): Promise<Result<null>>;
  /** Whether something was written there. */
  has(relative: string): boolean;
  /** Of what was closed so far. */
  readonly written: { readonly files: number; readonly bytes: number };
  /** What a person should know of the names that were written, a sentence each: what is one name on other disks. */
  nameNotes(): readonly string[];
  /** What was written, as formats see it, before it is shown. Nothing may be written after it. */
  read(options?: Omit<DatasetFolderOptions, 'onlyFiles'>): Promise<Result<DatasetFolder>>;
  /** Moves everything into place in one rename, and says where that is. Nothing was visible there before. */
  commit(): Promise<Result<string>>;
  /** Forgets what was written. Safe to call after `commit` and more than once. */
  discard(): Promise<void>;
}
