import { foldedName } from '../../shared/actions/label-schema/schema-edit';
import type { ChangeSet } from '../../shared/document/change-set';
import { decidedStatus } from '../../shared/document/image-status';
import { BUILT_IN_FLAGS } from '../../shared/imports/imported-attributes';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { Annotation, type ImageStatus } from '../../shared/schema/annotation';
import type { AnnotationSet } from '../../shared/schema/change';
import type {
  AnnotationId,
  AttributeId,
  ChangeId,
  ImageId,
  LabelId,
  ProjectId,
} from '../../shared/schema/ids';
import type { AttributeValue, LabelSchema } from '../../shared/schema/label-schema';
import { readSet } from './annotation-store';
import type { PersistenceContext } from './context';
import { mutableCounts } from './counts';
import { guardedWrite, Refusal } from './database-error';
import { type GroupMember, type GroupState, writeGroupMembers } from './group-members';
import { imageTables, withImages } from './image-rows';
import { nextLine, projectScope, requireHead } from './journal-lines';
import type { AnnotationRepository, LabelImportPlan } from './ports';
import { requireProject } from './project-face';
import { sameSchema } from './schema-change';

type ImportOutcome = Awaited<ReturnType<AnnotationRepository['importLabels']>>;
type PlannedImage = LabelImportPlan['images'][number];

/** Images written before progress is reported and the journal's lines go out in one bulk write. */
const IMAGES_PER_STEP = 100;

/**
 * Stores an import: the head line of the group, then one line and one record an image, all in one transaction.
 * Either all of it is there afterwards or nothing.
 */
export async function importLabels(
  context: PersistenceContext,
  projectId: ProjectId,
  plan: LabelImportPlan,
  onProgress: (done: number) => void,
): Promise<ImportOutcome> {
  const { db, notifier, pages } = context;
  const images = plan.images.filter((image) => image.mode !== 'skip');
  if (images.length === 0) {
    return err(
      appError('usage.bad-arguments', 'There is nothing to import: every image of it is skipped or unknown.'),
    );
  }
  const groupId = context.newId() as ChangeId;
  const annotationCount = images.reduce((sum, image) => sum + image.annotations.length, 0);
  const written = await guardedWrite(db, 'importing labels', () =>
    db.transaction('rw', [db.projects, db.changes, ...imageTables(db)], async () => {
      const project = await requireProject(db, projectId);
      const stored = requireHead(await db.heads.get(projectId));
      const isSchemaChanged = !sameSchema(project.schema, plan.schemaAfter);
      if (isSchemaChanged && plan.schemaAfter.revision <= project.schema.revision) {
        throw new Refusal(
          appError(
            'record.conflict',
            'The project’s labels were changed since this import was prepared. Prepare the import again.',
          ),
        );
      }
      const first = nextLine(stored, {
        ...groupLine(context, projectId, plan.label),
        id: groupId,
        imageId: null,
        groupId: null,
        targetId: null,
        body: {
          kind: 'group',
          imageCount: images.length,
          annotationCount,
          schema: isSchemaChanged ? [project.schema, plan.schemaAfter] : null,
        },
      });
      if (isSchemaChanged) await db.projects.put({ ...project, schema: plan.schemaAfter });
      await db.changes.add(first.line);
      const counts = mutableCounts(stored.counts);
      const state: GroupState = { head: first.head, counts };
      for (let from = 0; from < images.length; from += IMAGES_PER_STEP) {
        const step = images.slice(from, from + IMAGES_PER_STEP);
        await importStep(context, { projectId, groupId, plan, step, state });
        onProgress(Math.min(from + IMAGES_PER_STEP, images.length));
      }
      await db.heads.put({ ...state.head, counts });
    }),
  );
  for (const image of images) pages.forget(image.imageId);
  if (!written.ok) return written;
  notifier.announce({ projectId, imageIds: 'many' });
  return ok({ changeId: groupId, images: images.length, annotations: annotationCount });
}

async function importStep(
  context: PersistenceContext,
  {
    projectId,
    groupId,
    plan,
    step,
    state,
  }: {
    readonly projectId: ProjectId;
    readonly groupId: ChangeId;
    readonly plan: LabelImportPlan;
    readonly step: readonly PlannedImage[];
    readonly state: GroupState;
  },
): Promise<void> {
  const { db } = context;
  const images = await withImages(db, step, (planned) => planned.imageId);
  const members = await Promise.all(
    images.map(async ({ item: planned, image }): Promise<GroupMember> => {
      if (image.projectId !== projectId) throw new Refusal(foreignImage(image));
      const before = requireOk(await readSet(db, image));
      const change = plannedChange(context, planned, before, plan);
      return { image, before, change, targetId: null, hasFinding: image.hasFinding === 1 };
    }),
  );
  await writeGroupMembers(context, state, { ...groupLine(context, projectId, plan.label), groupId }, members);
}

