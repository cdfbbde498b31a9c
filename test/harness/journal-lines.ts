import { type ChainHead, EMPTY_CHAIN, sealChange } from '../../shared/document/chain';
import { type Annotation, type ImageStatus, UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ChangeId, ImageId, ProjectId, Sha256, SourceId } from '../../shared/schema/ids';
import { EMPTY_COUNTS } from '../../shared/schema/project';
import type { ProjectLine } from '../../shared/schema/project-lines';
import { annotation, boxAt, testId } from './annotations';
import { CAR, STREET_SCHEMA } from './label-schema';

const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export const PROJECT_ID = uuid(0xabc) as ProjectId;

/** A sound journal: a project that is renamed once a minute from 12:01 on, Ann's lines even, Ben's odd. */
export function journalOf(length: number, actor: string | null = null): ChangeRecord[] {
  const lines: ChangeRecord[] = [];
  let head: ChainHead = EMPTY_CHAIN;
  for (let n = 1; n <= length; n += 1) {
    const face = (name: string) => ({ name, archivedAt: null, deletedAt: null });
    const line = sealChange(
      {
        id: uuid(n) as ChangeId,
        projectId: PROJECT_ID,
        imageId: null,
        scope: 'app',
        groupId: null,
        at: `2026-03-01T12:${String(n).padStart(2, '0')}:00.000Z`,
        actor: actor ?? (n % 2 === 0 ? 'Ann' : 'Ben'),
        origin: 'person',
        code: 'project.rename',
        label: `Rename to ${n}`,
        targetId: null,
        body: { kind: 'project', before: n === 1 ? null : face(String(n - 1)), after: face(String(n)) },
      },
      head,
    );
    lines.push(line);
    head = line;
  }
  return lines;
}

/**
 * A project of two pictures as the lines of a bundle: Ann draws a car on the first (line 2), Ben widens it (3), draws one
 * on the second (4), and Ann says that the first is labelled (5).
 */
export function labelledProject(): readonly ProjectLine[] {
  const first = testId(101) as ImageId;
  const second = testId(102) as ImageId;
  const inProgress: ImageStatus = { state: 'inProgress', decidedBy: null, decidedAt: null };
  const labelled: ImageStatus = {
    state: 'labelled',
    decidedBy: 'Ann',
    decidedAt: '2026-03-01T12:05:00.000Z',
  };
  const drawn = annotation(1, boxAt(10, 20, 30, 40), { createdBy: 'Ann' });
  const widened = { ...drawn, shape: boxAt(10, 20, 35, 40), revision: 1 };
  const other = annotation(2, boxAt(1, 2, 3, 4), { createdBy: 'Ben' });
  const nothing = {
    kind: 'annotations' as const,
    added: [],
    updated: [],
    removed: [],
    order: null,
    status: null,
  };
  const face = { name: 'Crossing', archivedAt: null, deletedAt: null };
  const deeds: readonly (readonly [string, string, ImageId | null, ChangeRecord['body']])[] = [
    ['Ann', 'Create Crossing', null, { kind: 'project', before: null, after: face }],
    ['Ann', 'Draw Car', first, { ...nothing, added: [drawn], status: [UNLABELLED_STATUS, inProgress] }],
    ['Ben', 'Resize Car', first, { ...nothing, updated: [[drawn, widened]] }],
    ['Ben', 'Draw Car', second, { ...nothing, added: [other], status: [UNLABELLED_STATUS, inProgress] }],
    ['Ann', 'Mark as labelled', first, { ...nothing, status: [inProgress, labelled] }],
  ];
  let head: ChainHead = EMPTY_CHAIN;
  const changes = deeds.map(([actor, label, imageId, body], index): ProjectLine => {
    const change = sealChange(
      {
        id: uuid(index + 1) as ChangeId,
        projectId: PROJECT_ID,
        imageId,
        scope: imageId === null ? 'app' : `image:${imageId}`,
        groupId: null,
        at: `2026-03-01T12:0${index + 1}:00.000Z`,
        actor,
        origin: 'person',
        code: 'annotation.edit',
        label,
        targetId: null,
        body,
      },
      head,
    );
    head = change;
    return { kind: 'change', change };
  });
  const image = (
    id: ImageId,
    ordinal: number,
    annotations: Annotation[],
    status: ImageStatus,
  ): ProjectLine => ({
    kind: 'image',
    image: {
      id,
      projectId: PROJECT_ID,
      sourceId: testId(201) as SourceId,
      key: `day/${ordinal + 1}.jpg`,
      contentHash: String(ordinal).repeat(64) as Sha256,
      byteSize: 1000,
      modifiedAt: '2026-01-01T00:00:00.000Z',
      format: 'jpeg',
      width: 640,
      height: 480,
      exifOrientation: 1,
      capturedAt: null,
      searchName: `${ordinal + 1}.jpg`,
      ordinal,
      state: status.state,
      labelIds: [CAR.id],
      annotationCount: annotations.length,
      hasFinding: 0,
      isMissing: 0,
      duplicateOfId: null,
    },
    revision: 1,
    set: { annotations, status },
  });
  return [
    { kind: 'header', formatVersion: 2, projectId: PROJECT_ID, projectName: 'Crossing' },
    image(first, 0, [widened], labelled),
    image(second, 1, [other], inProgress),
    ...changes,
    {
      kind: 'end',
      project: {
        id: PROJECT_ID,
        name: 'Crossing',
        createdAt: '2026-03-01T12:01:00.000Z',
        openedAt: '2026-03-01T12:01:00.000Z',
        archivedAt: null,
        deletedAt: null,
        isSample: false,
        sources: [],
        schema: STREET_SCHEMA,
      },
      counts: { ...EMPTY_COUNTS, images: 2, annotations: 2 },
      head: { seq: head.seq, hash: head.hash },
    },
  ];
}
