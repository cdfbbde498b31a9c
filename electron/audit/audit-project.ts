import { type AuditEntry, type AuditKind, auditEntryOf, auditKindOf } from '../../shared/audit/audit-entry';
import { type AuditFilter, matchesAuditFilter } from '../../shared/audit/audit-filter';
import { type ChainAnchor, ChainAudit, type ChainVerdict } from '../../shared/audit/chain-audit';
import { StateAudit, type StateVerdict } from '../../shared/audit/state-audit';
import { type AppError, appError, isAppError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { ChangeRecord } from '../../shared/schema/change';
import type { ProjectId } from '../../shared/schema/ids';
import { type ProjectEndLine, ProjectLine } from '../../shared/schema/project-lines';
import type { ProjectFile } from './project-file';

/** Of the lines' own header; see `shared/schema/project-lines.ts`. */
const NEWEST_LINES = 2;

export interface ProjectAudit {
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly chain: ChainVerdict;
  /** Null when it was not asked for. */
  readonly state: StateVerdict | null;
  /** What is wrong with the file as a whole, in words; null when it is as it was written. */
  readonly fileReason: string | null;
  /** Lines by kind of change; those that this release cannot read are in none. */
  readonly byKind: Readonly<Partial<Record<AuditKind, number>>>;
  /** Lines whose chain was checked and whose content this release cannot tell of. */
  readonly unread: number;
  readonly names: ProjectNames;
}

/** Keys of images and names of labels by their ids. */
export interface ProjectNames {
  readonly images: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
}

/** Whether everything that was looked at is as it should be. */
export function holds({ chain, state, fileReason }: ProjectAudit): boolean {
  return (
    chain.firstBreak === null &&
    fileReason === null &&
    (state === null || (state.differing === 0 && state.isSchemaSame !== false))
  );
}

/**
 * Reads a project's file once and verifies its journal, and with `withState` its labels against the journal. Memory:
 * the keys of the images, and some hundred bytes an image for the labels.
 * @param anchorsOf what else remembers the journal of this project.
 */
export async function auditProject(
  file: ProjectFile,
  options: {
    readonly withState: boolean;
    readonly anchorsOf: (projectId: ProjectId) => Promise<readonly ChainAnchor[]>;
    readonly signal: AbortSignal;
  },
): Promise<Result<ProjectAudit>> {
  let project: ProjectAudit['project'] | null = null;
  let chain = new ChainAudit(null);
  const state = options.withState ? new StateAudit() : null;
  let end: ProjectEndLine | null = null;
  const images = new Map<string, string>();
  const byKind: Partial<Record<AuditKind, number>> = {};
  let unread = 0;
  const lines = file.lines();
  try {
    for (;;) {
      const next = await lines.next();
      if (options.signal.aborted) return err(appError('job.cancelled', 'Reading was stopped.'));
      if (next.done === true) {
        if (project === null) return err(noProject(file));
        const labels = new Map<string, string>(
          (end?.project.schema.labels ?? []).map(({ id, name }) => [id, name]),
        );
        return ok({
          project,
          chain: chain.finish(end?.head ?? null),
          state: state?.finish(end) ?? null,
          fileReason: next.value ?? (end === null ? 'it has no end' : null),
          byKind,
          unread,
          names: { images, labels },
        });
      }
      const raw = parsedLine(next.value);
      if (raw?.kind === 'change') {
        chain.take(raw.change);
        const record = ChangeRecord.safeParse(raw.change);
        if (record.success) {
          const kind = auditKindOf(record.data);
          byKind[kind] = (byKind[kind] ?? 0) + 1;
          state?.takeChange(record.data);
        } else unread += 1;
        continue;
      }
      const line = ProjectLine.safeParse(raw);
      if (!line.success) {
        const newer = newerHeader(raw);
        if (newer !== null) return err(newer);
        continue;
      }
      if (line.data.kind === 'header' && project === null) {
        project = { id: line.data.projectId, name: line.data.projectName };
        chain = new ChainAudit(project.id, await options.anchorsOf(project.id));
      } else if (line.data.kind === 'image') {
        images.set(line.data.image.id, line.data.image.key);
        state?.takeImage(line.data);
      } else if (line.data.kind === 'end') end = line.data;
    }
  } catch (thrown) {
    return err(isAppError(thrown) ? thrown : unreadable(file, thrown));
  } finally {
    await lines.return(null);
  }
}

/** The entries of a file that pass a filter, oldest first. Throws what reading throws. */
export async function* auditEntries(
  file: ProjectFile,
  filter: AuditFilter,
  { images, labels }: ProjectNames,
): AsyncGenerator<AuditEntry> {
  const names = {
    image: (id: string) => images.get(id) ?? null,
    label: (id: string) => labels.get(id) ?? null,
  };
  for await (const text of file.lines()) {
    const raw = parsedLine(text);
    if (raw?.kind !== 'change') continue;
    const record = ChangeRecord.safeParse(raw.change);
    if (record.success && matchesAuditFilter(record.data, filter)) yield auditEntryOf(record.data, names);
  }
}

function parsedLine(text: string): { readonly kind?: unknown; readonly change?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function newerHeader(raw: ReturnType<typeof parsedLine>): AppError | null {
  if (raw?.kind !== 'header' || !('formatVersion' in raw)) return null;
  const version = raw.formatVersion;
  return typeof version === 'number' && version > NEWEST_LINES
    ? appError(
        'bundle.newer-version',
        'This project was written by a newer Groundmark. Update the app, then read it again.',
        { version },
      )
    : null;
}

function noProject({ name }: ProjectFile): AppError {
  return appError('format.malformed', `${name} holds no project: it does not begin with a header.`);
}

function unreadable({ name, kind }: ProjectFile, thrown: unknown): AppError {
  const reason = thrown instanceof Error ? thrown.message : 'it cannot be read';
  return appError(
    kind === 'bundle' ? 'bundle.damaged' : 'backup.damaged',
    `${name} cannot be read to its end: ${reason}. Nothing can be said of its journal; take another copy.`,
    { reason },
  );
}
