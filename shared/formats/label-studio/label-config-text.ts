import type { AttributeValue } from '../../schema/label-schema';
import type { ShapeType } from '../../schema/shapes';
import type { DatasetLabel } from '../format';
import { escapedAttribute, isXmlText } from '../parts/xml/escape-xml';
import { ANY_SHAPE_CLASS, TAG_CONTROL } from './label-config';
import { CROWD_CONTROL } from './parse-result';

/** The controls that this app writes, by the kind of result that they make. */
export const CONTROLS = {
  rectanglelabels: { tag: 'RectangleLabels', name: 'rectangles', shapes: ['box', 'rotated-box'] },
  polygonlabels: { tag: 'PolygonLabels', name: 'polygons', shapes: ['polygon'] },
  ellipselabels: { tag: 'EllipseLabels', name: 'ellipses', shapes: ['ellipse'] },
  keypointlabels: { tag: 'KeyPointLabels', name: 'keypoints', shapes: ['points'] },
  brushlabels: { tag: 'BrushLabels', name: 'brushes', shapes: ['mask'] },
  vectorlabels: { tag: 'VectorLabels', name: 'vectors', shapes: ['polyline'] },
} as const satisfies Record<string, { tag: string; name: string; shapes: readonly ShapeType[] }>;
export type LabelsType = keyof typeof CONTROLS;

/** The control of classes that have no other. */
const OTHERS = 'classes';

/** Names that answers cannot have. */
const TAKEN: ReadonlySet<string> = new Set([
  ...Object.values(CONTROLS).map(({ name }) => name),
  ...['image', TAG_CONTROL, CROWD_CONTROL, OTHERS],
]);

export type AnswerKind = 'choices' | 'textarea' | 'number';

interface Question {
  readonly kind: AnswerKind;
  readonly options: readonly string[];
}

const YES_OR_NO = ['true', 'false'];

/** As many questions as a form can show; further ones are answered without being asked. */
const MOST_QUESTIONS = 1_000;

/** The per-region controls of a config: what the labels' schema asks, and what annotations answer beside it. */
export class Questions {
  readonly #questions = new Map<string, Question>();
  readonly #selects = new Map<string, ReadonlySet<string>>();

  constructor(labels: readonly DatasetLabel[]) {
    for (const { name, kind, options } of labels.flatMap(({ attributes }) => attributes ?? [])) {
      if (!this.isFree(name)) continue;
      if (kind === 'select')
        this.#selects.set(name, new Set([...(this.#selects.get(name) ?? []), ...options]));
      const known = this.#questions.get(name);
      const asked = kind === 'checkbox' ? YES_OR_NO : kind === 'select' ? options : [];
      const kindOfAnswer = kind === 'number' ? 'number' : kind === 'text' ? 'textarea' : 'choices';
      this.#ask(name, kindOfAnswer, [...new Set([...(known?.options ?? []), ...asked])]);
    }
  }

  /** False for a name that means something else in the config. */
  isFree(name: string): boolean {
    return name !== '' && !TAKEN.has(name);
  }

  /** How a value is answered, so that it is read as it was. */
  answered(name: string, value: AttributeValue): { readonly type: AnswerKind; readonly value: object } {
    if (typeof value === 'number') {
      this.#ask(name, 'number', []);
      return { type: 'number', value: { number: value } };
    }
    if (typeof value === 'boolean') {
      this.#ask(name, 'choices', YES_OR_NO);
      return { type: 'choices', value: { choices: [String(value)] } };
    }
    if (this.#selects.get(name)?.has(value) === true && !YES_OR_NO.includes(value)) {
      return { type: 'choices', value: { choices: [value] } };
    }
    this.#ask(name, 'textarea', []);
    return { type: 'textarea', value: { text: [value] } };
  }

  markCrowd(): void {
    this.#ask(CROWD_CONTROL, 'choices', ['true']);
  }

  #ask(name: string, kind: AnswerKind, options: readonly string[]): void {
    const known = this.#questions.get(name);
    if (known !== undefined && known.options.length >= options.length) return;
    if (known === undefined && this.#questions.size >= MOST_QUESTIONS) return;
    this.#questions.set(name, { kind: known?.kind ?? kind, options });
  }

