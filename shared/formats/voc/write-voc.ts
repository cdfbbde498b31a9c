import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import { behaviourOf } from '../../shapes';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { chosen } from '../format-options';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { withoutExtension } from '../parts/picture-index';
import type { Rgb } from '../parts/png/decode-png';
import { escapedText, isXmlText } from '../parts/xml/escape-xml';
import { BLACK, fitsLabelMap, vocColor, writeLabelMap } from './voc-classes';
import { attributesXml, isWritableBox, objectXml } from './voc-object-xml';
import { ORIGIN_ELEMENT, type Origin, WRITE_ORIGIN } from './voc-options';
import { type NumberedMask, type PaintedMasks, paintMasks } from './write-voc-masks';

/**
 * `Annotations/<id>.xml` for pictures that belong at `JPEGImages/<key>`, lists of ids in `ImageSets/Main`, class names in
 * `labelmap.txt`, and masks in `SegmentationClass` and `SegmentationObject` where there are any.
 */
export async function writeVoc(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await new VocWriting(sink, context).written(source));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing Pascal VOC'));
  }
}

interface ClassToWrite {
  readonly name: string;
  /** Its value in class masks, from 1. */
  readonly value: number;
}

class VocWriting {
  readonly #sink: DatasetSink;
  readonly #tally: LossTally;
  readonly #origin: Origin;
  readonly #classes = new Map<number, ClassToWrite>();
  readonly #listed: { readonly name: string; readonly color: number | null; readonly maskColor: number }[] =
    [];
  readonly #lists = new Map<Split | 'default', BufferedFile>();
  readonly #ids = new Set<string>();
  readonly #leftOut: string[] = [];
  #palette: readonly Rgb[] = [];
  #masks = 0;

  constructor(sink: DatasetSink, context: WriteContext | undefined) {
    this.#sink = sink;
    this.#tally = createLossTally(context?.onLoss);
    this.#origin = chosen(WRITE_ORIGIN, context?.options ?? {}) === 'zero-based' ? 'zero-based' : 'one-based';
  }

