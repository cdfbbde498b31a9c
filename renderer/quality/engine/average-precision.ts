import {
  type CocoEvaluation,
  type CocoFigures,
  createCocoEvaluation,
} from '../../../shared/quality/metrics/coco-evaluation';
import type { Annotation } from '../../../shared/schema/annotation';
import type { LabelId } from '../../../shared/schema/ids';
import type { LayeredImage } from './read-comparisons';
import { truthOf } from './read-comparisons';

/** COCO's figures of the images' own labels against ground truth. */
export interface PrecisionFigures {
  readonly overall: CocoFigures;
  readonly byLabel: readonly { readonly labelId: string; readonly figures: CocoFigures }[];
  readonly images: number;
  /** Labels that carry a score; those without count as sure (1), in the order of images. */
  readonly scored: number;
  readonly detections: number;
}

/**
 * Images up to which average precision is kept up to date: what is kept of an image takes about 10 KB, so that these
 * take 100 MB.
 */
export const MOST_PRECISION_IMAGES = 10_000;

/** Average precision, kept up to date image by image once somebody asked for it. */
export interface AveragePrecision {
  put(layered: LayeredImage, countsAs: (id: LabelId) => LabelId): void;
  figures(): PrecisionFigures;
}

export function createAveragePrecision(): AveragePrecision {
  const evaluation: CocoEvaluation = createCocoEvaluation('bbox');
  const counts = new Map<number, { readonly detections: number; readonly scored: number }>();
  return {
    put(layered, countsAs) {
      const { image, annotations } = layered.image;
      const truth = truthOf(layered)?.annotations ?? null;
      if (truth === null || annotations === null || image.state === 'unlabelled') {
        evaluation.remove(image.ordinal);
        counts.delete(image.ordinal);
        return;
      }
      const counted = (annotation: Annotation) => ({ ...annotation, labelId: countsAs(annotation.labelId) });
      evaluation.set(image.ordinal, truth.map(counted), annotations.map(counted));
      const scored = annotations.filter(({ score }) => score !== undefined).length;
      counts.set(image.ordinal, { detections: annotations.length, scored });
    },
    figures() {
      let detections = 0;
      let scored = 0;
      for (const each of counts.values()) {
        detections += each.detections;
        scored += each.scored;
      }
      return {
        overall: evaluation.figures(),
        byLabel: evaluation.figuresByLabel(),
        images: counts.size,
        scored,
        detections,
      };
    },
  };
}
