import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBValue,
} from '@duckdb/node-api';
import { z } from 'zod';

/** Enough for a sort of a few hundred thousand rows in memory; what is larger spills to the temporary folder. */
const MEMORY_LIMIT = '512MB';

export interface DatabaseOptions {
  /** `:memory:` or a file. */
  readonly path: string;
  /** Where DuckDB spills; never left to its default, which is the current folder. */
  readonly temporaryFolder: string;
  /** One thread makes the bytes of what is written repeatable; reading may use more. */
  readonly threads: number;
  readonly memoryLimit?: string;
}

/**
 * DuckDB as this app uses it: values and paths are bound, never put into the text; nothing is downloaded or loaded;
 * times are read and shown as UTC.
 */
export interface Database {
  run(sql: string, values?: readonly DuckDBValue[]): Promise<void>;
  /** All rows, checked against a schema, since Parquet files may come from anywhere. BIGINT arrives as number. */
  rows<T>(schema: z.ZodType<T>, sql: string, values?: readonly DuckDBValue[]): Promise<T[]>;
  /** Rows chunk by chunk (2,048 at most), for results that may not fit in memory. On a connection of its own. */
  chunks<T>(
    schema: z.ZodType<T>,
    sql: string,
    values?: readonly DuckDBValue[],
  ): AsyncGenerator<readonly T[], void, void>;
  appender(table: string): Promise<DuckDBAppender>;
  /** Ends running queries; they then throw. */
  interrupt(): void;
  close(): void;
}

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const instance = await DuckDBInstance.create(options.path, {
    threads: String(options.threads),
    memory_limit: options.memoryLimit ?? MEMORY_LIMIT,
    temp_directory: options.temporaryFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    preserve_insertion_order: 'true',
  });
  const connections = new Set<DuckDBConnection>();
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    connections.add(connection);
    await connection.run("SET TimeZone = 'UTC'");
    return connection;
  };
  const main = await connect();

  return {
    async run(sql, values = []) {
      await main.run(sql, [...values]);
    },

    async rows(schema, sql, values = []) {
      const reader = await main.runAndReadAll(sql, [...values]);
      return z.array(schema).parse(reader.getRowObjectsJS().map(plainRow));
    },

    async *chunks(schema, sql, values = []) {
      const connection = await connect();
      const chunkSchema = z.array(schema);
      try {
        const result = await connection.stream(sql, [...values]);
        for await (const rows of result.yieldRowObjectJs()) yield chunkSchema.parse(rows.map(plainRow));
      } finally {
        connections.delete(connection);
        connection.closeSync();
      }
    },

    appender: (table) => main.createAppender(table),

    interrupt() {
      for (const connection of connections) connection.interrupt();
    },

    close() {
      for (const connection of connections) connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Counts and sizes arrive as bigint; all of ours are below 2^53. Times arrive as Date and leave as ISO text. */
function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'bigint') row[name] = Number(value);
    else if (value instanceof Date) row[name] = value.toISOString();
  }
  return row;
}
