import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BundleReader } from '../../../../electron/bundles/bundle-reader';
import { createKeyPair, signHash } from '../../../../electron/people/signatures';
import { EMPTY_CHAIN, sealChange } from '../../../../shared/document/chain';
import { sha256OfRecord, sha256OfText } from '../../../../shared/document/hash';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { ChangeRecord } from '../../../../shared/schema/change';
import type { Actor, ImageId, JobId, LabelId, ProjectId } from '../../../../shared/schema/ids';
import { type Computer, startComputer } from '../../../harness/packages-computer';
import { zipBytes } from '../../../harness/zip-bytes';
import {
  annotation,
  edit,
  failureOf,
  projectWithImages,
  SIGN,
  schemaWith,
  unwrap,
} from './persistence-fixture';

const jobId = '00000000-0000-4000-8000-0000000000aa' as JobId;
const options = {
  jobId,
  hasFinding: () => false,
  onProgress: () => undefined,
  signal: new AbortController().signal,
};

let place = '';
let lead: Computer;
let worker: Computer;

beforeEach(async () => {
  place = mkdtempSync(path.join(tmpdir(), 'groundmark-package-'));
  lead = await startComputer('Lena');
  worker = await startComputer('Will');
});
afterEach(() => {
  lead.persistence.close();
  worker.persistence.close();
  rmSync(place, { recursive: true, force: true });
});

/** What an entry of a bundle says, open to any change. */
type Repacked = Record<string, unknown>;

const at = (name: string) => path.join(place, `${name}.gmk`);

/** An object as the person at the worker's computer draws it. */
const drawnThere = (overrides: Partial<Annotation> = {}) =>
  annotation({ createdBy: 'Will' as Actor, ...overrides });

async function objectsOf({ persistence }: Computer, id: ImageId): Promise<readonly Annotation[]> {
  return unwrap(await persistence.annotations.load(id)).annotations;
}

/** A project of three pictures at the lead; the first two are handed out, the first with a car in it. */
async function handedOut(toKey: string | null = worker.keys.publicKey) {
  const { project, images } = await projectWithImages(lead.persistence, ['a.jpg', 'b.jpg', 'c.jpg']);
  const [a, b, c] = images as [(typeof images)[0], (typeof images)[0], (typeof images)[0]];
  const car = annotation();
  unwrap(await edit(lead.persistence, a, { added: [car] }));
  lead.file = at('work');
  const issued = unwrap(
    await lead.persistence.packages.issue({
      jobId,
      projectId: project.id,
      imageIds: [a.id, b.id],
      name: 'Evening',
      to: { id: null, name: 'Will' },
      toKey,
      withPictures: false,
    }),
  );
  return { project, a, b, c, car, issued };
}

async function opened(computer = worker, file = at('work')) {
  computer.file = file;
  const result = unwrap(await computer.persistence.bundles.open({ jobId }));
  if (result === null) throw new Error('nothing was opened');
  const list = unwrap(await computer.persistence.images.list(result.project.id, {}));
  return { project: result.project, images: await list.window(0, list.total), order: result.order };
}

async function givenBack(projectId: ProjectId, name: string): Promise<void> {
  worker.file = at(name);
  unwrap(await worker.persistence.packages.giveBack({ jobId, projectId }));
}

function merge(projectId: ProjectId, name: string) {
  lead.file = at(name);
  return lead.persistence.packages.merge({ ...options, projectId });
}

