import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Bridge } from '../bridge/bridge';
import type { PersistenceContext } from './context';
import { guarded, Refusal } from './database-error';
import type { BundleRepository } from './ports';
import { restoreProject } from './restore-backup';
import { lineBatches, projectAtStart, streamProject } from './stream-project';

/** Whole projects out to a file that another computer opens, and in again. */
export function createBundleRepository(context: PersistenceContext, bridge: Bridge): BundleRepository {
  const { db } = context;
  return {
    async save({ jobId, projectId, withPictures }) {
      return guarded(db, 'saving a bundle', async () => {
        const start = await projectAtStart(context, projectId);
        const { name: projectName, sources } = start.project;
        const begun = taken(
          await bridge.invoke('bundle.begin', { jobId, suggestedName: projectName, withPictures }),
        );
        if (begun === null) return null;
        const batches = lineBatches(async (lines) => {
          taken(await bridge.invoke('bundle.append', { jobId, lines }));
        });
        const { end } = await streamProject(context, start, batches.write);
        await batches.flush();
        const finished = taken(
          await bridge.invoke('bundle.finish', {
            jobId,
            project: { id: projectId, name: end.project.name },
            sources: sources.map(({ id, displayName }) => ({ id, displayName })),
            labelSchema: end.project.schema,
            images: end.counts.images,
            annotations: end.counts.annotations,
          }),
        );
        return {
          name: begun.name,
          images: end.counts.images,
          annotations: end.counts.annotations,
          ...finished,
        };
      });
    },

    async open({ jobId }) {
      const opened = await bridge.invoke('bundle.open', { jobId });
      if (!opened.ok) return opened;
      if (opened.value === null) return ok(null);
      const { summary } = opened.value;
      try {
        const restored = await restoreProject(context, (fromLine) =>
          bridge.invoke('bundle.read', { jobId, fromLine }),
        );
        if (!restored.ok) return err(ofBundle(restored.error));
        const unpacked = summary.hasPictures
          ? await bridge.invoke('bundle.unpackPictures', {
              jobId,
              sources: summary.sources.map((source) => source.id),
            })
          : ok({ pictures: 0 });
        return ok({
          project: restored.value,
          pictures: unpacked.ok ? unpacked.value.pictures : 0,
          picturesProblem: unpacked.ok ? null : unpacked.error,
        });
      } finally {
        await bridge.invoke('bundle.close', { jobId });
      }
    },
  };
}

function taken<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(result.error);
}

/** The lines are a project's in both; a person who opens a bundle has no backup to restore instead. */
function ofBundle(error: AppError): AppError {
  if (error.code !== 'backup.damaged') return error;
  const reason = String(error.details.reason ?? 'it is not whole');
  return appError(
    'bundle.damaged',
    `This bundle cannot be opened: it is damaged (${reason}). Your projects were not touched; ask for the bundle again.`,
    { reason },
  );
}
