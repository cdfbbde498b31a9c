import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { detectFormats, LEAST_CONFIDENCE } from '../../shared/formats/detect-formats';
import { FORMATS, formatById } from '../../shared/formats/index';
import { GOLDEN_DATASETS, inShort } from '../fixtures/formats/expected-dataset';
import { okValue } from '../fixtures/ok-value';
import { collected, memoryFolder } from '../harness/memory-dataset';
import { asMemoryDataset, optionSets, writtenAndRead } from '../harness/written-and-read';

async function openGolden({ folder, expected }: (typeof GOLDEN_DATASETS)[number]) {
  const sizes = expected.sizes ?? {};
  return okValue(
    await openDatasetFolder(folder, {
      knownSize: (picture) => {
        const size = sizes[picture];
        return size === undefined ? null : { width: size[0], height: size[1] };
      },
    }),
  );
}

describe('the registry of formats', () => {
  it('holds one entry for each folder, under its own id', () => {
    const folders = readdirSync(path.resolve(import.meta.dirname, '../../shared/formats'), {
      withFileTypes: true,
    })
      .filter((entry) => entry.isDirectory() && entry.name !== 'parts')
      .map((entry) => entry.name);
    expect(Object.keys(FORMATS).sort()).toEqual(folders.sort());
    for (const [id, format] of Object.entries(FORMATS)) expect(format.id).toBe(id);
  });

  it('knows no format by a name from the prototype', () => {
    expect(formatById('constructor')).toBeNull();
    expect(formatById('toString')).toBeNull();
  });
});

describe.each(GOLDEN_DATASETS)('golden $formatId/$name', (golden) => {
  it('is detected as its format and as no other', async () => {
    const detected = await detectFormats(await openGolden(golden));
    expect(detected[0]?.format.id).toBe(golden.formatId);
    expect(detected[0]?.confidence).toBeGreaterThanOrEqual(LEAST_CONFIDENCE);
    expect(detected[0]?.reasons.length).toBeGreaterThan(0);
    // A near miss may say that it is one, below what is offered.
    const offered = detected.slice(1).filter((other) => other.confidence >= LEAST_CONFIDENCE);
    expect(offered.map((other) => other.format.id)).toEqual([]);
  });

  it('reads as what it means', async () => {
    const format = formatById(golden.formatId);
    const read = await collected((format ?? FORMATS.coco).read(await openGolden(golden)));
    const { labels, images, annotations, problems } = golden.expected;
    expect(inShort(read)).toEqual({ labels, images, annotations, problems: [...problems].sort() });
    expect(read.orderFaults).toEqual([]);
  });

  it.each(Object.keys(FORMATS))(
    'written as %s and read again is what the fidelity table says',
    async (targetId) => {
      const format = formatById(golden.formatId) ?? FORMATS.coco;
      const target = formatById(targetId) ?? FORMATS.coco;
      const given = await asMemoryDataset(format.read(await openGolden(golden)));
      for (const options of optionSets(target)) await writtenAndRead(target, options, given);
    },
  );
});

describe('what is no dataset', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'groundmark-formats-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is detected as nothing', async () => {
    await writeFile(path.join(folder, 'package.json'), '{"name":"x","images":[1,2],"annotations":{}}');
    await writeFile(path.join(folder, 'notes.txt'), '0 0.5 0.5 0.5 0.5\n');
    await writeFile(path.join(folder, 'geo.json'), '{"type":"FeatureCollection","features":[]}');
    await writeFile(
      path.join(folder, 'list.json'),
      '[{"image_id":1,"bbox":[1,2,3,4],"category_id":1,"score":0.5}]',
    );
    expect(await detectFormats(okValue(await openDatasetFolder(folder)))).toEqual([]);
  });

  it.each(Object.values(FORMATS))('read as $id gives a problem and nothing else', async (format) => {
    const read = await collected(format.read(memoryFolder(new Map())));
    expect(read.problems.map((problem) => problem.code)).toEqual(['format-unrecognised']);
    expect([...read.labels, ...read.images, ...read.annotations]).toEqual([]);
  });
});
