import { z } from 'zod';
import type { LabelId } from '../../schema/ids';
import { resolveLabel } from '../../schema/resolve-label';
import { SHAPE_TYPES } from '../../schema/shapes';
import { SHAPES } from '../../shapes';
import { type DatasetIssue, datasetRule } from './annotation-rule';
import { type DatasetInput, ROW_FLAGS } from './dataset-input';
import {
  datasetExample,
  exampleAnnotation,
  exampleAnnotationId,
  exampleBox,
  exampleImageId,
} from './example-data';
import { modifiedZScore, robustSpread } from './robust-spread';

/** Iglewicz and Hoaglin 1993; see `modifiedZScore`. */
const MAX_SCORE = 3.5;

/** Fewer objects say too little about what is usual: the MAD of 30 values is itself off by a fifth. */
const MIN_OBJECTS = 30;

/** Strips of the picture's height, each with its own usual size: what is far away stands higher and is smaller. */
const MOST_STRIPS = 12;

/**
 * Where nearly all objects are of one size, sizes that differ by a tenth are still the same; ln 1.1, on the scale on
 * which sizes are compared.
 */
const LEAST_MAD = Math.log(1.1);

export const sizeOutlier = datasetRule({
  id: 'size-outlier',
  title: 'Size is unusual for its label and place',
  description:
    'Things of a kind that stand at one height of the picture are of like size; one far off has the wrong label, a slipped corner, or was drawn around something else.',
  severity: 'warning',
  params: z.object({
    maxScore: z.number().min(1).max(100).meta({
      title: 'Most, modified z-score',
      description: 'Distance from the usual size in robust deviations; Iglewicz and Hoaglin advise 3.5.',
    }),
    minObjects: z.int().min(10).max(1_000_000).meta({
      title: 'Least objects to compare with',
      description: 'Of one label in one strip of the picture’s height.',
    }),
  }),
  defaults: { maxScore: MAX_SCORE, minObjects: MIN_OBJECTS },
  evaluate(input, { maxScore, minObjects }) {
    const { objects } = input;
    const { width, height, ordinal } = objects.columns();
    const issues: DatasetIssue[] = [];
    for (const { name, rows } of rowsByLabel(input, minObjects)) {
      const strips = Math.min(MOST_STRIPS, Math.floor(rows.length / minObjects));
      for (let strip = 0; strip < strips; strip += 1) {
        const from = Math.floor((strip * rows.length) / strips);
        const to = Math.floor(((strip + 1) * rows.length) / strips);
        const inStrip = rows.subarray(from, to);
        const sizes = Float64Array.from(inStrip, (row) => logSize(input, row));
        const spread = robustSpread(sizes.slice());
        inStrip.forEach((row, index) => {
          const size = sizes[index] ?? 0;
          const score = modifiedZScore(size, spread, LEAST_MAD);
          if (Math.abs(score) <= maxScore) return;
          const imageId = objects.imageIdAt(ordinal[row] ?? 0);
          if (imageId === null) return;
          const factor = Math.exp(Math.abs(size - spread.median));
          issues.push({
            imageIds: [imageId],
            annotationIds: [objects.idOf(row)],
            subject: '',
            message: `It measures ${shown(width[row])} × ${shown(height[row])} px, ${shown(factor)} times as ${score > 0 ? 'large' : 'small'} as is usual for ${name} at this height of the picture (modified z-score ${shown(Math.abs(score))}, ${inStrip.length} compared). Check label and outline.`,
          });
        });
      }
    }
    return issues;
  },
  examples: {
    failing: (random) =>
      streetWith(random.pick([4, 5, 8]), [
        { imageIds: [exampleImageId(21)], annotationIds: [exampleAnnotationId(100)], subject: '' },
      ]),
    passing: (random) => streetWith(random.between(0.9, 1.1)),
  },
});

const HAS_AREA = SHAPE_TYPES.map((type) => SHAPES[type].cover === 'area');

/** Rows of each label that have an area, from those that stand highest in their picture to the lowest. */
function rowsByLabel({ objects, schema }: DatasetInput, minObjects: number) {
  const { label, flags, shape, area, ordinal, y, height } = objects.columns();
  const pictureHeight = objects.images().height;
  const resolved = objects.labelIds.map((id) => resolveLabel(schema, id));
  const groups = new Map<LabelId, { readonly name: string; readonly rows: number[] }>();
  const bottom = new Float32Array(objects.rowCount);
  for (let row = 0; row < objects.rowCount; row += 1) {
    if (((flags[row] ?? 0) & (ROW_FLAGS.gone | ROW_FLAGS.crowd)) !== 0) continue;
    if (!HAS_AREA[shape[row] ?? 0] || !((area[row] ?? 0) > 0)) continue;
    const one = resolved[label[row] ?? 0];
    if (one === null || one === undefined) continue;
    bottom[row] = ((y[row] ?? 0) + (height[row] ?? 0)) / (pictureHeight[ordinal[row] ?? 0] ?? 1);
    let group = groups.get(one.id);
    if (group === undefined) {
      group = { name: one.name, rows: [] };
      groups.set(one.id, group);
    }
    group.rows.push(row);
  }
  return [...groups.values()]
    .filter(({ rows }) => rows.length >= minObjects)
    .map(({ name, rows }) => ({
      name,
      rows: Uint32Array.from(rows).sort((a, b) => (bottom[a] ?? 0) - (bottom[b] ?? 0) || a - b),
    }));
}

/** The side of a square as large as the bounds, as a share of the picture's; on a log scale, twice and half are as far. */
function logSize({ objects }: DatasetInput, row: number): number {
  const { width, height, ordinal } = objects.columns();
  const picture = objects.images();
  const at = ordinal[row] ?? 0;
  const share =
    ((width[row] ?? 0) * (height[row] ?? 0)) / ((picture.width[at] ?? 1) * (picture.height[at] ?? 1));
  return Math.log(share) / 2;
}

function shown(value: number | undefined): number {
  return Math.round((value ?? 0) * 10) / 10;
}

/** Three cars of 10 px in each of 20 pictures, and one of another size that stands as low in a picture of its own. */
function streetWith(factor: number, expected: Parameters<typeof datasetExample>[1] = []) {
  const side = 10 * factor;
  return datasetExample(
    [
      ...Array.from({ length: 20 }, (_, image) => ({
        objects: [1, 2, 3].map((n) =>
          exampleAnnotation(image * 3 + n, exampleBox(n * 30, 80 + (image % 3), 10, 10)),
        ),
      })),
      { objects: [exampleAnnotation(100, exampleBox(20, 90 - side, side, side))] },
    ],
    expected,
  );
}
