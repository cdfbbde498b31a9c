import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLake } from '../../../../electron/store/lake';
import { Sha256 } from '../../../../shared/schema/ids';
import { okValue } from '../../../fixtures/ok-value';
import { contentKeyOf, publishRequest, publishRows } from '../../../fixtures/publish-rows';
import { bundlePublisher, startPublisher } from '../../../harness/publisher-process';

const KILLS = 40;
const ROWS = 150;

let bundle: Awaited<ReturnType<typeof bundlePublisher>>;
let home: string;
beforeAll(async () => {
  bundle = await bundlePublisher();
  home = await mkdtemp(path.join(tmpdir(), 'groundmark-kill-'));
});
afterAll(async () => {
  await rm(bundle.folder, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

/** mulberry32: the same moments again for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a publish that is killed', () => {
  it(`at ${KILLS} random moments leaves the old lake or a whole new version, and resumes`, async () => {
    const seed = Number(process.env.GROUNDMARK_KILL_SEED ?? Date.now() % 1_000_000);
    const random = randomFrom(seed);
    const lake = openLake(home);

    // One that nobody disturbs tells how long the parts take.
    const undisturbed = startPublisher(bundle.file, [path.join(home, 'calm'), String(ROWS)]);
    const started = performance.now();
    await undisturbed.until('finishing');
    const finishing = performance.now();
    const reference = await undisturbed.until('published');
    const wholeMs = performance.now() - started;
    const finishMs = performance.now() - finishing;
    await undisturbed.ended;

    const acknowledged = new Set<string>();
    let killed = 0;
    let first: string | null = null;
    for (let round = 0; killed < KILLS; round += 1) {
      expect(round, `seed ${seed}: too few kills hit`).toBeLessThan(KILLS * 4);
      // Published rows are not published again: the next publish has seven more, of which six pass the filter.
      const rows = ROWS + 7 * acknowledged.size;
      const before = new Set(await readdir(lake.paths.versions).catch(() => []));
      const publisher = startPublisher(bundle.file, [home, String(rows)]);
      if (round % 2 === 0) await sleep(random() * wholeMs);
      else {
        await publisher.until('finishing');
        await sleep(random() * finishMs);
      }
      if (publisher.child.kill('SIGKILL')) killed += 1;
      await publisher.ended;
      const where = `seed ${seed}, round ${round}, after ${JSON.stringify(publisher.lines.slice(-2))}`;

      const listed = okValue(await lake.versions(null)).map((version) => version.id);
      const folders = await readdir(lake.paths.versions).catch(() => []);
      expect([...folders].sort(), where).toEqual([...listed].sort());
      for (const id of listed) expect((await lake.verify(id)).ok, where).toBe(true);
      for (const id of before) expect(folders, where).toContain(id);
      for (const line of publisher.lines) {
        const [word, id = ''] = line.split(' ');
        if (word === 'published') expect(listed, where).toContain(id);
        if (word === 'published') acknowledged.add(id);
      }
      const stagedLine = publisher.lines.findLast((line) => line.startsWith('staged'));
      const isPublished = folders.length > before.size;
      if (stagedLine !== undefined && !isPublished) {
        const staged = Number(stagedLine.split(' ')[1]);
        const again = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(publishRows(rows))));
        expect(again.nextBatch, where).toBeGreaterThan(staged);
      }
      for (const id of folders) if (!before.has(id)) acknowledged.add(id);
      if (first === null && folders.length > 0) first = folders[0] ?? null;
    }

    // However often it was cut off, the first version is the one that an undisturbed publish makes.
    const rest = startPublisher(bundle.file, [home, String(ROWS + 7 * acknowledged.size)]);
    const last = await rest.until('published');
    await rest.ended;
    const lastId = Sha256.parse(last?.split(' ')[1]);
    expect((await lake.verify(lastId)).ok).toBe(true);
    expect(`published ${first ?? lastId}`).toBe(reference);
  }, 600_000);
});

describe('two processes', () => {
  it('take turns: while one holds the lock another is refused but may read, and its death frees the lock', async () => {
    const shared = path.join(home, 'shared');
    const lake = openLake(shared);
    const rows = publishRows(5);
    const publishing = okValue(await lake.beginPublish(publishRequest(), contentKeyOf(rows)));
    okValue(await publishing.append(0, rows));

    const holder = startPublisher(bundle.file, [shared, '0', 'hold']);
    expect(await holder.until('holding')).toBe('holding');
    expect(await publishing.finish({ patienceMs: 200 })).toMatchObject({
      ok: false,
      error: { code: 'lake.busy' },
    });
    expect(okValue(await lake.versions(null))).toEqual([]);
    holder.child.kill('SIGKILL');
    await holder.ended;

    const { version } = okValue(await publishing.finish());
    expect(okValue(await lake.versions(null)).map(({ id }) => id)).toEqual([version.id]);
  });

  it('that publish different things at once both succeed, one after the other', async () => {
    const shared = path.join(home, 'both');
    const [one, other] = [
      startPublisher(bundle.file, [shared, '60']),
      startPublisher(bundle.file, [shared, '61']),
    ];
    const ids = await Promise.all([one.until('published'), other.until('published')]);
    await Promise.all([one.ended, other.ended]);
    const listed = okValue(await openLake(shared).versions(null));
    expect(listed.map((version) => `published ${version.id}`).sort()).toEqual([...ids].sort());
    // The second has the first as its parent: none was written beside the other.
    expect(listed.map((version) => version.parent)).toContain(listed[1]?.id);
  });
});
