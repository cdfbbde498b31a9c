import { tableWriter } from '../../../shared/formats/parts/parquet/write-table';
import type { Services } from '../../app/services';
import { TIME_COLUMNS, type TimeRow, timeCsv } from './time-table';

/** Asks where to, and writes measured work as CSV or Parquet; says what came of it. */
export async function saveTime(
  { bridge, toasts }: Pick<Services, 'bridge' | 'toasts'>,
  rows: readonly TimeRow[],
  extension: 'csv' | 'parquet',
): Promise<void> {
  const where = { title: 'Save how long work took', suggestedName: `work.${extension}`, extension };
  const saved =
    extension === 'csv'
      ? await bridge.invoke('files.saveText', { ...where, text: timeCsv(rows) })
      : await bridge.invoke('files.saveBytes', { ...where, bytes: await parquetOf(rows) });
  if (!saved.ok) toasts.show({ tone: 'error', message: saved.error.message });
  else if (saved.value !== null) toasts.show({ message: `Saved as “${saved.value.name}”.` });
}

async function parquetOf(rows: readonly TimeRow[]): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  const writer = tableWriter(
    {
      write: async (content) => {
        pieces.push(typeof content === 'string' ? new TextEncoder().encode(content) : content);
      },
      close: async () => undefined,
    },
    TIME_COLUMNS,
    'work',
  );
  for (const row of rows) await writer.add({ ...row });
  await writer.close();
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
