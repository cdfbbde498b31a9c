import '../../../renderer/app/zod-without-eval';
import { createBridge, type PreloadApi } from '../../../renderer/bridge/bridge';
import { openPersistence } from '../../../renderer/persistence';
import { createProjectFromTemplate } from '../../../renderer/start/create-project';
import { canonicalJson } from '../../../shared/document/canonical-json';
import { sha256OfText } from '../../../shared/document/hash';
import type { Result } from '../../../shared/result/result';
import type { AnnotationId, ProjectId, Sha256, SourceId } from '../../../shared/schema/ids';
import { mixedShapes } from '../mixed-shapes';

const IMAGES_PER_BATCH = 5000;
const BOXED_IMAGES_PER_BATCH = 200;

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code}: ${result.error.message}`);
}

/** A project of many images through the app's own persistence, opened last; keys are 000000.jpg, 000001.jpg, … */
async function seedProject(sourceId: SourceId, count: number, size: { width: number; height: number }) {
  const bridge = createBridge((window as unknown as { groundmark: PreloadApi }).groundmark);
  const persistence = unwrap(await openPersistence(bridge));
  const project = unwrap(await createProjectFromTemplate(persistence, 'Large', 'road-scene'));
  unwrap(await persistence.projects.addSource(project.id, { id: sourceId, displayName: 'large' }));
  for (let from = 0; from < count; from += IMAGES_PER_BATCH) {
    const to = Math.min(from + IMAGES_PER_BATCH, count);
    unwrap(
      await persistence.images.addScanned(project.id, sourceId, {
        images: Array.from({ length: to - from }, (_, offset) => {
          const n = from + offset;
          return {
            key: `${String(n).padStart(6, '0')}.jpg`,
            contentHash: n.toString(16).padStart(64, '0') as Sha256,
            byteSize: 1000,
            modifiedAt: '2026-01-01T00:00:00.000Z',
            format: 'jpeg' as const,
            ...size,
            exifOrientation: 1,
            capturedAt: null,
          };
        }),
        problems: [],
        cursor: to === count ? null : String(to),
        isLast: to === count,
      }),
    );
  }
  persistence.preferences.set('app.lastProject', project.id);
  persistence.close();
  return project.id;
}

/** Objects of every kind on each image of a project; the n-th image gets `counts[n % counts.length]` of them. */
async function seedShapes(projectId: ProjectId, counts: readonly number[]): Promise<void> {
  const bridge = createBridge((window as unknown as { groundmark: PreloadApi }).groundmark);
  const persistence = unwrap(await openPersistence(bridge));
  const project = unwrap(await persistence.projects.get(projectId));
  const labels = project.schema.labels.map(({ id }) => id);
  const list = unwrap(await persistence.images.list(projectId, {}));
  for (const [n, image] of (await list.window(0, list.total)).entries()) {
    const loaded = unwrap(await persistence.annotations.load(image.id));
    const added = mixedShapes(counts[n % counts.length] ?? 0).map((each, index) => ({
      ...each,
      id: crypto.randomUUID() as AnnotationId,
      labelId: labels[index % labels.length] ?? each.labelId,
      attributes: {},
    }));
    if (added.length === 0) continue;
    const change = {
      origin: 'person' as const,
      code: 'annotation.create',
      label: 'Seed',
      added,
      updated: [],
      removed: [],
      order: null,
      status: null,
    };
    const { revision, ...before } = loaded;
    const after = { ...before, annotations: added };
    const committed = { imageId: image.id, projectId, expectedRevision: revision, change, after };
    unwrap(await persistence.annotations.commit({ ...committed, targetId: null, hasFinding: false }));
  }
  persistence.close();
}

/** Boxes on each image of a project, by an import: what 100,000 objects come from in life. Labels go round. */
async function seedBoxes(projectId: ProjectId, perImage: number): Promise<void> {
  const bridge = createBridge((window as unknown as { groundmark: PreloadApi }).groundmark);
  const persistence = unwrap(await openPersistence(bridge));
  const project = unwrap(await persistence.projects.get(projectId));
  const labelIds = project.schema.labels.map(({ id }) => id);
  const list = unwrap(await persistence.images.list(projectId, {}));
  const { total } = list;
  const { changeId } = unwrap(
    await persistence.annotations.beginImport(projectId, {
      label: 'Seed',
      schemaAfter: project.schema,
      labelIds,
      rule: 'addNew',
      images: total,
      annotations: total * perImage,
      total,
      plan: '{}',
    }),
  );
  for (let from = 0; from < total; from += BOXED_IMAGES_PER_BATCH) {
    const to = Math.min(total, from + BOXED_IMAGES_PER_BATCH);
    const images = (await list.window(from, to)).map((image) => {
      const boxes = Array.from({ length: perImage }, (_, n) => ({
        label: (image.ordinal + n) % labelIds.length,
        shape: {
          type: 'box' as const,
          x: (image.ordinal * 7 + n * 53) % 250,
          y: (image.ordinal * 13 + n * 31) % 120,
          width: 20 + ((image.ordinal + n * 17) % 50),
          height: 15 + ((image.ordinal * 3 + n * 11) % 45),
        },
      }));
      const text = boxes.map(canonicalJson).join(',');
      const labelCounts = labelIds.map(
        (_, label) => [label, boxes.filter((box) => box.label === label).length] as const,
      );
      return {
        imageId: image.id,
        ordinal: image.ordinal,
        isConfirmedEmpty: false,
        labelCounts: labelCounts.filter(([, count]) => count > 0),
        text,
        hash: sha256OfText(text),
      };
    });
    unwrap(
      await persistence.annotations.addToImport(projectId, changeId, {
        images,
        cursor: to,
        isLast: to === total,
      }),
    );
  }
  persistence.close();
}

const seedPage = { seedProject, seedShapes, seedBoxes };

declare global {
  interface Window {
    seedPage: typeof seedPage;
  }
}

window.seedPage = seedPage;
document.documentElement.dataset.ready = 'true';
