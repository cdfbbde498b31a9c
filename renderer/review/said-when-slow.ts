import type { AppError } from '../../shared/result/app-error';
import type { JobHandle, Jobs } from '../app/jobs';

/** What is done sooner needs no line of its own. */
const SLOW_AFTER_MS = 500;

/** Runs something that is quick in most projects; in those where it is not, the tray says that it goes on, and its end. */
export async function saidWhenSlow<T extends { readonly ok: true } | { ok: false; error: AppError }>(
  jobs: Pick<Jobs, 'start'>,
  words: { readonly title: string; readonly done: string },
  run: () => Promise<T>,
): Promise<T> {
  const job: { handle: JobHandle | null } = { handle: null };
  const slow = setTimeout(() => {
    job.handle = jobs.start({ title: words.title });
  }, SLOW_AFTER_MS);
  const result = await run();
  clearTimeout(slow);
  if (result.ok) job.handle?.done(words.done);
  else job.handle?.fail(result.error);
  return result;
}
