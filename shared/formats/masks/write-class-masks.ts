import type { Split } from '../../schema/dataset-version';
import type { DatasetLabel, DatasetSink } from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { type AnnotationPart, tallyDroppedImageAttributes, tallyDroppedParts } from '../parts/dropped-parts';
import type { LossTally } from '../parts/loss-tally';
import type { Rgb } from '../parts/png/decode-png';
import { encodePng } from '../parts/png/encode-png';
import { paintMask } from '../parts/png/mask-values';
import { pairLine } from './pair-lists';
import type { MaskWriter } from './write-masks';

const TITLE = 'A class mask';
const DROPPED: readonly AnnotationPart[] = ['isCrowd', 'score', 'groups', 'tracks', 'notes'];

/** 0 is the background and 255 by tradition what training ignores. */
const MOST_8_BIT_CLASSES = 254;
const MOST_16_BIT_CLASSES = 65_534;

/** Class number + 1 in every pixel, 0 for none; a palette shows the classes' colours. */
export async function classMaskWriter(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  tally: LossTally,
): Promise<MaskWriter> {
  const largest = Math.max(-1, ...labels.map((label) => label.classIndex));
  const isDeep = largest >= MOST_8_BIT_CLASSES;
  const colors = colorsOf(labels);
  const palette = isDeep ? null : paletteOf(colors);
  for (const { name, supercategory } of labels) {
    if (supercategory !== null) {
      tally.add(
        'supercategory-dropped',
        '',
        `Class lists of masks have no place for the supercategory of ${name}.`,
      );
    }
  }
  const notes = await writeClassLists(sink, labels, colors);
  if (isDeep)
    notes.push(`There are more than ${MOST_8_BIT_CLASSES} class numbers, so masks are 16 bit grey.`);
  const nameOf = new Map(labels.map((label) => [label.classIndex, label.name]));
  const lists = new Map<string, BufferedFile>();
  const listOf = async (split: Split | null): Promise<BufferedFile> => {
    const name = split ?? 'all';
    const open = lists.get(name) ?? (await openBuffered(sink, `${name}.txt`));
    lists.set(name, open);
    return open;
  };
  return {
    async write({ image, size, maskPath, masks }) {
      const values = new (isDeep ? Uint16Array : Uint8Array)(size.width * size.height);
      const painted = new Set<number>();
      let written = 0;
      for (const mask of masks) {
        const { key } = image;
        const name = nameOf.get(mask.classIndex) ?? '';
        if (mask.classIndex >= MOST_16_BIT_CLASSES) {
          tally.add(
            'unknown-class',
            key,
            `A pixel cannot hold the class number of ${name} in ${key}; it was left out.`,
          );
          continue;
        }
        const value = mask.classIndex + 1;
        const { covered } = paintMask(values, size, mask.shape, value);
        if (painted.has(value)) {
          tally.add(
            'objects-merged',
            key,
            `A ${name} in ${key} cannot be told from another ${name} in a class mask.`,
          );
        }
        if (covered > 0) {
          tally.add(
            'mask-covered',
            key,
            `A ${name} in ${key} covers ${covered} px of what was drawn below it.`,
          );
        }
        if (leaves(mask.shape, size)) {
          tally.add(
            'shape-clipped',
            key,
            `A mask of ${name} leaves the picture ${key}; it was cut at the edge.`,
          );
        }
        painted.add(value);
        written += 1;
        tallyDroppedParts(tally, mask, TITLE, DROPPED);
        for (const attribute of Object.keys(mask.attributes)) {
          tally.add(
            'attribute-dropped',
            key,
            `${TITLE} has no place for the attribute "${attribute}" in ${key}.`,
          );
        }
      }
      const left = new Set<number>(values);
      for (const value of painted) {
        if (!left.has(value)) {
          tally.add(
            'mask-hidden',
            image.key,
            `No pixel of ${nameOf.get(value - 1)} is left in ${image.key}: others lie on it, or it lies beside the picture.`,
          );
        }
      }
      tallyDroppedImageAttributes(tally, image, TITLE);
      if (image.frame !== undefined) {
        tally.add('frame-dropped', image.key, `${TITLE} has no place for the frame number of ${image.key}.`);
      }
      const png = encodePng({
        ...size,
        channels: 1,
        samples: values,
        ...(palette === null ? {} : { palette }),
      });
      const file = await sink.open(maskPath);
      await file.write(png);
      await file.close();
      const list = await listOf(image.split);
      await list.write(pairLine(`images/${image.key}`, maskPath));
      return written;
    },
    async close() {
      if (lists.size === 0) await listOf(null);
      for (const list of lists.values()) await list.close();
      return notes;
    },
  };
}

