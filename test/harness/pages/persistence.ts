import { createBridge, type PreloadApi } from '../../../renderer/bridge/bridge';
import { openPersistence } from '../../../renderer/persistence';
import { GroundmarkDatabase } from '../../../renderer/persistence/database';
import type { Persistence } from '../../../renderer/persistence/ports';
import { orderOfRemoval } from '../../../shared/actions/edit/order-change';
import { applyChange, type ChangeSet, invertChange } from '../../../shared/document/change-set';
import { documentFromSet } from '../../../shared/document/image-document';
import { statusAfterEdit } from '../../../shared/document/image-status';
import { changeSetOfRecord } from '../../../shared/document/journal';
import type { AppError } from '../../../shared/result/app-error';
import type { Result } from '../../../shared/result/result';
import type { Annotation } from '../../../shared/schema/annotation';
import type { AnnotationSet, SaveReceipt } from '../../../shared/schema/change';
import type { ChangeId, ImageId, LabelId, ProjectId, Sha256, SourceId } from '../../../shared/schema/ids';
import type { ImageRecord } from '../../../shared/schema/image';
import type { Project } from '../../../shared/schema/project';
import {
  boxAt,
  edited,
  type ModelImage,
  modelAfter,
  nextEdit,
  randomFrom,
  type ScriptedEdit,
} from '../labelling-script';
import { measureCommits } from './measure-commits';

/** The app's own persistence in the app's own Chromium, driven by a test through Playwright; built for tests only. */
const api = (window as unknown as { groundmark: PreloadApi }).groundmark;
const bridge = createBridge(api);
let persistence: Persistence;

