import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { DatasetFolder } from '../../format';
import { boundedCompressors } from './decompress';

/** A row group beyond this was not made by any writer of its own accord. */
const MAX_GROUP_BYTES = 1024 ** 3;
const MAX_ROWS_IN_GROUP = 20_000_000;

export type TableRow = Readonly<Record<string, unknown>>;

/** A Parquet file whose footer was read. */
export interface Table {
  readonly columns: ReadonlySet<string>;
  readonly rowCount: number;
  /**
   * Rows group by group; memory is bounded by a group. What is damaged ends it with the reason, for a person.
   * @param columns only these; all when absent.
   */
  rows(columns?: readonly string[]): AsyncGenerator<readonly TableRow[], string | null>;
}

/** Opens a Parquet file of a folder, or says why it is none. */
export async function openTable(
  folder: DatasetFolder,
  path: string,
  byteSize: number,
): Promise<Table | string> {
  const file = fileOf(folder, path, byteSize);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
    const fault = faultOf(metadata, byteSize);
    if (fault !== null) return fault;
  } catch (thrown) {
    return messageOf(thrown);
  }
  const columns = new Set(topColumns(metadata));
  return {
    columns,
    rowCount: Number(metadata.num_rows),
    async *rows(wanted) {
      let rowStart = 0;
      const compressors = await boundedCompressors(metadata);
      for (const group of metadata.row_groups) {
        const rowEnd = rowStart + Number(group.num_rows);
        let rows: readonly TableRow[];
        try {
          rows = await parquetReadObjects({
            file,
            metadata,
            rowStart,
            rowEnd,
            compressors,
            ...(wanted === undefined ? {} : { columns: wanted.filter((name) => columns.has(name)) }),
          });
        } catch (thrown) {
          return messageOf(thrown);
        }
        yield rows;
        rowStart = rowEnd;
      }
      return null;
    },
  };
}

/** Whether a file begins as Parquet does. */
export async function isParquet(folder: DatasetFolder, path: string): Promise<boolean> {
  const head = await folder.readRange(path, 0, 4);
  return head.ok && String.fromCharCode(...head.value) === 'PAR1';
}

function fileOf(folder: DatasetFolder, path: string, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const read = await folder.readRange(path, start, end);
      if (!read.ok) throw new Error(read.error.message);
      if (read.value.length < Math.min(end, byteLength) - start) throw new Error('it is cut off');
      // Copied: what is read may be a Buffer, whose slices share the memory of others.
      return new Uint8Array(read.value).buffer;
    },
  };
}

/** What of a footer cannot be true, or null. */
function faultOf({ row_groups: groups, num_rows: rowCount }: FileMetaData, byteSize: number): string | null {
  let rows = 0;
  for (const { num_rows: count, columns } of groups) {
    const inGroup = Number(count);
    if (!(inGroup >= 0 && inGroup <= MAX_ROWS_IN_GROUP))
      return 'a row group claims more rows than it can have';
    rows += inGroup;
    let bytes = 0;
    for (const { meta_data: meta } of columns) {
      if (meta === undefined) return 'a column has no description';
      const [from, length] = [Number(meta.data_page_offset), Number(meta.total_compressed_size)];
      if (!(from >= 0 && length >= 0 && from + length <= byteSize))
        return 'a column lies outside of the file';
      // A value takes at least a bit before it is compressed, or a run of them a few bytes.
      if (Number(meta.num_values) > MAX_ROWS_IN_GROUP) return 'a column claims more values than it can have';
      bytes += Number(meta.total_uncompressed_size);
    }
    if (!(bytes <= MAX_GROUP_BYTES)) return 'a row group is larger than 1 GB';
  }
  return rows === Number(rowCount) ? null : 'its row groups do not add up to its rows';
}

function topColumns({ schema }: FileMetaData): readonly string[] {
  const names: string[] = [];
  // The schema is a tree in pre-order; the root is first.
  let at = 1;
  const skip = () => {
    const children = schema[at]?.num_children ?? 0;
    at += 1;
    for (let child = 0; child < children && at < schema.length; child += 1) skip();
  };
  while (at < schema.length) {
    names.push(schema[at]?.name ?? '');
    skip();
  }
  return names;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message.slice(0, 300) : String(thrown).slice(0, 300);
}