function leaves(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  size: { readonly width: number; readonly height: number },
): boolean {
  return x < 0 || y < 0 || x + width > size.width || y + height > size.height;
}

/**
 * Datumaro's dataset_meta.json, which can write every name, and CVAT's labelmap.txt, which takes no `:` and `#`. Both
 * tell classes by colour, so no two may share one.
 */
async function writeClassLists(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  colors: ReadonlyMap<number, Rgb>,
): Promise<string[]> {
  const notes: string[] = [];
  const entries: [number, string, Rgb][] = [
    [0, 'background', [0, 0, 0]],
    ...labels.map(({ classIndex, name }): [number, string, Rgb] => [
      classIndex + 1,
      name,
      colors.get(classIndex) ?? [0, 0, 0],
    ]),
  ];
  const meta = await openBuffered(sink, 'dataset_meta.json');
  // Datumaro looks a colour up by its number, so numbers that no class has need a place.
  const byValue: (Rgb | null)[] = Array.from(
    { length: Math.max(...entries.map(([value]) => value)) + 1 },
    () => null,
  );
  for (const [value, , color] of entries) byValue[value] = color;
  const map = entries.map(([value, name]) => `${JSON.stringify(String(value))}:${JSON.stringify(name)}`);
  await meta.write(
    `{"label_map":{${map.join(',')}},\n"segmentation_colors":${JSON.stringify(byValue)},\n"background_label":"0"}\n`,
  );
  await meta.close();
  const labelMap = await openBuffered(sink, 'labelmap.txt');
  await labelMap.write('# label:color_rgb:parts:actions\n');
  let renamed = 0;
  for (const [, name, color] of entries) {
    const plain = name.replace(/[:#\p{Cc}\u2028\u2029]/gu, '_');
    if (plain !== name) renamed += 1;
    await labelMap.write(`${plain}:${color.join(',')}::\n`);
  }
  await labelMap.close();
  if (renamed > 0) {
    notes.push(
      `${renamed} class names hold characters that labelmap.txt cannot; they are whole in dataset_meta.json.`,
    );
  }
  return notes;
}

/** Every class in a colour of its own: its own where no earlier class has it, else one of Pascal VOC's. */
function colorsOf(labels: readonly DatasetLabel[]): ReadonlyMap<number, Rgb> {
  const colors = new Map<number, Rgb>();
  const taken = new Set(['0,0,0']);
  let next = 1;
  for (const { classIndex, color } of labels) {
    let rgb: Rgb | null = color === undefined ? null : rgbOf(color);
    while (rgb === null || taken.has(rgb.join(','))) {
      rgb = vocColor(next);
      next += 1;
    }
    taken.add(rgb.join(','));
    colors.set(classIndex, rgb);
  }
  return colors;
}

function rgbOf(color: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return [red, green, blue];
}

/** Pascal VOC's colour map: bits of the number, three at a time, from the highest bit of each channel down. */
export function vocColor(number: number): Rgb {
  let [red, green, blue] = [0, 0, 0];
  for (let bit = 7, rest = number; bit >= 0; bit -= 1, rest >>= 3) {
    red |= (rest & 1) << bit;
    green |= ((rest >> 1) & 1) << bit;
    blue |= ((rest >> 2) & 1) << bit;
  }
  return [red, green, blue];
}

function paletteOf(colors: ReadonlyMap<number, Rgb>): readonly Rgb[] {
  return Array.from(
    { length: 256 },
    (_, value): Rgb => (value === 0 ? [0, 0, 0] : (colors.get(value - 1) ?? [255, 255, 255])),
  );
}
