import type { AttributeValue } from '../../schema/label-schema';
import type { ShapeType } from '../../schema/shapes';
import type { DatasetLabel } from '../format';
import { escapedAttribute, isXmlText } from '../parts/xml/escape-xml';
import { TAG_CONTROL } from './label-config';
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

/** Names that answers cannot have. */
const TAKEN: ReadonlySet<string> = new Set([
  ...Object.values(CONTROLS).map(({ name }) => name),
  ...['image', TAG_CONTROL, CROWD_CONTROL],
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
 * The labelling config to the tasks: every class in each control of the shapes that it may have, with its number as
 * `category`, which Label Studio's own converters use as the class's id.
 */
export function labelConfigText(labels: readonly DatasetLabel[], questions: Questions): string {
  const named = labels.filter(({ name }) => isXmlText(name));
  const lines = ['<View>', '  <Image name="image" value="$image"/>'];
  for (const { tag, name, shapes } of Object.values(CONTROLS)) {
    const own = named.filter(({ allowedShapes }) => mayBe(allowedShapes, shapes));
    if (own.length === 0) continue;
    lines.push(
      `  <${tag} name="${name}" toName="image">`,
      ...own.map((label) => element('Label', label)),
      `  </${tag}>`,
    );
  }
  const tags = named.filter(({ allowedShapes }) => mayBe(allowedShapes, ['tag']));
  if (tags.length > 0) {
    lines.push(`  <Choices name="${TAG_CONTROL}" toName="image" choice="multiple">`);
    lines.push(...tags.map((label) => element('Choice', label)), '  </Choices>');
  }
  return [...lines, ...questions.lines(), '</View>', ''].join('\n');
}

function mayBe(allowed: readonly ShapeType[] | undefined, shapes: readonly ShapeType[]): boolean {
  return allowed === undefined || allowed.length === 0 || shapes.some((shape) => allowed.includes(shape));
}

function element(tag: string, { name, color, classIndex }: DatasetLabel): string {
  const background = color === undefined ? '' : ` background="${color}"`;
  return `    <${tag} value="${escapedAttribute(name)}"${background} category="${classIndex}"/>`;
}
