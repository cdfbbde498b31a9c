import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTar } from '../../../../../shared/formats/parts/tar/read-tar';
import { tarWriter } from '../../../../../shared/formats/parts/tar/write-tar';
import { memoryFolder, memorySink } from '../../../../harness/memory-dataset';

const MEMBERS: readonly (readonly [string, string])[] = [
  ['a.txt', 'hello'],
  ['empty', ''],
  ['ä ü 猫.json', 'x'.repeat(512)],
  [`${'long/'.repeat(40)}name.txt`, 'y'.repeat(513)],
];

async function archive(): Promise<Uint8Array> {
  const sink = memorySink();
  const writer = tarWriter(await sink.open('a.tar'));
  for (const [name, text] of MEMBERS) await writer.add(name, Buffer.from(text));
  await writer.close();
  const bytes = sink.files.get('a.tar') as Uint8Array;
  expect(writer.byteSize).toBe(bytes.length);
  return bytes;
}

async function members(bytes: Uint8Array, wants = true, chunkChars = 77) {
  const reader = readTar(memoryFolder(new Map([['a.tar', bytes]]), { chunkChars }), 'a.tar', () => wants);
  const found: (readonly [string, string | null])[] = [];
  let next = await reader.next();
  for (; !next.done; next = await reader.next()) {
    const { name, content } = next.value;
    found.push([name, content === null ? null : Buffer.from(content).toString()]);
  }
  return { found, fault: next.value.fault };
}

describe('tar archives', () => {
  it('come back as they went in, in chunks of any size', async () => {
    const bytes = await archive();
    for (const chunk of [1, 77, 512, 1 << 20]) {
      expect(await members(bytes, true, chunk)).toEqual({ found: MEMBERS, fault: null });
    }
    expect(await members(bytes, false)).toEqual({
      found: MEMBERS.map(([name]) => [name, null]),
      fault: null,
    });
  });

  it('are read by tar', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'groundmark-tar-'));
    try {
      const file = path.join(folder, 'a.tar');
      writeFileSync(file, await archive());
      for (const [name, text] of MEMBERS) {
        expect(execFileSync('tar', ['-xOf', file, name]).toString()).toBe(text);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that end early, or in nonsense, say so', async () => {
    const bytes = await archive();
    const faults = async (damaged: Uint8Array) => (await members(damaged)).fault;
    expect(await faults(bytes.subarray(0, 0))).toMatch(/too short/);
    expect(await faults(bytes.subarray(0, 515))).toMatch(/in the middle of a.txt/);
    expect(await faults(bytes.subarray(0, 1024))).toMatch(/closing blocks/);
    const turned = bytes.slice();
    turned[0] = 0;
    expect(await faults(turned)).toMatch(/checksum/);
    // A size of 8 GB in a file of 6 KB, with its checksum mended.
    const huge = bytes.slice(0, 1024);
    huge.set(Buffer.from('77777777777'), 124);
    huge.fill(32, 148, 156);
    const sum = huge.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    huge.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    expect(await faults(huge)).toMatch(/in the middle/);
  });
});
