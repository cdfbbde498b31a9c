import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { DatasetFile } from '../../format';

/** Names and types of the columns of a table; all may be null. */
export type TableColumns = Readonly<Record<string, 'STRING' | 'INT32' | 'DOUBLE' | 'BOOLEAN'>>;

export type Cell = string | number | boolean | null;

/** Readers hold a row group at once; DuckDB's own are 122,880 rows. */
const ROWS_IN_GROUP = 50_000;
/** Masks and polygons are long texts: a group ends before they are too many. */
const CHARS_IN_GROUP = 32 * 1024 * 1024;

/** Writes a table row by row; memory is bounded by a row group. */
export interface TableWriter {
  add(row: Readonly<Record<string, Cell>>): Promise<void>;
  close(): Promise<void>;
}

/** Snappy, as most writers of Parquet; the same rows always give the same bytes. */
export function tableWriter(file: DatasetFile, columns: TableColumns, kind: string): TableWriter {
  const names = Object.keys(columns);
  const writer = new SinkWriter(file);
  const table = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({
      columnData: names.map((name) => ({ name, data: [], type: columns[name] ?? 'STRING', nullable: true })),
    }),
    codec: 'SNAPPY',
    kvMetadata: [{ key: 'groundmark_table', value: kind }],
    createdBy: 'Groundmark',
  });
  let rows: Readonly<Record<string, Cell>>[] = [];
  let chars = 0;
  const flush = async () => {
    if (rows.length > 0) {
      const columnData = names.map((name) => ({ name, data: rows.map((row) => row[name] ?? null) }));
      await table.write({ columnData, rowGroupSize: rows.length });
    }
    rows = [];
    chars = 0;
    await writer.drain();
  };
  return {
    async add(row) {
      rows.push(row);
      for (const cell of Object.values(row)) if (typeof cell === 'string') chars += cell.length;
      if (rows.length >= ROWS_IN_GROUP || chars >= CHARS_IN_GROUP) await flush();
    },
    async close() {
      await flush();
      await table.finish();
      await writer.drain();
      await file.close();
    },
  };
}

/** Hands over what was written so far and begins its buffer anew; offsets in the file go on. */
class SinkWriter extends ByteWriter {
  readonly #file: DatasetFile;

  constructor(file: DatasetFile) {
    super();
    this.#file = file;
  }

  async drain(): Promise<void> {
    const bytes = this.getBytes().slice();
    this.index = 0;
    if (bytes.length > 0) await this.#file.write(bytes);
  }
}
