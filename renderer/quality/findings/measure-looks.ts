import { appError } from '../../../shared/result/app-error';
import type { ImageRecord } from '../../../shared/schema/image';
import type { Project } from '../../../shared/schema/project';
import type { Services } from '../../app/services';
import { lookOfUrl } from '../../findings/look-of-url';

/** Images whose looks are stored at once; what is stored is not measured again after a stop. */
const BATCH = 100;
/** The thumbnail source makes two at a time; some more keep it busy while others are hashed. */
const AT_A_TIME = 4;

/**
 * Finds out what every picture looks like that nobody looked at yet, with a line in the tray. Stopped or cut off, it goes
 * on where it was. Pictures are read through their thumbnails, which are made on the way.
 * @returns when all that can be known is stored, or it was stopped.
 */
export async function measureLooks(
  services: Pick<Services, 'persistence' | 'thumbnails' | 'jobs'>,
  project: Project,
): Promise<void> {
  const { persistence, jobs } = services;
  const stop = new AbortController();
  const line = jobs.start({
    title: `Looking at the pictures of ${project.name}`,
    cancel: () => stop.abort(),
  });
  const [known, list] = await Promise.all([
    persistence.looks.all(project.id),
    persistence.images.list(project.id, {}),
  ]);
  if (!known.ok) return line.fail(known.error);
  if (!list.ok) return line.fail(list.error);
  const { total } = list.value;
  const startedAt = performance.now();
  let measured = 0;
  let unreadable = 0;
  for (let from = 0; from < total && !stop.signal.aborted; from += BATCH) {
    const page = await list.value.window(from, Math.min(total, from + BATCH));
    const waiting = page.filter(({ id, contentHash }) => known.value.get(id) !== contentHash);
    const looks: { imageId: ImageRecord['id']; contentHash: ImageRecord['contentHash']; hash: string }[] = [];
    const next = async () => {
      for (let image = waiting.shift(); image !== undefined; image = waiting.shift()) {
        if (stop.signal.aborted) return;
        const url = image.isMissing === 1 ? null : await thumbnailOf(services.thumbnails, image, stop.signal);
        const hash = url === null ? null : await lookOfUrl(url, stop.signal);
        if (hash !== null) looks.push({ imageId: image.id, contentHash: image.contentHash, hash });
        else unreadable += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, next));
    measured += looks.length;
    if (looks.length > 0) {
      const kept = await persistence.looks.put(project.id, looks);
      if (!kept.ok) return line.fail(kept.error);
    }
    const done = Math.min(total, from + BATCH);
    const perSecond = (done * 1000) / Math.max(1, performance.now() - startedAt);
    line.progress({ done, total, unit: 'images', perSecond, secondsLeft: (total - done) / perSecond });
  }
  if (stop.signal.aborted) {
    return line.fail(
      appError('job.cancelled', 'Stopped; start it again to go on with the pictures that are left.'),
    );
  }
  line.done(
    `${measured} pictures were looked at.${unreadable > 0 ? ` ${unreadable} could not be read.` : ''}`,
  );
}

function thumbnailOf(
  thumbnails: Services['thumbnails'],
  image: ImageRecord,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve) => {
    const withdraw = thumbnails.request(image, resolve);
    signal.addEventListener(
      'abort',
      () => {
        withdraw();
        resolve(null);
      },
      { once: true },
    );
  });
}
