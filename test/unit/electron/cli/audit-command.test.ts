import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBackupStore } from '../../../../electron/backups/backup-store';
import { BundleWriter } from '../../../../electron/bundles/bundle-writer';
import { runCli } from '../../../../electron/cli/run-cli';
import { openLake } from '../../../../electron/store/lake';
import { hashOfChange } from '../../../../shared/document/hash';
import type { ChangeRecord } from '../../../../shared/schema/change';
import { okValue } from '../../../fixtures/ok-value';
import { contentKeyOf, publishRequest, publishRows } from '../../../fixtures/publish-rows';
import { testId } from '../../../harness/annotations';
import { labelledProject, PROJECT_ID } from '../../../harness/journal-lines';
import { STREET_SCHEMA } from '../../../harness/label-schema';

type Line = { kind: string; change?: ChangeRecord; [key: string]: unknown };

const lines = labelledProject() as readonly Line[];
const facts = {
  project: { id: PROJECT_ID, name: 'Crossing' },
  sources: [],
  labelSchema: STREET_SCHEMA,
  images: 2,
  annotations: 2,
  hasPictures: false,
};

let home = '';
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'groundmark-audit-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function groundmark(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCli(
    [...args, '--home', home],
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
const json = (text: string) => JSON.parse(text);

/** A bundle whose own hash is right: whoever altered the lines has sealed the file anew. */
async function bundle(content: readonly unknown[] = lines): Promise<string> {
  const file = path.join(home, 'Crossing.gmk');
  const writer = okValue(await BundleWriter.begin(file, false));
  await writer.append(content.map((line) => JSON.stringify(line)));
  okValue(
    await writer.packPictures(
      facts,
      {},
      { signal: new AbortController().signal, onPicture: () => undefined },
    ),
  );
  okValue(await writer.commit(facts));
  return file;
}

async function backup(content: readonly unknown[] = lines): Promise<void> {
  const store = createBackupStore(path.join(home, 'backups'));
  const begun = okValue(
    await store.begin({
      projectId: facts.project.id,
      projectName: 'Crossing',
      madeAt: '2026-03-02T08:30:00.000Z',
      images: facts.images,
      annotations: facts.annotations,
      reason: 'manual',
    }),
  );
  okValue(
    await store.append(
      begun.id,
      content.map((line) => JSON.stringify(line)),
    ),
  );
  okValue(await store.finish(begun.id));
}

const changes = lines.flatMap((line) => line.change ?? []);
const altered = (seq: number, change: (record: ChangeRecord) => ChangeRecord) =>
  lines.map((line) => (line.change?.seq === seq ? { ...line, change: change(line.change) } : line));