  /** Elements of a config, a line each; names that XML cannot hold are left out. */
  lines(): readonly string[] {
    return [...this.#questions]
      .filter(([name]) => isXmlText(name))
      .map(([name, { kind, options }]) => {
        const common = `name="${escapedAttribute(name)}" toName="image" perRegion="true"`;
        if (kind === 'number') return `  <Number ${common}/>`;
        if (kind === 'textarea') return `  <TextArea ${common} maxSubmissions="1"/>`;
        const choices = options
          .filter(isXmlText)
          .map((option) => `<Choice value="${escapedAttribute(option)}"/>`);
        return `  <Choices ${common}>${choices.join('')}</Choices>`;
      });
  }
}

/**
 * The labelling config to the tasks: controls for the shapes that are there or that a label asks for, and in each the
 * labels that may have such a shape. Label Studio's converters to COCO and YOLO look at controls, so that one too many
 * changes what they write; they take `category` for the class's id, and want `model_index` with points.
 */
export function labelConfigText(
  labels: readonly DatasetLabel[],
  usedShapes: ReadonlySet<ShapeType>,
  questions: Questions,
): string {
  const named = labels.filter(({ name }) => isXmlText(name));
  const asked = new Set<ShapeType>(named.flatMap(({ allowedShapes }) => allowedShapes ?? []));
  const isAnyShape = asked.size === 0;
  const wanted = new Set<ShapeType>([...usedShapes, ...asked]);
  const isWanted = (shapes: readonly ShapeType[]) => shapes.some((shape) => wanted.has(shape));
  const lines = [
    isAnyShape ? `<View className="${ANY_SHAPE_CLASS}">` : '<View>',
    '  <Image name="image" value="$image"/>',
  ];
  const controls = Object.values(CONTROLS).filter(({ shapes }) => isWanted(shapes));
  const placed = new Set<DatasetLabel>();
  const results = resultNames(labels);
  for (const { tag, name, shapes } of controls) {
    const own = named.filter(({ allowedShapes }) => mayBe(allowedShapes, shapes));
    if (own.length === 0) continue;
    for (const label of own) placed.add(label);
    const isOfPoints = tag === CONTROLS.keypointlabels.tag;
    const elements = own.map((label, at) =>
      element('Label', label, results, isOfPoints ? ` model_index="${at}"` : ''),
    );
    lines.push(`  <${tag} name="${name}" toName="image">`, ...elements, `  </${tag}>`);
  }
  const tags = isWanted(['tag']) ? named.filter(({ allowedShapes }) => mayBe(allowedShapes, ['tag'])) : [];
  for (const label of tags) placed.add(label);
  if (tags.length > 0) {
    lines.push(`  <Choices name="${TAG_CONTROL}" toName="image" choice="multiple">`);
    lines.push(...tags.map((label) => element('Choice', label, results, '')), '  </Choices>');
  }
  // Classes that nothing is drawn of, and those whose shapes Label Studio does not have, are listed all the same.
  const others = named.filter((label) => !placed.has(label));
  if (others.length > 0) {
    const { tag } = isAnyShape ? CONTROLS.rectanglelabels : { tag: 'Labels' };
    lines.push(`  <${tag} name="${OTHERS}" toName="image">`);
    lines.push(...others.map((label) => element('Label', label, results, '')), `  </${tag}>`);
  }
  return [...lines, ...questions.lines(), '</View>', ''].join('\n');
}

/** What results call each class, by its number: its name, with a number where another class has the same name. */
export function resultNames(labels: readonly DatasetLabel[]): ReadonlyMap<number, string> {
  const taken = new Set<string>();
  const names = new Map<number, string>();
  for (const { classIndex, name } of labels) {
    let unique = name;
    for (let at = classIndex; taken.has(unique); at += 1) unique = `${name.slice(0, 90)} (${at})`;
    taken.add(unique);
    names.set(classIndex, unique);
  }
  return names;
}

function mayBe(allowed: readonly ShapeType[] | undefined, shapes: readonly ShapeType[]): boolean {
  return allowed === undefined || allowed.length === 0 || shapes.some((shape) => allowed.includes(shape));
}

function element(
  tag: string,
  { name, color, classIndex }: DatasetLabel,
  results: ReadonlyMap<number, string>,
  more: string,
): string {
  const result = results.get(classIndex) ?? name;
  const alias = result === name ? '' : ` alias="${escapedAttribute(result)}"`;
  const background = color === undefined ? '' : ` background="${color}"`;
  return `    <${tag} value="${escapedAttribute(name)}"${alias}${background} category="${classIndex}"${more}/>`;
}
