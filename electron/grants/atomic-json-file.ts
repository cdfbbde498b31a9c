import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes so that a reader, or the next start after a crash, finds either the old content or the new, never a part:
 * temporary file in the same folder, fsync, rename.
 */
export async function writeJsonAtomically(file: string, value: unknown): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await fs.open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(temporary, file);
}