describe('handing out and giving back', () => {
  it('makes a project of those pictures alone, with what they held, and a journal that is whole', async () => {
    const { car } = await handedOut();
    const { project, images, order } = await opened();
    expect(project.name).toBe('Evening');
    expect(order?.issuedBy.name).toBe('Lena');
    expect(images.map(({ key }) => key)).toEqual(['a.jpg', 'b.jpg']);
    expect(await objectsOf(worker, images[0]?.id as ImageId)).toEqual([car]);
    // Handing out, the car, opening, and the note that it is a package.
    expect(unwrap(await worker.persistence.journal.verifyChain(project.id)).length).toBe(4);
    const stacks = await worker.persistence.journal.stacks(`image:${images[0]?.id}`);
    expect(stacks.undo).toEqual([]);
  });

  it('brings back what was done, as one change with one undo, and nothing the second time', async () => {
    const { project, a, b, car } = await handedOut();
    const there = await opened();
    const [ofA, ofB] = there.images as [typeof a, typeof a];
    const sign = drawnThere({ labelId: SIGN });
    unwrap(await edit(worker.persistence, ofA, { updated: [[car, { ...car, labelId: SIGN, revision: 1 }]] }));
    unwrap(await edit(worker.persistence, ofB, { added: [sign] }));
    await givenBack(there.project.id, 'return');

    const summary = unwrap(await merge(project.id, 'return'));
    expect(summary).toMatchObject({ isNew: true, by: 'Will', images: 2, annotations: 2, openConflicts: 0 });
    expect(await objectsOf(lead, a.id)).toEqual([{ ...car, labelId: SIGN, revision: 1 }]);
    expect(await objectsOf(lead, b.id)).toEqual([sign]);
    const length = unwrap(await lead.persistence.journal.verifyChain(project.id)).length;
    expect(unwrap(await merge(project.id, 'return'))).toMatchObject({ isNew: false, changeId: null });
    expect(unwrap(await lead.persistence.journal.verifyChain(project.id)).length).toBe(length);

    const undone = unwrap(await lead.persistence.journal.undo(`project:${project.id}`));
    expect(undone?.id).toBe(summary?.changeId);
    expect(await objectsOf(lead, a.id)).toEqual([car]);
    expect(await objectsOf(lead, b.id)).toEqual([]);
  });

  it('keeps both sides and the base of what two people changed, shows ours, and takes the choice as an edit', async () => {
    const { project, a, car } = await handedOut();
    const there = await opened();
    const [ofA] = there.images as [typeof a];
    const theirs = { ...car, labelId: SIGN, revision: 1 };
    const ours = { ...car, note: 'parked', isOccluded: true, revision: 1 };
    const moved = { ...theirs, note: 'moving', revision: 2 };
    unwrap(await edit(worker.persistence, ofA, { updated: [[car, moved]] }));
    unwrap(await edit(lead.persistence, a, { updated: [[car, ours]] }));
    await givenBack(there.project.id, 'return');
    expect(unwrap(await merge(project.id, 'return'))).toMatchObject({ images: 0, openConflicts: 1 });
    expect(await objectsOf(lead, a.id)).toEqual([ours]);

    const [conflict] = unwrap(await lead.persistence.records.list(project.id, 'conflict', a.id));
    expect(conflict?.value).toMatchObject({ annotationId: car.id, base: car, resolved: null });
    expect(conflict?.value.sides.map(({ annotation: one, by }) => [by.name, one])).toEqual([
      ['Lena', ours],
      ['Will', moved],
    ]);
    const refused = await lead.persistence.packages.issue({
      jobId,
      projectId: project.id,
      imageIds: [a.id],
      name: 'Again',
      to: { id: null, name: 'Will' },
      toKey: null,
      withPictures: false,
    });
    expect(failureOf(refused).code).toBe('package.conflict');

    const decide = { projectId: project.id, conflictId: conflict?.id ?? '', hasFinding: () => false };
    unwrap(await lead.persistence.packages.resolve({ ...decide, chosen: moved }));
    expect(await objectsOf(lead, a.id)).toMatchObject([{ labelId: SIGN, note: 'moving', revision: 3 }]);
    const again = await lead.persistence.packages.resolve({ ...decide, chosen: null });
    expect(failureOf(again).code).toBe('package.conflict');
    unwrap(await lead.persistence.journal.undo(`project:${project.id}`));
    expect(await objectsOf(lead, a.id)).toEqual([ours]);
  });

  it('takes the newer return of the same package on top of the earlier', async () => {
    const { project, b } = await handedOut();
    const there = await opened();
    const ofB = there.images[1] as typeof b;
    const [one, two] = [drawnThere(), drawnThere()];
    unwrap(await edit(worker.persistence, ofB, { added: [one] }));
    await givenBack(there.project.id, 'first');
    unwrap(await edit(worker.persistence, ofB, { added: [two], removed: [one] }));
    await givenBack(there.project.id, 'second');
    unwrap(await merge(project.id, 'first'));
    expect(await objectsOf(lead, b.id)).toEqual([one]);
    expect(unwrap(await merge(project.id, 'second'))).toMatchObject({ openConflicts: 0 });
    expect(await objectsOf(lead, b.id)).toEqual([two]);
  });

  it('brings what was said in review once, and no verdicts', async () => {
    const { project, a } = await handedOut();
    const there = await opened();
    const ofA = there.images[0] as typeof a;
    const words = { code: 'review.act', label: 'Act' };
    const threadId = '00000000-0000-4000-8000-0000000000bb';
    const { persistence } = worker;
    unwrap(
      await persistence.reviews.act(
        there.project.id,
        [ofA.id],
        [{ kind: 'threadOpened', threadId, annotationId: null, place: null, text: 'Is this one car?' }],
        words,
      ),
    );
    await givenBack(there.project.id, 'return');
    expect(unwrap(await merge(project.id, 'return'))).toMatchObject({ events: 1, images: 0 });
    const events = unwrap(await lead.persistence.reviews.events(a.id));
    expect(events).toMatchObject([{ kind: 'threadOpened', by: 'Will', text: 'Is this one car?' }]);
  });
});

