import { partsOfMask } from '../../geometry/mask-parts';
import { countSetPixels } from '../../geometry/mask-runs';
import { findCrossing } from '../../geometry/polygon-crossing';
import { boundsOfPoints, type Rect, type Size, unionRects } from '../../geometry/rect';
import type { BoxShape, MaskShape, PolygonShape, Ring, RotatedBoxShape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import { runsOfShape, shapeOfRuns } from '../../shapes/mask/mask-pixels';
import type { DatasetImage } from '../format';
import { plain } from '../parts/coco/details-json';
import { cocoRleOfMask, isMaskInside, maskFromCocoRle } from '../parts/coco-rle';
import type { LossTally } from '../parts/loss-tally';
import { pixelsOfPolygon } from '../parts/pixels-of-polygon';
import type { CocoWriteChoices } from './coco-options';

/** What COCO says of where an object is. */
export interface CocoGeometry {
  readonly bbox: Rect;
  /** px² of what is seen, not of the box. */
  readonly area: number;
  /** JSON. */
  readonly segmentation: string;
  readonly isMask: boolean;
}

export type AreaShape = BoxShape | RotatedBoxShape | PolygonShape | MaskShape;

/** Makes the geometry of areas, and counts what COCO cannot say of them. */
export class GeometryWriter {
  readonly #choices: CocoWriteChoices;
  readonly #tally: LossTally;
  readonly #scale: number;
  /** Masks that were to be polygons and have holes. */
  keptMasks = 0;

  constructor(choices: CocoWriteChoices, tally: LossTally) {
    this.#choices = choices;
    this.#tally = tally;
    this.#scale = choices.decimals === null ? 0 : 10 ** choices.decimals;
  }

  /** A coordinate as it is written. */
  rounded(value: number): number {
    return this.#scale === 0 ? value : Math.round(value * this.#scale) / this.#scale;
  }

  /** Null when nothing of it can be written, which has been counted. */
  of(shape: AreaShape, image: DatasetImage): CocoGeometry | null {
    switch (shape.type) {
      case 'box':
        return {
          bbox: this.roundedBox(shape),
          area: shape.width * shape.height,
          segmentation: '[]',
          isMask: false,
        };
      case 'rotated-box':
        return {
          bbox: {
            x: shape.cx - shape.width / 2,
            y: shape.cy - shape.height / 2,
            width: shape.width,
            height: shape.height,
          },
          area: shape.width * shape.height,
          segmentation: '[]',
          isMask: false,
        };
      case 'polygon':
        return this.#ofPolygon(shape, image);
      case 'mask':
        return this.#ofMask(shape, image);
    }
  }

  /** Edges are rounded, not sides, so that none moves by more than half a step; a box that would vanish stays as it is. */
  roundedBox(box: Rect): Rect {
    if (this.#scale === 0) return box;
    const x = this.rounded(box.x);
    const y = this.rounded(box.y);
    const width = this.rounded(this.rounded(box.x + box.width) - x);
    const height = this.rounded(this.rounded(box.y + box.height) - y);
    return width > 0 && height > 0 ? { x, y, width, height } : box;
  }

  #ofPolygon(shape: PolygonShape, image: DatasetImage): CocoGeometry {
    if (shape.parts.every(({ holes }) => holes.length === 0)) {
      return this.#ofRings(exteriorsOf(shape), polygonArea(shape, image));
    }
    const { key } = image;
    const pixels = pixelsOfPolygon(shape, image.size ?? sizeAround(behaviourOf(shape).bounds(shape)));
    if (pixels === null) {
      this.#tally.add(
        'hole-dropped',
        key,
        `A polygon with holes in ${key} covers no pixel's centre in the picture; it was written without its holes, which COCO cannot say.`,
      );
      return this.#ofRings(exteriorsOf(shape), behaviourOf(shape).area(shape));
    }
    this.#tally.add(
      'polygon-became-mask',
      key,
      `A polygon with holes in ${key} was written as a mask of whole pixels: COCO's polygons cannot have holes.`,
    );
    return this.#rle(shapeOfRuns(pixels), image);
  }

  #ofMask(shape: MaskShape, image: DatasetImage): CocoGeometry | null {
    const { key, size } = image;
    if (countSetPixels(runsOfShape(shape)) === 0) {
      this.#tally.add(
        'mask-without-pixels',
        key,
        `A mask at ${shape.x}, ${shape.y} in ${key} sets no pixel, or its run lengths do not fill its window; it was left out.`,
      );
      return null;
    }
    if (this.#choices.masks === 'polygon') {
      const parts = partsOfMask(runsOfShape(shape));
      if (parts.length > 0 && parts.every(({ holes }) => holes.length === 0)) {
        this.#tally.add(
          'mask-became-polygon',
          key,
          `A mask in ${key} was written as ${parts.length === 1 ? 'a polygon' : `${parts.length} polygons`} along the edges of its pixels.`,
        );
        return this.#ofRings(
          parts.map(({ exterior }) => exterior),
          countSetPixels(runsOfShape(shape)),
        );
      }
      this.keptMasks += 1;
    }
    if (size === null || isMaskInside(shape, size)) return this.#rle(shape, image);
    const inside = maskFromCocoRle(cocoRleOfMask(shape, size));
    if (inside === null || inside === 'empty') {
      this.#tally.add(
        'mask-outside-image',
        key,
        `A mask at ${shape.x}, ${shape.y} lies outside ${key}; it was left out.`,
      );
      return null;
    }
    this.#tally.add('mask-clipped', key, `A mask reaches out of ${key}; what lies outside was cut off.`);
    return this.#rle(inside, image);
  }

  #rle(shape: MaskShape, image: DatasetImage): CocoGeometry {
    const { counts, size } = cocoRleOfMask(shape, image.size ?? sizeAround(shape));
    return {
      bbox: { x: shape.x, y: shape.y, width: shape.width, height: shape.height },
      area: countSetPixels(runsOfShape(shape)),
      segmentation: `{"size":[${size.join(',')}],"counts":${JSON.stringify(counts)}}`,
      isMask: true,
    };
  }

  #ofRings(rings: readonly Ring[], area: number): CocoGeometry {
    const written = rings.map((ring) => ring.map(({ x, y }) => ({ x: this.rounded(x), y: this.rounded(y) })));
    const bounds = written.map((ring) => boundsOfPoints(ring) ?? NO_BOX).reduce(unionRects);
    const lists = written.map((ring) => `[${ring.map(({ x, y }) => `${plain(x)},${plain(y)}`).join(',')}]`);
    return {
      bbox: { ...bounds, width: this.rounded(bounds.width), height: this.rounded(bounds.height) },
      area,
      segmentation: `[${lists.join(',')}]`,
      isMask: false,
    };
  }
}

const NO_BOX: Rect = { x: 0, y: 0, width: 0, height: 0 };

/** px². Of a polygon that crosses or covers itself the pixels that it covers count, as pycocotools has it. */
function polygonArea(shape: PolygonShape, { size }: DatasetImage): number {
  const behaviour = behaviourOf(shape);
  if (findCrossing(exteriorsOf(shape)) === null) return behaviour.area(shape);
  const pixels = pixelsOfPolygon(shape, size ?? sizeAround(behaviour.bounds(shape)));
  return pixels === null ? behaviour.area(shape) : countSetPixels(pixels);
}

function exteriorsOf({ parts }: PolygonShape): readonly Ring[] {
  return parts.map(({ exterior }) => exterior);
}

/** The smallest picture that holds a shape, for one whose size is not known. */
function sizeAround({ x, y, width, height }: Rect): Size {
  return { width: Math.max(1, Math.ceil(x + width)), height: Math.max(1, Math.ceil(y + height)) };
}
