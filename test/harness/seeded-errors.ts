import fs from 'node:fs';
import path from 'node:path';
import { createRandom, type Random } from '../../shared/random/random';

/** A labelled box of a picture, in image px. */
export interface SeedBox {
  readonly category: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SeedPicture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly SeedBox[];
}

export const SEEDED_KINDS = ['missing', 'duplicate', 'outOfImage', 'mislabelled'] as const;
export type SeededKind = (typeof SEEDED_KINDS)[number];

/** One known error: on this picture, about this box of the truth. */
export interface SeededError {
  readonly kind: SeededKind;
  readonly picture: string;
  readonly box: SeedBox;
}

/** How far a seeded box reaches out of its picture, image px. */
const REACH = 12;
/** A copy of an object that somebody drew twice, image px apart. */
const COPY_SHIFT = 1;

/**
 * The truth with `each` errors of every kind, no box with more than one: boxes that are gone, boxes drawn twice, boxes
 * that leave their picture, boxes under another category. Boxes of a side below 24 px are left alone: half of such a
 * box lies within the shift of another.
 */
export function seedErrors(
  truth: readonly SeedPicture[],
  each: number,
  categories: number,
  seed: number,
): { readonly pictures: readonly SeedPicture[]; readonly errors: readonly SeededError[] } {
  const random = createRandom(seed);
  const places = shuffled(
    truth.flatMap((picture) =>
      picture.boxes
        .filter(({ width, height }) => Math.min(width, height) >= 24)
        .map((box) => ({ picture: picture.name, box })),
    ),
    random,
  );
  const errors = places.slice(0, each * SEEDED_KINDS.length).map((place, n): SeededError => {
    const kind = SEEDED_KINDS[n % SEEDED_KINDS.length] ?? 'missing';
    return { kind, ...place };
  });
  const kindOf = new Map(errors.map(({ box, kind }) => [box, kind]));
  const pictures = truth.map((picture) => ({
    ...picture,
    boxes: picture.boxes.flatMap((box) =>
      withError(box, kindOf.get(box), picture, (box.category + random.whole(1, categories - 1)) % categories),
    ),
  }));
  return { pictures, errors };
}

function withError(
  box: SeedBox,
  kind: SeededKind | undefined,
  picture: SeedPicture,
  otherCategory: number,
): readonly SeedBox[] {
  switch (kind) {
    case undefined:
      return [box];
    case 'missing':
      return [];
    case 'duplicate':
      return [box, { ...box, x: box.x + COPY_SHIFT }];
    case 'outOfImage':
      return [beyondNearestEdge(box, picture)];
    case 'mislabelled':
      return [{ ...box, category: otherCategory }];
  }
}

/** The box with its side next to the left or right edge pulled out of the picture. */
function beyondNearestEdge(box: SeedBox, picture: SeedPicture): SeedBox {
  const right = box.x + box.width;
  return box.x < picture.width - right
    ? { ...box, x: -REACH, width: right + REACH }
    : { ...box, width: picture.width + REACH - box.x };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = random.whole(0, at);
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}

/** YOLO label files and their JPEGs, by a reader of its own. */
export function readYoloPictures(labels: string, images: string): readonly SeedPicture[] {
  return fs
    .readdirSync(images)
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .map((name) => {
      const { width, height } = sizeOfJpeg(fs.readFileSync(path.join(images, name)));
      const file = path.join(labels, name.replace(/\.jpg$/, '.txt'));
      const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
      const boxes = lines.filter(Boolean).map((line): SeedBox => {
        const [category = 0, cx = 0, cy = 0, w = 0, h = 0] = line.split(' ').map(Number);
        return {
          category,
          x: (cx - w / 2) * width,
          y: (cy - h / 2) * height,
          width: w * width,
          height: h * height,
        };
      });
      return { name, width, height, boxes };
    });
}

/** The frame header of a baseline or progressive JPEG (ISO/IEC 10918-1, B.2.2). */
function sizeOfJpeg(bytes: Buffer): { readonly width: number; readonly height: number } {
  for (let at = 2; at < bytes.length; ) {
    const marker = bytes.readUInt16BE(at);
    if (marker >= 0xffc0 && marker <= 0xffc2) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error('a JPEG without a frame');
}

/** COCO detection JSON, written by hand so that no writer under test made it. */
export function writeCocoOf(
  file: string,
  pictures: readonly SeedPicture[],
  categories: readonly string[],
): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const annotations = pictures.flatMap(({ boxes }, picture) => boxes.map((box) => ({ picture, box })));
  fs.writeFileSync(
    file,
    JSON.stringify({
      images: pictures.map(({ name, width, height }, at) => ({ id: at + 1, file_name: name, width, height })),
      categories: categories.map((name, at) => ({ id: at + 1, name })),
      annotations: annotations.map(({ picture, box }, at) => ({
        id: at + 1,
        image_id: picture + 1,
        category_id: box.category + 1,
        bbox: [box.x, box.y, box.width, box.height],
        area: box.width * box.height,
        iscrowd: 0,
        segmentation: [],
      })),
    }),
  );
}