describe('groundmark audit', () => {
  it('finds that a bundle holds, lists who did what, and that labels are what the journal leads to', async () => {
    const { exitCode, stdout, stderr } = await groundmark('audit', await bundle(), '--json');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const answer = json(stdout);
    const last = changes.at(-1);
    expect(answer).toMatchObject({
      holds: true,
      fileReason: null,
      project: { id: facts.project.id, name: 'Crossing' },
      chain: { lines: changes.length, breaks: 0, head: { seq: last?.seq, hash: last?.hash } },
      labels: { differing: 0, images: facts.images },
    });
    expect(answer.entries.at(-1)).toMatchObject({ line: last?.seq, who: last?.actor, hash: last?.hash });
  });

  it('answers from the newest backup of a project, and says of which moment', async () => {
    await backup();
    for (const name of ['Crossing', 'crossing', facts.project.id]) {
      const { exitCode, stdout } = await groundmark('audit', name);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('as of 2026-03-02 08:30 UTC, by the backup');
      expect(stdout).toMatch(/The chain holds up to line \d+, head [0-9a-f]{16}\.\n/);
      expect(stdout).toContain('Holds.');
    }
  });

  it('exits with 1 and names the first break, who and when by its own words, and what holds around it', async () => {
    const file = await bundle(altered(2, (record) => ({ ...record, actor: 'Mallory' })));
    const { exitCode, stdout } = await groundmark('audit', file);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /broken at line 2 \(Mallory, .*by its own words\): it was altered after it was written\./,
    );
    expect(stdout).toContain('Line 1 before it holds;');
    expect(stdout).toContain('Broken.');
  });

  it('names a line that was altered and sealed anew', async () => {
    const file = await bundle(
      altered(2, (record) => {
        const { hash: _, ...rest } = { ...record, actor: 'Mallory' };
        return { ...rest, hash: hashOfChange(rest) };
      }),
    );
    const { exitCode, stdout } = await groundmark('audit', file, '--json');
    expect(exitCode).toBe(1);
    expect(json(stdout).chain.firstBreak).toMatchObject({ line: 2, kind: 'resealed', who: 'Mallory' });
  });

  it('tells labels that are not what the journal leads to, by the image', async () => {
    const file = await bundle(
      lines.map((line) => {
        const { set, image } = line as { set?: { annotations: object[] }; image?: { key: string } };
        if (image === undefined || (set?.annotations.length ?? 0) === 0) return line;
        return { ...line, set: { ...set, annotations: set?.annotations.slice(1) } };
      }),
    );
    const { exitCode, stdout } = await groundmark('audit', file, '--json');
    expect(exitCode).toBe(1);
    const { chain, labels } = json(stdout);
    expect(chain.breaks).toBe(0);
    expect(labels.differing).toBeGreaterThan(0);
    expect(labels.first[0].reason).toMatch(/^it has \d+ annotations, and the journal leads to \d+$/);
    expect((await groundmark('audit', file, '--no-labels')).exitCode).toBe(0);
  });

  it('tells a file that was altered without its seal', async () => {
    const text = `${JSON.stringify({
      groundmarkBackup: 1,
      summary: {
        id: 'x',
        projectId: facts.project.id,
        projectName: 'Crossing',
        madeAt: '2026-03-02T08:30:00.000Z',
        images: 1,
        annotations: 1,
        reason: 'manual',
      },
    })}\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n${JSON.stringify({ groundmarkBackupEnd: { lines: lines.length, sha256: 'a'.repeat(64) } })}\n`;
    const file = path.join(home, 'altered.jsonl.gz');
    await writeFile(file, gzipSync(text));
    const { exitCode, stdout } = await groundmark('audit', file);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('The chain holds');
    expect(stdout).toContain(
      'The file was changed after it was written: its content is not what was written.',
    );
  });

  it('filters by person, object, image, time and kind', async () => {
    const file = await bundle();
    const of = async (...filter: string[]) =>
      json((await groundmark('audit', file, '--json', ...filter)).stdout).entries as {
        line: number;
        who: string;
      }[];
    const numbers = async (...filter: string[]) => (await of(...filter)).map(({ line }) => line);
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
    expect(await numbers('--person', 'BEN')).toEqual([3, 4]);
    expect(await numbers('--object', testId(1))).toEqual([2, 3]);
    expect(await numbers('--image', 'day/1.jpg')).toEqual([2, 3, 5]);
    expect(await numbers('--image', testId(102))).toEqual([4]);
    expect(await numbers('--since', '2026-03-01T12:03Z', '--until', '2026-03-01T12:05Z')).toEqual([3, 4]);
    expect(await numbers('--kind', 'project')).toEqual([1]);
    expect(await numbers('--person', 'Ann', '--kind', 'labels')).toEqual([2, 5]);
    expect(await numbers('--limit', '2')).toEqual([4, 5]);
  });

  it('says in words how things were and became', async () => {
    const { entries } = json((await groundmark('audit', await bundle(), '--json')).stdout);
    expect(
      entries.map(({ what, image, before, after }: Record<string, string>) => [what, image, before, after]),
    ).toEqual([
      ['Create Crossing', null, null, 'Crossing'],
      ['Draw Car', 'day/1.jpg', null, 'Car, box 30 × 40 at 10, 20'],
      ['Resize Car', 'day/1.jpg', 'box 30 × 40 at 10, 20', 'box 35 × 40 at 10, 20'],
      ['Draw Car', 'day/2.jpg', null, 'Car, box 3 × 4 at 1, 2'],
      ['Mark as labelled', 'day/1.jpg', 'in progress', 'labelled'],
    ]);
  });

  it('holds the journal against what a published version remembers of it', async () => {
    const [first] = changes;
    const lake = openLake(home);
    const request = (hash: string | undefined) =>
      publishRequest({
        project: facts.project,
        review: {
          policy: { isReviewed: false, reviewsNeeded: 1 },
          agreement: null,
          quality: null,
          gate: null,
          auditHead: { seq: 1, hash },
        },
      });
    const rows = publishRows(3);
    const begun = okValue(await lake.beginPublish(request(first?.hash), contentKeyOf(rows)));
    okValue(await begun.append(0, rows));
    okValue(await begun.finish());
    const file = await bundle();
    const right = await groundmark('audit', file);
    expect(right.exitCode).toBe(0);
    expect(right.stdout).toContain('1 published version remembers it as it is.');

    const rewritten = [...publishRows(4)];
    const wrong = okValue(await lake.beginPublish(request('d'.repeat(64)), contentKeyOf(rewritten)));
    okValue(await wrong.append(0, rewritten));
    okValue(await wrong.finish());
    const { exitCode, stdout } = await groundmark('audit', file);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /line 1 \(.*\): dataset version [0-9a-f]{12} was made when line 1 was another one/,
    );
  });

  it.each([
    {
      what: 'a project that has no backup',
      args: ['Nowhere'],
      message: /no backup of a project of this name/,
    },
    { what: 'a file that is neither', args: ['FILE'], message: /neither a bundle \(\.gmk\) nor a backup/ },
    { what: 'a time that is none', args: ['FILE', '--since', 'yesterday'], message: /--since takes a time/ },
    { what: 'a kind that is none', args: ['FILE', '--kind', 'everything'], message: /--kind takes labels/ },
    {
      what: 'a limit that is none',
      args: ['FILE', '--limit', '-1'],
      message: /--limit takes a whole number/,
    },
  ])('refuses $what with 2', async ({ args, message }) => {
    const file = path.join(home, 'notes.txt');
    await writeFile(file, 'hello');
    const { exitCode, stderr } = await groundmark(
      'audit',
      ...args.map((arg) => (arg === 'FILE' ? file : arg)),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('refuses what a newer version wrote with 2', async () => {
    const file = await bundle(
      lines.map((line) => (line.kind === 'header' ? { ...line, formatVersion: 99 } : line)),
    );
    const { exitCode, stderr } = await groundmark('audit', file);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/newer Groundmark/);
  });
});