export function requireOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(result.error);
}

function groupLine(context: PersistenceContext, projectId: ProjectId, label: string) {
  return {
    projectId,
    scope: projectScope(projectId),
    at: context.now(),
    actor: context.actor(),
    origin: 'import' as const,
    code: 'labels.import',
    label,
  };
}

function plannedChange(
  context: PersistenceContext,
  planned: PlannedImage,
  before: AnnotationSet,
  plan: LabelImportPlan,
): ChangeSet {
  const added = planned.annotations.map((one) => createAnnotation(context, one, plan.schemaAfter));
  const removed = planned.mode === 'replace' ? before.annotations : [];
  const status = statusAfterImport(context, planned, before, before.annotations.length - removed.length);
  return {
    origin: 'import',
    code: 'labels.import',
    label: plan.label,
    added,
    updated: [],
    removed,
    order: null,
    status,
  };
}

/** Imported labels are somebody's finished work; a picture that was in progress here stays so. */
function statusAfterImport(
  context: PersistenceContext,
  planned: PlannedImage,
  before: AnnotationSet,
  kept: number,
): ChangeSet['status'] {
  const count = kept + planned.annotations.length;
  const decided = (state: ImageStatus['state']): ChangeSet['status'] => [
    before.status,
    decidedStatus(state, context.actor(), context.now()),
  ];
  if (count === 0) {
    if (planned.isConfirmedEmpty) return decided('confirmedEmpty');
    return before.annotations.length > 0 ? decided('unlabelled') : null;
  }
  return before.status.state === 'inProgress' && kept > 0 ? null : decided('labelled');
}

function createAnnotation(
  context: PersistenceContext,
  imported: PlannedImage['annotations'][number],
  schema: LabelSchema,
): Annotation {
  const at = context.now();
  const flags = new Set<string>();
  for (const [name, value] of Object.entries(imported.attributes)) {
    if (BUILT_IN_FLAGS.has(foldedName(name)) && isTrue(value)) flags.add(foldedName(name));
  }
  const parsed = Annotation.safeParse({
    id: context.newId() as AnnotationId,
    labelId: imported.labelId,
    shape: imported.shape,
    attributes: attributesById(schema, imported.labelId, imported.attributes),
    isLocked: false,
    isHidden: false,
    isOccluded: flags.has('occluded'),
    isTruncated: flags.has('truncated'),
    isCrowd: imported.isCrowd || flags.has('iscrowd') || flags.has('crowd'),
    origin: 'import',
    createdBy: context.actor(),
    createdAt: at,
    updatedAt: at,
    revision: 0,
    ...(imported.score === null ? {} : { score: imported.score }),
  });
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0];
  throw new Refusal(
    appError(
      'format.malformed',
      `An imported annotation cannot be stored (${place?.path.join('.') ?? 'unknown'}: ${place?.message ?? 'invalid'}). Nothing was imported; mend the file and import it again.`,
    ),
  );
}

function isTrue(value: AttributeValue): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}

/** Values by the ids of the label's attributes; files know attributes by name. */
function attributesById(
  schema: LabelSchema,
  labelId: LabelId,
  values: Readonly<Record<string, AttributeValue>>,
): Record<AttributeId, AttributeValue> {
  const byId: Record<AttributeId, AttributeValue> = {};
  const entries = Object.entries(values);
  if (entries.length === 0) return byId;
  const attributes = schema.labels.find((label) => label.id === labelId)?.attributes ?? [];
  for (const [name, value] of entries) {
    const attribute = attributes.find((own) => own.id === name || foldedName(own.name) === foldedName(name));
    if (attribute === undefined) continue;
    byId[attribute.id] =
      attribute.kind === 'select' || attribute.kind === 'text'
        ? String(value)
        : attribute.kind === 'checkbox' && typeof value !== 'boolean'
          ? isTrue(value)
          : value;
  }
  return byId;
}

function foreignImage(image: { readonly id: ImageId; readonly key: string }) {
  return appError('record.conflict', `${image.key} belongs to another project, so nothing was imported.`, {
    imageId: image.id,
  });
}
