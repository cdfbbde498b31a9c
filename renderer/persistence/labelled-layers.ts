import Dexie from 'dexie';
import type { Annotation } from '../../shared/schema/annotation';
import type { LayerPurpose } from '../../shared/schema/annotation-layer';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { linesOf } from './page-layout';
import { annotationReader } from './read-annotations';
import type { StoredLayer } from './stored-records';

/** A layer with its annotations in drawing order; null where the stored ones are damaged. */
export interface LabelledLayer {
  readonly layer: StoredLayer;
  readonly annotations: readonly Annotation[] | null;
}

/** All layers of a project with one of these purposes, as they are now. */
export async function layersOf(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  purposes: readonly LayerPurpose[],
): Promise<StoredLayer[]> {
  const keys = purposes.map((purpose): [ProjectId, LayerPurpose] => [projectId, purpose]);
  return db.layers.where('[projectId+purpose]').anyOf(keys).toArray();
}

export async function layersById(
  db: GroundmarkDatabase,
  ids: readonly ImageId[],
): Promise<(StoredLayer | undefined)[]> {
  return db.layers.bulkGet([...ids]);
}

export function layersOfImages(db: GroundmarkDatabase, imageIds: readonly ImageId[]): Promise<StoredLayer[]> {
  return db.layers.where('imageId').anyOf(imageIds).toArray();
}

/**
 * Layers with their annotations, in the order asked for, for reading a whole project: one read for all sets, another for
 * those so long that they go on in pages. Throws what Dexie throws. Runs in workers too.
 */
export function labelledLayers(
  db: GroundmarkDatabase,
  layers: readonly StoredLayer[],
): Promise<LabelledLayer[]> {
  return db.transaction('r', [db.annotationSets, db.annotationPages], async () => {
    const ids = layers.map(({ id }) => id);
    const sets = await db.annotationSets.bulkGet(ids);
    const long = sets.flatMap((set) => (set !== undefined && set.pageLengths.length > 1 ? [set] : []));
    const pages = new Map(
      await Promise.all(
        long.map(async ({ imageId }): Promise<[ImageId, readonly string[]]> => {
          const found = await db.annotationPages
            .where('[imageId+page]')
            .between([imageId, 1], [imageId, Dexie.maxKey], true, true)
            .toArray();
          return [imageId, found.flatMap(({ text }) => linesOf(text))];
        }),
      ),
    );
    const read = annotationReader();
    return layers.map((layer, index): LabelledLayer => {
      const set = sets[index];
      // An empty layer has no set before its first edit.
      if (set === undefined) return { layer, annotations: layer.annotationCount === 0 ? [] : null };
      const lines = [...linesOf(set.text), ...(pages.get(layer.id) ?? [])];
      const isWhole = lines.length === set.pageLengths.reduce((sum, length) => sum + length, 0);
      const annotations = isWhole ? read(lines) : null;
      return { layer, annotations: typeof annotations === 'string' ? null : annotations };
    });
  });
}
