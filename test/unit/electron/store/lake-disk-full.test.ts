import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLake } from '../../../../electron/store/lake';
import { okValue } from '../../../fixtures/ok-value';
import { contentKeyOf, publishRequest, publishRows } from '../../../fixtures/publish-rows';

const SIZE = 16 * 1024 * 1024;
let disk: string;
let isMounted = false;

beforeEach(async () => {
  disk = await mkdtemp(path.join(tmpdir(), 'groundmark-small-disk-'));
  isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', disk]).status === 0;
});
afterEach(async () => {
  if (isMounted) spawnSync('umount', [disk]);
  await rm(disk, { recursive: true, force: true });
});

/** Fills the disk up to `left` bytes. */
async function fillUpTo(left: number): Promise<string> {
  const { bavail, bsize } = await statfs(disk);
  const ballast = path.join(disk, 'ballast');
  await writeFile(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  return ballast;
}

describe('a lake on a disk that becomes full', () => {
  it('says so while staging, keeps what was there, and goes on when there is room again', async ({
    skip,
  }) => {
    if (!isMounted) skip('skipped: a small disk needs the right to mount a tmpfs');
    const lake = openLake(path.join(disk, 'home'));
    const few = publishRows(5);
    const first = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(few)));
    okValue(await first.append(0, few));
    const { version } = okValue(await first.finish());

    const ballast = await fillUpTo(100_000);
    const many = publishRows(400);
    const publishing = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(many)));
    const results = [];
    for (let batch = 0; batch < 4; batch += 1) {
      results.push(await publishing.append(batch, many.slice(batch * 100, (batch + 1) * 100)));
    }
    const refused = results.findIndex((result) => !result.ok);
    expect(results[refused]).toMatchObject({ ok: false, error: { code: 'file.disk-full' } });
    expect((await lake.verify(version.id)).ok).toBe(true);
    expect(okValue(await lake.versions(null)).map(({ id }) => id)).toEqual([version.id]);

    await rm(ballast);
    const again = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(many)));
    expect(again.nextBatch).toBe(refused);
    for (let batch = again.nextBatch; batch < 4; batch += 1) {
      okValue(await again.append(batch, many.slice(batch * 100, (batch + 1) * 100)));
    }
    expect((await lake.verify(okValue(await again.finish()).version.id)).ok).toBe(true);
  });

  it('says so while finishing, keeps the staging, and leaves no half version', async ({ skip }) => {
    if (!isMounted) skip('skipped: a small disk needs the right to mount a tmpfs');
    const lake = openLake(path.join(disk, 'home'));
    const rows = publishRows(400);
    const publishing = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(rows)));
    okValue(await publishing.append(0, rows));
    okValue(await lake.versions(null));
    const ballast = await fillUpTo(60_000);
    expect(await publishing.finish()).toMatchObject({ ok: false, error: { code: 'file.disk-full' } });
    expect(await readdir(lake.paths.versions).catch(() => [])).toEqual([]);
    await rm(ballast);
    expect(okValue(await publishing.finish()).isNew).toBe(true);
  });
});
