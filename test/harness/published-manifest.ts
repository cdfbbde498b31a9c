import fs from 'node:fs';
import path from 'node:path';

/** The manifest of the version that was published last into the lake of a data home, as it lies on disk. */
export function newestManifest(home: string): Record<string, unknown> {
  const lake = path.join(home, 'lake');
  const [newest] = fs
    .readdirSync(lake, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('manifest.json'))
    .map((name) => path.join(lake, name))
    .sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
  if (newest === undefined) throw new Error(`No version lies in ${lake}.`);
  return JSON.parse(fs.readFileSync(newest, 'utf8'));
}
