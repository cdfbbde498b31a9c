import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32c } from '../../../../electron/profile/crc32c';
import { readLog, writeLog } from '../../../../electron/profile/leveldb-log';
import { mendTornLogs } from '../../../../electron/profile/mend-torn-logs';

const record = (length: number, fill: number) => new Uint8Array(length).fill(fill);
const records = fc.array(
  fc.tuple(fc.nat({ max: 90_000 }), fc.nat({ max: 255 })).map(([length, fill]) => record(length, fill)),
  { maxLength: 6 },
);

/** Records as text, because comparing large byte arrays item by item takes seconds. */
const texts = (all: readonly Uint8Array[]) => all.map((one) => Buffer.from(one).toString('latin1'));

it('has the CRC of the standard’s examples', () => {
  // RFC 3720, appendix B.4.
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
});

it('reads back what it wrote, over block borders', () => {
  fc.assert(
    fc.property(records, (written) => {
      const read = readLog(writeLog(written));
      expect(read.state).toBe('sound');
      expect(texts(read.records)).toEqual(texts(written));
    }),
    { numRuns: 30 },
  );
});

it('finds every whole record of a log that was cut anywhere, and where to cut it', () => {
  fc.assert(
    fc.property(records, fc.double({ min: 0, max: 1, noNaN: true }), (written, share) => {
      const whole = writeLog(written);
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      const { records: found, soundLength, state } = readLog(cut);
      expect(texts(found)).toEqual(texts(written.slice(0, found.length)));
      expect(state).toBe(soundLength === cut.length ? 'sound' : 'torn');
      // What is left after the cut is a log that can be written on.
      const mended = readLog(cut.subarray(0, soundLength));
      expect(mended.state).toBe('sound');
      expect(texts(mended.records)).toEqual(texts(found));
    }),
    { numRuns: 60 },
  );
});

it('sees a torn record in the middle, as written on by a process that did not notice, and keeps the rest', () => {
  const before = writeLog([record(100, 1), record(50, 2)]);
  const torn = Uint8Array.of(9, 9, 9, 9, 0, 2, 1, 65, 65, 65);
  // The records behind must sit where LevelDB would have put them; all is within the first block here.
  const behind = writeLog([record(300, 3), record(20, 4)]);
  const content = readLog(Uint8Array.from([...before, ...torn, ...behind]));
  expect(content.state).toBe('damaged');
  expect(content.soundLength).toBe(before.length);
  expect(content.records).toEqual([record(100, 1), record(50, 2), record(300, 3), record(20, 4)]);
});

it('mends the logs of a profile and leaves sound ones and other files alone', () => {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-profile-'));
  const folder = path.join(profile, 'IndexedDB', 'app_bundle_0.indexeddb.leveldb');
  fs.mkdirSync(folder, { recursive: true });
  const put = (name: string, bytes: Uint8Array) => fs.writeFileSync(path.join(folder, name), bytes);
  const get = (name: string) => fs.readFileSync(path.join(folder, name));
  const sound = writeLog([record(100, 1), record(40_000, 2)]);
  const torn = Uint8Array.from([...sound, 1, 2, 3, 4, 200, 0, 1]);
  const tail = writeLog([record(10, 5)]);
  const damaged = Uint8Array.from([...writeLog([record(100, 1)]), 1, 2, 3, ...tail]);
  put('000003.log', torn);
  put('000004.log', sound);
  put('000005.log', damaged);
  put('000006.ldb', torn);
  put('MANIFEST-000001', torn);
  put('MANIFEST-000002', damaged);
  const written: string[] = [];
  mendTornLogs(profile, { file: '', write: (_, message) => written.push(message) });

  expect(get('000003.log').equals(sound)).toBe(true);
  expect(get('000004.log').equals(sound)).toBe(true);
  const rewritten = readLog(get('000005.log'));
  expect(rewritten.state).toBe('sound');
  expect(texts(rewritten.records)).toEqual(texts([record(100, 1), record(10, 5)]));
  expect(get('000006.ldb').equals(torn)).toBe(true);
  expect(get('MANIFEST-000001').equals(sound)).toBe(true);
  expect(get('MANIFEST-000002').equals(damaged)).toBe(true);
  expect(written).toHaveLength(3);
  expect(fs.readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(1);
  fs.rmSync(profile, { recursive: true });
});
