import Dexie from 'dexie';
import { appError } from '../../shared/result/app-error';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { ProjectLine } from '../../shared/schema/project-lines';
import type { RecordKind } from '../../shared/schema/project-records';
import { readSet } from './annotation-store';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import { imageById, imageTables } from './image-rows';
import { layerOf } from './layer-repository';
import { eventsOf } from './review-rows';
import type { StoredLayer, StoredRecord, StoredReview } from './stored-records';

/** Rows read at once; layers come with their annotations. */
const LAYERS_PER_READ = 100;
const ROWS_PER_READ = 1000;

/** What a transaction must hold that gives lines of what is beside images and labels. */
export function reviewLineTables(db: GroundmarkDatabase) {
  return [...imageTables(db), db.records, db.activity];
}

/** Layers, reviews, records and measured work of a project as lines, read page by page. */
export async function* reviewLines(
  db: GroundmarkDatabase,
  projectId: ProjectId,
): AsyncGenerator<ProjectLine> {
  const ids = await db.layers
    .where('[projectId+purpose]')
    .between([projectId, Dexie.minKey], [projectId, Dexie.maxKey])
    .primaryKeys();
  for (let from = 0; from < ids.length; from += LAYERS_PER_READ) {
    const step = ids.slice(from, from + LAYERS_PER_READ);
    yield* await db.transaction('r', reviewLineTables(db), async () =>
      Promise.all(step.map((id) => layerLine(db, id))),
    );
  }
  for (let from = 0; ; ) {
    const rows = await db.reviews
      .where('[projectId+ordinal]')
      .between([projectId, from], [projectId, Dexie.maxKey])
      .limit(ROWS_PER_READ)
      .toArray();
    for (const row of rows) yield reviewLine(row);
    const last = rows.at(-1);
    if (last === undefined) break;
    from = last.ordinal + 1;
  }
  const records = await db.records
    .where('[projectId+record+id]')
    .between([projectId, Dexie.minKey], [projectId, Dexie.maxKey])
    .toArray();
  for (const row of records) yield recordLine(row.record, row.id, row);
  const activity = await db.activity
    .where('[projectId+day+personKey+imageId]')
    .between([projectId, Dexie.minKey], [projectId, Dexie.maxKey])
    .toArray();
  for (const row of activity) yield { kind: 'activity', activity: row };
}

/**
 * Lines of what these changes touched, as it is now. Inside a transaction that holds `reviewLineTables`.
 * @returns the lines, and of the images that the changes name those that are images and no layers.
 */
export async function linesOfTouched(
  db: GroundmarkDatabase,
  changes: readonly ChangeRecord[],
): Promise<{ readonly lines: readonly ProjectLine[]; readonly layerIds: ReadonlySet<ImageId> }> {
  const reviewed = new Set<ImageId>();
  const layered = new Set<ImageId>();
  const lines: ProjectLine[] = [];
  for (const { body, imageId, projectId } of changes) {
    if (body.kind === 'review') for (const id of body.imageIds) reviewed.add(id);
    if (body.kind === 'layer') {
      const id = body.after?.id ?? body.before?.id;
      if (id !== undefined) layered.add(id);
    }
    if (body.kind === 'record') {
      lines.push(recordLine(body.record, body.id, await db.records.get([projectId, body.record, body.id])));
    }
    if (body.kind === 'annotations' && imageId !== null) layered.add(imageId);
  }
  const layers = (await db.layers.bulkGet([...layered])).flatMap((layer) => layer?.id ?? []);
  const layerIds = new Set(layers);
  for (const id of layered) {
    if (layerIds.has(id)) lines.push(await layerLine(db, id));
  }
  for (const change of changes) {
    if (change.body.kind !== 'layer' || change.body.after !== null) continue;
    const { before } = change.body;
    if (before !== null && !layerIds.has(before.id)) {
      layerIds.add(before.id);
      lines.push({ kind: 'layer', id: before.id, layer: null, revision: 0, annotations: [] });
    }
  }
  const rows = await db.reviews
    .where('imageId')
    .anyOf([...reviewed])
    .toArray();
  for (const row of rows) lines.push(reviewLine(row));
  return { lines, layerIds };
}

async function layerLine(db: GroundmarkDatabase, id: ImageId): Promise<ProjectLine> {
  const image = await imageById(db, id);
  const { layer } = image;
  const set = layer === undefined ? null : await readSet(db, image);
  if (layer === undefined || set === null) throw new Refusal(gone(id));
  if (!set.ok) throw new Refusal(set.error);
  return lineOfLayer(layer, set.value.annotations);
}

function lineOfLayer(
  layer: StoredLayer,
  annotations: readonly Extract<ProjectLine, { kind: 'layer' }>['annotations'][number][],
): ProjectLine {
  return {
    kind: 'layer',
    id: layer.id,
    layer: layerOf(layer),
    revision: layer.revision,
    annotations: [...annotations],
  };
}

function reviewLine(row: StoredReview): ProjectLine {
  return { kind: 'review', imageId: row.imageId, events: [...eventsOf(row)] };
}

function recordLine(record: RecordKind, id: string, row: StoredRecord | undefined): ProjectLine {
  return {
    kind: 'record',
    record,
    id,
    imageId: row === undefined || row.imageId === '' ? null : row.imageId,
    value: row === undefined ? null : JSON.parse(row.text),
  };
}

function gone(id: ImageId) {
  return appError('review.unknown-thing', 'A layer was taken away while it was read. Repeat this.', {
    layerId: id,
  });
}
