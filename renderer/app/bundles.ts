import type { AppError } from '../../shared/result/app-error';
import type { JobId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import { byteSize, plural } from '../components/quantity';
import type { Services } from './services';

export type Reach = Pick<Services, 'bridge' | 'jobs' | 'navigation' | 'persistence' | 'toasts'>;

/** Saves a project as one file, with a line in the tray that can be cancelled, and says what is in it. */
export async function saveBundle(
  services: Reach,
  project: Pick<Project, 'id' | 'name'>,
  withPictures: boolean,
): Promise<void> {
  const { persistence, toasts } = services;
  const line = bundleLine(services, `Saving ${project.name} as a bundle`);
  const saved = await persistence.bundles.save({ jobId: line.jobId, projectId: project.id, withPictures });
  if (!saved.ok) return line.failed(saved.error);
  if (saved.value === null) return line.dropped();
  const { name, images, annotations, byteSize: bytes, pictures, missing, missingPictures } = saved.value;
  const content = [plural(images, 'image'), plural(annotations, 'annotation')];
  if (withPictures) content.push(plural(pictures, 'picture'));
  line.done(`Saved ${name}, ${byteSize(bytes)}`);
  toasts.show(
    missing > 0
      ? {
          tone: 'error',
          message: `Saved “${name}” without ${plural(missing, 'picture')} that are not where they were, e.g. ${missingPictures[0] ?? ''}. The labels are all in it.`,
        }
      : {
          tone: 'success',
          message: `Saved “${name}”: ${content.join(', ')}. It was read back and is whole.`,
        },
  );
}

/** Opens a bundle as a project of its own and offers to go there. */
export async function openBundle(services: Reach): Promise<void> {
  const { navigation, persistence, toasts } = services;
  const line = bundleLine(services, 'Opening a bundle');
  const opened = await persistence.bundles.open({ jobId: line.jobId });
  if (!opened.ok) return line.failed(opened.error);
  if (opened.value === null) return line.dropped();
  const { project, picturesProblem, order } = opened.value;
  line.done(`Opened ${project.name}`);
  toasts.show({
    tone: picturesProblem === null ? 'success' : 'error',
    message:
      picturesProblem === null
        ? order === null
          ? `Opened as “${project.name}”, history included. Nothing else was changed.`
          : `Opened “${project.name}”, work from ${order.issuedBy.name}. Give it back when you are done (Go → Work apart).`
        : `Opened as “${project.name}”. Its pictures could not be unpacked: ${picturesProblem.message}`,
    action: { label: 'Open', run: () => navigation.go({ screen: 'label', projectId: project.id }) },
    staysForMs: 15_000,
  });
}

/** A line of the tray that follows a bundle's job. The person may change their mind in the dialog; then it goes again. */
export function bundleLine({ bridge, jobs, toasts }: Reach, title: string) {
  const jobId = crypto.randomUUID() as JobId;
  const abort = new AbortController();
  const line = jobs.start({
    title,
    cancel() {
      abort.abort();
      void bridge.invoke('job.cancel', { jobId });
    },
  });
  const stopListening = bridge.subscribe('job.progress', (event) => {
    if (event.jobId === jobId) line.progress(event.progress, event.note);
  });
  return {
    jobId,
    /** For the part of the work that is done in the window. */
    signal: abort.signal,
    progress: line.progress,
    done(message: string) {
      stopListening();
      line.done(message);
    },
    dropped() {
      stopListening();
      line.done('Nothing was done');
    },
    failed(error: AppError) {
      stopListening();
      if (abort.signal.aborted) return line.done('Cancelled; nothing is left behind');
      line.fail(error);
      toasts.show({ tone: 'error', message: error.message });
    },
  };
}
