import type { ChainHead } from '../../shared/document/chain';
import type { ChangeSet } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import type { ConflictRule } from '../../shared/imports/conflict-rule';
import type { AppError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { ImageReview } from '../../shared/review/fold-review';
import type { Activity } from '../../shared/schema/activity';
import type { Annotation, ImageState } from '../../shared/schema/annotation';
import type { AnnotationLayer, LayerPurpose } from '../../shared/schema/annotation-layer';
import type { AnnotationSet, ChangeRecord, SaveReceipt } from '../../shared/schema/change';
import type {
  Actor,
  AnnotationId,
  BatchId,
  ChangeId,
  ImageId,
  JobId,
  LabelId,
  ProjectId,
  Sha256,
  SourceId,
} from '../../shared/schema/ids';
import type { FileProblem, ImageRecord, ScannedImage } from '../../shared/schema/image';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { PersonRef, PublicKey, Session } from '../../shared/schema/person';
import type { Project } from '../../shared/schema/project';
import type { RecordKind, RecordOf } from '../../shared/schema/project-records';
import type { ReviewDeed, ReviewEvent, ReviewState, Stage } from '../../shared/schema/review';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import type { WorkOrder } from '../../shared/schema/work-package';
import type { LookRepository } from './look-repository';

/** Called after a committed transaction touched what was asked for; returns the way to stop. */
export type Unsubscribe = () => void;

export interface ProjectRepository {
  /** Not deleted ones, last opened first. Archived ones are included and marked. */
  list(): Promise<readonly Project[]>;
  listDeleted(): Promise<readonly Project[]>;
  get(id: ProjectId): Promise<Result<Project>>;
  observe(id: ProjectId, listener: (project: Project) => void): Unsubscribe;
  observeList(listener: (projects: readonly Project[]) => void): Unsubscribe;
  create(input: {
    readonly name: string;
    readonly schema: LabelSchema;
    readonly isSample?: boolean;
  }): Promise<Result<Project>>;
  rename(id: ProjectId, name: string): Promise<Result<null>>;
  setArchived(id: ProjectId, isArchived: boolean): Promise<Result<null>>;
  /** Undoable: marks it; nothing is erased until `purge`. */
  setDeleted(id: ProjectId, isDeleted: boolean): Promise<Result<null>>;
  /** Erases a deleted project's records for good. */
  purge(id: ProjectId): Promise<Result<null>>;
  markOpened(id: ProjectId): Promise<void>;
  /** One undoable change in the project's scope; refused when the stored revision is not `before.revision`. */
  changeSchema(
    id: ProjectId,
    change: {
      readonly before: LabelSchema;
      readonly after: LabelSchema;
      readonly label: string;
      readonly code: string;
    },
  ): Promise<Result<LabelSchema>>;
  addSource(
    id: ProjectId,
    source: { readonly id: SourceId; readonly displayName: string },
  ): Promise<Result<null>>;
}

/** Which images a queue holds; parts are joined by "and". People are named as `personKey` names them. */
export interface ReviewFilter {
  /** Images with one of these; an image that nothing happened to is `annotation`, `new`. */
  readonly stages?: readonly { readonly stage: Stage; readonly state: ReviewState }[];
  /** `nobody`: images that are assigned to nobody. Of several any may have it. */
  readonly labeller?: string | 'nobody' | readonly (string | 'nobody')[];
  readonly reviewer?: string | 'nobody';
  /** Leaves out what this person handed in. */
  readonly notSubmittedBy?: string;
  readonly batchId?: BatchId;
  /** Images that were drawn from this batch for review. */
  readonly inSampleOf?: BatchId;
  /** Labels were changed since somebody judged them. */
  readonly isChanged?: boolean;
  readonly hasOpenThread?: boolean;
  readonly hasOpenProposal?: boolean;
}

export interface ImageFilter {
  readonly review?: ReviewFilter;
  readonly states?: readonly ImageState[];
  readonly labelId?: LabelId;
  readonly hasFinding?: boolean;
  readonly isMissing?: boolean;
  readonly isDuplicate?: boolean;
  /** Case-insensitive part of the key. */
  readonly nameContains?: string;
}

/**
 * A list of images as the rail shows it. With no filter the window is a range read on the dense ordinal and nothing
 * else is loaded; with a filter the matching keys are loaded once, then windows read by key.
 */
export interface ImageList {
  readonly total: number;
  /** Images at positions `from` up to but not including `to`. */
  window(from: number, to: number): Promise<readonly ImageRecord[]>;
  /** Position of an image in this list, or -1. */
  indexOf(id: ImageId): Promise<number>;
  /** How many images of this list stand before an image in the project's order, whether or not it is in the list. */
  placeOf(id: ImageId): Promise<number>;
  /** Position of the next image of a state after `index`, going round once; -1 when there is none. */
  nextWithState(index: number, state: ImageState): Promise<number>;
}

export interface ImageRepository {
  list(projectId: ProjectId, filter: ImageFilter): Promise<Result<ImageList>>;
  get(id: ImageId): Promise<Result<ImageRecord>>;
  /**
   * Stores one scan batch: new keys become images, known keys are refreshed, byte-identical images are marked as
   * duplicates, images that moved (same hash, old key missing) keep id and labels. One transaction with the job's
   * cursor, so that a cut-off import resumes exactly here.
   */
  addScanned(
    projectId: ProjectId,
    sourceId: SourceId,
    batch: {
      readonly images: readonly ScannedImage[];
      readonly problems: readonly FileProblem[];
      readonly cursor: string | null;
      readonly isLast: boolean;
    },
  ): Promise<
    Result<{
      readonly added: number;
      readonly known: number;
      readonly moved: number;
      readonly duplicates: number;
    }>
  >;
  /** Unfinished imports, for offering to resume. */
  unfinishedScans(
    projectId: ProjectId,
  ): Promise<readonly { readonly sourceId: SourceId; readonly cursor: string | null }[]>;
  problems(projectId: ProjectId): Promise<readonly (FileProblem & { readonly sourceId: SourceId })[]>;
  addProblem(projectId: ProjectId, sourceId: SourceId, problem: FileProblem): Promise<void>;
  setMissing(ids: readonly ImageId[], isMissing: boolean): Promise<Result<null>>;
  /** Where every image of a project is, in ordinal order, without reading the images: for matching labels to files. */
  locations(
    projectId: ProjectId,
  ): Promise<Result<readonly { readonly id: ImageId; readonly sourceId: SourceId; readonly key: string }[]>>;
  observe(
    projectId: ProjectId,
    listener: (change: { readonly imageIds: readonly ImageId[] | 'many' }) => void,
  ): Unsubscribe;
}

/** What `commit` gives back once the strict transaction has completed. */
export interface CommitOutcome {
  readonly revision: number;
  readonly changeId: ChangeId;
}

export interface AnnotationRepository {
  /** The set of an image, parsed; a damaged record gives `record.damaged` and stays untouched. */
  load(imageId: ImageId): Promise<Result<AnnotationSet>>;
  /**
   * Writes the image's record and one journal line in one strict transaction, with the image's list row and the
   * project's counts. Refused with `record.conflict` when the stored revision is not `expectedRevision`.
   */
  commit(input: {
    readonly imageId: ImageId;
    readonly projectId: ProjectId;
    readonly expectedRevision: number;
    readonly change: ChangeSet;
    /** Drawing order after the change; the record to store. */
    readonly after: Omit<AnnotationSet, 'revision'>;
    /** For undo and redo: the change taken back or done again. */
    readonly targetId: ChangeId | null;
    readonly hasFinding: boolean;
    /** The id that the journal line gets; made here when absent. Lets the editor name the change before it is saved. */
    readonly changeId?: ChangeId;
  }): Promise<Result<CommitOutcome>>;
  /** Reads the stored record back and counts and hashes what is there. */
  receipt(imageId: ImageId): Promise<Result<SaveReceipt>>;
  /** Rebuilds a damaged image's record from the journal, as a new change. */
  rebuildFromJournal(imageId: ImageId): Promise<Result<AnnotationSet>>;
  /**
   * Edits many images as one undoable change in the project's scope, in one transaction; undo of a single image never
   * reaches it. `changeId` is null when nothing was changed. Save the open image first, and do not name it.
   */
  editMany(
    projectId: ProjectId,
    edit: EditOfMany,
    onProgress: (done: number) => void,
  ): Promise<
    Result<{
      readonly changeId: ChangeId | null;
      readonly images: number;
      readonly annotations: number;
      /** Images that stay as they are, and why. */
      readonly refused: readonly {
        readonly imageId: ImageId;
        readonly key: string;
        readonly error: AppError;
      }[];
    }>
  >;
  /**
   * Begins an import of labels: one undoable change in the project's scope, however many batches it takes. Until its
   * last batch it is listed as unfinished; undo takes back what is there.
   */
  beginImport(projectId: ProjectId, start: ImportStart): Promise<Result<ImportBegun>>;
  /** Stores the next images of an import in one transaction with the place to go on from. */
  addToImport(
    projectId: ProjectId,
    changeId: ChangeId,
    batch: ImportBatchToStore,
  ): Promise<Result<StoredImport>>;
  /** Imports that were stopped or cut off. */
  unfinishedImports(projectId: ProjectId): Promise<readonly StoredImport[]>;
}

/** One edit for many images. */
export interface EditOfMany {
  /** For machines: `annotation.propagate`. */
  readonly code: string;
  /** For people: `Propagate Car to 5 images`. */
  readonly label: string;
  readonly imageIds: readonly ImageId[];
  /** What to do to one image as it is stored. Synchronous; a refusal leaves the image as it is and is listed. */
  change(document: ImageDocument): Result<ChangeSet>;
  /** Whether rules have something to say about the image as it is afterwards. */
  hasFinding(document: ImageDocument): boolean;
}

/** What an import does, as the person agreed to it. */
export interface ImportStart {
  /** For people: `Import labels from street`. */
  readonly label: string;
  readonly schemaAfter: LabelSchema;
  /** What the label numbers of incoming annotations point into. */
  readonly labelIds: readonly LabelId[];
  readonly rule: ConflictRule;
  /** How many images and annotations are expected. */
  readonly images: number;
  readonly annotations: number;
  /** Images of the dataset, those that do not fit the project included. */
  readonly total: number;
  /** JSON of what is needed to go on after a restart; its form is the caller's affair. */
  readonly plan: string;
}

export interface ImportBegun {
  readonly changeId: ChangeId;
}

/** Labels for one image of the project. */
export interface IncomingImage {
  readonly imageId: ImageId;
  readonly ordinal: number;
  /** The files say that nothing is there. */
  readonly isConfirmedEmpty: boolean;
  readonly labelCounts: readonly (readonly [label: number, count: number])[];
  /** Canonical JSON of its `ImportedAnnotation`s, each sound, without the brackets around them. */
  readonly text: string;
  /** SHA-256 of the text: whoever made it hashed it, so that a window that stores a million need not. */
  readonly hash: Sha256;
}

export interface ImportBatchToStore {
  readonly images: readonly IncomingImage[];
  /** Images of the dataset, in its order, that are dealt with once this batch is stored. */
  readonly cursor: number;
  readonly isLast: boolean;
}

/** How far an import came. */
export interface StoredImport {
  readonly changeId: ChangeId;
  readonly label: string;
  readonly plan: string;
  readonly total: number;
  readonly cursor: number;
  /** Images that were changed, and annotations that came in. */
  readonly images: number;
  readonly annotations: number;
}

/** A change that undo or redo on a screen would act on. */
export interface UndoStep {
  /** How later lines name it: undo and redo always name the line in which it was first done. */
  readonly id: ChangeId;
  readonly label: string;
  /** Read when it is first asked for: of a long history most is never taken back. Throws when the line is damaged. */
  readonly change: ChangeRecord;
}

export interface JournalRepository {
  /** What undo and redo stacks of a scope hold, rebuilt from the journal; newest last, at most `limit`. */
  stacks(
    scope: string,
    limit?: number,
  ): Promise<{ readonly undo: readonly UndoStep[]; readonly redo: readonly UndoStep[] }>;
  /** Takes back (or does again) a change of a project or app scope; images go through the editor and `commit`. */
  undo(scope: string): Promise<Result<UndoStep | null>>;
  redo(scope: string): Promise<Result<UndoStep | null>>;
  history(imageId: ImageId, limit: number): Promise<readonly ChangeRecord[]>;
  /**
   * What an image held after a line of the journal, by replaying its history. `lastRevisions` are the highest that its
   * objects ever had. Error: `journal.broken-chain` when a line of its history does not hold.
   */
  imageAt(
    imageId: ImageId,
    seq: number,
  ): Promise<
    Result<{
      readonly annotations: readonly Annotation[];
      readonly lastRevisions: ReadonlyMap<AnnotationId, number>;
    }>
  >;
  /** Number and hash of a project's newest line; null when the project is not there. */
  head(projectId: ProjectId): Promise<ChainHead | null>;
  /** Lines from number `fromSeq` on, at most `limit`, oldest first and unparsed, as an audit wants them. */
  rawLines(projectId: ProjectId, fromSeq: number, limit: number): Promise<readonly unknown[]>;
  /** Walks a project's chain; the error names the first line that does not hold. */
  verifyChain(
    projectId: ProjectId,
  ): Promise<Result<{ readonly length: number; readonly head: string | null }>>;
}

export interface BackupRepository {
  backup(
    projectId: ProjectId,
    reason: 'timer' | 'exit' | 'manual' | 'beforeRestore',
  ): Promise<Result<{ readonly id: string }>>;
  /** Restores a backup as it was, into a new project when the old one still exists. */
  restore(backupId: string): Promise<Result<Project>>;
  /** Every `minutes` while there is work to save; returns the way to stop. */
  startTimer(minutes: number): Unsubscribe;
  /** Projects with changes since their last backup. */
  dirtyProjects(): Promise<readonly ProjectId[]>;
}

/** Projects as one file (.gmk): labels, history, and the pictures if wanted. */
export interface BundleRepository {
  /** Asks where to; null when the person changed their mind. `jobId` is what `job.cancel` and progress name. */
  save(args: {
    readonly jobId: JobId;
    readonly projectId: ProjectId;
    readonly withPictures: boolean;
  }): Promise<
    Result<{
      readonly name: string;
      readonly images: number;
      readonly annotations: number;
      readonly byteSize: number;
      readonly pictures: number;
      readonly missing: number;
      /** The first of them. */
      readonly missingPictures: readonly string[];
    } | null>
  >;
  /** Asks for a bundle and makes a project of it, beside the one it came from when that is here; null as above. */
  open(args: { readonly jobId: JobId }): Promise<
    Result<{
      readonly project: Project;
      readonly pictures: number;
      /** Why the pictures could not be unpacked though the project could; their folder can be shown later. */
      readonly picturesProblem: AppError | null;
      /** Set when it was a work package: whose, and for whom. */
      readonly order: WorkOrder | null;
    } | null>
  >;
}

/** Work packages: images that somebody labels on another computer, and what comes back. `jobId` as in bundles. */
export interface PackageRepository {
  /** Asks where to keep the package; null when the person changed their mind. */
  issue(args: {
    readonly jobId: JobId;
    readonly projectId: ProjectId;
    readonly imageIds: readonly ImageId[];
    readonly name: string;
    readonly to: PersonRef;
    /** What comes back must be signed with it; null when it is not known. */
    readonly toKey: PublicKey | null;
    readonly withPictures: boolean;
  }): Promise<
    Result<{
      readonly name: string;
      readonly packageId: string;
      readonly images: number;
      readonly byteSize: number;
      readonly pictures: number;
      readonly missing: number;
    } | null>
  >;
  /** For a project that was made of a package: writes its return; null as above. */
  giveBack(args: { readonly jobId: JobId; readonly projectId: ProjectId }): Promise<
    Result<{
      readonly name: string;
      readonly images: number;
      readonly annotations: number;
      readonly byteSize: number;
    } | null>
  >;
  /**
   * Asks for a return and merges it (`shared/merge/merge-return.ts`): one undoable change of the project in one strict
   * transaction. Save the open image first.
   */
  merge(
    args: MergeOptions & { readonly jobId: JobId; readonly projectId: ProjectId },
  ): Promise<Result<MergeSummary | null>>;
  /** Decides a conflict: `chosen` is the object as it shall be, null for none; one undoable change of the project. */
  resolve(args: {
    readonly projectId: ProjectId;
    readonly conflictId: string;
    readonly chosen: Annotation | null;
    readonly hasFinding: (document: ImageDocument) => boolean;
  }): Promise<Result<{ readonly changeId: ChangeId | null }>>;
}

export interface MergeOptions {
  readonly hasFinding: (document: ImageDocument) => boolean;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

export interface MergeSummary {
  /** Null when nothing in any picture was changed. */
  readonly changeId: ChangeId | null;
  readonly name: string;
  readonly by: string;
  /** False: this very return was merged before, and nothing was done. */
  readonly isNew: boolean;
  readonly images: number;
  readonly annotations: number;
  readonly events: number;
  readonly openConflicts: number;
  /** Pictures that were added on the other computer; they are not taken. */
  readonly strangers: number;
}

/** Reviews of images: only ever added to, each deed checked against roles and policy where it is stored. */
export interface ReviewRepository {
  get(imageId: ImageId): Promise<Result<ImageReview>>;
  /** Those that something happened to. */
  many(
    projectId: ProjectId,
    imageIds: readonly ImageId[],
  ): Promise<Result<ReadonlyMap<ImageId, ImageReview>>>;
  /** Everything that happened, oldest first, taken back or not. */
  events(imageId: ImageId): Promise<Result<readonly ReviewEvent[]>>;
  /**
   * Does the same to each of these images, in one strict transaction and one line of the journal. Of one image a refusal
   * is the answer; of several, those that it cannot be done to stay as they are and are listed.
   * `retracted` with the event ids takes it back. Records that go with it, as a batch with its images, are put in the
   * same transaction, if no image was refused.
   */
  act(
    projectId: ProjectId,
    imageIds: readonly ImageId[],
    deeds: readonly ReviewDeed[],
    words: { readonly code: string; readonly label: string },
    records?: readonly RecordPut[],
  ): Promise<
    Result<{
      readonly eventIds: readonly string[];
      readonly done: readonly ImageId[];
      readonly refused: readonly { readonly imageId: ImageId; readonly error: AppError }[];
    }>
  >;
  policy(projectId: ProjectId): Promise<Result<ReviewPolicy>>;
  /** Images by `stage.state`, those that nothing happened to included as `annotation.new`; kept, never counted. */
  counts(projectId: ProjectId): Promise<Result<Readonly<Record<string, number>>>>;
  /** All reviews of a project in ordinal order, for whole-project work. */
  stream(
    projectId: ProjectId,
    batchSize: number,
  ): AsyncIterable<readonly { readonly review: ImageReview; readonly events: readonly ReviewEvent[] }[]>;
}

/** Second sets of annotations. Their annotations are read and edited as those of an image, under the layer's id. */
export interface LayerRepository {
  list(
    projectId: ProjectId,
    filter?: {
      readonly imageId?: ImageId;
      readonly purpose?: LayerPurpose;
      readonly ownerKey?: string;
    },
  ): Promise<Result<readonly AnnotationLayer[]>>;
  get(id: ImageId): Promise<Result<AnnotationLayer>>;
  /** Whether the rules found something in it when it was last edited. */
  hasFinding(id: ImageId): Promise<Result<boolean>>;
  /** Begins layers, each empty, with the image's own annotations as they are, or with given ones; one transaction. */
  create(
    projectId: ProjectId,
    layers: readonly LayerStart[],
    words: { readonly code: string; readonly label: string },
  ): Promise<Result<readonly AnnotationLayer[]>>;
  /** Its owner says that it is done (or, with false, not yet). */
  setSubmitted(id: ImageId, isSubmitted: boolean): Promise<Result<null>>;
  /** Takes layers away; what was drawn in them stays in the journal. */
  remove(
    projectId: ProjectId,
    ids: readonly ImageId[],
    words: { readonly code: string; readonly label: string },
  ): Promise<Result<null>>;
}

export interface LayerStart {
  readonly imageId: ImageId;
  readonly purpose: LayerPurpose;
  /** Who works now, when absent. */
  readonly owner?: PersonRef;
  readonly batchId?: BatchId;
  readonly from: 'empty' | 'image' | readonly Annotation[];
}

/** Records of the kinds of `RECORD_SCHEMAS`. */
export interface RecordRepository {
  list<Kind extends RecordKind>(
    projectId: ProjectId,
    kind: Kind,
    imageId?: ImageId,
  ): Promise<Result<readonly { readonly id: string; readonly value: RecordOf<Kind> }[]>>;
  get<Kind extends RecordKind>(
    projectId: ProjectId,
    kind: Kind,
    id: string,
  ): Promise<Result<RecordOf<Kind> | null>>;
  /** Puts (or with null removes) records, each with a line of the journal, in one strict transaction. */
  put(
    projectId: ProjectId,
    puts: readonly RecordPut[],
    words: { readonly code: string; readonly label: string },
  ): Promise<Result<null>>;
}

export type RecordPut = {
  readonly [Kind in RecordKind]: {
    readonly kind: Kind;
    readonly id: string;
    readonly imageId?: ImageId | null;
    readonly value: RecordOf<Kind> | null;
  };
}[RecordKind];

/** How long work took: measured for who works, and added up by day and image. */
export interface ActivityRepository {
  /** Adds to what is there for who works now; nobody else's time can be written. */
  add(work: readonly Omit<Activity, 'personKey' | 'personName'>[]): Promise<Result<null>>;
  /** Work of these days, both included; of others only for roles that may see everyone. */
  list(
    projectId: ProjectId,
    days: { readonly from: string; readonly to: string },
  ): Promise<Result<readonly Activity[]>>;
}

/** Small per-person settings; read synchronously at start. */
export interface Preferences {
  get<T>(key: string, fallback: T): T;
  set(key: string, value: unknown): void;
  observe(key: string, listener: () => void): Unsubscribe;
}

/** A project that was there when the app last ran and is in the database no more, though nobody erased it. */
export interface VanishedProject {
  readonly id: ProjectId;
  readonly name: string;
}

export interface Persistence {
  readonly projects: ProjectRepository;
  readonly images: ImageRepository;
  readonly annotations: AnnotationRepository;
  readonly journal: JournalRepository;
  readonly reviews: ReviewRepository;
  readonly layers: LayerRepository;
  readonly records: RecordRepository;
  readonly looks: LookRepository;
  readonly activity: ActivityRepository;
  readonly backups: BackupRepository;
  readonly bundles: BundleRepository;
  readonly packages: PackageRepository;
  readonly preferences: Preferences;
  /**
   * Projects lost with the database itself (Chromium drops one whose files it finds corrupt); empty in all but the
   * worst case. Say so on the start page and offer their backups; a restored project is no longer listed.
   */
  vanishedProjects(): Promise<readonly VanishedProject[]>;
  /** The person knows and wants to hear no more of it. */
  forgetVanished(id: ProjectId): void;
  /** A name of 1 to 200 characters; another one is not taken over. */
  setActor(actor: Actor): void;
  actor(): Actor;
  /** Who works now; null while nobody is signed in although there are profiles. Writes are refused then. */
  setSession(session: Session | null): void;
  /** Where nobody ever set one: the owner, with the name that was given in the settings. */
  session(): Session | null;
  /** Rows for publishing, streamed in ordinal order by batches; merged labels are resolved by the receiver. */
  exportRows(
    projectId: ProjectId,
    options: { readonly fromOrdinal: number; readonly batchSize: number },
  ): AsyncIterable<readonly { readonly image: ImageRecord; readonly set: AnnotationSet }[]>;
  close(): void;
}
