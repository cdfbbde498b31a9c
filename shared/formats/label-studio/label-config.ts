import type { ShapeType } from '../../schema/shapes';
import type { DatasetAttribute, DatasetLabel } from '../format';
import { labelNameFrom } from '../parts/records/label-record';
import { parseXml } from '../parts/xml/parse-xml';
import type { XmlElement } from '../parts/xml/xml-element';
import { colorFromCss } from './css-color';

/** The shapes that each kind of labels may be drawn as; "Labels" go with any tool. */
const SHAPES_BY_CONTROL: Readonly<Record<string, readonly ShapeType[]>> = {
  RectangleLabels: ['box', 'rotated-box'],
  PolygonLabels: ['polygon'],
  EllipseLabels: ['ellipse'],
  KeyPointLabels: ['points'],
  BrushLabels: ['mask'],
  VectorLabels: ['polyline'],
  Labels: [],
};

/** Controls that ask something of a region, or of the picture when they are not `perRegion`. */
const QUESTIONS = new Set(['Choices', 'TextArea', 'Number', 'Rating', 'DateTime', 'Taxonomy']);

export interface ConfigControl {
  readonly kind: string;
  readonly isPerRegion: boolean;
}

/** What a labelling config says that reading needs. */
export interface LabelConfig {
  /** Classes by what results call them, in the order of their first mention or of their numbers where all have one. */
  readonly labels: ReadonlyMap<string, DatasetLabel>;
  readonly areNumbersGiven: boolean;
  /** What results call a class or a choice (`alias` where there is one), by its name or itself. */
  resultNameOf(name: string): string;
  /** The name of a choice that results call so. */
  choiceOf(resultName: string): string;
  /** Controls that ask, by the name that results give as `from_name`. */
  readonly controls: ReadonlyMap<string, ConfigControl>;
  /** The field of a task's data that an `<Image>` shows, by the name that results give as `to_name`. */
  readonly imageFields: ReadonlyMap<string, string>;
  /** Whether regions can be drawn at all. */
  readonly hasRegions: boolean;
}

/** A class of `<View>` by which this app knows that its labels may have any shape, though few controls are written. */
export const ANY_SHAPE_CLASS = 'any-shape';

/** The control of this app by which pictures as a whole carry classes. */
export const TAG_CONTROL = 'tag';

/** The config of an XML text; null when it is none. What makes no sense in it is passed over. */
export function parseLabelConfig(text: string): LabelConfig | null {
  const { root } = parseXml(text);
  if (root === null || root.name !== 'View') return null;
  const isAnyShape = (root.attributes.get('className') ?? '').split(' ').includes(ANY_SHAPE_CLASS);
  const found = new Gathered(isAnyShape);
  gather(root, found);
  return found.config();
}

/** Elements nest as deep as the parser allows, which is bounded. */
function gather(element: XmlElement, found: Gathered): void {
  for (const child of element.children) {
    found.take(child);
    gather(child, found);
  }
}

interface LabelDraft {
  readonly name: string;
  readonly category: string | undefined;
  readonly color: string | null;
  readonly shapes: Set<ShapeType>;
  isAnyShape: boolean;
}

class Gathered {
  /** By what results call them: two classes of the same name differ in their alias. */
  readonly #labels = new Map<string, LabelDraft>();
  readonly #choices = new Map<string, string>();
  readonly #controls = new Map<string, ConfigControl>();
  readonly #images = new Map<string, string>();
  readonly #questions: DatasetAttribute[] = [];
  readonly #allShapes = new Set<ShapeType>();
  #hasRegions = false;
  readonly #isAnyShape: boolean;

  constructor(isAnyShape: boolean) {
    this.#isAnyShape = isAnyShape;
  }

  take(element: XmlElement): void {
    const { name: kind, attributes } = element;
    const name = attributes.get('name') ?? '';
    if (kind === 'Image') {
      const field = /^\$(.+)$/.exec(attributes.get('value') ?? attributes.get('valueList') ?? '')?.[1];
      if (field !== undefined) this.#images.set(name, field);
      return;
    }
    if (Object.hasOwn(SHAPES_BY_CONTROL, kind)) {
      this.#hasRegions = true;
      const shapes = SHAPES_BY_CONTROL[kind] ?? [];
      for (const shape of shapes) this.#allShapes.add(shape);
      for (const label of namedValues(element, 'Label')) this.#takeLabel(label, shapes);
    } else if (/^(?:Rectangle|Polygon|Ellipse|KeyPoint|Brush|Vector)$/.test(kind)) this.#hasRegions = true;
    else if (QUESTIONS.has(kind)) this.#takeQuestion(element, kind, name);
  }

