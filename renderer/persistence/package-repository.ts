import { type AppError, appError } from '../../shared/result/app-error';
import { ok, type Result } from '../../shared/result/result';
import type { Bridge } from '../bridge/bridge';
import { demand, type PersistenceContext } from './context';
import { guardedWrite, Refusal } from './database-error';
import { issuePackage, returnPackage, taken } from './issue-package';
import { mergePackage, packageOfReturn } from './merge-package';
import type { MergeSummary, PackageRepository, RecordRepository } from './ports';
import { ReturnGatherer } from './read-return';
import { resolveConflict } from './resolve-conflict';
import { parseBackupLine } from './restore-backup';

/** Work that is handed out, done elsewhere, given back and merged. */
export function createPackageRepository(
  context: PersistenceContext,
  bridge: Bridge,
  records: RecordRepository,
): PackageRepository {
  /** What is refused here, and not by main, must be in the log as well: it may be somebody's attempt. */
  async function logged<T>(doing: string, result: Result<T>): Promise<Result<T>> {
    if (result.ok || !isRefusal(result.error)) return result;
    const { code, message } = result.error;
    await bridge.invoke('log.write', { level: 'warning', message, details: { code, doing } });
    return result;
  }

  return {
    issue: async (issue) => logged('handing out', await issuePackage(context, bridge, records, issue)),
    giveBack: async (work) => logged('giving back', await returnPackage(context, bridge, records, work)),

    async merge({ jobId, projectId, ...options }): Promise<Result<MergeSummary | null>> {
      const merged = await guardedWrite(context.db, 'merging a package', async () => {
        demand(context, 'package.merge');
        const opened = taken(await bridge.invoke('package.openReturn', { jobId }));
        if (opened === null) return null;
        try {
          const answered = await packageOfReturn(context, projectId, opened.summary.package);
          const gatherer = new ReturnGatherer(answered.said);
          let number = 0;
          for (let fromLine: number | null = 0; fromLine !== null; ) {
            if (options.signal.aborted) throw new Refusal(cancelled());
            const page: { readonly lines: readonly string[]; readonly nextLine: number | null } = taken(
              await bridge.invoke('bundle.read', { jobId, fromLine }),
            );
            for (const line of page.lines) {
              number += 1;
              gatherer.take(parseBackupLine(line, number));
            }
            fromLine = page.nextLine;
          }
          return await mergePackage(context, projectId, answered, gatherer.finish(), options);
        } finally {
          await bridge.invoke('bundle.close', { jobId });
        }
      });
      if (!merged.ok) return logged('merging', merged);
      if (merged.value?.isNew === true) {
        context.notifier.announce({ projectId, imageIds: 'many' });
      }
      return ok(merged.value);
    },

    resolve: ({ projectId, conflictId, chosen, hasFinding }) =>
      resolveConflict(context, projectId, conflictId, chosen, hasFinding),
  };
}

/** Not what the person themselves stopped, nor what they asked for in the wrong place. */
function isRefusal({ code }: AppError): boolean {
  return code !== 'job.cancelled' && code !== 'usage.bad-arguments';
}

function cancelled() {
  return appError('job.cancelled', 'Cancelled; nothing was changed.');
}
