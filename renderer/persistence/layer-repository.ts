import Dexie from 'dexie';
import { hashOfAnnotations } from '../../shared/document/hash';
import type { Deed } from '../../shared/people/permissions';
import { appError } from '../../shared/result/app-error';
import { ok } from '../../shared/result/result';
import { UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { AnnotationLayer, LayerPurpose } from '../../shared/schema/annotation-layer';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ChangeId, ImageId, ProjectId } from '../../shared/schema/ids';
import { readSet, writeSet } from './annotation-store';
import { demand, type PersistenceContext, personOf, signature } from './context';
import { guarded, guardedWrite, Refusal } from './database-error';
import { imageTables, withImages } from './image-rows';
import { imageScope, nextLine, requireHead, reviewScope } from './journal-lines';
import type { LayerRepository, LayerStart } from './ports';
import { personKey } from './review-marks';
import type { StoredHead, StoredLayer } from './stored-records';

/** What a role must be allowed to begin, change or remove a layer of each purpose. */
export const DEED_OF_LAYER: Readonly<Record<LayerPurpose, Deed>> = {
  groundTruth: 'quality.editGroundTruth',
  consensus: 'annotation.edit',
  honeypot: 'annotation.edit',
  proposal: 'review.propose',
};

interface Words {
  readonly code: string;
  readonly label: string;
}

export function createLayerRepository(context: PersistenceContext): LayerRepository {
  const { db, notifier } = context;
  return {
    list: (projectId, { imageId, purpose, ownerKey } = {}) =>
      guarded(db, 'reading layers', async () => {
        const rows =
          imageId !== undefined
            ? await db.layers.where('imageId').equals(imageId).toArray()
            : await db.layers
                .where('[projectId+purpose]')
                .between([projectId, purpose ?? ''], [projectId, purpose ?? '￿'], true, true)
                .toArray();
        return rows
          .filter(
            (row) =>
              row.projectId === projectId &&
              (purpose === undefined || row.purpose === purpose) &&
              (ownerKey === undefined || personKey(row.owner) === ownerKey),
          )
          .map(layerOf);
      }),

    get: (id) => guarded(db, 'reading a layer', async () => layerOf(required(await db.layers.get(id)))),

    hasFinding: (id) =>
      guarded(db, 'reading a layer', async () => required(await db.layers.get(id)).hasFinding === 1),

    async create(projectId, starts, words) {
      if (starts.length === 0) return ok([]);
      const made = await guardedWrite(db, 'beginning layers', () =>
        // Dexie follows native awaits only from an async function on.
        db.transaction('rw', imageTables(db), async () => createAll(context, projectId, starts, words)),
      );
      if (made.ok) notifier.announce({ projectId, imageIds: starts.map(({ imageId }) => imageId) });
      return made;
    },

    async setSubmitted(id, isSubmitted) {
      const done = await guardedWrite(db, 'saving a layer', () =>
        db.transaction('rw', imageTables(db), async () => {
          const row = required(await db.layers.get(id));
          demandOf(context, row);
          const submittedAt = isSubmitted ? context.now() : null;
          if ((row.submittedAt === null) === (submittedAt === null)) return row;
          const after: StoredLayer = { ...row, submittedAt };
          const head = requireHead(await db.heads.get(row.projectId));
          const next = layerLine(context, head, row, after, {
            code: isSubmitted ? 'layer.submit' : 'layer.reopen',
            label: isSubmitted ? 'Hand in' : 'Take back what was handed in',
          });
          await Promise.all([db.layers.put(after), db.changes.add(next.line), db.heads.put(next.head)]);
          return after;
        }),
      );
      if (!done.ok) return done;
      notifier.announce({ projectId: done.value.projectId, imageIds: [done.value.imageId] });
      return ok(null);
    },

    async remove(projectId, ids, words) {
      const done = await guardedWrite(db, 'removing layers', () =>
        db.transaction('rw', imageTables(db), async () => {
          let head = requireHead(await db.heads.get(projectId));
          for (const row of (await db.layers.bulkGet([...ids])).map(required)) {
            demandOf(context, row);
            const next = layerLine(context, head, row, null, words);
            head = next.head;
            await Promise.all([
              db.changes.add(next.line),
              db.layers.delete(row.id),
              db.annotationSets.delete(row.id),
              db.annotationPages
                .where('[imageId+page]')
                .between([row.id, 0], [row.id, Dexie.maxKey])
                .delete(),
            ]);
            context.pages.forget(row.id);
          }
          await db.heads.put(head);
          return null;
        }),
      );
      if (done.ok) notifier.announce({ projectId, imageIds: 'many' });
      return done;
    },
  };
}

