import { countSetPixels } from '../../geometry/mask-runs';
import type { Size } from '../../geometry/rect';
import type { MaskShape } from '../../schema/shapes';
import { runsOfShape } from '../../shapes/mask/mask-pixels';
import type { DatasetSink } from '../format';
import type { LossTally } from '../parts/loss-tally';
import type { Rgb } from '../parts/png/decode-png';
import { encodePng } from '../parts/png/encode-png';
import { masksOfValues, paintMask } from '../parts/png/mask-values';

/** A mask and its number among the objects of its file, from 1. */
export interface NumberedMask {
  readonly number: number;
  readonly shape: MaskShape;
  /** The class's value in the class mask. */
  readonly classValue: number;
}

/** 255 is VOC's border, which counts for nothing. */
const MOST_IN_A_BYTE = 254;

/** One byte a pixel is held for a whole picture; larger ones are beyond any camera. */
const MOST_PIXELS = 200_000_000;

export interface PaintedMasks {
  /** What of each mask can be seen in the file, by its number; a mask that others cover wholly is not there. */
  readonly seen: ReadonlyMap<number, MaskShape>;
  write(
    sink: DatasetSink,
    id: string,
    palette: readonly Rgb[],
    instancePalette: readonly Rgb[],
  ): Promise<void>;
}

/**
 * Paints the masks of one image in drawing order, the later over the earlier, since a pixel of VOC's masks is of one
 * object. Null when the picture is too large.
 */
export function paintMasks(
  masks: readonly NumberedMask[],
  size: Size,
  key: string,
  tally: LossTally,
): PaintedMasks | null {
  const pixels = size.width * size.height;
  if (pixels > MOST_PIXELS) return null;
  const highest = masks.reduce((most, { number }) => Math.max(most, number), 0);
  const highestClass = masks.reduce((most, { classValue }) => Math.max(most, classValue), 0);
  const instances = highest > MOST_IN_A_BYTE ? new Uint16Array(pixels) : new Uint8Array(pixels);
  const classes = highestClass > MOST_IN_A_BYTE ? new Uint16Array(pixels) : new Uint8Array(pixels);
  const classValues = new Map(masks.map(({ number, classValue }) => [number, classValue]));
  for (const { number, shape } of masks) {
    const { painted, covered } = paintMask(instances, size, shape, number);
    if (covered > 0) {
      tally.add(
        'mask-overlap',
        key,
        `${covered} pixels of masks in ${key} lie under another mask; VOC gives each pixel to one object.`,
      );
    }
    if (painted < areaOf(shape)) {
      tally.add('mask-clipped', key, `A mask in ${key} leaves the picture; it was cut at the edge.`);
    }
  }
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const instance = instances[pixel] ?? 0;
    if (instance > 0) classes[pixel] = classValues.get(instance) ?? 0;
  }
  return {
    seen: masksOfValues(instances, size, (value) => value !== 0) ?? new Map(),
    async write(sink, id, palette, instancePalette) {
      await writePng(sink, `SegmentationClass/${id}.png`, size, classes, palette);
      await writePng(sink, `SegmentationObject/${id}.png`, size, instances, instancePalette);
    },
  };
}

function areaOf(mask: MaskShape): number {
  return countSetPixels(runsOfShape(mask));
}

async function writePng(
  sink: DatasetSink,
  path: string,
  { width, height }: Size,
  samples: Uint8Array | Uint16Array,
  palette: readonly Rgb[],
): Promise<void> {
  const file = await sink.open(path);
  await file.write(
    encodePng({
      width,
      height,
      channels: 1,
      samples,
      ...(samples instanceof Uint8Array ? { palette } : {}),
    }),
  );
  await file.close();
}
