import type { Grant } from '../../shared/ipc/channels/files';
import type { AppError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { ProjectId, SourceId } from '../../shared/schema/ids';
import { createObservable, type Observable } from '../app/observable';
import type { Services } from '../app/services';
import { findMissing, type SourceState } from './find-missing';
import { idleTurn, pause } from './idle-turn';
import { describeImportedImages, type ImportedImages, importImages } from './import-images';
import { createLabelImports, type LabelImports } from './label-imports';

/** What waits for a person beside the work: folders to find, imports to finish. */
export interface ImportsState {
  /** The project whose problem list is open. */
  readonly problemsOf: ProjectId | null;
  readonly sources: readonly SourceState[];
  readonly unfinished: readonly { readonly sourceId: SourceId; readonly cursor: string | null }[];
}

/** Adds images and labels to projects. Long work goes to the tray; the app stays usable. */
export interface Imports {
  readonly state: Observable<ImportsState>;
  /** Asks for a folder, adds its images, then offers the labels that lie in it. */
  addFolder(projectId: ProjectId): Promise<void>;
  addFiles(projectId: ProjectId): Promise<void>;
  addGrant(projectId: ProjectId, grant: Grant): Promise<void>;
  readonly labels: LabelImports;
  /** Asks for a folder with labels and shows what importing them would do. */
  importLabels(projectId: ProjectId): Promise<void>;
  /** As `importLabels`, for single files and zip archives. */
  importLabelFiles(projectId: ProjectId): Promise<void>;
  /** Looks for folders that moved and imports that were cut off; run when a project is opened. */
  inspectProject(projectId: ProjectId): Promise<void>;
  resume(projectId: ProjectId, sourceId: SourceId): Promise<void>;
  /** Asks where a folder is now and finds its images again by their content. */
  locate(projectId: ProjectId, sourceId: SourceId): Promise<void>;
  rescan(projectId: ProjectId, sourceId: SourceId): Promise<void>;
  showProblems(projectId: ProjectId | null): void;
}

/** The first seconds with a project belong to its picture. */
const HEAD_START_IN_MS = 1_500;

export function createImports(
  services: Pick<Services, 'bridge' | 'persistence' | 'editor' | 'jobs' | 'toasts'>,
): Imports {
  const { bridge, persistence, toasts } = services;
  const labels = createLabelImports(services);
  const state = createObservable<ImportsState>({
    problemsOf: null,
    sources: [],
    unfinished: [],
  });
  const change = (part: Partial<ImportsState>) => state.update((before) => ({ ...before, ...part }));
  const report = (error: AppError) => {
    if (error.code !== 'job.cancelled') toasts.show({ tone: 'error', message: error.message });
  };
  let inspection = new AbortController();

  const scan = async (
    projectId: ProjectId,
    source: { readonly id: SourceId; readonly displayName: string },
    afterKey: string | null,
  ): Promise<Result<ImportedImages>> => {
    const imported = await importImages(services, {
      projectId,
      sourceId: source.id,
      displayName: source.displayName,
      afterKey,
    });
    const unfinished = await persistence.images.unfinishedScans(projectId);
    change({ unfinished });
    if (imported.ok && imported.value.problems > 0) {
      toasts.show({
        message: `${source.displayName}: ${describeImportedImages(imported.value)}.`,
        action: { label: 'Show problems', run: () => change({ problemsOf: projectId }) },
        staysForMs: 15_000,
      });
    }
    return imported;
  };

  const sourceOf = async (projectId: ProjectId, sourceId: SourceId) => {
    const project = await persistence.projects.get(projectId);
    const source = project.ok ? project.value.sources.find((one) => one.id === sourceId) : undefined;
    return source ?? { id: sourceId, displayName: 'the folder' };
  };

  const pick = async (
    channel: 'grants.pickFolder' | 'grants.pickFiles',
    purpose: Grant['purpose'],
  ): Promise<Grant | null> => {
    const picked = await bridge.invoke(channel, { purpose });
    if (!picked.ok) report(picked.error);
    return picked.ok ? picked.value : null;
  };

  const imports: Imports = {
    state,
    labels,
    async addFolder(projectId) {
      const grant = await pick('grants.pickFolder', 'images');
      if (grant !== null) await imports.addGrant(projectId, grant);
    },
    async addFiles(projectId) {
      const grant = await pick('grants.pickFiles', 'images');
      if (grant !== null) await imports.addGrant(projectId, grant);
    },
    async addGrant(projectId, grant) {
      const added = await persistence.projects.addSource(projectId, {
        id: grant.id,
        displayName: grant.displayName,
      });
      if (!added.ok) return report(added.error);
      const cutOff = (await persistence.images.unfinishedScans(projectId)).find(
        (one) => one.sourceId === grant.id,
      );
      const imported = await scan(projectId, grant, cutOff?.cursor ?? null);
      if (!imported.ok) return;
      // Pictures that the new folder brought back are missing from the old one no more.
      if (imported.value.moved > 0) void imports.inspectProject(projectId);
      await labels.offer(projectId, grant, false);
    },
    async importLabels(projectId) {
      const grant = await pick('grants.pickFolder', 'labels');
      if (grant !== null) await labels.offer(projectId, grant, true);
    },
    async importLabelFiles(projectId) {
      const grant = await pick('grants.pickFiles', 'labels');
      if (grant !== null) await labels.offer(projectId, grant, true);
    },
    async inspectProject(projectId) {
      inspection.abort();
      inspection = new AbortController();
      const { signal } = inspection;
      change({ sources: [], unfinished: [] });
      await labels.inspect(projectId);
      const unfinished = await persistence.images.unfinishedScans(projectId);
      if (signal.aborted) return;
      change({ unfinished });
      await pause(HEAD_START_IN_MS);
      if (signal.aborted) return;
      const sources = await findMissing(services, projectId, signal, idleTurn);
      if (!signal.aborted && sources.ok) change({ sources: sources.value });
    },
    async resume(projectId, sourceId) {
      const cutOff = state.get().unfinished.find((one) => one.sourceId === sourceId);
      const source = await sourceOf(projectId, sourceId);
      change({ unfinished: state.get().unfinished.filter((one) => one.sourceId !== sourceId) });
      const imported = await scan(projectId, source, cutOff?.cursor ?? null);
      if (imported.ok) await labels.offer(projectId, source, false);
    },
    async locate(projectId, sourceId) {
      const found = await bridge.invoke('grants.relocate', { sourceId });
      if (!found.ok) return report(found.error);
      if (found.value !== null) await imports.rescan(projectId, sourceId);
    },
    async rescan(projectId, sourceId) {
      const source = await sourceOf(projectId, sourceId);
      const imported = await scan(projectId, source, null);
      if (imported.ok) await imports.inspectProject(projectId);
    },
    showProblems: (problemsOf) => change({ problemsOf }),
  };

  return imports;
}
