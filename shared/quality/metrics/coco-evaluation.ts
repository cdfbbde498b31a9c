import type { KeypointOptions } from '../matching/keypoint-similarity';
import { accumulateLabel, type CocoCurve, type CocoLabelCurves } from './coco-accumulate';
import { type CocoLabelResult, type CocoObject, evaluateCocoImage } from './coco-image';
import {
  type AreaRange,
  AT_50,
  AT_75,
  COCO_AREAS,
  COCO_MOST_DETECTIONS,
  type CocoKind,
} from './coco-parameters';

/** One of COCO's figures; null where the ground truth has nothing to measure it by (pycocotools says −1). */
type Figure = number | null;

/**
 * Average precision: mean over labels and thresholds of the precision at 101 recalls; average recall: mean of the largest
 * recall. Of at most 100 detections a picture (20 skeletons) unless the name says otherwise.
 */
export interface CocoFigures {
  /** Over IoU .50:.05:.95. */
  readonly ap: Figure;
  readonly ap50: Figure;
  readonly ap75: Figure;
  /** Null of skeletons. */
  readonly apSmall: Figure;
  readonly apMedium: Figure;
  readonly apLarge: Figure;
  /** With one detection a picture, and with ten; null of skeletons. */
  readonly ar1: Figure;
  readonly ar10: Figure;
  readonly ar: Figure;
  readonly ar50: Figure;
  readonly ar75: Figure;
  readonly arSmall: Figure;
  readonly arMedium: Figure;
  readonly arLarge: Figure;
}

/** COCO's detection figures over pictures that come, change and go. */
export interface CocoEvaluation {
  /** Takes a picture in, or anew. Pictures are in the order of their keys, numbers first. */
  set(imageKey: string | number, groundTruth: readonly CocoObject[], detections: readonly CocoObject[]): void;
  remove(imageKey: string | number): void;
  figures(): CocoFigures;
  /** The same of each label that occurs, in the order of their ids. */
  figuresByLabel(): readonly { readonly labelId: string; readonly figures: CocoFigures }[];
  /** As pycocotools' `stats`: 12 numbers, or 10 of skeletons; −1 for what cannot be measured. */
  stats(): readonly number[];
}

/**
 * Mean average precision and recall exactly as pycocotools' COCOeval (`bbox`, `segm`, `keypoints`; Lin et al. 2014,
 * https://cocodataset.org/#detection-eval), kept up to date: a picture that changes costs its own matching and the
 * accumulation of the labels that occur in it.
 */
export function createCocoEvaluation(kind: CocoKind, options: KeypointOptions = {}): CocoEvaluation {
  const images = new Map<string | number, readonly CocoLabelResult[]>();
  /** By label, then picture. */
  const byLabel = new Map<string, Map<string | number, CocoLabelResult>>();
  const curves = new Map<string, CocoLabelCurves>();
  const remove = (imageKey: string | number) => {
    for (const { labelId } of images.get(imageKey) ?? []) {
      curves.delete(labelId);
      const own = byLabel.get(labelId);
      own?.delete(imageKey);
      if (own?.size === 0) byLabel.delete(labelId);
    }
    images.delete(imageKey);
  };
  const labels = () => [...byLabel.keys()].sort();
  const curvesOf = (labelId: string): CocoLabelCurves => {
    const known = curves.get(labelId);
    if (known !== undefined) return known;
    const own = [...(byLabel.get(labelId) ?? [])].sort(([a], [b]) => inOrder(a, b));
    const fresh = accumulateLabel(
      kind,
      own.map(([, result]) => result),
    );
    curves.set(labelId, fresh);
    return fresh;
  };
  const figures = () => figuresOf(kind, labels().map(curvesOf));
  return {
    set(imageKey, groundTruth, detections) {
      remove(imageKey);
      const results = evaluateCocoImage(kind, groundTruth, detections, options);
      images.set(imageKey, results);
      for (const result of results) {
        curves.delete(result.labelId);
        const own = byLabel.get(result.labelId) ?? new Map<string | number, CocoLabelResult>();
        byLabel.set(result.labelId, own);
        own.set(imageKey, result);
      }
    },
    remove,
    figures,
    figuresByLabel: () =>
      labels().map((labelId) => ({ labelId, figures: figuresOf(kind, [curvesOf(labelId)]) })),
    stats: () => statsOf(kind, figures()).map((figure) => figure ?? -1),
  };
}

function inOrder(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : 1;
}

function figuresOf(kind: CocoKind, labels: readonly CocoLabelCurves[]): CocoFigures {
  const averaged = (rows: readonly (Float64Array | null | undefined)[], at: number | null = null): Figure => {
    let sum = 0;
    let count = 0;
    for (const row of rows) {
      for (const value of at === null ? (row ?? []) : (row?.subarray(at, at + 1) ?? [])) {
        sum += value;
        count += 1;
      }
    }
    return count === 0 ? null : sum / count;
  };
  const within = (area: AreaRange['name'], figure: keyof CocoCurve) => {
    const row = COCO_AREAS[kind].findIndex(({ name }) => name === area);
    return labels.map(({ areas }) => areas[row]?.[figure]);
  };
  const recallWith = (detections: number) => {
    const column = COCO_MOST_DETECTIONS[kind].indexOf(detections);
    return labels.map(({ recalls }) => recalls[column]);
  };
  return {
    ap: averaged(within('all', 'precision')),
    ap50: averaged(within('all', 'precision'), AT_50),
    ap75: averaged(within('all', 'precision'), AT_75),
    apSmall: averaged(within('small', 'precision')),
    apMedium: averaged(within('medium', 'precision')),
    apLarge: averaged(within('large', 'precision')),
    ar1: averaged(recallWith(1)),
    ar10: averaged(recallWith(10)),
    ar: averaged(within('all', 'recall')),
    ar50: averaged(within('all', 'recall'), AT_50),
    ar75: averaged(within('all', 'recall'), AT_75),
    arSmall: averaged(within('small', 'recall')),
    arMedium: averaged(within('medium', 'recall')),
    arLarge: averaged(within('large', 'recall')),
  };
}

function statsOf(kind: CocoKind, figures: CocoFigures): readonly Figure[] {
  const { ap, ap50, ap75, apSmall, apMedium, apLarge } = figures;
  const { ar1, ar10, ar, ar50, ar75, arSmall, arMedium, arLarge } = figures;
  return kind === 'keypoints'
    ? [ap, ap50, ap75, apMedium, apLarge, ar, ar50, ar75, arMedium, arLarge]
    : [ap, ap50, ap75, apSmall, apMedium, apLarge, ar1, ar10, ar, arSmall, arMedium, arLarge];
}
