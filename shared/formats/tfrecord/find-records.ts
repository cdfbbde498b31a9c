import type { DatasetFolder } from '../format';
import { exampleFrom } from '../parts/tfrecord/example';
import { recordLength } from '../parts/tfrecord/records';

const RECORD_FILE = /\.(?:tfrecords?|tfrec|record)(?:-\d{5}-of-\d{5})?$/i;

/** A first record up to this size is looked into for its features. */
const MAX_SNIFFED_BYTES = 8 * 1024 * 1024;

export interface RecordFiles {
  readonly records: readonly string[];
  readonly labelMaps: readonly string[];
}

export async function findRecords(folder: DatasetFolder): Promise<RecordFiles> {
  const paths = (await folder.list()).map((file) => file.path);
  return {
    records: paths.filter((path) => RECORD_FILE.test(path)),
    labelMaps: paths.filter((path) => /\.pbtxt$/i.test(path)),
  };
}

/** What the first record of a file is: an example of a picture, another record, or none at all. */
export async function sniffedRecord(
  folder: DatasetFolder,
  path: string,
): Promise<'picture' | 'record' | 'none'> {
  const header = await folder.readRange(path, 0, 12);
  const length = header.ok ? recordLength(header.value) : null;
  if (length === null) return 'none';
  if (length > MAX_SNIFFED_BYTES) return 'record';
  const data = await folder.readRange(path, 12, 12 + length);
  const features = data.ok ? exampleFrom(data.value) : null;
  return [...(features?.keys() ?? [])].some((name) => name.startsWith('image/')) ? 'picture' : 'record';
}
