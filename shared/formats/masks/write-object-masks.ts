import type { DatasetLabel, DatasetSink } from '../format';
import { openBuffered } from '../parts/buffered-file';
import type { LossTally } from '../parts/loss-tally';
import { encodePng } from '../parts/png/encode-png';
import { masksOfValues, paintMask } from '../parts/png/mask-values';
import { annotationRecord } from '../parts/records/annotation-record';
import { imageRecord } from '../parts/records/image-record';
import { labelRecord } from '../parts/records/label-record';
import { OBJECT_FILE, OBJECT_FILE_MARK } from './read-objects';
import type { MaskWriter } from './write-masks';

/** 16 bit masks hold the numbers 1 to 65,535. */
const MOST_OBJECTS = 65_535;

/**
 * A 16 bit PNG a picture with the number of an object in each pixel, in drawing order, later ones on top; instances.json
 * says what each number is. An object that the pixels do not show whole has its own mask there as well.
 */
export async function objectMaskWriter(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  tally: LossTally,
): Promise<MaskWriter> {
  const nameOf = new Map(labels.map((label) => [label.classIndex, label.name]));
  const file = await openBuffered(sink, OBJECT_FILE);
  await file.write(
    `{"format":"${OBJECT_FILE_MARK}",\n"labels":[${labels.map((label) => `\n${JSON.stringify(labelRecord(label))}`).join(',')}],\n"images":[`,
  );
  let images = 0;
  let covered = 0;
  return {
    async write({ image, size, maskPath, masks }) {
      const values = new Uint16Array(size.width * size.height);
      const kept = masks.slice(0, MOST_OBJECTS);
      for (const { classIndex } of masks.slice(MOST_OBJECTS)) {
        tally.add(
          'too-many-objects',
          image.key,
          `${image.key} has more than ${MOST_OBJECTS} objects; a ${nameOf.get(classIndex)} was left out.`,
        );
      }
      kept.forEach((mask, at) => {
        paintMask(values, size, mask.shape, at + 1);
      });
      const shown = masksOfValues(values, size, (value) => value !== 0);
      const objects = kept.map((mask, at) => {
        const { shape, ...fields } = annotationRecord(mask);
        const visible = shown?.get(at + 1);
        const { x, y, width, height, rle } = mask.shape;
        const isWhole =
          visible?.x === x &&
          visible.y === y &&
          visible.width === width &&
          visible.height === height &&
          visible.rle === rle;
        if (!isWhole) covered += 1;
        return { id: at + 1, class: nameOf.get(mask.classIndex), ...fields, ...(isWhole ? {} : { shape }) };
      });
      const png = await sink.open(maskPath);
      await png.write(encodePng({ ...size, channels: 1, samples: values }));
      await png.close();
      images += 1;
      await file.write(
        `${images === 1 ? '\n' : ',\n'}${JSON.stringify({ ...imageRecord(image), mask: maskPath, objects })}`,
      );
      return kept.length;
    },
    async close() {
      await file.write('\n]}\n');
      await file.close();
      return covered === 0
        ? []
        : [
            `${covered} objects are partly covered by others or leave their picture; readers that look at pixels alone see what is left, instances.json holds the whole.`,
          ];
    },
  };
}
