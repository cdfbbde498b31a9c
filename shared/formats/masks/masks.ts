import type { DatasetFolder, DatasetFormat, Detection } from '../format';
import { chosen, NO_OPTIONS } from '../format-options';
import { fidelityTable } from '../parts/fidelity-table';
import { decodePng } from '../parts/png/decode-png';
import { findClassList } from './class-list';
import { findMasks, type MaskFile, MOST_VALUES } from './find-mask-dataset';
import { READ_BACKGROUND, READ_IGNORED, READ_KIND, WRITE_KIND } from './mask-options';
import { readMasks } from './read-masks';
import { findObjectFile } from './read-objects';
import { pixelsOf } from './value-table';
import { writeMasks } from './write-masks';

/** A sample is looked at for its values; larger files would make detection slow. */
const MAX_SAMPLE_BYTES = 8 * 1024 * 1024;

export const masks: DatasetFormat = {
  id: 'masks',
  title: 'PNG masks',
  description: 'One PNG a picture that holds a class, or an object, in each pixel.',
  readOptions: [READ_KIND, READ_BACKGROUND, READ_IGNORED],
  writeOptions: [WRITE_KIND],
  fidelity: (options = NO_OPTIONS) =>
    chosen(WRITE_KIND, options) === 'class'
      ? fidelityTable({
          shapes: { mask: 'lossy' },
          mergedShapes: ['mask'],
          emptyImages: 'exact',
          splits: 'exact',
          classIndex: 'exact',
          unusedLabels: 'exact',
          remarks: [
            'Pixels hold the class number + 1; 0 is the background. Readers take 255 for what is to be ignored.',
            'Objects of one class become one mask, and later objects cover earlier ones.',
            'A mask has the size of its picture, so images of unknown size are left out.',
          ],
        })
      : fidelityTable({
          shapes: { mask: 'exact' },
          attributes: 'exact',
          isCrowd: 'exact',
          score: 'exact',
          groups: 'exact',
          tracks: 'exact',
          notes: 'exact',
          emptyImages: 'exact',
          imageAttributes: 'exact',
          frames: 'exact',
          splits: 'exact',
          classIndex: 'exact',
          unusedLabels: 'exact',
          remarks: [
            'Pixels hold the number of an object from 1 in 16 bits; what each is stands in instances.json.',
            'Where objects overlap the later one is seen; instances.json holds the whole mask of what is covered.',
            'A mask has the size of its picture, so images of unknown size are left out.',
          ],
        }),
  picturePath: (image) => `images/${image.key}`,

  async detect(folder): Promise<Detection> {
    const objectFile = await findObjectFile(folder);
    if (objectFile !== null) {
      return { confidence: 0.98, reasons: [`${objectFile} says what the values of masks are`] };
    }
    const found = await findMasks(folder);
    const files = found.classMasks.length > 0 ? found.classMasks : found.instanceMasks;
    if (files.length === 0) {
      return {
        confidence: found.refusals.length > 0 ? 0.1 : 0,
        reasons:
          found.refusals.length > 0
            ? found.refusals.map((reason) => `there are folders of PNG files, but ${reason}`)
            : ['no folder of PNG masks beside pictures'],
      };
    }
    const hasBoth = found.classMasks.length > 0 && found.instanceMasks.length > 0;
    const list = await findClassList(folder);
    const sample = await sampled(folder, files);
    const paired = files.filter((mask) => mask.picturePath !== null).length;
    const reasons = [
      `${files.length} PNG files in folders of masks, ${paired} of them called like a picture`,
      list === null ? 'no list of classes' : `${list.path} names ${list.classes.length} classes`,
      ...sample.reasons,
    ];
    if (!sample.isMask) return { confidence: 0.2, reasons };
    const isNamed = list !== null || found.lists.length > 0;
    const questions =
      list === null || hasBoth
        ? [{ optionId: READ_KIND.id, question: 'Is each value of the masks a class, or one object?' }]
        : [];
    if (!isNamed && paired === 0) return { confidence: 0.3, reasons };
    return { confidence: isNamed ? 0.88 : 0.6, reasons, ...(questions.length === 0 ? {} : { questions }) };
  },

  read: readMasks,
  write: writeMasks,
};

async function sampled(
  folder: DatasetFolder,
  files: readonly MaskFile[],
): Promise<{ readonly isMask: boolean; readonly reasons: readonly string[] }> {
  const path = files[Math.floor(files.length / 2)]?.maskPath ?? '';
  const bytes = await folder.readBytes(path, MAX_SAMPLE_BYTES);
  const png = bytes.ok ? decodePng(bytes.value, path) : bytes;
  if (!png.ok) return { isMask: false, reasons: [png.error.message] };
  const values = new Set<number>();
  for (const value of pixelsOf(png.value)) {
    values.add(value);
    if (values.size > MOST_VALUES) {
      return { isMask: false, reasons: [`${path} has too many different values to be a mask`] };
    }
  }
  return { isMask: true, reasons: [`${path} holds ${values.size} different values`] };
}
