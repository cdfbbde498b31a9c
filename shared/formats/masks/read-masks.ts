import type { Size } from '../../geometry/rect';
import type { MaskShape } from '../../schema/shapes';
import { runsOfShape } from '../../shapes/mask/mask-pixels';
import type { DatasetAnnotation, DatasetEvent, DatasetFolder } from '../format';
import { chosen, NO_OPTIONS, type OptionValues } from '../format-options';
import { type DecodedPng, decodePng } from '../parts/png/decode-png';
import { masksOfValues, type PixelValues } from '../parts/png/mask-values';
import { ProblemQueue } from '../parts/problem-queue';
import { reportUnseen } from '../parts/report-unseen';
import { type ClassList, findClassList } from './class-list';
import { type FoundMasks, findMasks, MAX_MASK_BYTES, type MaskFile, MOST_VALUES } from './find-mask-dataset';
import { READ_KIND } from './mask-options';
import { findObjectFile, readObjects } from './read-objects';
import {
  isColored,
  type Meaning,
  OBJECT_LABEL,
  pixelsOf,
  tableOfList,
  tableOfValues,
  type ValueTable,
} from './value-table';

/**
 * Class masks give one mask annotation a class and picture: connected areas are not told apart, because nothing in the
 * file says that they are. Instance masks give one a value; their classes are those of the class masks of the same
 * pictures, where there are any.
 */
export async function* readMasks(
  folder: DatasetFolder,
  options: OptionValues = NO_OPTIONS,
): AsyncGenerator<DatasetEvent> {
  const problems = new ProblemQueue();
  await reportUnseen(folder, problems);
  const objectFile = await findObjectFile(folder);
  if (objectFile !== null) {
    yield* readObjects(folder, objectFile, problems);
    return;
  }
  const found = await findMasks(folder);
  const asked = chosen(READ_KIND, options);
  const byObjects = asked === 'instance' || (asked === 'auto' && found.instanceMasks.length > 0);
  const masks = masksOf(found, asked, byObjects);
  if (masks.length === 0) {
    const why = found.refusals.length > 0 ? ` ${found.refusals.join('; ')}.` : '';
    problems.error(
      'format-unrecognised',
      '',
      `No folder of PNG masks was found.${why} Masks are PNGs called like their pictures, in a folder like "masks".`,
    );
    yield* problems.close('');
    return;
  }
  const list = await findClassList(folder);
  const reader = new MaskReader(folder, problems);
  const classMasks = byObjects ? found.classMasks.filter((mask) => !masks.includes(mask)) : masks;
  const table = await tableFor(list, classMasks, reader, options);
  yield* problems.drain();
  const labels = table.labels.length > 0 || !byObjects ? table.labels : [OBJECT_LABEL];
  for (const label of labels) yield { type: 'label', label };
  const classMaskByKey = new Map(classMasks.map((mask) => [mask.key, mask]));
  const seen = new Set<string>();
  for (const mask of masks) {
    if (seen.has(mask.key)) {
      problems.error(
        'masks-two-masks',
        mask.maskPath,
        `${mask.maskPath} is a second mask of ${mask.key}; it was left out. Keep one mask a picture.`,
      );
      continue;
    }
    seen.add(mask.key);
    const ofClasses = byObjects ? (classMaskByKey.get(mask.key) ?? null) : null;
    const events = byObjects
      ? await reader.objects(mask, ofClasses, table)
      : await reader.classes(mask, table);
    yield* problems.drain();
    yield* events;
  }
  yield* problems.close('');
}

/** The masks that are read: of objects where they are asked for or there, else of classes. */
export function masksOf(found: FoundMasks, asked: string, byObjects: boolean): readonly MaskFile[] {
  if (!byObjects)
    return found.classMasks.length > 0 || asked !== 'class' ? found.classMasks : found.instanceMasks;
  return found.instanceMasks.length > 0 ? found.instanceMasks : found.classMasks;
}

/** Labels come before images, so without a list every class mask is looked through once for its values. */
async function tableFor(
  list: ClassList | null,
  classMasks: readonly MaskFile[],
  reader: MaskReader,
  options: OptionValues,
): Promise<ValueTable> {
  if (list !== null) return tableOfList(list, options);
  const values = new Set<number>();
  const colors = new Set<number>();
  for (const { maskPath } of classMasks) {
    const png = await reader.decoded(maskPath, false);
    if (png === null) continue;
    const into = isColored(png) ? colors : values;
    for (const value of pixelsOf(png)) if (into.size <= MOST_VALUES) into.add(value);
  }
  if (values.size + colors.size > MOST_VALUES) {
    reader.reportPhoto();
    return tableOfValues({ values: new Set(), colors: new Set() }, options);
  }
  return tableOfValues({ values, colors }, options);
}

class MaskReader {
  readonly #folder: DatasetFolder;
  readonly #problems: ProblemQueue;

  constructor(folder: DatasetFolder, problems: ProblemQueue) {
    this.#folder = folder;
    this.#problems = problems;
  }

