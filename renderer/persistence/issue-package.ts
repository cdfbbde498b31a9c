import { sha256OfRecord } from '../../shared/document/hash';
import { baseHashOf } from '../../shared/merge/base-hash';
import { appError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ImageId, JobId, ProjectId } from '../../shared/schema/ids';
import type { PersonRef } from '../../shared/schema/person';
import type { IssuedPackage, RecordOf } from '../../shared/schema/project-records';
import type { PackageEntry, Seal, WorkOrder, WorkReturn } from '../../shared/schema/work-package';
import type { Bridge } from '../bridge/bridge';
import { readSet } from './annotation-store';
import { demand, type PersistenceContext, personOf, signature } from './context';
import { guarded, Refusal } from './database-error';
import { imageTables, withImages } from './image-rows';
import { type PackagedContent, packagedProject, packageLines } from './package-lines';
import type { PackageRepository, RecordRepository } from './ports';
import { requireProject } from './project-face';
import { isWork } from './read-return';
import { eventsOf, readPolicy, reviewRowsOf } from './review-rows';
import type { StoredProject } from './stored-records';
import { lineBatches, projectAtStart, streamProject } from './stream-project';

type Issue = Parameters<PackageRepository['issue']>[0];
type Issued = Awaited<ReturnType<PackageRepository['issue']>>;

/**
 * Hands out images of a project as a signed package. What was handed out is on record before the file is there, so that
 * no package comes back that the project does not know.
 * Error: `package.conflict` when an image has a conflict that nobody has decided yet: its base would not be anybody's.
 */
export async function issuePackage(
  context: PersistenceContext,
  bridge: Bridge,
  records: RecordRepository,
  issue: Issue,
): Promise<Issued> {
  const { jobId, projectId, to, toKey, withPictures } = issue;
  return guarded(context.db, 'handing out a package', async () => {
    const by = personOf(demand(context, 'package.issue'));
    const { project, contents, policy } = await readContents(context, projectId, issue.imageIds);
    const packaged = packagedProject(project, context.newId() as ProjectId, issue.name);
    const begun = taken(
      await bridge.invoke('package.begin', { jobId, suggestedName: issue.name, withPictures }),
    );
    if (begun === null) return null;
    const at = context.now();
    const made = packageLines(packaged, contents, policy, {
      newId: context.newId,
      at,
      ...signature(context),
    });
    const batches = lineBatches(async (lines) => {
      taken(await bridge.invoke('bundle.append', { jobId, lines }));
    });
    for (const line of made.lines) await batches.write(line);
    await batches.flush();
    const { sha256 } = taken(await bridge.invoke('bundle.linesHash', { jobId }));
    const order: WorkOrder = {
      kind: 'work',
      packageId: context.newId(),
      name: issue.name,
      originalProjectId: projectId,
      projectId: packaged.id,
      issuedBy: by,
      issuedAt: at,
      to,
      toKey,
      images: contents.map(({ image, set }) => ({
        imageId: image.id,
        baseRevision: image.revision,
        baseHash: baseHashOf(set),
      })),
      baseLines: made.baseLines,
      linesHash: sha256,
    };
    const seal = await sealed(bridge, order);
    const record: IssuedPackage = {
      id: order.packageId,
      name: issue.name,
      to,
      toKey,
      issuedBy: by,
      issuedAt: at,
      imageCount: contents.length,
      contentHash: seal.contentHash,
      merged: [],
    };
    const words = { code: 'package.issue', label: `Hand out ${issue.name} to ${to.name}` };
    taken(await records.put(projectId, [{ kind: 'package', id: record.id, value: record }], words));
    const finished = await finish(bridge, jobId, packaged, {
      images: contents.length,
      annotations: made.annotations,
      package: { groundmarkPackage: 1, content: order, seal },
    });
    if (!finished.ok) {
      await records.put(projectId, [{ kind: 'package', id: record.id, value: null }], words);
      throw new Refusal(finished.error);
    }
    return { name: begun.name, packageId: record.id, images: contents.length, ...finished.value };
  });
}