export interface StoredPicture {
  readonly image: ImageRecord;
  readonly set: AnnotationSet;
  readonly receipt: SaveReceipt;
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code}: ${result.error.message} ${JSON.stringify(result.error.details)}`);
}

/** Opens the database; the error instead when it cannot be used. */
async function open(): Promise<AppError | null> {
  const opened = await openPersistence(bridge);
  if (!opened.ok) return opened.error;
  persistence = opened.value;
  return null;
}

async function seedProject(imageCount: number, labelIds: readonly LabelId[]): Promise<Project> {
  const project = unwrap(
    await persistence.projects.create({
      name: 'Scripted labelling',
      schema: {
        revision: 0,
        nextClassIndex: labelIds.length,
        labels: labelIds.map((id, classIndex) => ({
          id,
          classIndex,
          name: `Label ${classIndex}`,
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
      },
    }),
  );
  unwrap(
    await persistence.images.addScanned(project.id, crypto.randomUUID() as SourceId, {
      images: Array.from({ length: imageCount }, (_, n) => ({
        key: `street/${String(n).padStart(6, '0')}.jpg`,
        contentHash: n.toString(16).padStart(64, '0') as Sha256,
        byteSize: 1000,
        modifiedAt: '2026-01-01T00:00:00.000Z',
        format: 'jpeg' as const,
        width: 1280,
        height: 720,
        exifOrientation: 1,
        capturedAt: null,
      })),
      problems: [],
      cursor: null,
      isLast: true,
    }),
  );
  return unwrap(await persistence.projects.get(project.id));
}

async function imagesOf(projectId: ProjectId): Promise<readonly ImageRecord[]> {
  const list = unwrap(await persistence.images.list(projectId, {}));
  return list.window(0, list.total);
}

/** Everything stored of a project, read back by way of the repositories, and whether its chain holds. */
async function dump(projectId: ProjectId) {
  const pictures: StoredPicture[] = [];
  for (const image of await imagesOf(projectId)) {
    pictures.push({
      image,
      set: unwrap(await persistence.annotations.load(image.id)),
      receipt: unwrap(await persistence.annotations.receipt(image.id)),
    });
  }
  return {
    pictures,
    project: unwrap(await persistence.projects.get(projectId)),
    chain: unwrap(await persistence.journal.verifyChain(projectId)),
  };
}

/** One commit of a change to an image as it is stored now. */
async function commit(imageId: ImageId, change: ChangeSet, targetId: ChangeId | null) {
  const image = unwrap(await persistence.images.get(imageId));
  const set = unwrap(await persistence.annotations.load(imageId));
  const after = applyChange(documentFromSet(set, image), change);
  return persistence.annotations.commit({
    imageId,
    projectId: image.projectId,
    expectedRevision: set.revision,
    change,
    after: {
      imageId,
      projectId: image.projectId,
      annotations: [...after.annotations.values()],
      status: after.status,
    },
    targetId,
    hasFinding: false,
  });
}

async function carryOut(edit: ScriptedEdit, imageId: ImageId): Promise<Result<unknown>> {
  if (edit.kind === 'undo' || edit.kind === 'redo') {
    const stacks = await persistence.journal.stacks(`image:${imageId}`, 1);
    const step = stacks[edit.kind].at(-1);
    const change = step === undefined ? null : changeSetOfRecord(step.change);
    if (step === undefined || change === null) throw new Error(`The journal knows nothing to ${edit.kind}.`);
    return edit.kind === 'undo'
      ? commit(imageId, invertChange(change, 'undo'), step.change.id)
      : commit(imageId, { ...change, origin: 'redo' }, step.change.id);
  }
  const set = unwrap(await persistence.annotations.load(imageId));
  const parts = partsOf(edit, set.annotations);
  const count = set.annotations.length + parts.added.length - parts.removed.length;
  const status =
    edit.kind === 'confirmEmpty'
      ? { state: 'confirmedEmpty' as const, decidedBy: 'Script', decidedAt: '2026-01-01T00:00:00.000Z' }
      : statusAfterEdit(set.status, count);
  return commit(
    imageId,
    {
      origin: 'person',
      code: `test.${edit.kind}`,
      label: edit.kind,
      order:
        edit.kind === 'delete'
          ? orderOfRemoval(documentFromSet(set, { width: 1280, height: 720 }), new Set([edit.id]))
          : null,
      status: status === set.status ? null : [set.status, status],
      ...parts,
    },
    null,
  );
}

function partsOf(
  edit: ScriptedEdit,
  annotations: readonly Annotation[],
): Pick<ChangeSet, 'added' | 'updated' | 'removed'> {
  if (edit.kind === 'create') return { added: [edit.annotation], updated: [], removed: [] };
  if (!('id' in edit)) return { added: [], updated: [], removed: [] };
  const before = annotations.find((one) => one.id === edit.id);
  if (before === undefined) throw new Error(`${edit.kind} names an annotation that is not stored.`);
  return edit.kind === 'delete'
    ? { added: [], updated: [], removed: [before] }
    : { added: [], updated: [[before, edited(before, edit)]], removed: [] };
}

/** Labels until the process ends; `onSaved` hears the number of edits that were acknowledged as saved so far. */
async function label(
  projectId: ProjectId,
  seed: number,
  start: readonly ModelImage[],
  labelIds: readonly LabelId[],
  onSaved: (count: number) => void,
): Promise<never> {
  const images = await imagesOf(projectId);
  const random = randomFrom(seed);
  let model = start;
  for (let count = 1; ; count += 1) {
    const edit = nextEdit(random, model, labelIds);
    const image = images[edit.image];
    if (image === undefined) throw new Error('The script names an image that is not stored.');
    unwrap(await carryOut(edit, image.id));
    onSaved(count);
    model = modelAfter(model, edit);
  }
}

/** Draws one box and gives what the commit said. */
async function draw(imageId: ImageId, labelId: LabelId, x: number, howMany = 1) {
  const set = await persistence.annotations.load(imageId);
  if (!set.ok) return set;
  const added = Array.from({ length: howMany }, () =>
    boxAt(crypto.randomUUID() as Annotation['id'], labelId, x, 10),
  );
  return commit(
    imageId,
    {
      origin: 'person',
      code: 'test.create',
      label: 'Draw',
      added,
      updated: [],
      removed: [],
      order: null,
      status:
        set.value.status.state === 'inProgress'
          ? null
          : [set.value.status, statusAfterEdit(set.value.status, 1)],
    },
    null,
  );
}

/** Cuts the stored record of an image, as a failing disk might. */
async function damageRecord(imageId: ImageId): Promise<void> {
  const db = new GroundmarkDatabase('groundmark');
  const set = await db.annotationSets.get(imageId);
  if (set === undefined) throw new Error('There is no record to damage.');
  await db.annotationSets.put({ ...set, text: set.text.slice(0, set.text.length / 2) });
  db.close();
}

/** Leaves the database as a later version of the app would. */
async function raiseDatabaseVersion(): Promise<void> {
  persistence.close();
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('groundmark', 990);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}

const persistencePage = {
  open,
  seedProject,
  imagesOf,
  dump,
  label,
  draw,
  damageRecord,
  raiseDatabaseVersion,
  measureCommits,
  commit,
  get persistence() {
    return persistence;
  },
};
export type PersistencePage = typeof persistencePage;

declare global {
  interface Window {
    persistencePage: PersistencePage;
    /** Put there by the kill test. */
    reportSaved?: (count: number) => void;
  }
}

window.persistencePage = persistencePage;
document.documentElement.dataset.ready = 'true';
