import type { Result } from '../../shared/result/result';
import { ok } from '../../shared/result/result';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { createWorkspace, type WorkspaceHandle, type WorkspacePurpose } from './create-workspace';

export interface OpenedWorkspace {
  readonly workspace: WorkspaceHandle;
  /** Ends when the first image is open, or it is known that there is none. */
  readonly firstImage: Promise<void>;
}

export interface WorkspaceOpener {
  /** The label screen of a project; one that was prepared is handed over, once. */
  open(
    projectId: ProjectId,
    imageId: ImageId | null,
    purpose?: WorkspacePurpose,
  ): Promise<Result<OpenedWorkspace>>;
  /**
   * Begins to read a project before its screen is there: at start the database answers while the screen's code is still
   * loaded and rendered.
   */
  prepare(projectId: ProjectId): void;
}

export function createWorkspaceOpener(
  services: Pick<Services, 'persistence' | 'editor' | 'pictures' | 'toasts'>,
): WorkspaceOpener {
  let prepared: {
    readonly projectId: ProjectId;
    readonly person: string;
    readonly opened: Promise<Result<OpenedWorkspace>>;
  } | null = null;

  /** Who works, as far as it decides what they are shown. */
  const personNow = () => {
    const session = services.persistence.session();
    return `${session?.personId} ${session?.role}`;
  };

  async function open(
    projectId: ProjectId,
    imageId: ImageId | null,
    purpose?: WorkspacePurpose,
  ): Promise<Result<OpenedWorkspace>> {
    const project = await services.persistence.projects.get(projectId);
    if (!project.ok) return project;
    const workspace = createWorkspace(services, project.value, purpose);
    return ok({ workspace, firstImage: workspace.start(imageId) });
  }

  return {
    open(projectId, imageId, purpose) {
      if (purpose !== undefined) return open(projectId, imageId, purpose);
      const early = prepared;
      prepared = null;
      // Somebody else may see another list, and other labels in it.
      const isOwn = early?.person === personNow();
      if (early?.projectId === projectId && imageId === null && isOwn) return early.opened;
      void early?.opened.then((unused) => unused.ok && unused.value.workspace.stop());
      return open(projectId, imageId);
    },
    prepare(projectId) {
      prepared = { projectId, person: personNow(), opened: open(projectId, null) };
    },
  };
}
