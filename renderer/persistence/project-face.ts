import { appError } from '../../shared/result/app-error';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ProjectId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import { resolvedCounts } from './counts';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import type { StoredHead, StoredProject } from './stored-records';

export type ProjectFace = NonNullable<Extract<ChangeRecord['body'], { kind: 'project' }>['after']>;

/** The part of a project that renaming, archiving and deleting change, as the journal keeps it. */
export function faceOf(project: StoredProject): ProjectFace {
  return { name: project.name, archivedAt: project.archivedAt, deletedAt: project.deletedAt };
}

export function projectOf(stored: StoredProject, head: StoredHead): Project {
  return { ...stored, counts: resolvedCounts(head.counts, stored.schema) };
}

/** Inside a transaction only. Throws a refusal when there is no such project. */
export async function requireProject(db: GroundmarkDatabase, id: ProjectId): Promise<StoredProject> {
  const project = await db.projects.get(id);
  if (project !== undefined) return project;
  throw new Refusal(
    appError(
      'record.conflict',
      'This project is not in the database any more; it may have been erased in another window.',
      {
        projectId: id,
      },
    ),
  );
}
