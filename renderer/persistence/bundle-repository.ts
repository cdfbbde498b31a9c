import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Bridge } from '../bridge/bridge';
import type { PersistenceContext } from './context';
import { guarded, Refusal } from './database-error';
import type { BundleRepository, RecordRepository } from './ports';
import { restoreProject } from './restore-backup';
import { lineBatches, projectAtStart, streamProject } from './stream-project';

/** Whole projects out to a file that another computer opens, and in again. */
export function createBundleRepository(
  context: PersistenceContext,
  bridge: Bridge,
  records: RecordRepository,
): BundleRepository {
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
      const entry = summary.package;
      try {
        if (entry?.content.kind === 'return') return err(isReturn(entry.content.order.content.name));
        const restored = await restoreProject(context, (fromLine) =>
          bridge.invoke('bundle.read', { jobId, fromLine }),
        );
        if (!restored.ok) return err(ofBundle(restored.error));
        const order = entry?.content.kind === 'work' ? entry.content : null;
        if (entry !== undefined && order !== null) {
          const received = { order: { content: order, seal: entry.seal }, returned: 0 };
          const noted = await records.put(
            restored.value.id,
            [{ kind: 'receivedPackage', id: order.packageId, value: received }],
            { code: 'package.open', label: `Open ${order.name} from ${order.issuedBy.name}` },
          );
          if (!noted.ok) return noted;
        }
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
          order,
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

function isReturn(name: string): AppError {
  return appError(
    'usage.bad-arguments',
    `This is work that came back for “${name}”. Open the project that handed it out, then choose “Merge work that came back”.`,
    { name },
  );
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
