import { z } from 'zod';
import { canonicalJson } from '../../shared/document/canonical-json';
import { brokenLinkReason, type ChainHead, EMPTY_CHAIN, sealChange } from '../../shared/document/chain';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ChangeId, ImageId, ProjectId } from '../../shared/schema/ids';
import { EMPTY_COUNTS, type Project } from '../../shared/schema/project';
import {
  LONGEST_LINE_IN_CHARS,
  type ProjectEndLine,
  type ProjectImageLine,
  ProjectLine,
} from '../../shared/schema/project-lines';
import type { Bridge } from '../bridge/bridge';
import { writeSet } from './annotation-store';
import { demand, type PersistenceContext, signature } from './context';
import { countAnnotation, mutableCounts } from './counts';
import { guarded, guardedWrite, Refusal } from './database-error';
import { imageIdAt, ordinalSaidBy } from './image-ids';
import { IMAGES_PER_PAGE, type PagedImage, storedPage } from './image-pages';
import { findImages, imageTables, needsRow, pagedImageOf } from './image-rows';
import { imagesOfImport } from './imported-lines';
import { type ImportedEntries, putImportedEntries, UNTOUCHED_ENTRY } from './imported-pages';
import { APP_SCOPE, emptyHead, imageScope, nextLine, projectScope, storedChange } from './journal-lines';
import { faceOf, projectOf } from './project-face';
import { erase } from './purge';
import { type ReviewLine, ReviewRestoration } from './restore-review';
import { type StoredProject, storedImage } from './stored-records';

/** Restores a backup; see `restoreProject`. */
export function restoreBackup(
  context: PersistenceContext,
  bridge: Bridge,
  backupId: string,
): Promise<Result<Project>> {
  return restoreProject(context, (fromLine) => bridge.invoke('backup.read', { id: backupId, fromLine }));
}

/** A page of a project's lines and where the next begins; null at the end. */
export type ReadProjectPage = (
  fromLine: number,
) => Promise<Result<{ readonly lines: readonly string[]; readonly nextLine: number | null }>>;

/**
 * Stores a project as its lines say. When the project is there (be it in the bin) they become a project of their
 * own with new ids; nothing that is there is touched. The project's record is written last: a restore that is cut
 * off or refused leaves nothing that a list would show. Errors: `backup.damaged`, naming the line.
 */
export async function restoreProject(
  context: PersistenceContext,
  readPage: ReadProjectPage,
): Promise<Result<Project>> {
  const { db } = context;
  let restoration: Restoration | null = null;
  const restored = await guardedWrite(context.db, 'restoring a project', async () => {
    demand(context, 'backup.restore');
    let fromLine: number | null = 0;
    let number = 0;
    while (fromLine !== null) {
      const page: Awaited<ReturnType<ReadProjectPage>> = await readPage(fromLine);
      if (!page.ok) throw new Refusal(page.error);
      const lines = page.value.lines.map((text) => {
        number += 1;
        return parseBackupLine(text, number);
      });
      if (restoration === null) {
        const header = lines.shift();
        if (header?.kind !== 'header') throw new Refusal(damagedBackup(1, 'it does not begin with a header'));
        const isTaken = (await db.projects.get(header.projectId)) !== undefined;
        // Remains of a restore or purge that was cut off; no project shows them.
        if (!isTaken) await erase(context, header.projectId);
        restoration = new Restoration(context, header.projectId, isTaken);
      }
      await restoration.take(lines);
      fromLine = page.value.nextLine;
    }
    if (restoration === null) throw new Refusal(damagedBackup(1, 'it is empty'));
    return restoration.finish();
  });
  // TypeScript does not see that the closure above set it.
  const unfinished = restoration as Restoration | null;
  if (!restored.ok && unfinished !== null) {
    await guarded(context.db, 'clearing away a restore', () => erase(context, unfinished.projectId));
  }
  if (!restored.ok) return err(restored.error);
  context.notifier.announce({ projectId: restored.value.id, imageIds: 'many' });
  return ok(restored.value);
}

/** What of an image counts and is listed; images that come twice are counted as they came last. */
interface ImageFacts {
  readonly paged: PagedImage;
  readonly line: Pick<ProjectImageLine['image'], 'state'>;
  readonly annotations: NonNullable<ProjectImageLine['set']>['annotations'];
}

class Restoration {
  readonly projectId: ProjectId;
  readonly #isCopy: boolean;
  readonly #originalProjectId: ProjectId;
  readonly #imageIds = new Map<ImageId, ImageId>();
  readonly #changeIds = new Map<ChangeId, ChangeId>();
  readonly #facts: ImageFacts[] = [];
  readonly #imported: ImportedEntries = new Map();
  readonly #review: ReviewRestoration;
  #walked: ChainHead = EMPTY_CHAIN;
  #sealed: ChainHead = EMPTY_CHAIN;
  #end: ProjectEndLine | null = null;

