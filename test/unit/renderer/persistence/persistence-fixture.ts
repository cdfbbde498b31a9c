import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createFakeBridge, type FakeBridge } from '../../../../renderer/bridge/fake-bridge';
import { openPersistence } from '../../../../renderer/persistence';
import { GroundmarkDatabase } from '../../../../renderer/persistence/database';
import type { Persistence } from '../../../../renderer/persistence/ports';
import { applyChange, type ChangeSet } from '../../../../shared/document/change-set';
import { documentFromSet } from '../../../../shared/document/image-document';
import { statusAfterEdit } from '../../../../shared/document/image-status';
import type { Result } from '../../../../shared/result/result';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { AnnotationSet } from '../../../../shared/schema/change';
import type { AnnotationId, ImageId, LabelId, ProjectId, SourceId } from '../../../../shared/schema/ids';
import type { ImageRecord, ScannedImage } from '../../../../shared/schema/image';
import type { LabelSchema } from '../../../../shared/schema/label-schema';

/** A database engine of its own for each test: nothing of another test can be seen. */
export async function openFixture() {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const bridge: FakeBridge = createFakeBridge();
  const persistence = unwrap(await openPersistence(bridge));
  return { bridge, persistence };
}

/** Another window on the same database. */
export async function openAnotherWindow(bridge: FakeBridge): Promise<Persistence> {
  return unwrap(await openPersistence(bridge));
}

/** The database underneath, for damaging it. */
export async function openRawDatabase(): Promise<GroundmarkDatabase> {
  const db = new GroundmarkDatabase('groundmark');
  await db.open();
  return db;
}

export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code}: ${result.error.message} ${JSON.stringify(result.error.details)}`);
}

export function failureOf<T>(result: Result<T>) {
  if (!result.ok) return result.error;
  throw new Error('expected a failure');
}

let counter = 0;
/** UUIDs that are distinct and the same in every run. */
export function testId(): string {
  counter += 1;
  return `00000000-0000-4000-8000-${counter.toString(16).padStart(12, '0')}`;
}

export const CAR = '11111111-1111-4111-8111-111111111111' as LabelId;
export const SIGN = '22222222-2222-4222-8222-222222222222' as LabelId;
export const SOURCE = '33333333-3333-4333-8333-333333333333' as SourceId;

export function schemaWith(...labels: readonly (readonly [LabelId, string])[]): LabelSchema {
  return {
    revision: 0,
    nextClassIndex: labels.length,
    labels: labels.map(([id, name], classIndex) => ({
      id,
      classIndex,
      name,
      color: '#336699',
      shortcut: null,
      allowedShapes: [],
      description: '',
      attributes: [],
      isRetired: false,
      mergedIntoId: null,
      formerNames: [],
      supercategory: null,
    })),
  };
}

export const ROAD_SCHEMA = schemaWith([CAR, 'Car'], [SIGN, 'Sign']);

export function scanned(key: string, hash: string = key): ScannedImage {
  return {
    key,
    contentHash: Buffer.from(hash)
      .toString('hex')
      .padEnd(64, '0')
      .slice(0, 64) as ScannedImage['contentHash'],
    byteSize: 1000,
    modifiedAt: '2026-01-01T00:00:00.000Z',
    format: 'jpeg',
    width: 1280,
    height: 720,
    exifOrientation: 1,
    capturedAt: null,
  };
}

export async function projectWithImages(persistence: Persistence, keys: readonly string[]) {
  const project = unwrap(await persistence.projects.create({ name: 'Road', schema: ROAD_SCHEMA }));
  unwrap(
    await persistence.images.addScanned(project.id, SOURCE, {
      images: keys.map((key) => scanned(key)),
      problems: [],
      cursor: keys.at(-1) ?? null,
      isLast: true,
    }),
  );
  const list = unwrap(await persistence.images.list(project.id, {}));
  const images = await list.window(0, list.total);
  return { project, images };
}

export function annotation(overrides: Partial<Annotation> = {}): Annotation {
  return {
    id: testId() as AnnotationId,
    labelId: CAR,
    shape: { type: 'box', x: 10, y: 20, width: 30, height: 40 },
    attributes: {},
    isLocked: false,
    isHidden: false,
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    origin: 'person',
    createdBy: 'Test person',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    revision: 0,
    ...overrides,
  };
}

export function changeOf(parts: Partial<ChangeSet>): ChangeSet {
  return {
    origin: 'person',
    code: 'annotation.create',
    label: 'Draw Car',
    added: [],
    updated: [],
    removed: [],
    order: null,
    status: null,
    ...parts,
  };
}

export function statusFor(set: Pick<AnnotationSet, 'status' | 'annotations'>, change: ChangeSet): ChangeSet {
  const count = set.annotations.length + change.added.length - change.removed.length;
  const after = statusAfterEdit(set.status, count);
  return after === set.status ? change : { ...change, status: [set.status, after] };
}

/** Loads, applies and commits, as the editor does for one edit. */
export async function edit(
  persistence: Persistence,
  image: Pick<ImageRecord, 'id' | 'projectId' | 'width' | 'height'>,
  parts: Partial<ChangeSet>,
  targetId: Parameters<Persistence['annotations']['commit']>[0]['targetId'] = null,
) {
  const set = unwrap(await persistence.annotations.load(image.id as ImageId));
  const change = statusFor(set, changeOf(parts));
  const after = applyChange(documentFromSet(set, image), change);
  return persistence.annotations.commit({
    imageId: image.id,
    projectId: image.projectId as ProjectId,
    expectedRevision: set.revision,
    change,
    after: {
      imageId: image.id,
      projectId: image.projectId,
      annotations: [...after.annotations.values()],
      status: after.status,
    },
    targetId,
    hasFinding: false,
  });
}
