import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../../electron/cli/run-cli';

const fixtures = path.resolve(import.meta.dirname, '../../../fixtures/formats');
const COCO = path.join(fixtures, 'coco/official');
const SIZED_YOLO = path.join(fixtures, 'yolo/lists-with-sizes');

let work = '';
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'groundmark-cli-'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

async function groundmark(...args: string[]) {
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
  );
  return { exitCode, stdout, stderr };
}

const json = (text: string) => JSON.parse(text) as Record<string, unknown>;
const COCO_ALONE = path.join(COCO, 'annotations/instances_train2017.json');

describe('groundmark', () => {
  it('prints help with every command, examples and exit codes to stdout', async () => {
    const { exitCode, stdout, stderr } = await groundmark('--help');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    for (const part of ['inspect', 'convert', 'verify', 'Examples:', 'Exit codes:'])
      expect(stdout).toContain(part);
  });

  it.each(['inspect', 'convert', 'verify'])('help of %s has examples and exit codes', async (command) => {
    const { exitCode, stdout } = await groundmark(command, '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Examples:[\s\S]*Exit codes:/);
  });

  it('prints its version', async () => {
    expect(await groundmark('--version')).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it.each([
    { args: [], what: 'nothing' },
    { args: ['frobnicate'], what: 'an unknown command' },
    { args: ['inspect'], what: 'a missing argument' },
    { args: ['inspect', 'x', '--nope'], what: 'an unknown option' },
    { args: ['convert', 'a', 'b'], what: 'a missing option' },
  ])('refuses $what with 2, on stderr', async ({ args }) => {
    const { exitCode, stdout, stderr } = await groundmark(...args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('says an error in one line, and as an object with --json', async () => {
    const missing = path.join(work, 'nowhere');
    const { exitCode, stdout, stderr } = await groundmark('inspect', missing, '--json');
    expect(exitCode).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^groundmark: .*nowhere was not found/);
    expect(stderr).not.toMatch(/\bat .*\.ts/);
    expect(json(stdout).error).toMatchObject({ code: 'file.not-found' });
  });
});

describe('groundmark inspect', () => {
  it('counts by label, split, state and shape', async () => {
    const { exitCode, stdout } = await groundmark('inspect', COCO, '--json');
    expect(exitCode).toBe(0);
    expect(json(stdout)).toMatchObject({
      format: 'coco',
      images: 3,
      annotations: 3,
      imagesBySplit: { train: 2, val: 1 },
      imagesByState: { labelled: 2, confirmedEmpty: 1 },
      annotationsByShape: { box: 3 },
      labels: [
        { classIndex: 0, name: 'car', count: 2 },
        { classIndex: 2, name: 'sign', count: 1 },
      ],
      errors: 0,
    });
  });

  it('takes one label file', async () => {
    const { exitCode, stdout } = await groundmark('inspect', COCO_ALONE, '--json');
    expect(exitCode).toBe(0);
    expect(json(stdout)).toMatchObject({ format: 'coco', images: 2, annotations: 2, errors: 0 });
  });

  it('ends with 2 and names the place when parts are broken', async () => {
    const { exitCode, stderr, stdout } = await groundmark(
      'inspect',
      path.join(fixtures, 'coco/annotations-first-mixed'),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/annotations\[4\] of labels\.json .*category 77/);
    expect(stdout).toContain('COCO (98 % sure)');
  });

  it('says why something is no dataset', async () => {
    await writeFile(path.join(work, 'a.txt'), 'hello');
    const { exitCode, stderr } = await groundmark('inspect', work);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/is no dataset that is read here.*COCO.*YOLO/);
  });
});

describe('groundmark convert', () => {
  const out = () => path.join(work, 'out');

  it('ends with 0 when everything is kept, and the result verifies', async () => {
    const converted = await groundmark('convert', '--from', 'yolo', SIZED_YOLO, '--to', 'coco', out());
    expect(converted).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await groundmark('verify', SIZED_YOLO, out())).toMatchObject({ exitCode: 0 });
  });

  it('ends with 3 and a report when something cannot be kept', async () => {
    const { exitCode, stdout, stderr } = await groundmark('convert', COCO, out(), '--to', 'yolo', '--json');
    expect(exitCode).toBe(3);
    expect(json(stdout)).toMatchObject({
      isClean: false,
      images: 3,
      annotations: 3,
      lossCountByCode: { 'supercategory-dropped': 1, 'attribute-dropped': 2, 'crowd-flag-dropped': 1 },
    });
    expect(stderr).toContain('attribute-dropped × 2');
    expect(await groundmark('verify', COCO, out(), '--ignore', 'attributes', 'crowd')).toMatchObject({
      exitCode: 0,
    });
    expect(await groundmark('verify', COCO, out())).toMatchObject({ exitCode: 1 });
  });

  it('refuses broken input with 2 and leaves nothing behind, unless it may skip it', async () => {
    const broken = path.join(fixtures, 'coco/annotations-first-mixed');
    const refused = await groundmark('convert', broken, out(), '--to', 'coco');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/broken parts.*--skip-bad/);
    expect(await readdir(work)).toEqual([]);
    expect(await groundmark('convert', broken, out(), '--to', 'coco', '--skip-bad')).toMatchObject({
      exitCode: 3,
    });
    expect(await readdir(work)).toEqual(['out']);
  });

  it('does not touch a folder that holds something, unless forced', async () => {
    await mkdir(out());
    await writeFile(path.join(out(), 'precious.txt'), 'mine');
    const refused = await groundmark('convert', SIZED_YOLO, out(), '--to', 'coco');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--force');
    expect(await readFile(path.join(out(), 'precious.txt'), 'utf8')).toBe('mine');
    expect(await groundmark('convert', SIZED_YOLO, out(), '--to', 'coco', '--force')).toMatchObject({
      exitCode: 0,
    });
    expect(await readdir(out())).toEqual(['annotations']);
    expect(await readdir(work)).toEqual(['out']);
  });

  it('writes into an empty folder', async () => {
    await mkdir(out());
    expect(await groundmark('convert', SIZED_YOLO, out(), '--to', 'yolo')).toMatchObject({ exitCode: 0 });
  });

  it('refuses to write into or over what it reads', async () => {
    const input = path.join(work, 'in');
    await cp(SIZED_YOLO, input, { recursive: true });
    for (const target of [input, path.join(input, 'sub'), work]) {
      const { exitCode, stderr } = await groundmark('convert', input, target, '--to', 'coco', '--force');
      expect(exitCode).toBe(2);
      expect(stderr).toContain('lie in one another');
    }
    expect(await readdir(input)).toEqual(await readdir(SIZED_YOLO));
  });

  it.each(['copy', 'link'])('takes pictures along with --images %s', async (mode) => {
    const input = path.join(work, 'in');
    await cp(COCO, input, { recursive: true });
    await mkdir(path.join(input, 'train2017'));
    await writeFile(path.join(input, 'train2017/000007.jpg'), 'seven');
    const { stderr, stdout } = await groundmark(
      'convert',
      input,
      out(),
      '--to',
      'coco',
      '--images',
      mode,
      '--json',
    );
    expect(await readFile(path.join(out(), 'images/000007.jpg'), 'utf8')).toBe('seven');
    expect(json(stdout).pictures).toEqual({ mode, placed: 1, missing: 2 });
    expect(stderr).toContain('000009.jpg was not found');
  });

  it.each([
    ['--to', 'nonsense'],
    ['--to', 'constructor'],
    ['--to', 'coco', '--images', 'steal'],
    ['--to', 'coco', '--from', 'nonsense'],
  ])('refuses %s %s', async (...options) => {
    expect(await groundmark('convert', SIZED_YOLO, out(), ...options)).toMatchObject({ exitCode: 2 });
    expect(await readdir(work)).toEqual([]);
  });

  it('does not follow a link out of the dataset', async () => {
    const input = path.join(work, 'in');
    await mkdir(path.join(input, 'labels'), { recursive: true });
    await writeFile(path.join(work, 'secret.txt'), '0 0.5 0.5 0.5 0.5\n');
    await writeFile(path.join(input, 'data.yaml'), 'names: [a]\n');
    await symlink(path.join(work, 'secret.txt'), path.join(input, 'labels/a.txt'));
    const { exitCode } = await groundmark('inspect', input);
    expect(exitCode).toBe(2);
  });
});

describe('groundmark verify', () => {
  async function changed(
    change: (dataset: { annotations: { bbox: number[]; category_id: number }[] }) => void,
  ) {
    const folder = path.join(work, 'changed');
    await mkdir(folder);
    const dataset = JSON.parse(await readFile(COCO_ALONE, 'utf8'));
    change(dataset);
    await writeFile(path.join(folder, 'instances_train2017.json'), JSON.stringify(dataset));
    return folder;
  }

  it.each([
    { name: 'missing', change: (d: { annotations: unknown[] }) => d.annotations.pop() },
    {
      name: 'extra',
      change: (d: { annotations: { bbox: number[] }[] }) =>
        d.annotations.push({ ...d.annotations[0], bbox: [200, 200, 9, 9] } as never),
    },
    {
      name: 'moved',
      change: (d: { annotations: { bbox: number[] }[] }) => d.annotations[0]?.bbox.splice(0, 1, 12.25),
    },
    {
      name: 'relabelled',
      change: (d: { annotations: { category_id: number }[] }) =>
        d.annotations.forEach((a, i) => {
          if (i === 0) a.category_id = 1;
        }),
    },
  ])('sees one annotation that is $name, and no other difference', async ({ name, change }) => {
    const { exitCode, stdout } = await groundmark('verify', COCO_ALONE, await changed(change), '--json');
    expect(exitCode).toBe(1);
    const counts = json(stdout).counts as Record<string, number>;
    expect(Object.entries(counts).filter(([, count]) => count > 0)).toEqual([[name, 1]]);
  });

  it('lets small moves pass within the tolerance', async () => {
    const folder = await changed((d) => d.annotations[0]?.bbox.splice(0, 1, 10.3));
    expect(await groundmark('verify', COCO_ALONE, folder)).toMatchObject({ exitCode: 1 });
    expect(await groundmark('verify', COCO_ALONE, folder, '--tolerance', '0.1')).toMatchObject({
      exitCode: 0,
    });
  });

  it.each([
    ['--tolerance', 'much'],
    ['--tolerance', '-1'],
    ['--ignore', 'everything'],
  ])('refuses %s %s', async (...options) => {
    expect(await groundmark('verify', COCO, COCO, ...options)).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('ends with 2 when one side is broken', async () => {
    const broken = path.join(fixtures, 'coco/annotations-first-mixed');
    expect(await groundmark('verify', broken, broken)).toMatchObject({ exitCode: 2 });
  });
});