/** Gives back the work that was done in a project which was made of a package; as often as one likes. */
export async function returnPackage(
  context: PersistenceContext,
  bridge: Bridge,
  records: RecordRepository,
  { jobId, projectId }: Parameters<PackageRepository['giveBack']>[0],
): Promise<Awaited<ReturnType<PackageRepository['giveBack']>>> {
  return guarded(context.db, 'giving work back', async () => {
    const by = personOf(demand(context, 'review.submit'));
    const [received] = taken(await records.list(projectId, 'receivedPackage'));
    if (received === undefined) throw new Refusal(notReceived());
    const { value } = received;
    const start = await projectAtStart(context, projectId);
    const number = value.returned + 1;
    const suggestedName = `${value.order.content.name.slice(0, 180)} (return ${number})`;
    const begun = taken(await bridge.invoke('package.beginReturn', { jobId, suggestedName }));
    if (begun === null) return null;
    const batches = lineBatches(async (lines) => {
      taken(await bridge.invoke('bundle.append', { jobId, lines }));
    });
    const { baseLines } = value.order.content;
    let stranger: ChangeRecord | null = null;
    const { end } = await streamProject(context, start, (line) => {
      if (line.kind === 'change' && line.change.seq > baseLines && !isBy(by, line.change)) {
        stranger ??= line.change;
      }
      return batches.write(line);
    });
    await batches.flush();
    if (stranger !== null) {
      await bridge.invoke('job.cancel', { jobId });
      throw new Refusal(workOfOthers(by, stranger));
    }
    const { sha256 } = taken(await bridge.invoke('bundle.linesHash', { jobId }));
    const content: WorkReturn = {
      kind: 'return',
      order: value.order,
      number,
      by,
      returnedAt: context.now(),
      linesHash: sha256,
    };
    const seal = await sealed(bridge, content);
    const { to, toKey } = value.order.content;
    if (toKey !== null && toKey !== seal.publicKey) {
      await bridge.invoke('job.cancel', { jobId });
      throw new Refusal(forAnother(to.name));
    }
    const next: RecordOf<'receivedPackage'> = { ...value, returned: number };
    const entry: PackageEntry = { groundmarkPackage: 1, content, seal };
    taken(
      await records.put(projectId, [{ kind: 'receivedPackage', id: received.id, value: next }], {
        code: 'package.return',
        label: `Give ${value.order.content.name} back`,
      }),
    );
    const { images, annotations } = end.counts;
    const finished = taken(await finish(bridge, jobId, end.project, { images, annotations, package: entry }));
    return { name: begun.name, images, annotations, byteSize: finished.byteSize };
  });
}

function finish(
  bridge: Bridge,
  jobId: JobId,
  project: Pick<StoredProject, 'id' | 'name' | 'sources' | 'schema'>,
  facts: { readonly images: number; readonly annotations: number; readonly package: PackageEntry },
) {
  return bridge.invoke('bundle.finish', {
    jobId,
    project: { id: project.id, name: project.name },
    sources: project.sources.map(({ id, displayName }) => ({ id, displayName })),
    labelSchema: project.schema,
    ...facts,
  });
}

async function sealed(bridge: Bridge, content: WorkOrder | WorkReturn): Promise<Seal> {
  const contentHash = sha256OfRecord(content);
  return {
    contentHash,
    ...taken(await bridge.invoke('people.sign', { purpose: 'package', hash: contentHash })),
  };
}

async function readContents(context: PersistenceContext, projectId: ProjectId, imageIds: readonly ImageId[]) {
  const { db } = context;
  return db.transaction('r', [db.projects, db.records, ...imageTables(db)], async () => {
    const project = await requireProject(db, projectId);
    const reviews = await reviewRowsOf(db, imageIds);
    const stored = await db.records.get([projectId, 'policy', 'policy']);
    const policy = stored === undefined ? null : await readPolicy(db, projectId);
    const contents: PackagedContent[] = [];
    for (const { image } of await withImages(db, imageIds, (id) => id)) {
      const set = await readSet(db, image);
      if (!set.ok) throw new Refusal(set.error);
      const open = await db.records
        .where('[projectId+record+imageId]')
        .equals([projectId, 'conflict', image.id])
        .filter(({ text }) => text.includes('"resolved":null'))
        .count();
      if (open > 0) throw new Refusal(undecided(image.key));
      contents.push({ image, set: set.value, events: eventsOf(reviews.get(image.id)) });
    }
    if (contents.length === 0) throw new Refusal(nothingChosen());
    return { project, contents, policy };
  });
}

/** Inside `guarded`, where a refusal is what is thrown. */
export function taken<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(result.error);
}

function undecided(key: string) {
  return appError(
    'package.conflict',
    `${key} has a conflict that nobody has decided yet. Decide it first, then hand the images out.`,
    { key },
  );
}

function nothingChosen() {
  return appError('usage.bad-arguments', 'No image was chosen to hand out.');
}

/** Whoever takes work back takes only what the signer did themselves; see `ReturnGatherer`. */
function isBy(by: PersonRef, change: ChangeRecord): boolean {
  return !isWork(change) || (change.actor === by.name && (change.personId ?? null) === by.id);
}

function workOfOthers(by: PersonRef, { actor }: ChangeRecord) {
  return appError(
    'package.bad-signature',
    `${actor} worked in this project too, and ${by.name} cannot sign for what others did. Open the package’s file once more as ${by.name}, copy over what is to go back, and give that back.`,
    { actor },
  );
}

function forAnother(name: string) {
  return appError(
    'package.bad-signature',
    `This package is for ${name}, and what comes back must be signed with their key. Sign in as ${name}, on the computer whose key was told to whoever issued it.`,
    { name },
  );
}

function notReceived() {
  return appError(
    'usage.bad-arguments',
    'This project was not made of a work package, so there is nobody to give it back to. Save it as a bundle instead.',
  );
}
