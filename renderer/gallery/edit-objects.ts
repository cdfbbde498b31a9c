import { deleteAnnotations } from '../../shared/actions/delete-annotations';
import { relabelAnnotations } from '../../shared/actions/relabel-annotations';
import type { ChangeSet } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import { appError } from '../../shared/result/app-error';
import { err, type Result } from '../../shared/result/result';
import type { AnnotationId, ImageId } from '../../shared/schema/ids';
import type { LabelDefinition } from '../../shared/schema/label-schema';
import type { Project } from '../../shared/schema/project';
import type { DefectCode, ReviewDeed } from '../../shared/schema/review';
import type { JobHandle } from '../app/jobs';
import type { Services } from '../app/services';
import { undoGroup } from '../app/undo-group';
import { plural } from '../components/quantity';
import type { ObjectsOfImage } from '../objects/object-messages';
import { findingsOf } from '../workspace/findings';
import type { Gallery } from './create-gallery';

/** Most objects of one edit: their changes are held in memory until they are stored together. */
export const MOST_EDITED = 10_000;

/** Names that a message lists; the count is always complete. */
const MOST_NAMES = 3;

/** What a person reads for a defect. */
export const DEFECT_WORDS: Readonly<Record<DefectCode, string>> = {
  missing: 'Objects are missing',
  extra: 'Should not be there',
  wrongLabel: 'Wrong label',
  looseBox: 'Loose outline',
  wrongAttribute: 'Wrong attribute',
  other: 'Something else',
};

/** Defects that can be said of an object that is there. */
export const OBJECT_DEFECTS = [
  'wrongLabel',
  'looseBox',
  'extra',
  'wrongAttribute',
  'other',
] as const satisfies readonly DefectCode[];

type Reach = Pick<Services, 'persistence' | 'editor' | 'jobs' | 'toasts' | 'rules'>;

/** What an edit reaches. */
interface Edited {
  readonly project: Project;
  readonly gallery: Gallery;
  readonly rows: Uint32Array;
}

/** Gives objects another label, as one undoable change of the project. */
export async function relabelObjects(services: Reach, edited: Edited, label: LabelDefinition): Promise<void> {
  const objects = plural(edited.rows.length, 'object');
  await editObjects(services, edited, {
    code: relabelAnnotations.code,
    title: `Relabel ${objects} as ${label.name}`,
    done: (count) => `${plural(count, 'object')} relabelled as ${label.name}.`,
    change: (document, ids, context) => relabelAnnotations.run(document, { ids, labelId: label.id }, context),
  });
}

/** Deletes objects, as one undoable change of the project. */
export async function deleteObjects(services: Reach, edited: Edited): Promise<void> {
  await editObjects(services, edited, {
    code: deleteAnnotations.code,
    title: `Delete ${plural(edited.rows.length, 'object')}`,
    done: (count) => `${plural(count, 'object')} deleted.`,
    change: (document, ids, context) => deleteAnnotations.run(document, { ids }, context),
  });
}

interface Wording {
  readonly code: string;
  readonly title: string;
  readonly done: (count: number) => string;
  readonly change: (
    document: ImageDocument,
    ids: readonly AnnotationId[],
    context: Parameters<typeof deleteAnnotations.run>[2],
  ) => Result<ChangeSet>;
}

async function targetsOf(
  { toasts }: Reach,
  { gallery, rows }: Edited,
): Promise<readonly ObjectsOfImage[] | null> {
  if (rows.length === 0) {
    toasts.show({ message: 'Select objects first: click them, or press Space.' });
    return null;
  }
  if (rows.length > MOST_EDITED) {
    toasts.show({
      message: `${rows.length.toLocaleString('en')} objects are selected; at most ${MOST_EDITED.toLocaleString('en')} are changed at once. Select fewer.`,
    });
    return null;
  }
  const targets = await gallery.objects.targets(rows);
  if (targets.ok) return targets.value;
  toasts.show({ tone: 'error', message: targets.error.message });
  return null;
}

async function editObjects(services: Reach, edited: Edited, wording: Wording): Promise<void> {
  const { persistence, editor, jobs, toasts } = services;
  const { project, gallery } = edited;
  const targets = await targetsOf(services, edited);
  if (targets === null) return;
  const idsOf = new Map<ImageId, ReadonlySet<string>>(
    targets.map(({ imageId, ids }) => [imageId, new Set<string>(ids)]),
  );
  const context = {
    actor: persistence.actor(),
    at: new Date().toISOString(),
    newId: () => crypto.randomUUID(),
    schema: project.schema,
  };
  const line = jobs.start({ title: wording.title });
  const settled = await editor.settled();
  const done = settled.ok
    ? await persistence.annotations.editMany(
        project.id,
        {
          code: wording.code,
          label: wording.title,
          imageIds: targets.map(({ imageId }) => imageId),
          change(document) {
            const wanted = idsOf.get(document.imageId) ?? new Set();
            // The table writes ids in lower case; the record may not.
            const ids = [...document.annotations.keys()].filter((id) => wanted.has(id.toLowerCase()));
            return ids.length === 0 ? err(goneMeanwhile()) : wording.change(document, ids, context);
          },
          hasFinding: (document) => findingsOf(document, project.schema, services.rules).length > 0,
        },
        (stored) => progress(line, stored, targets.length),
      )
    : settled;
  if (!done.ok) return line.fail(done.error);
  const { changeId, annotations, refused } = done.value;
  const left = refusals(refused.map(({ key, error }) => `${nameOf(key)}: ${error.message}`));
  const message = `${wording.done(annotations)} ${left}`.trim();
  line.done(message);
  const imageIds = targets.map(({ imageId }) => imageId);
  gallery.objects.reread(imageIds);
  toasts.show({
    message,
    staysForMs: 20_000,
    ...(changeId === null
      ? {}
      : {
          action: {
            label: 'Undo',
            async run() {
              const undone = await undoGroup(services, {
                projectId: project.id,
                changeId,
                name: 'this change',
              });
              if (!undone.ok) return void toasts.show({ tone: 'error', message: undone.error.message });
              gallery.objects.reread(imageIds);
              toasts.show({ message: `Taken back: ${wording.title}.` });
            },
          },
        }),
  });
}