async function createAll(
  context: PersistenceContext,
  projectId: ProjectId,
  starts: readonly LayerStart[],
  words: Words,
): Promise<readonly AnnotationLayer[]> {
  const { db } = context;
  let head = requireHead(await db.heads.get(projectId));
  const made: AnnotationLayer[] = [];
  for (const { item, image } of await withImages(db, starts, ({ imageId }) => imageId)) {
    const session = demand(context, DEED_OF_LAYER[item.purpose]);
    if (image.projectId !== projectId) throw new Refusal(unknownLayer());
    const set = await readSet(db, image);
    if (!set.ok) throw new Refusal(set.error);
    const annotations =
      item.from === 'empty' ? [] : item.from === 'image' ? set.value.annotations : [...item.from];
    const layer: AnnotationLayer = {
      id: context.newId() as ImageId,
      projectId,
      imageId: image.id,
      purpose: item.purpose,
      owner: item.owner ?? personOf(session),
      base:
        item.from === 'empty'
          ? null
          : { revision: set.value.revision, hash: hashOfAnnotations(set.value.annotations) },
      batchId: item.batchId ?? null,
      createdAt: context.now(),
      submittedAt: null,
    };
    const isFilled = annotations.length > 0;
    const row: StoredLayer = {
      ...layer,
      revision: isFilled ? 1 : 0,
      annotationCount: annotations.length,
    };
    const next = layerLine(context, head, null, row, words);
    head = next.head;
    const lines = [next.line];
    if (isFilled) {
      const filled = nextLine(head, {
        id: context.newId() as ChangeId,
        projectId,
        imageId: layer.id,
        scope: imageScope(layer.id),
        groupId: null,
        at: context.now(),
        ...signature(context),
        // Undo in the layer ends here: what it began with is not its owner's edit.
        origin: 'restore',
        code: words.code,
        label: words.label,
        targetId: null,
        body: {
          kind: 'annotations',
          added: annotations,
          updated: [],
          removed: [],
          order: null,
          status: null,
        },
      });
      head = filled.head;
      lines.push(filled.line);
      await writeSet(
        db,
        { imageId: layer.id, projectId, revision: 1, annotations, status: UNLABELLED_STATUS },
        [[]],
      );
    }
    await Promise.all([db.layers.add(row), db.changes.bulkAdd(lines)]);
    made.push(layer);
  }
  await db.heads.put(head);
  return made;
}

function layerLine(
  context: PersistenceContext,
  head: StoredHead,
  before: StoredLayer | null,
  after: StoredLayer | null,
  words: Words,
): ReturnType<typeof nextLine> {
  return nextLine(head, {
    id: context.newId() as ChangeId,
    projectId: head.projectId,
    imageId: null,
    scope: reviewScope(head.projectId),
    groupId: null,
    at: context.now(),
    ...signature(context),
    origin: 'person',
    ...words,
    targetId: null,
    body: bodyOf(before, after),
  });
}

function bodyOf(
  before: StoredLayer | null,
  after: StoredLayer | null,
): Extract<ChangeRecord['body'], { kind: 'layer' }> {
  return {
    kind: 'layer',
    before: before === null ? null : layerOf(before),
    after: after === null ? null : layerOf(after),
  };
}

export function layerOf(row: StoredLayer): AnnotationLayer {
  const { revision: _, annotationCount: __, hasFinding: ___, ...layer } = row;
  return layer;
}

/** Who may change a layer: those its purpose names, and of answers only whoever's answer it is. */
export function demandOf(context: PersistenceContext, layer: AnnotationLayer): void {
  const session = demand(context, DEED_OF_LAYER[layer.purpose]);
  const isAnswer = layer.purpose === 'consensus' || layer.purpose === 'honeypot';
  if (!isAnswer || personKey(layer.owner) === personKey(personOf(session))) return;
  throw new Refusal(
    appError(
      'people.not-permitted',
      `This is ${layer.owner.name}'s own answer, and only ${layer.owner.name} can change it.`,
    ),
  );
}

function required(layer: StoredLayer | undefined): StoredLayer {
  if (layer === undefined) throw new Refusal(unknownLayer());
  return layer;
}

function unknownLayer() {
  return appError(
    'review.unknown-thing',
    'These annotations are not there any more. Open the picture again to see what is.',
  );
}
