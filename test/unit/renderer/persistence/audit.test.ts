import { expect, it } from 'vitest';
import type { Persistence } from '../../../../renderer/persistence/ports';
import { findLines, verifyJournal } from '../../../../renderer/quality/audit/walk-journal';
import { StateAudit } from '../../../../shared/audit/state-audit';
import { invertChange } from '../../../../shared/document/change-set';
import { changeSetOfRecord } from '../../../../shared/document/journal';
import type { ProjectId } from '../../../../shared/schema/ids';
import { ProjectLine } from '../../../../shared/schema/project-lines';
import { importImages, incoming } from '../../../harness/import-labels';
import {
  annotation,
  edit,
  openFixture,
  openRawDatabase,
  projectWithImages,
  ROAD_SCHEMA,
  SIGN,
  unwrap,
} from './persistence-fixture';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

/** Three images: edited by hand; imported; imported, taken back and done again; and one undo of a hand's edit. */
async function worked(persistence: Persistence): Promise<ProjectId> {
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg', 'c.jpg']);
  const [first, ...others] = images;
  if (first === undefined) throw new Error('no image');
  const boxes = [annotation(), annotation()];
  unwrap(await edit(persistence, first, { added: boxes, label: 'Draw two' }));
  unwrap(await edit(persistence, first, { removed: boxes.slice(0, 1), label: 'Delete one' }));
  const step = (await persistence.journal.stacks(`image:${first.id}`)).undo.at(-1);
  const change = step === undefined ? null : changeSetOfRecord(step.change);
  if (step === undefined || change === null) throw new Error('nothing to undo');
  unwrap(await edit(persistence, first, { ...invertChange(change, 'undo') }, step.id));
  await importImages(persistence.annotations, project.id, {
    label: 'Import signs',
    schemaAfter: {
      ...ROAD_SCHEMA,
      revision: ROAD_SCHEMA.revision + 1,
      labels: ROAD_SCHEMA.labels.map((label) => ({ ...label, description: 'as imported' })),
    },
    rule: 'addNew',
    labelIds: [SIGN],
    images: others.map((image) =>
      incoming(image, [{ label: 0, shape: { type: 'box', x: 1, y: 2, width: 3, height: 4 } }]),
    ),
  });
  unwrap(await persistence.journal.undo(`project:${project.id}`));
  unwrap(await persistence.journal.redo(`project:${project.id}`));
  return project.id;
}

async function backupLines(): Promise<ProjectLine[]> {
  const fixture = await openFixture();
  const projectId = await worked(fixture.persistence);
  const { id } = unwrap(await fixture.persistence.backups.backup(projectId, 'manual'));
  const lines: ProjectLine[] = [];
  for (let fromLine: number | null = 0; fromLine !== null; ) {
    const page: { lines: string[]; nextLine: number | null } = unwrap(
      await fixture.bridge.invoke('backup.read', { id, fromLine }),
    );
    lines.push(...page.lines.map((text) => ProjectLine.parse(JSON.parse(text))));
    fromLine = page.nextLine;
  }
  return lines;
}

function stateOf(lines: readonly ProjectLine[]) {
  const audit = new StateAudit();
  for (const line of lines) {
    if (line.kind === 'image') audit.takeImage(line);
    if (line.kind === 'change') audit.takeChange(line.change);
  }
  const end = lines.at(-1);
  return audit.finish(end?.kind === 'end' ? end : null);
}

it('replays edits, undo, imports and their undo and redo to the labels that are stored', async () => {
  const lines = await backupLines();
  expect(stateOf(lines)).toEqual({ images: 3, differing: 0, first: [], isSchemaSame: true });
});

it('names the image whose labels are not those of the journal', async () => {
  const lines = await backupLines();
  const changed = lines.map((line) =>
    line.kind === 'image' && line.image.key === 'a.jpg' && line.set !== null
      ? {
          ...line,
          set: { ...line.set, annotations: line.set.annotations.map((one) => ({ ...one, isCrowd: true })) },
        }
      : line,
  );
  const verdict = stateOf(changed);
  expect(verdict.differing).toBe(1);
  expect(verdict.first).toMatchObject([
    { key: 'a.jpg', reason: 'its annotations are not those that the journal leads to' },
  ]);
});

it('verifies the journal of the window, and finds lines by who and what', async () => {
  const { persistence } = await openFixture();
  const projectId = await worked(persistence);
  const walked = await verifyJournal(persistence.journal, projectId, quiet);
  const head = await persistence.journal.head(projectId);
  expect(walked?.verdict).toMatchObject({ breaks: 0, lines: head?.seq, head });
  expect(walked?.people).toEqual([persistence.actor()]);
  expect(await findLines(persistence.journal, projectId, { kind: 'project' }, quiet)).toEqual([1]);
  const found = await findLines(persistence.journal, projectId, { person: persistence.actor() }, quiet);
  expect(found).toHaveLength(head?.seq ?? 0);
  expect(await findLines(persistence.journal, projectId, { person: 'nobody' }, quiet)).toEqual([]);
});

it('names a line that was altered in the database', async () => {
  const { persistence } = await openFixture();
  const projectId = await worked(persistence);
  const raw = await openRawDatabase();
  const line = await raw.table('changes').where('[projectId+seq]').equals([projectId, 3]).first();
  await raw.table('changes').put({ ...line, actor: 'Mallory' });
  raw.close();
  const walked = await verifyJournal(persistence.journal, projectId, quiet);
  expect(walked?.verdict.firstBreak).toMatchObject({ line: 3, kind: 'altered', who: 'Mallory' });
});

it('gives what an image held at any line of its history, and the highest revision its objects had', async () => {
  const { persistence } = await openFixture();
  const { images } = await projectWithImages(persistence, ['a.jpg']);
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  const box = annotation();
  const moved = { ...box, isOccluded: true, revision: box.revision + 1 };
  unwrap(await edit(persistence, image, { added: [box] }));
  unwrap(await edit(persistence, image, { updated: [[box, moved]] }));
  unwrap(await edit(persistence, image, { removed: [moved] }));
  const [third, second, first] = await persistence.journal.history(image.id, 10);
  const at = async (seq: number | undefined) => unwrap(await persistence.journal.imageAt(image.id, seq ?? 0));
  expect((await at(first?.seq)).annotations).toEqual([box]);
  expect((await at(second?.seq)).annotations).toEqual([moved]);
  expect((await at(third?.seq)).annotations).toEqual([]);
  expect((await at(first?.seq)).lastRevisions).toEqual(new Map([[box.id, box.revision + 1]]));
});
