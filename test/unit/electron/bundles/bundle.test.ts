import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BundleReader } from '../../../../electron/bundles/bundle-reader';
import { BundleWriter } from '../../../../electron/bundles/bundle-writer';
import { createZipSink } from '../../../../electron/datasets-io/zip/create-zip-sink';
import { openDatasetZip } from '../../../../electron/datasets-io/zip/open-dataset-zip';
import { BundleManifest } from '../../../../shared/formats/gmk/bundle-entries';
import { gmk } from '../../../../shared/formats/gmk/gmk';
import type { SourceId } from '../../../../shared/schema/ids';
import { okValue } from '../../../fixtures/ok-value';
import { collected } from '../../../harness/memory-dataset';

const golden = path.resolve(
  import.meta.dirname,
  '../../../fixtures/formats/gmk/two-sources-edited-meanwhile',
);
const lines = readFileSync(path.join(golden, 'project.jsonl'), 'utf8').trimEnd().split('\n');
const facts = BundleManifest.parse(JSON.parse(readFileSync(path.join(golden, 'bundle.json'), 'utf8')));
const [day, night] = facts.sources.map((source) => source.id) as [SourceId, SourceId];
const never = new AbortController().signal;
const quiet = { signal: never, onPicture: () => undefined };

let place = '';
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'groundmark-bundle-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

async function written(withPictures: boolean): Promise<string> {
  const originals = path.join(place, 'originals');
  await mkdir(path.join(originals, 'c d'), { recursive: true });
  writeFileSync(path.join(originals, '0001.jpg'), 'day one');
  writeFileSync(path.join(originals, 'c d/0002.jpg'), 'day two');
  const file = path.join(place, 'Kreuzung.gmk');
  const writer = okValue(await BundleWriter.begin(file, withPictures));
  await writer.append(lines.slice(0, 2));
  await writer.append(lines.slice(2));
  const packed = okValue(
    await writer.packPictures(facts, { [day]: { kind: 'folder', root: originals } }, quiet),
  );
  // The picture of the night is on no disk here.
  expect(packed).toEqual(
    withPictures
      ? { pictures: 2, missing: 1, missingPictures: ['0001.jpg'] }
      : { pictures: 0, missing: 0, missingPictures: [] },
  );
  expect(existsSync(file)).toBe(false);
  const { groundmarkBundle: _form, lines: _lines, sha256: _hash, ...rest } = facts;
  okValue(await writer.commit({ ...rest, hasPictures: packed.pictures > 0 }));
  return file;
}

async function allLines(reader: BundleReader): Promise<string[]> {
  const all: string[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page: Awaited<ReturnType<BundleReader['read']>> = await reader.read(from);
    all.push(...page.lines);
    from = page.nextLine;
  }
  return all;
}

describe('a bundle', () => {
  it('holds every line as it was given, and says what it holds', async () => {
    const reader = okValue(await BundleReader.open(await written(false), never));
    expect(await allLines(reader)).toEqual(lines);
    expect(reader.manifest.lines).toBe(lines.length);
    expect(reader.manifest.sha256).toBe(facts.sha256);
    expect([reader.manifest.project.name, reader.manifest.hasPictures]).toEqual(['Kreuzung', false]);
  });

  it('gives lines from any place, also backwards', async () => {
    const reader = okValue(await BundleReader.open(await written(false), never));
    expect((await reader.read(3)).lines).toEqual(lines.slice(3));
    expect((await reader.read(1)).lines).toEqual(lines.slice(1));
    expect(await reader.read(lines.length)).toEqual({ lines: [], nextLine: null });
  });

  it('unpacks the pictures of the sources that are wanted, each into a folder of its own', async () => {
    const reader = okValue(await BundleReader.open(await written(true), never));
    const home = path.join(place, 'home');
    const { sources, pictures } = okValue(await reader.unpackPictures(home, new Set([day, night]), quiet));
    expect(pictures).toBe(2);
    expect(sources.map((source) => [source.sourceId, source.displayName])).toEqual([[day, 'Day']]);
    const [source] = sources;
    expect(readFileSync(path.join(source?.folder ?? '', '0001.jpg'), 'utf8')).toBe('day one');
    expect(readFileSync(path.join(source?.folder ?? '', 'c d/0002.jpg'), 'utf8')).toBe('day two');
    expect(okValue(await reader.unpackPictures(home, new Set([night]), quiet)).pictures).toBe(0);
  });

  it('is read by the format of the command line', async () => {
    const folder = okValue(await openDatasetZip(await written(true)));
    expect((await gmk.detect(folder)).confidence).toBe(1);
    const read = await collected(gmk.read(folder));
    expect(read.problems).toEqual([]);
    expect(read.images.map((image) => image.key)).toEqual([
      'Night/0001.jpg',
      'Day/c d/0002.jpg',
      'Day/0001.jpg',
    ]);
    expect(read.annotations).toHaveLength(4);
  });

  it('given up leaves nothing', async () => {
    const writer = okValue(await BundleWriter.begin(path.join(place, 'gone.gmk'), false));
    await writer.append(lines);
    await writer.discard();
    expect(readdirSync(place)).toEqual([]);
  });
});

describe('a bundle that cannot be trusted', () => {
  async function withEntries(entries: Readonly<Record<string, string>>): Promise<string> {
    const file = path.join(place, 'made.gmk');
    const sink = okValue(await createZipSink({ kind: 'exactly', place: file, isForced: true }));
    for (const [name, text] of Object.entries(entries)) {
      const entry = await sink.open(name);
      await entry.write(text);
      await entry.close();
    }
    okValue(await sink.commit());
    return file;
  }
  const text = `${lines.join('\n')}\n`;

  it.each([
    [
      'altered lines',
      { 'project.jsonl': text.replace('Asha', 'Mara'), 'bundle.json': JSON.stringify(facts) },
      'bundle.damaged',
      /not what was written/,
    ],
    [
      'missing lines',
      { 'project.jsonl': `${lines[0]}\n`, 'bundle.json': JSON.stringify(facts) },
      'bundle.damaged',
      /1 of its 6 lines/,
    ],
    ['no manifest', { 'project.jsonl': text }, 'bundle.damaged', /bundle\.json is not in it/],
    [
      'a manifest that is no JSON',
      { 'project.jsonl': text, 'bundle.json': '{' },
      'bundle.damaged',
      /not JSON/,
    ],
    [
      'a manifest of another kind',
      { 'project.jsonl': text, 'bundle.json': '{"groundmarkBundle":1}' },
      'bundle.damaged',
      /not sound/,
    ],
    [
      'a later form',
      { 'project.jsonl': text, 'bundle.json': '{"groundmarkBundle":2}' },
      'bundle.newer-version',
      /newer Groundmark/,
    ],
  ])('%s is refused', async (_what, entries, code, words) => {
    const opened = await BundleReader.open(await withEntries(entries as Record<string, string>), never);
    expect(opened.ok).toBe(false);
    if (opened.ok) return;
    expect(opened.error.code).toBe(code);
    expect(opened.error.message).toMatch(words);
  });

  it('a file that was cut off, or is no zip, is refused', async () => {
    const file = await written(true);
    truncateSync(file, 300);
    expect((await BundleReader.open(file, never)).ok).toBe(false);
    writeFileSync(file, 'no zip at all');
    expect((await BundleReader.open(file, never)).ok).toBe(false);
  });
});