  constructor(
    readonly context: PersistenceContext,
    originalProjectId: ProjectId,
    isCopy: boolean,
  ) {
    this.#originalProjectId = originalProjectId;
    this.#isCopy = isCopy;
    this.projectId = isCopy ? (context.newId() as ProjectId) : originalProjectId;
    this.#review = new ReviewRestoration(
      context.db,
      this.projectId,
      (id) => this.#imageIds.get(id as ImageId) ?? id,
    );
  }

  /** Stores a page of lines in one transaction. */
  async take(lines: readonly ProjectLine[]): Promise<void> {
    const { db } = this.context;
    const tables = [
      db.images,
      db.annotationSets,
      db.annotationPages,
      db.changes,
      db.layers,
      db.records,
      db.activity,
    ];
    await db.transaction('rw', tables, async () => {
      const images = new Map<number, ProjectImageLine>();
      const changes: ChangeRecord[] = [];
      const beside: ReviewLine[] = [];
      for (const line of lines) {
        if (this.#end !== null) throw new Refusal(damagedBackup(0, 'there are lines after its end'));
        if (line.kind === 'image') images.set(line.image.ordinal, line);
        else if (line.kind === 'change') changes.push(this.#changeAs(line.change));
        else if (line.kind === 'end') this.#end = line;
        else if (line.kind !== 'header') {
          if (line.kind === 'layer') this.#layerIdAs(line.id);
          beside.push(line);
        } else throw new Refusal(damagedBackup(0, 'it has a second header'));
      }
      const [rows] = await Promise.all([
        db.changes.bulkAdd(changes.map(storedChange), { allKeys: true }),
        ...[...images.values()].map((line) => this.#putImage(line)),
      ]);
      // One after the other: a record that comes twice holds as it came last.
      for (const line of beside) await this.#review.put(line);
      for (const [index, change] of changes.entries()) this.#noteImport(change, rows[index]);
    });
  }

  async finish(): Promise<Project> {
    const { db } = this.context;
    const end = this.#end;
    if (end === null) throw new Refusal(damagedBackup(0, 'its end is missing'));
    if (end.head.seq !== this.#walked.seq || end.head.hash !== this.#walked.hash) {
      throw new Refusal(damagedBackup(0, 'its journal is not complete'));
    }
    const counts = this.#counts();
    if (canonicalJson(counts) !== canonicalJson(end.counts)) {
      throw new Refusal(damagedBackup(0, 'it does not hold as many images and labels as it says'));
    }
    const project: StoredProject = {
      ...end.project,
      id: this.projectId,
      name: this.#isCopy ? `${end.project.name.slice(0, 180)} (restored)` : end.project.name,
      openedAt: this.context.now(),
      deletedAt: null,
    };
    const next = nextLine(
      { ...emptyHead(this.projectId), ...this.#sealed, counts, catalogueRevision: 1 },
      {
        id: this.context.newId() as ChangeId,
        projectId: this.projectId,
        imageId: null,
        scope: APP_SCOPE,
        groupId: null,
        at: this.context.now(),
        ...signature(this.context),
        origin: 'restore',
        code: 'project.restore',
        label: `Restore ${end.project.name} from a backup`,
        targetId: null,
        body: { kind: 'project', before: null, after: faceOf(project) },
      },
    );
    const tables = [db.projects, db.records, ...imageTables(db)];
    await db.transaction('rw', tables, async () => {
      await Promise.all([
        db.imagePages.bulkPut(this.#pages()),
        putImportedEntries(db, this.projectId, new Map(), this.#imported),
        db.heads.put(next.head),
      ]);
      const reviewCounts = await this.#review.finish((ids) => findImages(db, ids));
      await Promise.all([
        db.changes.add(next.line),
        db.heads.put({ ...next.head, reviewCounts }),
        db.projects.add(project),
      ]);
    });
    return projectOf(project, next.head);
  }

  async #putImage({ image, revision, set }: ProjectImageLine): Promise<void> {
    const { db } = this.context;
    if (image.projectId !== this.#originalProjectId) {
      throw new Refusal(damagedBackup(0, `${image.key} belongs to another project`));
    }
    const id = this.#imageIdAs(image.id);
    const duplicateOfId = image.duplicateOfId === null ? null : this.#imageIdAs(image.duplicateOfId);
    const restored = storedImage({ ...image, id, projectId: this.projectId, duplicateOfId }, revision);
    this.#facts[image.ordinal] = {
      paged: pagedImageOf(restored),
      line: { state: image.state },
      annotations: set?.annotations ?? [],
    };
    if (needsRow(restored)) await db.images.put(restored);
    if (set !== null) {
      await writeSet(
        db,
        {
          imageId: id,
          projectId: this.projectId,
          revision,
          annotations: set.annotations,
          status: set.status,
        },
        null,
      );
    }
  }

  /** The line as it is stored: the same, or in a copy with new ids and linked anew, after the original link was checked. */
  #changeAs(change: ChangeRecord): ChangeRecord {
    const reason = brokenLinkReason(this.#walked, change);
    if (reason !== null) throw new Refusal(damagedBackup(0, `in its journal ${reason}`));
    if (change.projectId !== this.#originalProjectId) {
      throw new Refusal(damagedBackup(0, `line ${change.seq} of its journal belongs to another project`));
    }
    this.#walked = { seq: change.seq, hash: change.hash };
    if (!this.#isCopy) {
      this.#sealed = this.#walked;
      return change;
    }
    const { seq: _, previousHash: __, hash: ___, ...draft } = change;
    const imageId = change.imageId === null ? null : this.#imageIdAs(change.imageId);
    const sealed = sealChange(
      {
        ...draft,
        id: this.#changeIdAs(change.id),
        projectId: this.projectId,
        imageId,
        body: this.#bodyAs(change.body),
        scope: this.#scopeAs(change.scope, imageId),
        groupId: change.groupId === null ? null : this.#changeIdAs(change.groupId),
        targetId: change.targetId === null ? null : this.#changeIdAs(change.targetId),
      },
      this.#sealed,
    );
    this.#sealed = { seq: sealed.seq, hash: sealed.hash };
    return sealed;
  }

  /** Lines of imports name their images in their body. */
  #bodyAs(body: ChangeRecord['body']): ChangeRecord['body'] {
    if (body.kind === 'imported') {
      return { ...body, images: body.images.map((image) => ({ ...image, id: this.#imageIdAs(image.id) })) };
    }
    if (body.kind === 'importedState') {
      return { ...body, imageIds: body.imageIds.map((id) => this.#imageIdAs(id)) };
    }
    const isBeside = body.kind === 'review' || body.kind === 'record' || body.kind === 'layer';
    return isBeside ? this.#review.renamed(body) : body;
  }

  /** Every restored image has a record of its own; what is left to note is which lines tell of it. */
  #noteImport({ body }: ChangeRecord, row: number | undefined): void {
    if (row === undefined) return;
    const imageIds = imagesOfImport(body);
    for (const ordinal of imageIds.map(ordinalSaidBy)) {
      const rows = [...(this.#imported.get(ordinal)?.rows ?? []), row];
      this.#imported.set(ordinal, { ...UNTOUCHED_ENTRY, rows });
    }
  }

  #scopeAs(scope: string, imageId: ImageId | null): string {
    if (scope.startsWith('image:') && imageId !== null) return imageScope(imageId);
    return scope.startsWith('project:') ? projectScope(this.projectId) : scope;
  }

  #imageIdAs(id: ImageId): ImageId {
    // Places stay, so that the copy's ids say them as the original's did.
    const { newId } = this.context;
    return this.#isCopy
      ? mapped(this.#imageIds, id, () => imageIdAt(newId(), this.projectId, ordinalSaidBy(id)))
      : id;
  }

  #layerIdAs(id: ImageId): ImageId {
    return this.#isCopy ? mapped(this.#imageIds, id, () => this.context.newId() as ImageId) : id;
  }

  #changeIdAs(id: ChangeId): ChangeId {
    return this.#isCopy ? mapped(this.#changeIds, id, () => this.context.newId() as ChangeId) : id;
  }

  #counts() {
    const counts = mutableCounts(EMPTY_COUNTS);
    for (let ordinal = 0; ordinal < this.#facts.length; ordinal += 1) {
      const facts = this.#facts[ordinal];
      if (facts === undefined) throw new Refusal(damagedBackup(0, `image ${ordinal + 1} is missing`));
      counts.images += 1;
      counts[facts.line.state] += 1;
      for (const annotation of facts.annotations) countAnnotation(counts, annotation, 1);
    }
    return counts;
  }

  #pages() {
    const count = Math.ceil(this.#facts.length / IMAGES_PER_PAGE);
    return Array.from({ length: count }, (_, page) =>
      storedPage(
        this.projectId,
        page,
        this.#facts.slice(page * IMAGES_PER_PAGE, (page + 1) * IMAGES_PER_PAGE).map((facts) => facts.paged),
      ),
    );
  }
}

function mapped<Id>(ids: Map<Id, Id>, id: Id, make: () => Id): Id {
  const known = ids.get(id);
  if (known !== undefined) return known;
  const made = make();
  ids.set(id, made);
  return made;
}

/** One line, parsed by its schema. Throws a refusal that names the line. */
export function parseBackupLine(text: string, number: number): ProjectLine {
  if (text.length > LONGEST_LINE_IN_CHARS) throw new Refusal(damagedBackup(number, 'it is too long'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(damagedBackup(number, 'it is not JSON'));
  }
  const parsed = ProjectLine.safeParse(value);
  if (!parsed.success) throw new Refusal(damagedBackup(number, z.prettifyError(parsed.error).slice(0, 300)));
  return parsed.data;
}

/** `line` counts from 1; 0 when the fault is of the whole. */
function damagedBackup(line: number, reason: string) {
  const place = line === 0 ? '' : ` in line ${line}`;
  return appError(
    'backup.damaged',
    `This backup cannot be restored: it is damaged${place} (${reason}). Your projects were not touched; restore an earlier backup.`,
    { line, reason },
  );
}