  #takeLabel({ value, alias, category, color }: NamedValue, shapes: readonly ShapeType[]): void {
    const resultName = alias ?? value;
    let known = this.#labels.get(resultName);
    if (known === undefined) {
      known = { name: value, category, color, shapes: new Set(), isAnyShape: false };
      this.#labels.set(resultName, known);
    }
    if (shapes.length === 0) known.isAnyShape = true;
    for (const shape of shapes) known.shapes.add(shape);
  }

  #takeQuestion(element: XmlElement, kind: string, name: string): void {
    const isPerRegion = element.attributes.get('perRegion') === 'true';
    this.#controls.set(name, { kind, isPerRegion });
    const choices = kind === 'Choices' ? namedValues(element, 'Choice') : [];
    for (const { value, alias } of choices) if (alias !== undefined) this.#choices.set(alias, value);
    if (kind === 'Choices' && name === TAG_CONTROL) {
      for (const choice of choices) this.#takeLabel(choice, ['tag']);
    } else if (isPerRegion && name !== '' && this.#questions.length < 100) {
      const options = choices.map(({ value }) => value).slice(0, 500);
      const isCheckbox =
        options.length > 0 && options.every((option) => option === 'true' || option === 'false');
      const kindOfAnswer =
        kind === 'Number' || kind === 'Rating'
          ? 'number'
          : isCheckbox
            ? 'checkbox'
            : kind === 'Choices'
              ? 'select'
              : 'text';
      this.#questions.push({
        name: name.slice(0, 100),
        kind: kindOfAnswer,
        options: kindOfAnswer === 'select' ? options : [],
        defaultValue: null,
      });
    }
  }

  config(): LabelConfig {
    const categories = [...this.#labels.values()].map(({ category }) => category);
    const areNumbersGiven =
      categories.length > 0 &&
      categories.every((category) => category !== undefined && /^(?:0|[1-9]\d{0,5})$/.test(category)) &&
      new Set(categories).size === categories.length;
    const labels = [...this.#labels].map(([resultName, draft], at): [string, DatasetLabel] => {
      const { name, category, color, shapes, isAnyShape } = draft;
      const isInFewer = [...this.#allShapes].some((shape) => shape !== 'rotated-box' && !shapes.has(shape));
      const isOfOneControl = this.#allShapes.size <= 2;
      const isRestricted = !this.#isAnyShape && !isAnyShape && (isInFewer || isOfOneControl);
      const label: DatasetLabel = {
        classIndex: areNumbersGiven ? Number(category) : at,
        name,
        supercategory: null,
        ...(color === null ? {} : { color }),
        ...(this.#questions.length > 0 ? { attributes: this.#questions } : {}),
        ...(isRestricted ? { allowedShapes: [...shapes] } : {}),
      };
      return [resultName, label];
    });
    if (areNumbersGiven) labels.sort(([, a], [, b]) => a.classIndex - b.classIndex);
    const byResultName = new Map(labels);
    const resultNames = new Map<string, string>();
    for (const [resultName, { name }] of labels)
      if (!resultNames.has(name)) resultNames.set(name, resultName);
    const choiceOf = (resultName: string) => this.#choices.get(resultName) ?? resultName;
    return {
      labels: byResultName,
      areNumbersGiven,
      resultNameOf: (name) => (byResultName.has(name) ? name : (resultNames.get(name) ?? choiceOf(name))),
      choiceOf,
      controls: this.#controls,
      imageFields: this.#images,
      hasRegions: this.#hasRegions,
    };
  }
}

interface NamedValue {
  readonly value: string;
  readonly alias: string | undefined;
  readonly category: string | undefined;
  readonly color: string | null;
}

/** Values of the elements of that name anywhere below; choices may be nested. */
function namedValues(element: XmlElement, name: string): readonly NamedValue[] {
  return element.children.flatMap((child): readonly NamedValue[] => {
    const below = namedValues(child, name);
    const value = child.name === name ? labelNameFrom(child.attributes.get('value')) : null;
    if (value === null) return below;
    const { attributes } = child;
    const color = colorFromCss(attributes.get('background') ?? '');
    const alias = labelNameFrom(attributes.get('alias')) ?? undefined;
    return [{ value, alias, category: attributes.get('category'), color }, ...below];
  });
}
