import type { Annotation } from '../../../shared/schema/annotation';
import type { ImageId, LabelId, ProjectId } from '../../../shared/schema/ids';
import { behaviourOf } from '../../../shared/shapes';
import type { GroundmarkDatabase } from '../../persistence/database';
import { layersOfImages } from '../../persistence/labelled-layers';
import { imageRecordOf } from '../../persistence/stored-records';
import { NONE } from './compare-sets';
import { COLUMN, COLUMNS, type ComparisonTable } from './comparison-table';
import type { ErrorPlace } from './list-errors';
import type { ComparedSide, ErrorDetail } from './quality-messages';
import { byImage, type LayeredImage, readLayeredImages, truthOf } from './read-comparisons';

/** What is at these places, read from the database; what is gone since is left out. */
export async function describeErrors(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  table: ComparisonTable,
  places: readonly ErrorPlace[],
): Promise<ErrorDetail[]> {
  const wanted = new Map(
    places.map(({ comparison }) => [
      comparison.imageId,
      { id: comparison.imageId, ordinal: comparison.ordinal },
    ]),
  );
  const layers = byImage(await layersOfImages(db, [...wanted.keys()]));
  const images = await readLayeredImages(db, projectId, [...wanted.values()], layers);
  const byId = new Map(images.map((layered) => [layered.image.image.id, layered]));
  return places.flatMap(({ comparison, row, kinds }) => {
    const layered = byId.get(comparison.imageId);
    if (layered === undefined) return [];
    const at = row * COLUMNS;
    const { rows } = comparison;
    const truth = truthOf(layered)?.annotations?.[rows[at + COLUMN.reference] ?? NONE];
    const own = labelsOf(layered, comparison.labelsId)?.[rows[at + COLUMN.candidate] ?? NONE];
    return [
      {
        kinds,
        similarity: rows[at + COLUMN.similarity] ?? 0,
        person: table.people[rows[at + COLUMN.person] ?? 0] ?? '',
        image: imageRecordOf(layered.image.image),
        labelsId: comparison.labelsId,
        truth: sideOf(truth, table.labels[rows[at + COLUMN.truthLabel] ?? NONE]),
        own: sideOf(own, table.labels[rows[at + COLUMN.label] ?? NONE]),
      },
    ];
  });
}

function labelsOf({ image, layers }: LayeredImage, id: ImageId): readonly Annotation[] | null | undefined {
  if (image.image.id === id) return image.annotations;
  return layers.find(({ layer }) => layer.id === id)?.annotations;
}

function sideOf(annotation: Annotation | undefined, labelId: LabelId | undefined): ComparedSide | null {
  if (annotation === undefined || labelId === undefined) return null;
  const { x, y, width, height } = behaviourOf(annotation.shape).bounds(annotation.shape);
  return { id: annotation.id, labelId, bounds: { x, y, width, height }, createdBy: annotation.createdBy };
}