  reportPhoto(): void {
    this.#problems.error(
      'masks-no-class-list',
      '',
      `The masks hold more than ${MOST_VALUES} different values and no file says what they mean; they may be photos. Add a labelmap.txt with the classes.`,
    );
  }

  async decoded(path: string, isReported = true): Promise<DecodedPng | null> {
    const bytes = await this.#folder.readBytes(path, MAX_MASK_BYTES);
    const png = bytes.ok ? decodePng(bytes.value, path) : bytes;
    if (png.ok) return png.value;
    if (isReported) this.#problems.error('masks-undecodable', path, png.error.message);
    return null;
  }

  async classes(mask: MaskFile, table: ValueTable): Promise<readonly DatasetEvent[]> {
    const png = await this.#fitting(mask);
    if (png === null) return [this.#image(mask, null, 'unlabelled')];
    const meaningOf = table.meaningsIn(png);
    const numbers = this.#classNumbers(mask, pixelsOf(png), meaningOf);
    // Several values may be one class; class numbers + 1 leave 0 for nothing.
    const shapes = masksOfValues(numbers, png, (value) => value !== 0) ?? new Map<number, MaskShape>();
    const annotations = [...shapes].map(([number, shape]) => annotationOf(mask, number - 1, shape));
    return this.#events(mask, png, annotations);
  }

  async objects(
    mask: MaskFile,
    ofClasses: MaskFile | null,
    table: ValueTable,
  ): Promise<readonly DatasetEvent[]> {
    const png = await this.#fitting(mask);
    if (png === null) return [this.#image(mask, null, 'unlabelled')];
    // In VOC's palettes 255 is the border between objects; without a palette it is an object like others.
    const isObject = (value: number) => value !== 0 && (value !== 255 || png.palette === null);
    const shapes = masksOfValues(pixelsOf(png), png, isObject);
    if (shapes === null) {
      this.#problems.error(
        'masks-too-many-objects',
        mask.maskPath,
        `${mask.maskPath} holds too many different values to be a mask of objects; it was left out.`,
      );
      return [this.#image(mask, png, 'unlabelled')];
    }
    const classPng = ofClasses === null ? null : await this.decoded(ofClasses.maskPath);
    const classValues = classPng === null ? null : pixelsOf(classPng);
    const meaningOf = classPng === null ? null : table.meaningsIn(classPng);
    const annotations: DatasetAnnotation[] = [];
    for (const [value, shape] of shapes) {
      const classIndex =
        classValues === null || meaningOf === null || classPng?.width !== png.width
          ? OBJECT_LABEL.classIndex
          : mostFrequent(classValues, png, shape, meaningOf);
      if (classIndex === null) {
        this.#problems.error(
          'masks-unknown-value',
          mask.maskPath,
          `Object ${value} of ${mask.maskPath} lies where ${ofClasses?.maskPath} names no class; it was left out.`,
        );
      } else annotations.push(annotationOf(mask, classIndex, shape));
    }
    return this.#events(mask, png, annotations);
  }

  /** The mask, or null when it is damaged or of another size than its picture. */
  async #fitting(mask: MaskFile): Promise<DecodedPng | null> {
    const png = await this.decoded(mask.maskPath);
    const picture = mask.picturePath === null ? null : await this.#folder.imageSize(mask.picturePath);
    if (png === null || picture === null) return png;
    if (picture.width === png.width && picture.height === png.height) return png;
    this.#problems.error(
      'masks-size-differs',
      mask.maskPath,
      `${mask.maskPath} is ${png.width} × ${png.height} px and its picture ${picture.width} × ${picture.height}; it was left out. Scale the mask without smoothing.`,
    );
    return null;
  }

  #classNumbers(mask: MaskFile, values: PixelValues, meaningOf: (value: number) => Meaning): PixelValues {
    const numbers = new Uint32Array(values.length);
    const known = new Map<number, number>();
    for (let pixel = 0; pixel < values.length; pixel += 1) {
      const value = values[pixel] ?? 0;
      let number = known.get(value);
      if (number === undefined) {
        const meaning = meaningOf(value);
        if (meaning === 'unknown') this.#reportUnknown(mask, value);
        number = typeof meaning === 'number' ? meaning + 1 : 0;
        if (known.size < MOST_VALUES) known.set(value, number);
      }
      numbers[pixel] = number;
    }
    return numbers;
  }

  #reportUnknown(mask: MaskFile, value: number): void {
    const shown = value > 0xffff ? `colour #${value.toString(16).padStart(6, '0')}` : `value ${value}`;
    this.#problems.error(
      'masks-unknown-value',
      mask.maskPath,
      `The ${shown} in ${mask.maskPath} is not in the list of classes; its pixels were left out. Add it to the list.`,
    );
  }

  #events(mask: MaskFile, size: Size, annotations: readonly DatasetAnnotation[]): readonly DatasetEvent[] {
    return [
      this.#image(mask, size, annotations.length > 0 ? 'labelled' : 'confirmedEmpty'),
      ...annotations.map((annotation): DatasetEvent => ({ type: 'annotation', annotation })),
    ];
  }

  #image(
    mask: MaskFile,
    size: Size | null,
    state: 'labelled' | 'confirmedEmpty' | 'unlabelled',
  ): DatasetEvent {
    const { key, split } = mask;
    return {
      type: 'image',
      image: { key, size: size === null ? null : { width: size.width, height: size.height }, split, state },
    };
  }
}

function annotationOf({ key }: MaskFile, classIndex: number, shape: MaskShape): DatasetAnnotation {
  return { imageKey: key, classIndex, shape, isCrowd: false, attributes: {}, score: null };
}

/** The class that most pixels of an object have in the class mask; null when none has any. */
function mostFrequent(
  values: PixelValues,
  { width }: Size,
  shape: MaskShape,
  meaningOf: (value: number) => Meaning,
): number | null {
  const { ends, x, y, height } = runsOfShape(shape);
  const counts = new Map<number, number>();
  for (let run = 1; run < ends.length; run += 2) {
    for (let at = ends[run - 1] ?? 0; at < (ends[run] ?? 0); at += 1) {
      const value = values[(y + (at % height)) * width + x + Math.floor(at / height)] ?? 0;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  let best: number | null = null;
  let most = 0;
  for (const [value, count] of counts) {
    const meaning = meaningOf(value);
    if (typeof meaning !== 'number' || count <= most) continue;
    best = meaning;
    most = count;
  }
  return best;
}
