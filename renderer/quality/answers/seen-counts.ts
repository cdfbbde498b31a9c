import type { ImageState } from '../../../shared/schema/annotation';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { ProjectCounts } from '../../../shared/schema/project';
import type { Persistence } from '../../persistence/ports';
import type { DueSet } from './due-sets';
import { readDueSets } from './read-due-sets';
import { stateShownAs } from './shown-as';

/** How many images of each state there are. */
export type StateCounts = Pick<ProjectCounts, 'images' | ImageState>;

/** Counts of states as whoever works now sees them: images with a second set count as that set stands. */
export interface SeenCounts {
  /** @param counts of the images as they are. */
  of(counts: StateCounts): Promise<StateCounts>;
  /** These images or sets are not as they were. */
  changed(ids: readonly ImageId[] | 'many'): Promise<void>;
}

type Records = Pick<Persistence, 'layers' | 'reviews' | 'images' | 'annotations' | 'session'>;

/** Reads each image with a second set once, and again when it changed: an edit costs one read, not one an image. */
export function createSeenCounts(records: Records, projectId: ProjectId): SeenCounts {
  let due: Map<ImageId, DueSet> = new Map();
  let key = '';
  const own = new Map<ImageId, ImageState | null>();
  const shown = new Map<ImageId, ImageState>();
  let looking = look();

  async function look(): Promise<void> {
    const found = await readDueSets(records, projectId);
    due = new Map(found.due);
    key = found.key;
    own.clear();
    shown.clear();
  }

  async function readState(imageId: ImageId, set: DueSet): Promise<void> {
    if (!own.has(imageId)) {
      const image = await records.images.get(imageId);
      own.set(imageId, image.ok ? image.value.state : null);
    }
    if (!shown.has(imageId)) shown.set(imageId, await stateShownAs(records, set.layerId, set.isSubmitted));
  }

  /** Its owner began the set, handed it in or took it back. */
  async function readLayer(imageId: ImageId, set: DueSet): Promise<void> {
    const layers = await records.layers.list(projectId, { imageId, purpose: set.purpose, ownerKey: key });
    const layer = layers.ok ? layers.value.at(-1) : undefined;
    if (layer !== undefined)
      due.set(imageId, { ...set, layerId: layer.id, isSubmitted: layer.submittedAt !== null });
    own.delete(imageId);
    shown.delete(imageId);
  }

  return {
    async of(counts) {
      await looking;
      if (due.size === 0) return counts;
      await Promise.all([...due].map(([imageId, set]) => readState(imageId, set)));
      const seen: { -readonly [K in keyof StateCounts]: number } = { ...counts };
      for (const imageId of due.keys()) {
        const is = own.get(imageId);
        const looks = shown.get(imageId);
        if (is == null || looks === undefined) continue;
        seen[is] -= 1;
        seen[looks] += 1;
      }
      return seen;
    },
    async changed(ids) {
      if (ids === 'many') looking = look();
      await looking;
      if (ids === 'many') return;
      const changed = new Set(ids);
      for (const [imageId, set] of due) {
        if (changed.has(imageId)) await readLayer(imageId, set);
        else if (set.layerId !== null && changed.has(set.layerId)) shown.delete(imageId);
      }
    },
  };
}