describe('a signed export', () => {
  async function exported(): Promise<{ file: string; text: string[]; key: string }> {
    const file = path.join(home, 'audit.jsonl');
    const { exitCode, stdout } = await groundmark('audit', await bundle(), '--export', file, '--json');
    expect(exitCode).toBe(0);
    const text = (await readFile(file, 'utf8')).split('\n');
    return { file, text, key: json(stdout).exported.publicKey };
  }

  it('is JSON Lines: a header, an entry a line, the seal; and holds', async () => {
    const { file, text, key } = await exported();
    // Header, entries, seal, and nothing behind the last line feed.
    expect(text).toHaveLength(changes.length + 3);
    expect(text.at(-1)).toBe('');
    expect(json(text[0] ?? '')).toMatchObject({ groundmarkAudit: 1, entries: changes.length });
    expect(Object.keys(json(text.at(-2) ?? ''))).toEqual(['sha256', 'signature', 'publicKey']);
    const verified = await groundmark('audit', 'verify-export', file, '--key', key);
    expect(verified.exitCode).toBe(0);
    expect(verified.stdout).toContain('Holds.');
    expect(verified.stdout).toContain(key);
  });

  it('is signed with one key however often', async () => {
    expect((await exported()).key).toBe((await exported()).key);
  });

  it.each([
    {
      what: 'an altered entry',
      change: (t: string[]) => t.with(1, (t[1] ?? '').replace(/"who":"[^"]*"/, '"who":"Eve"')),
    },
    { what: 'a dropped entry', change: (t: string[]) => t.filter((_, index) => index !== 1) },
    {
      what: 'an altered header',
      change: (t: string[]) => t.with(0, (t[0] ?? '').replace('Crossing', 'Allee')),
    },
    { what: 'a missing seal', change: (t: string[]) => t.slice(0, -2) },
    { what: 'an entry after the seal', change: (t: string[]) => [...t.slice(0, -1), t[1] ?? '', ''] },
    { what: 'other line ends', change: (t: string[]) => t.map((line) => (line === '' ? line : `${line}\r`)) },
  ])('does not hold with $what', async ({ change }) => {
    const { file, text } = await exported();
    await writeFile(file, change(text).join('\n'));
    const { exitCode, stdout } = await groundmark('audit', 'verify-export', file);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/does not hold: /);
  });

  it('does not hold with a forged signature, or the key of somebody else', async () => {
    const { file, text } = await exported();
    const seal = json(text.at(-2) ?? '');
    const forged = { ...seal, signature: `${'A'.repeat(86)}==` };
    await writeFile(file, text.with(-2, JSON.stringify(forged)).join('\n'));
    expect((await groundmark('audit', 'verify-export', file)).stdout).toMatch(/not made with the key/);
    // The public key of RFC 8032, section 7.1, test 1.
    const other = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
    await writeFile(file, text.with(-2, JSON.stringify({ ...seal, publicKey: other })).join('\n'));
    expect((await groundmark('audit', 'verify-export', file)).exitCode).toBe(1);
    await writeFile(file, text.join('\n'));
    const asked = await groundmark('audit', 'verify-export', file, '--key', other);
    expect([asked.exitCode, asked.stdout]).toEqual([1, expect.stringContaining(`not with ${other}`)]);
  });

  it('is refused with 2 when it is none, or of a newer version', async () => {
    const file = path.join(home, 'none.jsonl');
    await writeFile(file, '{"hello": 1}\n');
    expect((await groundmark('audit', 'verify-export', file)).exitCode).toBe(2);
    await writeFile(file, '{"groundmarkAudit": 9}\n');
    const newer = await groundmark('audit', 'verify-export', file);
    expect([newer.exitCode, newer.stderr]).toEqual([2, expect.stringContaining('newer Groundmark')]);
    expect((await groundmark('audit', 'verify-export', path.join(home, 'gone'))).exitCode).toBe(2);
  });
});