describe('refusals', () => {
  async function returned() {
    const handed = await handedOut();
    const there = await opened();
    unwrap(await edit(worker.persistence, there.images[1] as typeof handed.b, { added: [drawnThere()] }));
    await givenBack(there.project.id, 'return');
    return { ...handed, there };
  }

  it('of a return that answers no package of this project', async () => {
    await returned();
    const { project: other } = await projectWithImages(lead.persistence, ['x.jpg']);
    expect(failureOf(await merge(other.id, 'return')).code).toBe('package.foreign-images');
  });

  it('of opening what is for somebody whose key is not on this computer', async () => {
    await handedOut(createKeyPair().publicKey);
    worker.file = at('work');
    const failure = failureOf(await worker.persistence.bundles.open({ jobId }));
    expect(failure.code).toBe('package.other-addressee');
    expect(failure.message).toMatch(/for Will.*tell Lena your key/);
    expect(await worker.persistence.projects.list()).toEqual([]);
  });

  it('of giving back what was for somebody else at the same computer, before a file is there', async () => {
    await handedOut(createKeyPair().publicKey);
    worker.knows = () => true;
    const there = await opened();
    worker.file = at('return');
    const given = await worker.persistence.packages.giveBack({ jobId, projectId: there.project.id });
    expect(failureOf(given).code).toBe('package.bad-signature');
    expect(existsSync(at('return'))).toBe(false);
    expect(worker.logged).toEqual([failureOf(given).message]);
  });

  it('of giving back what two people did, before a file is there', async () => {
    await handedOut();
    const there = await opened();
    const b = there.images[1] as (typeof there.images)[0];
    worker.persistence.setActor('Vera' as Actor);
    unwrap(await edit(worker.persistence, b, { added: [annotation({ createdBy: 'Vera' as Actor })] }));
    worker.persistence.setActor('Will' as Actor);
    worker.file = at('return');
    const failure = failureOf(
      await worker.persistence.packages.giveBack({ jobId, projectId: there.project.id }),
    );
    expect(failure.code).toBe('package.bad-signature');
    expect(failure.message).toContain('Vera worked in this project too');
    expect(existsSync(at('return'))).toBe(false);
  });

  it('of labels that the project does not know, by name', async () => {
    const handed = await handedOut();
    const there = await opened();
    const BIKE = '44444444-4444-4444-8444-444444444444' as LabelId;
    const before = there.project.schema;
    const after = { ...schemaWith([BIKE, 'Bicycle']), revision: before.revision + 1 };
    unwrap(
      await worker.persistence.projects.changeSchema(there.project.id, {
        before,
        after: {
          ...after,
          nextClassIndex: 3,
          labels: [...before.labels, ...after.labels.map((one) => ({ ...one, classIndex: 2 }))],
        },
        label: 'Add Bicycle',
        code: 'schema.edit',
      }),
    );
    const bike = drawnThere({ labelId: BIKE });
    unwrap(await edit(worker.persistence, there.images[1] as typeof handed.b, { added: [bike] }));
    await givenBack(there.project.id, 'return');
    const failure = failureOf(await merge(handed.project.id, 'return'));
    expect(failure).toMatchObject({ code: 'schema.unknown-label', details: { labels: ['Bicycle'] } });
    expect(await objectsOf(lead, handed.b.id)).toEqual([]);
  });

  it('of opening a return as if it were work', async () => {
    await returned();
    lead.file = at('return');
    const failure = failureOf(await lead.persistence.bundles.open({ jobId }));
    expect(failure.message).toContain('Merge work that came back');
  });

  /** The entries of a bundle, changed and packed anew: what somebody with a text editor can do. */
  async function rewritten(
    name: string,
    change: (entries: { lines: string[]; entry: Repacked; manifest: Repacked }) => void,
  ): Promise<void> {
    const reader = unwrap(await BundleReader.open(at('return'), options.signal));
    const { lines } = await reader.read(0);
    const parts = {
      lines,
      entry: structuredClone(reader.package) as unknown as Repacked,
      manifest: structuredClone(reader.manifest) as unknown as Repacked,
    };
    change(parts);
    const text = parts.lines.map((line) => `${line}\n`).join('');
    const manifest = { ...parts.manifest, lines: parts.lines.length, sha256: sha256OfText(text) };
    writeFileSync(
      at(name),
      zipBytes([
        { name: 'project.jsonl', content: text },
        { name: 'package.json', content: JSON.stringify(parts.entry) },
        { name: 'bundle.json', content: JSON.stringify(manifest) },
      ]),
    );
    expect(readFileSync(at(name)).length).toBeGreaterThan(0);
  }

  const sealAgain = (entry: Repacked, lines: string[], keys: Computer['keys']) => {
    const content = entry.content as { linesHash: string };
    content.linesHash = sha256OfText(lines.map((line) => `${line}\n`).join(''));
    const hash = sha256OfRecord(content);
    const signature = signHash(keys.privateKey, 'package', hash);
    Object.assign(entry, { seal: { contentHash: hash, signature, publicKey: keys.publicKey } });
  };

  it('of a newer form', async () => {
    const { project } = await returned();
    await rewritten('newer', ({ entry }) => Object.assign(entry, { groundmarkPackage: 2 }));
    expect(failureOf(await merge(project.id, 'newer')).code).toBe('bundle.newer-version');
  });

  it('of lines that are not those that were signed', async () => {
    const { project } = await returned();
    await rewritten('altered', ({ lines }) => {
      lines[2] = (lines[2] ?? '').replace('"x":10', '"x":11');
    });
    expect(failureOf(await merge(project.id, 'altered')).code).toBe('package.bad-signature');
  });

  it('of a statement that was changed after it was signed', async () => {
    const { project } = await returned();
    await rewritten('said', ({ entry }) => Object.assign(entry.content as object, { number: 7 }));
    expect(failureOf(await merge(project.id, 'said')).code).toBe('package.bad-signature');
  });

  it('of a return signed anew with another key', async () => {
    const { project } = await returned();
    await rewritten('other', ({ entry, lines }) => sealAgain(entry, lines, createKeyPair()));
    expect(failureOf(await merge(project.id, 'other')).code).toBe('package.bad-signature');
  });

  it('of lines under another name than the signer’s', async () => {
    const { project } = await returned();
    await rewritten('forged', ({ entry, lines }) => {
      let head = EMPTY_CHAIN;
      for (const [index, line] of lines.entries()) {
        const parsed = JSON.parse(line) as { kind: string; change: ChangeRecord };
        if (parsed.kind === 'change') {
          const { seq: _, hash: __, previousHash: ___, ...draft } = parsed.change;
          const isWork = draft.origin === 'person' && draft.body.kind === 'annotations';
          const change = sealChange(isWork ? { ...draft, actor: 'Lena' } : draft, head);
          head = { seq: change.seq, hash: change.hash };
          lines[index] = JSON.stringify({ kind: 'change', change });
        }
        if (parsed.kind === 'end') lines[index] = JSON.stringify({ ...JSON.parse(line), head });
      }
      sealAgain(entry, lines, worker.keys);
    });
    const failure = failureOf(await merge(project.id, 'forged'));
    expect(failure.code).toBe('package.bad-signature');
    expect(failure.message).toContain('Lena');
  });

  it('of a base that was not handed out', async () => {
    const { project } = await returned();
    await rewritten('base', ({ entry, lines }) => {
      let head = EMPTY_CHAIN;
      for (const [index, line] of lines.entries()) {
        const parsed = JSON.parse(line) as { kind: string; change: ChangeRecord };
        if (parsed.kind === 'change') {
          const { seq: _, hash: __, previousHash: ___, ...draft } = parsed.change;
          const isBase = draft.code === 'package.issue' && draft.body.kind === 'annotations';
          const change = sealChange(
            isBase ? { ...draft, body: { ...draft.body, added: [] } as never } : draft,
            head,
          );
          head = { seq: change.seq, hash: change.hash };
          lines[index] = JSON.stringify({ kind: 'change', change });
        }
        if (parsed.kind === 'end') lines[index] = JSON.stringify({ ...JSON.parse(line), head });
      }
      sealAgain(entry, lines, worker.keys);
    });
    const failure = failureOf(await merge(project.id, 'base'));
    expect(failure.code).toBe('package.bad-signature');
    expect(failure.message).toContain('started from');
  });

  it('of objects that are said to be drawn by somebody else', async () => {
    const handed = await handedOut();
    const there = await opened();
    const forged = annotation({ createdBy: 'Lena' as Actor });
    unwrap(await edit(worker.persistence, there.images[1] as typeof handed.b, { added: [forged] }));
    await givenBack(there.project.id, 'return');
    const failure = failureOf(await merge(handed.project.id, 'return'));
    expect(failure.code).toBe('package.bad-signature');
    expect(failure.message).toContain('drawn by Lena');
    expect(await objectsOf(lead, handed.b.id)).toEqual([]);
    expect(lead.logged).toEqual([failure.message]);
  });

  it('of labels for another picture than the one that was handed out', async () => {
    const { project, b } = await returned();
    await rewritten('pictures', ({ entry, lines }) => {
      for (const [index, line] of lines.entries()) {
        const parsed = JSON.parse(line);
        if (parsed.kind !== 'image' || parsed.image.key !== 'b.jpg') continue;
        parsed.image.contentHash = 'f'.repeat(64);
        lines[index] = JSON.stringify(parsed);
      }
      sealAgain(entry, lines, worker.keys);
    });
    const failure = failureOf(await merge(project.id, 'pictures'));
    expect(failure.code).toBe('package.foreign-images');
    expect(lead.logged).toEqual([failure.message]);
    expect(await objectsOf(lead, b.id)).toEqual([]);
  });

  it('of a file that was cut off at any place', async () => {
    const { project, b } = await returned();
    const whole = readFileSync(at('return'));
    for (const share of [0.02, 0.5, 0.9, 0.999]) {
      writeFileSync(at('cut'), whole.subarray(0, Math.floor(whole.length * share)));
      const merged = await merge(project.id, 'cut');
      expect(failureOf(merged).message, String(share)).toMatch(/\.gmk|bundle/);
    }
    expect(await objectsOf(lead, b.id)).toEqual([]);
  });

  it('of a file that swells beyond measure, without unpacking it', async () => {
    const { project } = await returned();
    const swelling = Buffer.alloc(80 * 1024 * 1024, 'a');
    writeFileSync(
      at('bomb'),
      zipBytes([
        { name: 'project.jsonl', content: swelling },
        { name: 'package.json', content: '{}' },
        { name: 'bundle.json', content: '{}' },
      ]),
    );
    const failure = failureOf(await merge(project.id, 'bomb'));
    expect(failure.code).toBe('bundle.damaged');
    expect(failure.message).toContain('bomb');
  });
});
