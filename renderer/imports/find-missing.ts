import { ok, type Result } from '../../shared/result/result';
import type { ImageId, ProjectId, SourceId } from '../../shared/schema/ids';
import type { ImageRecord } from '../../shared/schema/image';
import type { Services } from '../app/services';

/** How a folder of a project stands. */
export interface SourceState {
  readonly sourceId: SourceId;
  readonly displayName: string;
  /** False when the folder itself cannot be reached: moved, renamed, or its disk is not connected. */
  readonly isAvailable: boolean;
  readonly missing: number;
  readonly images: number;
}

/** Records read at once; each window is one question to main. 2,000 were measured to hold up a frame for 40 ms. */
const WINDOW = 200;

/**
 * Looks whether the project's pictures are still where they were, window by window, and marks what changed. Labels are
 * never touched. `rest` runs before each window: work that nobody waits for gives way there.
 */
export async function findMissing(
  services: Pick<Services, 'bridge' | 'persistence'>,
  projectId: ProjectId,
  signal: AbortSignal,
  rest: () => Promise<void> = async () => {},
): Promise<Result<readonly SourceState[]>> {
  const { bridge, persistence } = services;
  const project = await persistence.projects.get(projectId);
  if (!project.ok) return project;
  const list = await persistence.images.list(projectId, {});
  if (!list.ok) return list;
  const states = new Map<SourceId, SourceState>(
    project.value.sources.map(({ id, displayName }) => [
      id,
      { sourceId: id, displayName, isAvailable: true, missing: 0, images: 0 },
    ]),
  );
  for (let from = 0; from < list.value.total && !signal.aborted; from += WINDOW) {
    await rest();
    const records = await list.value.window(from, Math.min(from + WINDOW, list.value.total));
    for (const [sourceId, images] of bySource(records)) {
      const before = states.get(sourceId);
      const answer = await bridge.invoke('source.missing', {
        sourceId,
        keys: images.map((image) => image.key),
      });
      // Nobody is at the app: nothing can be known of files, least of all that they are gone.
      if (!answer.ok && answer.error.code === 'people.not-permitted') return answer;
      // A grant that main does not know any more is a folder that cannot be reached.
      const isAvailable = answer.ok && answer.value.isAvailable;
      const missing = new Set<string>(
        answer.ok && answer.value.isAvailable ? answer.value.missingKeys : images.map((image) => image.key),
      );
      states.set(sourceId, {
        sourceId,
        displayName: before?.displayName ?? 'A folder',
        isAvailable: isAvailable && (before?.isAvailable ?? true),
        missing: (before?.missing ?? 0) + missing.size,
        images: (before?.images ?? 0) + images.length,
      });
      const gone = changed(images, (image) => missing.has(image.key) && image.isMissing === 0);
      const back = changed(images, (image) => !missing.has(image.key) && image.isMissing === 1);
      if (gone.length > 0) await persistence.images.setMissing(gone, true);
      if (back.length > 0) await persistence.images.setMissing(back, false);
    }
  }
  return ok([...states.values()]);
}

function changed(images: readonly ImageRecord[], test: (image: ImageRecord) => boolean): ImageId[] {
  return images.filter(test).map((image) => image.id);
}

function bySource(records: readonly ImageRecord[]): Map<SourceId, ImageRecord[]> {
  const result = new Map<SourceId, ImageRecord[]>();
  for (const record of records) {
    const others = result.get(record.sourceId);
    if (others === undefined) result.set(record.sourceId, [record]);
    else others.push(record);
  }
  return result;
}
