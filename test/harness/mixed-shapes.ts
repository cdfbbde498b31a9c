import { createEditor } from '../../renderer/editor/create-editor';
import type { Editor } from '../../renderer/editor/editor';
import { maskOfRings } from '../../shared/geometry/mask-fill';
import type { Annotation } from '../../shared/schema/annotation';
import type { ImageId } from '../../shared/schema/ids';
import type { Shape, ShapeType, Vertex } from '../../shared/schema/shapes';
import { shapeOfRuns } from '../../shared/shapes/mask/mask-pixels';
import { annotation, boxAt, countingIds, testId } from './annotations';
import { STREET_SCHEMA } from './label-schema';
import { createMemoryStore } from './memory-store';

export const MIXED_PICTURE = { width: 3840, height: 2160 };

/** How many of 20 objects are of each kind: what a street scene holds, and every kind that there is. */
const OF_TWENTY: readonly (readonly [ShapeType, number])[] = [
  ['box', 6],
  ['polygon', 5],
  ['mask', 2],
  ['rotated-box', 1],
  ['polyline', 1],
  ['points', 1],
  ['skeleton', 1],
  ['ellipse', 1],
  ['cuboid', 1],
  ['tag', 1],
];

/** Objects of every kind, strewn over a 4K picture; the same in every run. */
export function mixedShapes(count: number): readonly Annotation[] {
  const random = generator(7);
  const kinds = OF_TWENTY.flatMap(([type, share]) => Array.from({ length: share }, () => type));
  return Array.from({ length: count }, (_, n) => annotation(n, shapeOf(kinds[n % 20] ?? 'box', random)));
}

/** An editor that holds them, without a screen. */
export async function editorWith(annotations: readonly Annotation[]): Promise<Editor> {
  const store = createMemoryStore(countingIds(500_000));
  const imageId = testId(900_009) as ImageId;
  store.seed(imageId, annotations);
  const editor = createEditor({
    annotations: store.annotations,
    journal: store.journal,
    actor: () => 'bench',
    newId: countingIds(),
    now: () => '2026-01-01T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  const opened = await editor.open(imageId, MIXED_PICTURE);
  if (!opened.ok) throw new Error(opened.error.message);
  return editor;
}

/** Park and Miller's minimal standard generator, 0 to 1. */
export function generator(start: number): () => number {
  let seed = start;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}

function shapeOf(type: ShapeType, random: () => number): Shape {
  const x = random() * 3600;
  const y = random() * 1960;
  const width = 10 + random() * 200;
  const height = 10 + random() * 140;
  switch (type) {
    case 'box':
      return boxAt(x, y, width, height);
    case 'rotated-box':
      return { type, cx: x + 120, cy: y + 100, width, height, rotation: random() * 359 - 179 };
    case 'ellipse':
      return {
        type,
        cx: x + 120,
        cy: y + 100,
        rx: width / 2,
        ry: height / 2,
        rotation: random() * 359 - 179,
      };
    case 'polygon':
      return { type, parts: [{ exterior: unevenRing(x + 120, y + 100, 20, random), holes: [] }] };
    case 'polyline':
      return {
        type,
        points: Array.from({ length: 12 }, (_, i) => ({ x: x + i * 18, y: y + random() * 80 })),
      };
    case 'points':
      return {
        type,
        points: Array.from({ length: 4 }, () => ({ x: x + random() * width, y: y + random() * height })),
      };
    case 'skeleton':
      return {
        type,
        joints: Array.from({ length: 17 }, (_, i) => ({
          name: `joint ${i}`,
          x: x + random() * width,
          y: y + random() * height,
          visibility: 2,
        })),
        edges: Array.from({ length: 16 }, (_, i) => [i, i + 1] as const),
      };
    case 'cuboid':
      return { type, front: faceAt(x, y, width, height), back: faceAt(x + 20, y + 12, width, height) };
    case 'mask': {
      const ring = unevenRing(x + 120, y + 100, 40, random);
      const runs = maskOfRings([ring], { x: 0, y: 0, ...MIXED_PICTURE });
      if (runs === null) throw new Error('A mask of this ring has pixels.');
      return shapeOfRuns(runs);
    }
    case 'tag':
      return { type };
  }
}

function unevenRing(cx: number, cy: number, vertices: number, random: () => number): Vertex[] {
  const radius = 20 + random() * 80;
  return Array.from({ length: vertices }, (_, i) => {
    const angle = (2 * Math.PI * i) / vertices;
    const reach = radius * (0.7 + 0.3 * random());
    return { x: cx + Math.cos(angle) * reach, y: cy + Math.sin(angle) * reach };
  });
}

function faceAt(x: number, y: number, width: number, height: number) {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ] as const;
}