/**
 * Marks objects as defective. An image that waits for review is rejected with it; any other keeps its place, with the
 * defect on it. Undo retracts what was said.
 */
export async function rejectObjects(services: Reach, edited: Edited, code: DefectCode): Promise<void> {
  const { persistence, editor, jobs, toasts } = services;
  const { project } = edited;
  const targets = await targetsOf(services, edited);
  if (targets === null) return;
  const title = `Reject ${plural(edited.rows.length, 'object')}: ${DEFECT_WORDS[code].toLowerCase()}`;
  const words = { code: 'review.reject', label: title };
  const line = jobs.start({ title });
  const settled = await editor.settled();
  if (!settled.ok) return line.fail(settled.error);
  const reviews = await persistence.reviews.many(
    project.id,
    targets.map(({ imageId }) => imageId),
  );
  if (!reviews.ok) return line.fail(reviews.error);
  const marked: { readonly imageId: ImageId; readonly eventIds: readonly string[] }[] = [];
  const refused: string[] = [];
  let rejected = 0;
  let objects = 0;
  for (const { imageId, ids } of targets) {
    const isInReview = reviews.value.get(imageId)?.stage === 'review';
    const deeds = await deedsFor(services, imageId, ids, code, isInReview);
    const acted = deeds.ok ? await persistence.reviews.act(project.id, [imageId], deeds.value, words) : deeds;
    if (acted.ok) {
      marked.push({ imageId, eventIds: acted.value.eventIds });
      objects += ids.length;
      if (isInReview) rejected += 1;
    } else refused.push(acted.error.message);
    progress(line, marked.length + refused.length, targets.length);
  }
  const said =
    rejected === 0
      ? 'None of the images waits for review, so no image was rejected.'
      : `${plural(rejected, 'image')} rejected.`;
  const message = `${plural(objects, 'object')} marked: ${DEFECT_WORDS[code].toLowerCase()}. ${said} ${refusals(refused)}`;
  if (marked.length === 0) {
    line.done('Nothing was marked.');
    return void toasts.show({ tone: 'error', message: refused[0] ?? 'Nothing was marked.' });
  }
  line.done(message.trim());
  toasts.show({
    message: message.trim(),
    staysForMs: 20_000,
    action: {
      label: 'Undo',
      async run() {
        for (const { imageId, eventIds } of marked) {
          const back = await persistence.reviews.act(
            project.id,
            [imageId],
            eventIds.map((eventId) => ({ kind: 'retracted', eventId })),
            { code: 'review.retract', label: `Take back: ${title}` },
          );
          if (!back.ok) return void toasts.show({ tone: 'error', message: back.error.message });
        }
        toasts.show({ message: `Taken back: ${title}.` });
      },
    },
  });
}

async function deedsFor(
  { persistence }: Reach,
  imageId: ImageId,
  ids: readonly AnnotationId[],
  code: DefectCode,
  isInReview: boolean,
): Promise<Result<readonly ReviewDeed[]>> {
  const defects = ids.map(
    (annotationId): ReviewDeed => ({
      kind: 'defectMarked',
      defectId: crypto.randomUUID(),
      code,
      severity: 'major',
      annotationId,
      place: null,
      note: '',
    }),
  );
  if (!isInReview) return { ok: true, value: defects };
  const receipt = await persistence.annotations.receipt(imageId);
  if (!receipt.ok) return receipt;
  const { revision, count, hash } = receipt.value;
  return {
    ok: true,
    value: [
      ...defects,
      {
        kind: 'judged',
        verdict: 'rejected',
        seen: { revision, count, hash },
        note: DEFECT_WORDS[code],
      },
    ],
  };
}

function progress(line: JobHandle, done: number, total: number): void {
  line.progress({ done, total, unit: 'images', perSecond: null, secondsLeft: null });
}

function goneMeanwhile() {
  return appError('usage.bad-arguments', 'The object was deleted meanwhile.');
}

function refusals(reasons: readonly string[]): string {
  if (reasons.length === 0) return '';
  const named = reasons.slice(0, MOST_NAMES);
  const more = reasons.length - named.length;
  return `${plural(reasons.length, 'image')} left alone: ${named.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
