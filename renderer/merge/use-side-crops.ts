import { useEffect, useState } from 'react';
import type { Rect } from '../../shared/geometry/rect';
import type { Annotation } from '../../shared/schema/annotation';
import type { ImageRecord } from '../../shared/schema/image';
import { behaviourOf } from '../../shared/shapes';
import { regionAround } from '../crops/crop-region';
import { cropPictureOf } from '../crops/crop-source';
import { createCropWorkers } from '../crops/crop-workers';
import { outlineOf } from '../objects/describe-objects';

/** Of the longer side of what is shown: less than a screen px at the size of a card. */
const LEAST_STEP = 1 / 500;

export interface SideCrops {
  /** One a version, in their order; null while it is on its way, and for what nothing can be drawn of. */
  readonly bitmaps: readonly (ImageBitmap | null)[];
  readonly problem: string | null;
}

/** The same part of a picture once for each version of an object, with that version's outline over it. */
export function useSideCrops(
  image: ImageRecord | null,
  versions: readonly { readonly annotation: Annotation | null; readonly color: string }[],
  /** Identifies the versions: crops are made anew when it changes. */
  key: string,
  /** In device px. */
  side: number,
): SideCrops {
  const [crops, setCrops] = useState<SideCrops>({ bitmaps: [], problem: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the versions, which are made at every render
  useEffect(() => {
    if (image === null) return;
    const workers = createCropWorkers();
    const abort = new AbortController();
    const region = regionAround(
      boundsOf(
        versions.flatMap(({ annotation }) => annotation ?? []),
        image,
      ),
    );
    const orders = versions.map(({ annotation, color }, row) => ({
      row,
      region,
      outline: annotation === null ? [] : outlineOf(annotation, region.side * LEAST_STEP),
      color,
    }));
    let drawn: ImageBitmap[] = [];
    void workers
      .perform(0, { kind: 'draw', picture: cropPictureOf(image), crops: orders, side }, abort.signal)
      .then((answer) => {
        if (abort.signal.aborted) return;
        if (answer.kind === 'failed') setCrops({ bitmaps: [], problem: answer.error.message });
        if (answer.kind !== 'drawn') return;
        drawn = answer.crops.map(({ bitmap }) => bitmap);
        const byRow = new Map(answer.crops.map(({ row, bitmap }) => [row, bitmap]));
        setCrops({ bitmaps: versions.map((_, row) => byRow.get(row) ?? null), problem: null });
      });
    return () => {
      abort.abort();
      workers.close();
      for (const bitmap of drawn) bitmap.close();
      setCrops({ bitmaps: [], problem: null });
    };
  }, [image, key, side]);
  return crops;
}

/** Around all of them, in image px; the whole picture where nothing has a place in it. */
function boundsOf(annotations: readonly Annotation[], image: ImageRecord): Rect {
  const placed = annotations.filter(({ shape }) => shape.type !== 'tag');
  if (placed.length === 0) return { x: 0, y: 0, width: image.width, height: image.height };
  const all = placed.map(({ shape }) => behaviourOf(shape).bounds(shape));
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  const right = Math.max(...all.map(({ x, width }) => x + width));
  const bottom = Math.max(...all.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
