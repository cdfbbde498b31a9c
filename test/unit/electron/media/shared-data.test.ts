import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ScanOutcome, scanSource } from '../../../../electron/media/scan/scan-source';
import { ScannedImage } from '../../../../shared/schema/image';

const data = path.resolve(import.meta.dirname, '../../../../../shared/data');
const isThere = fs.existsSync(data);

async function scan(folder: string): Promise<ScanOutcome[]> {
  const root = fs.realpathSync(path.join(data, folder));
  const outcomes: ScanOutcome[] = [];
  for await (const chunk of scanSource({ target: { kind: 'folder', root }, afterKey: null }))
    outcomes.push(...chunk);
  return outcomes;
}

const imagesOf = (outcomes: readonly ScanOutcome[]) => outcomes.flatMap(({ image }) => image ?? []);
const problemsOf = (outcomes: readonly ScanOutcome[]) => outcomes.flatMap(({ problem }) => problem ?? []);

describe.skipIf(!isThere)(`real pictures${isThere ? '' : ' (skipped: no shared data here)'}`, () => {
  it('every one of the 128 COCO photos is taken, without a problem', async () => {
    const outcomes = await scan('coco-val/images');
    expect(problemsOf(outcomes)).toEqual([]);
    expect(imagesOf(outcomes).filter(({ format }) => format === 'jpeg')).toHaveLength(128);
  });

  it('the eight turned versions of each EXIF example are shown at one size', async () => {
    const images = imagesOf(await scan('images-robustness/exif-orientation'));
    const sizes = (prefix: string) =>
      images.filter(({ key }) => key.startsWith(prefix)).map((i) => [i.width, i.height]);
    expect(sizes('Landscape_')).toEqual(Array(9).fill([1800, 1200]));
    expect(sizes('Portrait_')).toEqual(Array(9).fill([1200, 1800]));
    for (const { key, exifOrientation } of images) {
      expect([key, exifOrientation]).toEqual([key, Number(/_(\d)/.exec(key)?.[1]) || 1]);
    }
  });

  it('the invalid PNGs that headers can tell end as lines, with the reason', async () => {
    const problems = problemsOf(await scan('images-robustness/suites/go_std_image/png'));
    expect(problems.map(({ key, code }) => [path.posix.basename(key), code])).toEqual([
      ['invalid-crc32.png', 'image.undecodable'],
      ['invalid-noend.png', 'image.truncated'],
      ['invalid-trunc.png', 'image.truncated'],
    ]);
  });

  it('everything there is can be scanned: each outcome is a valid record, a line, or nothing', async () => {
    const outcomes = await scan('.');
    for (const image of imagesOf(outcomes)) ScannedImage.parse(image);
    for (const { reason } of problemsOf(outcomes)) expect(reason).toMatch(/\w.*\.$/);
    const formats = new Set(imagesOf(outcomes).map(({ format }) => format));
    expect([...formats].sort()).toEqual(['bmp', 'gif', 'jpeg', 'png', 'tiff', 'webp']);
  });
});
