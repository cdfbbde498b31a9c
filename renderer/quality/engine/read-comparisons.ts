import { foldReview, type ImageReview } from '../../../shared/review/fold-review';
import type { Annotation } from '../../../shared/schema/annotation';
import type { Actor, ImageId, LabelId, ProjectId } from '../../../shared/schema/ids';
import { DEFAULT_REVIEW_POLICY } from '../../../shared/schema/review-policy';
import type { GroundmarkDatabase } from '../../persistence/database';
import { ordinalSaidBy, saysItsPlace } from '../../persistence/image-ids';
import { rowsAt } from '../../persistence/image-rows';
import { type LabelledImage, labelledImagesAt } from '../../persistence/labelled-images';
import { type LabelledLayer, labelledLayers } from '../../persistence/labelled-layers';
import { eventsOf } from '../../persistence/review-rows';
import type { StoredLayer } from '../../persistence/stored-records';
import { compareSets } from './compare-sets';
import type { Comparison } from './comparison-table';

/** What is known of an image that has second sets of annotations. */
export interface LayeredImage {
  readonly image: LabelledImage;
  readonly layers: readonly LabelledLayer[];
  readonly review: ImageReview | null;
}

/** Layers by the image they lie over. */
export type LayersByImage = ReadonlyMap<ImageId, readonly StoredLayer[]>;

export function byImage(layers: Iterable<StoredLayer>): Map<ImageId, StoredLayer[]> {
  const found = new Map<ImageId, StoredLayer[]>();
  for (const layer of layers) {
    const before = found.get(layer.imageId);
    if (before === undefined) found.set(layer.imageId, [layer]);
    else before.push(layer);
  }
  return found;
}

/** An image by its id, and its place in the project's list. */
export interface PlacedImage {
  readonly id: ImageId;
  readonly ordinal: number;
}

/** Where these images are in the project's list, in its order; those that are gone are left out. */
export async function placesOf(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  ids: readonly ImageId[],
): Promise<PlacedImage[]> {
  const places: PlacedImage[] = [];
  const others: ImageId[] = [];
  for (const id of ids) {
    if (saysItsPlace(id, projectId, ordinalSaidBy(id))) places.push({ id, ordinal: ordinalSaidBy(id) });
    else others.push(id);
  }
  // Ids that do not say their place always have a row.
  const rows = others.length === 0 ? [] : await db.images.where('id').anyOf(others).toArray();
  for (const row of rows) if (row.projectId === projectId) places.push(row);
  return places.sort((a, b) => a.ordinal - b.ordinal);
}

/** These images with what lies over them and where their review stands. Throws what Dexie throws. */
export async function readLayeredImages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  places: readonly PlacedImage[],
  layersByImage: LayersByImage,
): Promise<LayeredImage[]> {
  const ordinals = places.map(({ ordinal }) => ordinal);
  const wanted = places.flatMap(({ id }) => layersByImage.get(id) ?? []);
  // All at once, so that the database is never waiting for what is parsed here.
  const [images, reviews, read] = await Promise.all([
    labelledImagesAt(db, projectId, ordinals),
    rowsAt(db.reviews, projectId, ordinals),
    labelledLayers(db, wanted),
  ]);
  const layers = new Map(read.map((one) => [one.layer.id, one]));
  const reviewOf = new Map(
    reviews.flatMap((row) => (row === undefined ? [] : [[row.imageId, row] as const])),
  );
  return images.map((image) => {
    const row = reviewOf.get(image.image.id);
    return {
      image,
      layers: (layersByImage.get(image.image.id) ?? []).flatMap((layer) => layers.get(layer.id) ?? []),
      review: row === undefined ? null : foldReview(row.imageId, eventsOf(row), DEFAULT_REVIEW_POLICY),
    };
  });
}

/** The newest ground truth of an image, or null where there is none that can be read. */
export function truthOf({ layers }: LayeredImage): LabelledLayer | null {
  const [first, ...others] = layers.filter(({ layer }) => layer.purpose === 'groundTruth');
  if (first === undefined) return null;
  return others.reduce((newest, one) => (one.layer.createdAt > newest.layer.createdAt ? one : newest), first);
}

/**
 * What of an image is compared with its truth: its own labels once somebody labelled it, and every answer to a honeypot
 * that was handed in. None where there is no truth, or it is damaged.
 */
export function comparisonsOf(
  layered: LayeredImage,
  minOverlap: number,
  countsAs: (id: LabelId) => LabelId,
): Comparison[] {
  const truth = truthOf(layered)?.annotations ?? null;
  if (truth === null) return [];
  const { image, annotations } = layered.image;
  const imageSize = { width: image.width, height: image.height };
  const about = {
    imageId: image.id,
    ordinal: image.ordinal,
    truth,
    batchId: layered.review?.batchId ?? null,
  };
  const compared = (labels: readonly Annotation[]) =>
    compareSets({ truth, labels, imageSize }, minOverlap, countsAs);
  const comparisons: Comparison[] = [];
  if (annotations !== null && image.state !== 'unlabelled') {
    const { review } = layered;
    comparisons.push({
      ...about,
      subject: 'labels',
      labelsId: image.id,
      labels: annotations,
      compared: compared(annotations),
      person: review?.submitted?.by.name ?? review?.labeller?.name ?? mostFrequentAuthor(annotations),
      day: dayOf(annotations, review?.submitted?.at ?? truth[0]?.updatedAt ?? image.modifiedAt),
    });
  }
  for (const { layer, annotations: answer } of layered.layers) {
    if (layer.purpose !== 'honeypot' || layer.submittedAt === null || answer === null) continue;
    comparisons.push({
      ...about,
      subject: 'honeypot',
      labelsId: layer.id,
      labels: answer,
      compared: compared(answer),
      person: layer.owner.name,
      day: layer.submittedAt.slice(0, 10),
    });
  }
  return comparisons;
}

/** Who drew most; of equal ones who drew first. */
function mostFrequentAuthor(annotations: readonly Annotation[]): Actor {
  const counts = new Map<Actor, number>();
  let most = '';
  for (const { createdBy } of annotations) {
    counts.set(createdBy, (counts.get(createdBy) ?? 0) + 1);
    if ((counts.get(createdBy) ?? 0) > (counts.get(most) ?? 0)) most = createdBy;
  }
  return most === '' ? 'Nobody known' : most;
}

/** The newest day on which an object was changed. */
function dayOf(annotations: readonly Annotation[], otherwise: string): string {
  let newest = '';
  for (const { updatedAt } of annotations) if (updatedAt > newest) newest = updatedAt;
  return (newest === '' ? otherwise : newest).slice(0, 10);
}
