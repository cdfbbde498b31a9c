import type { Size } from '../../geometry/rect';
import type { MaskShape } from '../../schema/shapes';
import type { DatasetImage, DatasetLabel, DatasetSink } from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { cocoRleOfMask } from '../parts/coco-rle';
import { encodePng } from '../parts/png/encode-png';
import { paintMask } from '../parts/png/mask-values';
import { labelsText } from '../parts/sequences/labels-text';
import { seqinfoText } from '../parts/sequences/seqinfo';
import { placeOf } from '../parts/sequences/sequence-place';
import { type PlacedImages, seqinfoOf } from '../parts/sequences/sequence-stats';
import { pngPlace } from './mots-layout';

export interface MotsObject {
  readonly id: number;
  readonly classIndex: number;
  readonly shape: MaskShape;
}

/** Writes the frames of a dataset one after the other. */
export interface FrameWriter {
  write(image: DatasetImage, size: Size, objects: readonly MotsObject[]): Promise<void>;
  /** For a frame that was counted and is not written after all. */
  skip(image: DatasetImage): Promise<void>;
}

type OpenFrames = (
  sink: DatasetSink,
  placed: PlacedImages,
  labels: readonly DatasetLabel[],
  names: ReadonlyMap<number, string>,
) => Promise<FrameWriter>;

export const textFrames: OpenFrames = async (sink, { sequences }, labels, names) => {
  const listed = labelsText(labels, names);
  for (const [folder, stats] of sequences) {
    await writeWhole(sink, `${folder}/seqinfo.ini`, seqinfoText(seqinfoOf(folder, stats, null)));
    await writeWhole(sink, `${folder}/gt/labels.txt`, listed);
  }
  const open = new Map<string, { readonly file: BufferedFile; missing: number }>();
  const sequenceOf = async (folder: string) => {
    let sequence = open.get(folder);
    if (sequence === undefined) {
      const file = await openBuffered(sink, `${folder}/gt/gt.txt`);
      sequence = { file, missing: sequences.get(folder)?.images ?? 0 };
      open.set(folder, sequence);
    }
    return sequence;
  };
  const done = async (folder: string) => {
    const sequence = await sequenceOf(folder);
    sequence.missing -= 1;
    if (sequence.missing > 0) return;
    open.delete(folder);
    await sequence.file.close();
  };
  return {
    async write(image, size, objects) {
      const { folder, number } = placeOf(image);
      const { file } = await sequenceOf(folder);
      for (const { id, classIndex, shape } of objects) {
        const { counts } = cocoRleOfMask(shape, size);
        const flushed = file.write(
          `${number} ${id} ${classIndex + 1} ${size.height} ${size.width} ${counts}\n`,
        );
        if (flushed !== undefined) await flushed;
      }
      await done(folder);
    },
    skip: (image) => done(placeOf(image).folder),
  };
};

export const pngFrames: OpenFrames = async (sink, _placed, labels, names) => {
  const listed = labelsText(labels, names);
  const splits = new Set<DatasetImage['split']>();
  return {
    async write(image, size, objects) {
      if (!splits.has(image.split)) {
        splits.add(image.split);
        await writeWhole(
          sink,
          `${image.split === null ? '' : `${image.split}/`}instances/labels.txt`,
          listed,
        );
      }
      const values = new Uint16Array(size.width * size.height);
      for (const { id, shape } of objects) paintMask(values, size, shape, id);
      const file = await sink.open(`${pngPlace(image, 'instances')}.png`);
      await file.write(encodePng({ ...size, channels: 1, samples: values }));
      await file.close();
    },
    skip: async () => {},
  };
};

async function writeWhole(sink: DatasetSink, path: string, text: string): Promise<void> {
  const file = await openBuffered(sink, path);
  await file.write(text);
  await file.close();
}
