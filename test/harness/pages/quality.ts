import '../../../renderer/app/zod-without-eval';
import { createBridge, type PreloadApi } from '../../../renderer/bridge/bridge';
import { openPersistence } from '../../../renderer/persistence';
import type { Persistence } from '../../../renderer/persistence/ports';
import type { Result } from '../../../shared/result/result';
import type { Annotation } from '../../../shared/schema/annotation';
import type { AnnotationId, ImageId, LabelId, ProjectId } from '../../../shared/schema/ids';
import { measureEdits, measureFull, measureParsing } from './measure-quality';
import { seedBoxes, seedTruth } from './seed-boxes';

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code}: ${result.error.message}`);
}

/** A box of a test: label by its place in the schema, then x, y, width, height in image px. */
export type TestBox = readonly [label: number, x: number, y: number, width: number, height: number];

async function open(): Promise<Persistence> {
  const bridge = createBridge((window as unknown as { groundmark: PreloadApi }).groundmark);
  return unwrap(await openPersistence(bridge));
}

async function newestProject(persistence: Persistence) {
  const [project] = await persistence.projects.list();
  if (project === undefined) throw new Error('There is no project.');
  return project;
}

const STAMP = '2026-03-01T08:00:00.000Z';

function annotationOf(labels: readonly LabelId[], [label, x, y, width, height]: TestBox): Annotation {
  return {
    id: crypto.randomUUID() as AnnotationId,
    labelId: labels[label] ?? ('' as LabelId),
    shape: { type: 'box', x, y, width, height },
    attributes: {},
    isLocked: false,
    isHidden: false,
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    origin: 'person',
    createdBy: 'Mira',
    createdAt: STAMP,
    updatedAt: STAMP,
    revision: 0,
  };
}

/** Replaces the labels of a set (an image's, or a layer's) by these boxes. */
async function setBoxes(
  persistence: Persistence,
  projectId: ProjectId,
  setId: ImageId,
  added: readonly Annotation[],
  state: 'labelled' | 'inProgress' = 'labelled',
): Promise<void> {
  const before = unwrap(await persistence.annotations.load(setId));
  const status = { state, decidedBy: null, decidedAt: null };
  const change = {
    origin: 'person' as const,
    code: 'annotation.create',
    label: 'Seed',
    added,
    updated: [],
    removed: before.annotations,
    order: null,
    status: [before.status, status] as const,
  };
  unwrap(
    await persistence.annotations.commit({
      imageId: setId,
      projectId,
      expectedRevision: before.revision,
      change: { ...change, status: [before.status, status] },
      after: { imageId: setId, projectId, annotations: [...added], status },
      targetId: null,
      hasFinding: false,
    }),
  );
}

/** Ground truth and labels of the images of the newest project, in order. */
async function seedCompared(
  images: readonly { readonly truth: readonly TestBox[]; readonly labels: readonly TestBox[] }[],
): Promise<void> {
  const persistence = await open();
  const { id, schema } = await newestProject(persistence);
  const labels = schema.labels.map((label) => label.id);
  const list = unwrap(await persistence.images.list(id, {}));
  const records = await list.window(0, list.total);
  for (const [index, { truth, labels: own }] of images.entries()) {
    const image = records[index];
    if (image === undefined) continue;
    unwrap(
      await persistence.layers.create(
        id,
        [
          {
            imageId: image.id,
            purpose: 'groundTruth',
            from: truth.map((box) => annotationOf(labels, box)),
          },
        ],
        { code: 'layer.useAsTruth', label: 'Use as ground truth' },
      ),
    );
    await setBoxes(
      persistence,
      id,
      image.id,
      own.map((box) => annotationOf(labels, box)),
    );
  }
  persistence.close();
}

/** Answers of several people for one image of the newest project, handed in. */
async function seedAnswers(
  index: number,
  answers: readonly { readonly name: string; readonly boxes: readonly TestBox[] }[],
): Promise<void> {
  const persistence = await open();
  const { id, schema } = await newestProject(persistence);
  const labels = schema.labels.map((label) => label.id);
  const list = unwrap(await persistence.images.list(id, {}));
  const [image] = await list.window(index, index + 1);
  if (image === undefined) throw new Error('There is no such image.');
  const session = persistence.session();
  for (const { name, boxes } of answers) {
    persistence.setSession({ personId: null, name, role: 'admin' });
    const [layer] = unwrap(
      await persistence.layers.create(
        id,
        [
          {
            imageId: image.id,
            purpose: 'consensus',
            from: boxes.map((box) => annotationOf(labels, box)),
          },
        ],
        { code: 'layer.giveToSeveral', label: 'Give to several people' },
      ),
    );
    if (layer !== undefined) unwrap(await persistence.layers.setSubmitted(layer.id, true));
  }
  persistence.setSession(session);
  persistence.close();
}

/** What is stored of each image's own labels: label names with their boxes. */
async function storedLabels(): Promise<readonly (readonly string[])[]> {
  const persistence = await open();
  const { id, schema } = await newestProject(persistence);
  const names = new Map(schema.labels.map((label) => [label.id, label.name]));
  const list = unwrap(await persistence.images.list(id, {}));
  const found: string[][] = [];
  for (const image of await list.window(0, list.total)) {
    const { annotations } = unwrap(await persistence.annotations.load(image.id));
    found.push(annotations.map(({ labelId }) => names.get(labelId) ?? ''));
  }
  persistence.close();
  return found;
}

const qualityPage = {
  seedCompared,
  seedAnswers,
  storedLabels,
  seedBoxes: async (boxes: number) => {
    const persistence = await open();
    await seedBoxes(persistence, await newestProject(persistence), boxes);
    persistence.close();
  },
  seedTruth: async (images: number, first: number) => {
    const persistence = await open();
    await seedTruth(persistence, (await newestProject(persistence)).id, images, first);
    persistence.close();
  },
  measureFull: async () => {
    const persistence = await open();
    return measureFull(persistence, (await newestProject(persistence)).id);
  },
  measureParsing,
  measureEdits: async (edits: number) => {
    const persistence = await open();
    return measureEdits(persistence, (await newestProject(persistence)).id, edits);
  },
};

declare global {
  interface Window {
    qualityPage: typeof qualityPage;
  }
}

window.qualityPage = qualityPage;
document.documentElement.dataset.ready = 'true';
