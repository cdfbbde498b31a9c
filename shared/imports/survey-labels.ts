import type { DatasetAnnotation, DatasetImage, DatasetLabel } from '../formats/format';
import type { Size } from '../geometry/rect';
import {
  type LabelSurvey,
  PICTURE_CLASS,
  type SurveyedClass,
  type SurveyedSample,
} from '../ipc/channels/label-imports';
import type { RelativeKey } from '../schema/ids';
import type { ShapeType } from '../schema/shapes';
import { AttributeValues } from './attribute-values';
import { isOutside } from './outside-picture';

/** Pictures that can be looked at before anything is stored; taken at even distances, as far as one pass can. */
const MOST_SAMPLES = 24;
/** Of a picture with more only the first are drawn in its preview. */
const MOST_SHAPES_PER_SAMPLE = 300;
/** Classes and names that a hostile file may make up; what is beyond is still imported, under the class's number. */
const MOST_CLASSES = 10_000;
const MOST_ATTRIBUTES = 20_000;

/** Counts what a dataset says while it goes by. Memory grows with its classes and attributes, never with its annotations. */
export class LabelSurveyor {
  readonly #labels = new Map<number, DatasetLabel>();
  readonly #usage = new Map<number, { annotations: number; shapes: Map<ShapeType, number> }>();
  readonly #attributes = new Map<string, { classIndex: number; name: string; values: AttributeValues }>();
  #samples: SurveyedSample[] = [];
  #sampleDistance = 1;
  #current: {
    readonly key: string;
    readonly size: Size | null;
    seen: number;
    readonly shapes: SurveyedSample['annotations'];
  } | null = null;
  /** Pictures with annotations so far. */
  #labelled = 0;
  readonly #counts = {
    images: 0,
    annotations: 0,
    problems: 0,
    groups: 0,
    tracks: 0,
    notes: 0,
    scores: 0,
    frames: 0,
    splits: 0,
    outside: 0,
  };

  label(label: DatasetLabel): void {
    if (this.#labels.size < MOST_CLASSES) this.#labels.set(label.classIndex, label);
  }

  image(image: DatasetImage): void {
    this.#endImage();
    this.#current = { key: image.key, size: image.size, seen: 0, shapes: [] };
    this.#counts.images += 1;
    if (image.frame !== undefined) this.#counts.frames += 1;
    if (image.split !== null) this.#counts.splits += 1;
    const said = Object.entries(image.attributes ?? {});
    if (said.length === 0) return;
    this.#use(PICTURE_CLASS, 'tag');
    for (const [name, value] of said) this.#attribute(PICTURE_CLASS, name).add(value);
  }

  annotation(annotation: DatasetAnnotation): void {
    const { classIndex, shape } = annotation;
    const counts = this.#counts;
    this.#use(classIndex, shape.type);
    for (const name of Object.keys(annotation.attributes)) {
      const value = annotation.attributes[name];
      if (value !== undefined) this.#attribute(classIndex, name).add(value);
    }
    if (annotation.groupId !== undefined) counts.groups += 1;
    if (annotation.trackId !== undefined) counts.tracks += 1;
    if (annotation.note !== undefined) counts.notes += 1;
    if (annotation.score !== null) counts.scores += 1;
    const image = this.#current;
    if (image === null) return;
    if (image.size !== null && isOutside(shape, image.size)) counts.outside += 1;
    image.seen += 1;
    const isShown = this.#isSample() && image.shapes.length < MOST_SHAPES_PER_SAMPLE;
    if (isShown) image.shapes.push({ classIndex, shape });
  }

  problem(): void {
    this.#counts.problems += 1;
  }

  finish(): LabelSurvey {
    this.#endImage();
    const classes = [...this.#labels.values()].map((label): SurveyedClass => this.#classOf(label));
    // Annotations of a class that the files never name must not be lost: they go by its number.
    const unnamed = [...this.#usage.keys()].filter((index) => !this.#labels.has(index)).sort((a, b) => a - b);
    for (const classIndex of unnamed) {
      const name = classIndex === PICTURE_CLASS ? 'picture' : unnamedClass(classIndex);
      classes.push(this.#classOf({ classIndex, name, supercategory: null }));
    }
    return {
      ...this.#counts,
      classes,
      attributes: [...this.#attributes.values()].map(({ classIndex, name, values }) => ({
        classIndex,
        name,
        annotations: values.annotations,
        values: [...values.values],
        hasMoreValues: values.hasMore,
      })),
      samples: this.#samples,
    };
  }

  #classOf(label: DatasetLabel): SurveyedClass {
    const usage = this.#usage.get(label.classIndex);
    const { skeleton, attributes, allowedShapes, ...rest } = label;
    return {
      ...rest,
      ...(skeleton === undefined ? {} : { skeleton }),
      ...(attributes === undefined ? {} : { attributes }),
      ...(allowedShapes === undefined ? {} : { allowedShapes }),
      annotations: usage?.annotations ?? 0,
      shapes: Object.fromEntries(usage?.shapes ?? []),
    };
  }

  #use(classIndex: number, type: ShapeType): void {
    let usage = this.#usage.get(classIndex);
    if (usage === undefined) {
      usage = { annotations: 0, shapes: new Map() };
      this.#usage.set(classIndex, usage);
    }
    usage.annotations += 1;
    usage.shapes.set(type, (usage.shapes.get(type) ?? 0) + 1);
    if (classIndex !== PICTURE_CLASS) this.#counts.annotations += 1;
  }

  #attribute(classIndex: number, name: string): AttributeValues {
    const key = `${classIndex}/${name}`;
    let found = this.#attributes.get(key);
    if (found === undefined) {
      found = { classIndex, name, values: new AttributeValues() };
      if (this.#attributes.size < MOST_ATTRIBUTES) this.#attributes.set(key, found);
    }
    return found.values;
  }

  /** Keeps pictures at even distances: when there are too many, every other one goes and the distance doubles. */
  #endImage(): void {
    const image = this.#current;
    this.#current = null;
    if (image === null || image.seen === 0) return;
    if (this.#isSample()) this.#samples.push({ key: image.key as RelativeKey, annotations: image.shapes });
    this.#labelled += 1;
    if (this.#samples.length <= MOST_SAMPLES) return;
    this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
    this.#sampleDistance *= 2;
  }

  #isSample(): boolean {
    return this.#labelled % this.#sampleDistance === 0;
  }
}

/** The name of a class of which the files give only the number. */
export function unnamedClass(classIndex: number): string {
  return `class ${classIndex}`;
}

/** True when the name says no more than the number. */
export function isUnnamed({
  classIndex,
  name,
}: {
  readonly classIndex: number;
  readonly name: string;
}): boolean {
  return new RegExp(`^class[\\s_-]?${classIndex}$`, 'i').test(name.trim());
}