  async written(source: DatasetSource): Promise<WriteReport> {
    const names: string[] = [];
    for await (const label of source.labels()) this.#take(label, names);
    this.#palette = [0, ...this.#listed.map(({ maskColor }) => maskColor)].slice(0, 255).map(rgbOf);
    let images = 0;
    let annotations = 0;
    for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
      const id = withoutExtension(image.key);
      if (!this.#isWritable(image, id)) {
        if (image.state !== 'unlabelled') this.#leftOut.push(image.key);
        continue;
      }
      this.#ids.add(id);
      annotations += await this.#writeImage(image, id, ofImage);
      images += 1;
    }
    for (const list of this.#lists.values()) await list.close();
    await writeLabelMap(
      await openBuffered(this.#sink, 'labelmap.txt'),
      this.#listed.map(({ name, color, maskColor }) => ({
        name,
        color: this.#masks > 0 ? maskColor : color,
      })),
      this.#masks > 0,
    );
    const colons = names.filter((name) => name.includes(':')).length;
    return {
      images,
      annotations,
      ...this.#tally.report(),
      leftOutImages: this.#leftOut,
      notes: [
        this.#origin === 'one-based'
          ? 'Boxes are whole pixels counted from 1, both ends within the box, as in Pascal VOC; each file says so in <origin>.'
          : 'Boxes are edges counted from 0 with decimals, as Datumaro and CVAT write; each file says so in <origin>.',
        ...(colons === 0
          ? []
          : [
              `${colons} class names have a colon: Datumaro and CVAT do not read such lines of labelmap.txt.`,
            ]),
      ],
    };
  }

  #take(label: DatasetLabel, names: string[]): void {
    const { classIndex, name, supercategory, color } = label;
    const path = 'labelmap.txt';
    if (supercategory !== null) {
      this.#tally.add('supercategory-dropped', path, `VOC has no place for the supercategory of ${name}.`);
    }
    if (name.trim() === '' || name.trim() !== name || !isXmlText(name)) {
      this.#tally.add(
        'label-name-unusable',
        path,
        `The name ${JSON.stringify(name)} cannot stand in XML as it is; the label and what carries it were left out. Rename it.`,
      );
      return;
    }
    names.push(name);
    const isListed = fitsLabelMap(name);
    // Without a line in the list a mask has no value for its class; its object still names it.
    this.#classes.set(classIndex, { name, value: isListed ? this.#listed.length + 1 : 0 });
    if (!isListed) {
      this.#tally.add(
        'unused-label-dropped',
        path,
        `${JSON.stringify(name)} cannot stand in labelmap.txt; it is kept only where an object carries it.`,
      );
      return;
    }
    // Black means no class in these lists.
    const own = color === undefined || color === BLACK ? null : Number.parseInt(color.slice(1), 16);
    const maskColor = own === null ? vocColor(this.#listed.length + 1) : own;
    this.#listed.push({ name, color: own, maskColor });
  }

  #isWritable({ key, state }: DatasetImage, id: string): boolean {
    if (state === 'unlabelled') {
      this.#tally.add(
        'unlabelled-image-left-out',
        key,
        `${key} is not labelled yet; a file without objects would call it empty, so it was left out.`,
      );
      return false;
    }
    if (id === '' || id.endsWith('/') || /[\p{Cc}\u2028\u2029]/u.test(key) || !isXmlText(key)) {
      this.#tally.add(
        'image-name-unusable',
        key,
        `${JSON.stringify(key)} cannot stand in XML and in a list of one name a line; the image was left out.`,
      );
      return false;
    }
    if (this.#ids.has(id)) {
      this.#tally.add(
        'label-file-clash',
        key,
        `${key} would share Annotations/${id}.xml with another picture of the same name and another extension; it was left out. Rename one of them.`,
      );
      return false;
    }
    return true;
  }

  async #writeImage(image: DatasetImage, id: string, given: readonly DatasetAnnotation[]): Promise<number> {
    const { key } = image;
    let kept = given.filter((annotation) => this.#isKept(annotation, key));
    let painted = this.#paint(image, kept, this.#tally);
    const isSeen = ({ shape }: DatasetAnnotation, position: number) =>
      shape.type !== 'mask' || painted?.seen.has(position + 1) === true;
    if (!kept.every(isSeen)) {
      for (const [position, annotation] of kept.entries()) {
        if (!isSeen(annotation, position)) this.#dropMask(key);
      }
      kept = kept.filter(isSeen);
      // Numbers of objects are places in the file, so those that stay are painted with their new ones.
      painted = this.#paint(image, kept, createLossTally());
    }
    const objects: string[] = [];
    for (const [position, annotation] of kept.entries()) {
      const label = this.#classes.get(annotation.classIndex);
      const shape = painted?.seen.get(position + 1) ?? annotation.shape;
      const box = behaviourOf(shape).bounds(shape);
      const onDropped = (name: string) => this.#dropAttribute(key, name);
      objects.push(objectXml(annotation, label?.name ?? '', this.#origin, onDropped, box));
    }
    await this.#writeXml(image, id, objects, painted !== null);
    if (painted !== null) {
      this.#masks += 1;
      await painted.write(this.#sink, id, this.#palette, INSTANCE_PALETTE);
    }
    await (await this.#listFor(image.split)).write(`${id}\n`);
    return objects.length;
  }

  #isKept(annotation: DatasetAnnotation, key: string): boolean {
    const { shape, classIndex } = annotation;
    const tally = this.#tally;
    if (!WRITABLE.has(shape.type)) {
      tally.add(
        'unsupported-shape',
        key,
        `A ${shape.type} in ${key} was left out: VOC holds boxes, and outlines and masks beside them.`,
      );
      return false;
    }
    if (!this.#classes.has(classIndex)) {
      tally.add(
        'unknown-class',
        key,
        `An annotation in ${key} has class ${classIndex}, which the label list does not name; it was left out.`,
      );
      return false;
    }
    if (shape.type !== 'mask' && !isWritableBox(behaviourOf(shape).bounds(shape), this.#origin)) {
      tally.add(
        'box-too-small',
        key,
        `A ${shape.type} in ${key} is too small for the numbers that say where it lies; it was left out.`,
      );
      return false;
    }
    if (annotation.isCrowd) {
      tally.add('crowd-flag-dropped', key, `A crowd region in ${key} was written as an ordinary object.`);
    }
    if (annotation.groupId !== undefined) {
      tally.add('group-dropped', key, `VOC has no groups: an object in ${key} is written alone.`);
    }
    if (annotation.trackId !== undefined) {
      tally.add(
        'track-dropped',
        key,
        `VOC has no tracks: an object in ${key} is written for its picture alone.`,
      );
    }
    if (annotation.note !== undefined) {
      tally.add(
        'note-dropped',
        key,
        `The note on an object in ${key} was left out: VOC has no place for it.`,
      );
    }
    return true;
  }

  #paint(image: DatasetImage, kept: readonly DatasetAnnotation[], tally: LossTally): PaintedMasks | null {
    const masks: NumberedMask[] = [];
    for (const [position, { shape, classIndex }] of kept.entries()) {
      const label = this.#classes.get(classIndex);
      if (shape.type === 'mask' && label !== undefined) {
        masks.push({ number: position + 1, shape, classValue: label.value });
      }
    }
    if (masks.length === 0) return null;
    const size = image.size ?? {
      width: masks.reduce((most, { shape }) => Math.max(most, shape.x + shape.width), 1),
      height: masks.reduce((most, { shape }) => Math.max(most, shape.y + shape.height), 1),
    };
    return paintMasks(masks, size, image.key, tally);
  }

  #dropAttribute(key: string, name: string): void {
    this.#tally.add(
      'attribute-dropped',
      key,
      `The attribute ${JSON.stringify(name.slice(0, 100))} in ${key} cannot stand in XML; it was left out.`,
    );
  }

  #dropMask(key: string): void {
    this.#tally.add(
      'mask-left-out',
      key,
      `A mask in ${key} lies outside the picture or wholly under others; it was left out.`,
    );
  }

  async #writeXml(
    image: DatasetImage,
    id: string,
    objects: readonly string[],
    hasMasks: boolean,
  ): Promise<void> {
    const { key, size, attributes, frame } = image;
    if (frame !== undefined) {
      this.#tally.add(
        'frame-dropped',
        key,
        `VOC has no sequences: ${key} is written as a picture by itself.`,
      );
    }
    if (size === null) {
      this.#tally.add(
        'image-size-unknown',
        key,
        `The size of ${key} is not known; it was written without one.`,
      );
    }
    const { segmented, ...others } = attributes ?? {};
    const isSegmented = segmented === true && !hasMasks;
    const ofImage = isSegmented ? others : (attributes ?? {});
    const file = await this.#sink.open(`Annotations/${id}.xml`);
    await file.write(
      `<annotation>\n\t<folder></folder>\n\t<filename>${escapedText(key)}</filename>\n\t<source>\n\t\t<database>Unknown</database>\n\t\t<annotation>Unknown</annotation>\n\t\t<image>Unknown</image>\n\t</source>\n\t<${ORIGIN_ELEMENT}>${this.#origin}</${ORIGIN_ELEMENT}>\n${
        size === null
          ? ''
          : `\t<size>\n\t\t<width>${size.width}</width>\n\t\t<height>${size.height}</height>\n\t\t<depth>3</depth>\n\t</size>\n`
      }\t<segmented>${isSegmented || hasMasks ? 1 : 0}</segmented>\n${attributesXml(ofImage, '\t', (name) =>
        this.#dropAttribute(key, name),
      )}${objects.join('')}</annotation>\n`,
    );
    await file.close();
  }

  async #listFor(split: Split | null): Promise<BufferedFile> {
    const name = split ?? 'default';
    let list = this.#lists.get(name);
    if (list === undefined) {
      list = await openBuffered(this.#sink, `ImageSets/Main/${name}.txt`);
      this.#lists.set(name, list);
    }
    return list;
  }
}

const WRITABLE: ReadonlySet<string> = new Set(['box', 'rotated-box', 'polygon', 'mask']);

function rgbOf(color: number): Rgb {
  return [color >> 16, (color >> 8) & 255, color & 255];
}

const INSTANCE_PALETTE: readonly Rgb[] = Array.from({ length: 256 }, (_, value) => rgbOf(vocColor(value)));
