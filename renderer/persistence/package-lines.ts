import { type ChainHead, type ChangeDraft, EMPTY_CHAIN, sealChange } from '../../shared/document/chain';
import type { MergeInput } from '../../shared/merge/merge-return';
import { UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type {
  Actor,
  ChangeId,
  IdSource,
  ImageId,
  PersonId,
  ProjectId,
  Timestamp,
} from '../../shared/schema/ids';
import { EMPTY_COUNTS } from '../../shared/schema/project';
import type { ProjectLine } from '../../shared/schema/project-lines';
import type { ReviewEvent, ReviewEventKind } from '../../shared/schema/review';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import { countAnnotation, mutableCounts } from './counts';
import { imageIdAt } from './image-ids';
import { APP_SCOPE, imageScope, reviewScope } from './journal-lines';
import { faceOf } from './project-face';
import { imageRecordOf, type StoredImage, type StoredProject } from './stored-records';

/** An image as it is handed out. */
export interface PackagedContent {
  readonly image: StoredImage;
  readonly set: MergeInput;
  readonly events: readonly ReviewEvent[];
}

/** Name what does not travel with a package: layers and batches. */
const STAY_HERE: ReadonlySet<ReviewEventKind> = new Set([
  'proposed',
  'proposalDecided',
  'batched',
  'batchJudged',
]);

export interface PackageLines {
  readonly lines: readonly ProjectLine[];
  /** Lines of the journal among them. */
  readonly baseLines: number;
  readonly annotations: number;
}

/**
 * A project of these images alone, as lines: its journal begins with what each image held, so that whoever opens it can
 * verify and replay it like any other, and whoever takes it back finds the bases in it. `project` has the new id.
 */
export function packageLines(
  project: StoredProject,
  contents: readonly PackagedContent[],
  policy: ReviewPolicy | null,
  signed: {
    readonly newId: IdSource;
    readonly at: Timestamp;
    readonly actor: Actor;
    readonly personId?: PersonId;
  },
): PackageLines {
  const { newId, ...signature } = signed;
  const counts = mutableCounts(EMPTY_COUNTS);
  const images: ProjectLine[] = [];
  const beside: ProjectLine[] = [];
  const journal: ProjectLine[] = [];
  let head: ChainHead = EMPTY_CHAIN;
  const tell = (draft: Pick<ChangeDraft, 'imageId' | 'scope' | 'code' | 'label' | 'body'>) => {
    const change = sealChange(
      {
        id: newId() as ChangeId,
        projectId: project.id,
        groupId: null,
        ...signature,
        // Nobody takes back what their work began with.
        origin: 'restore',
        targetId: null,
        ...draft,
      },
      head,
    );
    head = { seq: change.seq, hash: change.hash };
    journal.push({ kind: 'change', change });
  };
  tell({
    imageId: null,
    scope: APP_SCOPE,
    code: 'package.issue',
    label: `Hand out ${project.name}`,
    body: { kind: 'project', before: null, after: faceOf(project) },
  });
  for (const [ordinal, { image, set, events }] of contents.entries()) {
    const id = imageIdAt(newId(), project.id, ordinal);
    const isTouched = set.annotations.length > 0 || set.status.state !== 'unlabelled';
    counts.images += 1;
    counts[set.status.state] += 1;
    for (const annotation of set.annotations) countAnnotation(counts, annotation, 1);
    images.push({
      kind: 'image',
      image: { ...imageRecordOf(image), id, projectId: project.id, ordinal, duplicateOfId: null },
      revision: isTouched ? 1 : 0,
      set: isTouched ? { annotations: [...set.annotations], status: set.status } : null,
    });
    if (isTouched) tell(baseOf(id, set));
    const travelling = events.filter(({ kind }) => !STAY_HERE.has(kind));
    if (travelling.length === 0) continue;
    beside.push({ kind: 'review', imageId: id, events: travelling });
    tell({
      imageId: id,
      scope: reviewScope(project.id),
      code: 'package.issue',
      label: 'Review as it was handed out',
      body: { kind: 'review', imageIds: [id], events: travelling },
    });
  }
  if (policy !== null) beside.push(policyLine(policy));
  const end: ProjectLine = { kind: 'end', project, counts, head };
  const header: ProjectLine = {
    kind: 'header',
    formatVersion: 2,
    projectId: project.id,
    projectName: project.name,
  };
  return {
    lines: [header, ...images, ...beside, ...journal, end],
    baseLines: journal.length,
    annotations: counts.annotations,
  };
}

function baseOf(id: ImageId, { annotations, status }: MergeInput) {
  return {
    imageId: id,
    scope: imageScope(id),
    code: 'package.issue',
    label: 'Labels as they were handed out',
    body: {
      kind: 'annotations' as const,
      added: [...annotations],
      updated: [],
      removed: [],
      order: null,
      status:
        status.state === 'unlabelled'
          ? null
          : ([UNLABELLED_STATUS, status] as [typeof status, typeof status]),
    },
  };
}

function policyLine(policy: ReviewPolicy): ProjectLine {
  return { kind: 'record', record: 'policy', id: 'policy', imageId: null, value: { ...policy } };
}

/** The project that a package becomes. */
export function packagedProject(project: StoredProject, id: ProjectId, name: string): StoredProject {
  return { ...project, id, name, archivedAt: null, deletedAt: null };
}
