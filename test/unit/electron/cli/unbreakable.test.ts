import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../../electron/cli/run-cli';

let work = '';
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'groundmark-cli-'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

async function groundmark(args: readonly string[], signal?: AbortSignal) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCli(
    args,
    {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
    },
    '1.2.3',
    signal,
  );
  return { exitCode, stdout, stderr };
}

async function file(relative: string, content: string | Uint8Array): Promise<string> {
  const place = path.join(work, relative);
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, content);
  return place;
}

/** A BMP of one colour: the smallest picture that is easy to write; `shade` tells pictures apart. */
function bmp(width: number, height: number, shade = 0): Buffer {
  const bytes = Buffer.alloc(54 + width * height * 4, shade);
  bytes.fill(0, 0, 54);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(32, 28);
  return bytes;
}

function cocoOf(names: readonly string[]): string {
  return JSON.stringify({
    images: names.map((file_name, index) => ({ id: index + 1, file_name, width: 20, height: 10 })),
    annotations: names.map((_, index) => ({
      id: index + 1,
      image_id: index + 1,
      category_id: 1,
      bbox: [1, 2, 3, 4],
    })),
    categories: [{ id: 1, name: 'car' }],
  });
}

const utf16 = (text: string, isBigEndian = false) => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
};

describe('what a person may name', () => {
  it.each([false, true])('texts in UTF-16 (big endian: %s)', async (isBigEndian) => {
    await file('coco/instances.json', utf16(cocoOf(['ä.bmp']), isBigEndian));
    const coco = await groundmark(['inspect', path.join(work, 'coco'), '--json']);
    expect(JSON.parse(coco.stdout)).toMatchObject({ images: 1, annotations: 1, errors: 0 });

    await file('yolo/data.yaml', utf16('names: [Straße]\n', isBigEndian));
    await file('yolo/labels/a.txt', utf16('0 0.5 0.5 0.1 0.1\r\n', isBigEndian));
    await file('yolo/images/a.bmp', bmp(20, 10));
    const yolo = await groundmark(['inspect', path.join(work, 'yolo'), '--json']);
    expect(JSON.parse(yolo.stdout)).toMatchObject({
      annotations: 1,
      errors: 0,
      labels: [{ name: 'Straße' }],
    });
  });

  it('data.yaml stands for its dataset', async () => {
    const yaml = await file('yolo/data.yaml', 'names: [car]\n');
    await file('yolo/labels/a.txt', '0 0.5 0.5 0.1 0.1\n');
    await file('yolo/images/a.bmp', bmp(20, 10));
    const { exitCode, stdout } = await groundmark(['inspect', yaml, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'yolo', annotations: 1 });
  });

  it.each([
    ['set.zip', 'cannot be read as a zip'],
    ['set.7z', 'archive'],
    ['a.jpg', 'picture'],
  ])('%s is refused with what to do instead', async (name, word) => {
    const { exitCode, stderr } = await groundmark(['inspect', await file(name, 'PK')]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(word);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a folder that is too deep to be looked into is an error, not a smaller dataset', async () => {
    await file('coco/instances.json', cocoOf(['a.bmp']));
    await mkdir(path.join(work, 'coco', ...Array.from({ length: 70 }, () => 'd')), { recursive: true });
    const { exitCode, stderr } = await groundmark([
      'convert',
      path.join(work, 'coco'),
      path.join(work, 'out'),
      '--to',
      'yolo',
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('too many folders deep');
    expect(await readdir(work)).toEqual(['coco']);
  });
});

describe('pictures beside converted labels', () => {
  it('each is its own, however alike names of files and folders are', async () => {
    const names = ['a/1.bmp', 'a/b/1.bmp', 'b/1.bmp', 'images/1.bmp'];
    await file('in/instances.json', cocoOf(names));
    for (const [index, name] of names.entries()) await file(`in/images/${name}`, bmp(20, 10, index + 1));
    const out = path.join(work, 'out');
    const { exitCode } = await groundmark([
      'convert',
      path.join(work, 'in'),
      out,
      '--to',
      'yolo',
      '--images',
      'copy',
    ]);
    expect(exitCode).toBe(0);
    for (const [index, name] of names.entries()) {
      expect((await readFile(path.join(out, 'images', name)))[60], name).toBe(index + 1);
    }
  });

  it('pictures that the format could not take are not laid beside the others', async () => {
    await file('in/instances.json', cocoOf(['1.bmp', '1.jpg']));
    await file('in/images/1.bmp', bmp(20, 10));
    await file('in/images/1.jpg', bmp(20, 10));
    const out = path.join(work, 'out');
    const { exitCode } = await groundmark([
      'convert',
      path.join(work, 'in'),
      out,
      '--to',
      'yolo',
      '--images',
      'copy',
    ]);
    expect(exitCode).toBe(3);
    expect(await readdir(path.join(out, 'images'))).toEqual(['1.bmp']);
  });
});

describe('Ctrl+C', () => {
  it.each(['convert', 'inspect', 'verify'])('ends %s with 130 and leaves nothing behind', async (command) => {
    await file('in/instances.json', cocoOf(['a.bmp']));
    const input = path.join(work, 'in');
    const rest = {
      convert: [path.join(work, 'out'), '--to', 'yolo'],
      inspect: [],
      verify: [input],
    }[command];
    const interruption = new AbortController();
    const running = groundmark([command, input, ...(rest ?? []), '--json'], interruption.signal);
    interruption.abort();
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'job.cancelled' } });
    expect(await readdir(work)).toEqual(['in']);
  });
});
