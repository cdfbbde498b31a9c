import { openDatabase } from '../../../renderer/persistence/database';
import { labelledImages } from '../../../renderer/persistence/labelled-images';
import { textOf } from '../../../renderer/persistence/page-layout';
import type { Persistence } from '../../../renderer/persistence/ports';
import type { StoredLayer, StoredSet } from '../../../renderer/persistence/stored-records';
import { sha256OfText } from '../../../shared/document/hash';
import { createRandom } from '../../../shared/random/random';
import type { Annotation } from '../../../shared/schema/annotation';
import { UNLABELLED_STATUS } from '../../../shared/schema/annotation';
import type { AnnotationId, ImageId, ProjectId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';

const IMAGES_PER_BATCH = 500;
const SEED = 7;

/** So many boxes on every image of a project, as an import stores them; sizes and labels are the same in every run. */
export async function seedBoxes(persistence: Persistence, project: Project, boxes: number): Promise<void> {
  const random = createRandom(SEED);
  const list = await persistence.images.list(project.id, {});
  if (!list.ok) throw new Error(list.error.message);
  const { total } = list.value;
  const labelIds = project.schema.labels.map(({ id }) => id);
  const begun = await persistence.annotations.beginImport(project.id, {
    label: 'Seed boxes',
    schemaAfter: project.schema,
    labelIds,
    rule: 'addAll',
    images: total,
    annotations: total * boxes,
    total,
    plan: '{}',
  });
  if (!begun.ok) throw new Error(begun.error.message);
  for (let from = 0; from < total; from += IMAGES_PER_BATCH) {
    const page = await list.value.window(from, Math.min(total, from + IMAGES_PER_BATCH));
    const images = page.map((image) => {
      const counts = new Map<number, number>();
      const lines = Array.from({ length: boxes }, () => {
        const label = random.whole(0, labelIds.length - 1);
        counts.set(label, (counts.get(label) ?? 0) + 1);
        const number = (low: number, high: number) => Number(random.between(low, high).toFixed(1));
        const shape = `"height":${number(10, 60)},"type":"box","width":${number(10, 80)},"x":${number(0, 230)},"y":${number(0, 110)}`;
        return `{"label":${label},"shape":{${shape}}}`;
      });
      const text = lines.join(',');
      return {
        imageId: image.id,
        ordinal: image.ordinal,
        isConfirmedEmpty: false,
        labelCounts: [...counts],
        text,
        hash: sha256OfText(text),
      };
    });
    const cursor = Math.min(total, from + IMAGES_PER_BATCH);
    const stored = await persistence.annotations.addToImport(project.id, begun.value.changeId, {
      images,
      cursor,
      isLast: cursor === total,
    });
    if (!stored.ok) throw new Error(stored.error.message);
  }
}

/**
 * Ground truth for the images of a project from `first` up to but not including `images`, made of their labels: nine of ten boxes moved a little, the tenth
 * with another label or left out. Put as records, without a line of the journal each: making it is not what is measured.
 */
export async function seedTruth(
  persistence: Persistence,
  projectId: ProjectId,
  images: number,
  first: number,
): Promise<void> {
  const project = await persistence.projects.get(projectId);
  const opened = await openDatabase();
  if (!project.ok || !opened.ok) throw new Error('The database cannot be opened.');
  const db = opened.value;
  const labels = project.value.schema.labels.map(({ id }) => id);
  const random = createRandom(SEED);
  for (let from = first; from < images; from += IMAGES_PER_BATCH) {
    const page = await labelledImages(db, projectId, from, Math.min(images, from + IMAGES_PER_BATCH));
    const layers: StoredLayer[] = [];
    const sets: StoredSet[] = [];
    for (const { image, annotations } of page) {
      const truth = (annotations ?? []).flatMap((annotation, index): Annotation[] => {
        const { shape } = annotation;
        if (shape.type !== 'box') return [];
        if (index % 20 === 19) return [];
        return [
          {
            ...annotation,
            id: crypto.randomUUID() as AnnotationId,
            labelId:
              index % 20 === 9
                ? (labels[random.whole(0, labels.length - 1)] ?? annotation.labelId)
                : annotation.labelId,
            shape: { ...shape, x: shape.x + random.between(0, 2), y: shape.y + random.between(0, 2) },
          },
        ];
      });
      const id = crypto.randomUUID() as ImageId;
      layers.push({
        id,
        projectId,
        imageId: image.id,
        purpose: 'groundTruth',
        owner: { id: null, name: 'Seed' },
        base: null,
        batchId: null,
        createdAt: '2026-03-01T08:00:00.000Z',
        submittedAt: null,
        revision: 1,
        annotationCount: truth.length,
      });
      sets.push({
        imageId: id,
        projectId,
        revision: 1,
        status: UNLABELLED_STATUS,
        text: textOf(truth),
        pageLengths: [truth.length],
      });
    }
    await db.transaction('rw', [db.layers, db.annotationSets], async () => {
      await db.layers.bulkAdd(layers);
      await db.annotationSets.bulkAdd(sets);
    });
  }
  db.close();
}
