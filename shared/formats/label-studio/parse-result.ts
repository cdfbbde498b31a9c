import type { Size } from '../../geometry/rect';
import type { AttributeValue } from '../../schema/label-schema';
import type { Attributes, DatasetAnnotation } from '../format';
import {
  attributeValueFrom,
  isRecord,
  type JsonRecord,
  listFrom,
  numberFrom,
  recordFrom,
  textFrom,
} from '../parts/json/json-values';
import { ObjectJoiner, OWN_FIELD } from '../parts/object-parts';
import type { ProblemQueue } from '../parts/problem-queue';
import { groupsOfRelations } from './groups-of-relations';
import type { LabelConfig } from './label-config';
import { TAG_CONTROL } from './label-config';
import { type RegionKind, regionGeometry, regionKindOf } from './parse-region';

/** The per-region answer that stands for COCO's iscrowd. */
export const CROWD_CONTROL = 'iscrowd';

export interface ResultContext {
  readonly imageKey: string;
  readonly path: string;
  readonly problems: ProblemQueue;
  readonly config: LabelConfig | null;
  /** The class's number by its name as results give it. */
  readonly indexOf: (name: unknown) => number | null;
  /** Whether choices for the picture as a whole are its classes. */
  readonly areChoicesTags: boolean;
  /** Used where an item does not say how large the picture is. */
  readonly size: Size | null;
  /** Of a prediction as a whole. */
  readonly score: number | null;
}

export interface ParsedResult {
  readonly annotations: readonly DatasetAnnotation[];
  /** What was answered of the picture as a whole. */
  readonly imageAttributes: ReadonlyMap<string, AttributeValue>;
  /** Whether anything was drawn or chosen at all, read or not. */
  readonly isLabelled: boolean;
}

interface Region {
  readonly id: string;
  readonly kind: RegionKind | 'tag';
  readonly item: JsonRecord;
  readonly names: unknown[];
  readonly answers: JsonRecord[];
  note: string;
}

/** The items of one picture as annotations in drawing order. */
export function parseResult(items: readonly JsonRecord[], context: ResultContext): ParsedResult {
  const { problems, path, imageKey } = context;
  const regions = regionsOf(items, context);
  const groups = groupsOfRelations(items);
  const imageAttributes = new Map<string, AttributeValue>();
  for (const item of items) {
    if (item.type === 'relation') {
      if (listFrom(item.labels).length > 0) {
        problems.warning(
          'relation-label-dropped',
          path,
          `A relation in ${imageKey} in ${path} has a label; it was read without it.`,
        );
      }
      continue;
    }
    const isOfRegion = typeof item.id === 'string' && regions.has(item.id);
    if (!isOfRegion && regionKindOf(item) === null) addAnswer(item, imageAttributes, context);
  }
  const joiner = new ObjectJoiner();
  let count = 0;
  for (const region of regions.values()) {
    count += 1;
    addRegion(region, `Region ${count} of ${imageKey} in ${path}`, groups, context, joiner);
  }
  return { annotations: joiner.annotations(), imageAttributes, isLabelled: regions.size > 0 };
}

/** Items with the same id are one region: its place, its labels and what was answered of it. */
function regionsOf(items: readonly JsonRecord[], context: ResultContext): ReadonlyMap<string, Region> {
  const regions = new Map<string, Region>();
  for (const [at, item] of items.entries()) {
    const kind = isTagItem(item, items, context) ? 'tag' : regionKindOf(item);
    if (kind === null) continue;
    const id = typeof item.id === 'string' && item.id !== '' ? item.id : `item ${at}`;
    let region = regions.get(id);
    if (region === undefined) {
      region = { id, kind, item, names: [], answers: [], note: '' };
      regions.set(id, region);
    }
    region.names.push(...namesOf(item));
  }
  for (const item of items) {
    const region = typeof item.id === 'string' ? regions.get(item.id) : undefined;
    if (region === undefined) continue;
    region.note = region.note === '' ? noteOf(item) : region.note;
    if (regionKindOf(item) === null && !isTagItem(item, items, context)) region.answers.push(item);
  }
  return regions;
}

/** Names of classes in an item: the list that is called like its type, `rectanglelabels` or `labels`, or its choices. */
export function namesOf({ type, value }: JsonRecord): readonly unknown[] {
  const given = recordFrom(value);
  if (type === 'choices') return listFrom(given.choices);
  return typeof type === 'string' && type.endsWith('labels') ? listFrom(given[type]) : [];
}

/** Whether an item is a choice that makes a class of the picture as a whole. */
function isTagItem(
  item: JsonRecord,
  items: readonly JsonRecord[],
  { areChoicesTags, config }: ResultContext,
): boolean {
  if (item.type !== 'choices') return false;
  if (item.from_name === TAG_CONTROL) return true;
  if (!areChoicesTags || config?.controls.get(String(item.from_name))?.isPerRegion === true) return false;
  // Without a config, what shares its id with a region is about that region.
  return !items.some((other) => other !== item && other.id === item.id && regionKindOf(other) !== null);
}

function noteOf({ meta }: JsonRecord): string {
  const { text } = recordFrom(meta);
  const lines = Array.isArray(text) ? (text as readonly unknown[]) : [text];
  return textFrom(lines.filter((line) => typeof line === 'string').join('\n')) ?? '';
}

function addRegion(
  region: Region,
  place: string,
  groups: ReadonlyMap<string, string>,
  context: ResultContext,
  joiner: ObjectJoiner,
): void {
  const { problems, path, imageKey, indexOf } = context;
  const { item, kind, id } = region;
  const own = recordFrom(item[OWN_FIELD]);
  const value = recordFrom(item.value);
  let shape: DatasetAnnotation['shape'] = { type: 'tag' };
  if (kind !== 'tag') {
    const size = sizeOf(item) ?? context.size;
    if (size === null) {
      problems.error(
        'image-size-unknown',
        path,
        `${place} is in percent of a picture whose size is not known; it was left out. Put the picture beside the file.`,
      );
      return;
    }
    const geometry = regionGeometry(kind, value, size, own);
    if (typeof geometry === 'string') {
      problems.error(
        'label-studio-bad-region',
        path,
        `${place} ${geometry}; it was left out. Draw it again in Label Studio.`,
      );
      return;
    }
    if (geometry.remark !== undefined) {
      problems.warning(geometry.remark.code, path, `${place} ${geometry.remark.reason}.`);
    }
    shape = geometry.shape;
    reportTurnedView(item, place, context);
  }
  const classes = [...new Set(region.names.map(indexOf).filter((index) => index !== null))];
  if (classes.length === 0) {
    problems.error(
      'label-studio-no-label',
      path,
      `${place} has no label; it was left out. Give it one in Label Studio.`,
    );
    return;
  }
  const answers = new Map<string, AttributeValue>();
  for (const answer of region.answers) addAnswer(answer, answers, context);
  const isCrowd = answers.get(CROWD_CONTROL) === true;
  if (isCrowd) answers.delete(CROWD_CONTROL);
  const attributes: Attributes = Object.fromEntries(answers);
  const groupId = groups.get(id) ?? (classes.length > 1 ? `region ${id}`.slice(0, 1_000) : undefined);
  for (const classIndex of classes) {
    const annotation: DatasetAnnotation = {
      ...{ imageKey, classIndex, shape, isCrowd, attributes },
      score: scoreOf(item.score ?? context.score, place, context),
      ...(groupId === undefined ? {} : { groupId }),
      ...(region.note === '' ? {} : { note: region.note }),
    };
    joiner.add(annotation, own);
  }
}

/** Displayed size as an item gives it. */
export function sizeOf({ original_width: width, original_height: height }: JsonRecord): Size | null {
  const isSide = (value: unknown): value is number =>
    typeof value === 'number' && value >= 1 && value <= 1_000_000;
  return isSide(width) && isSide(height) ? { width, height } : null;
}

function reportTurnedView(
  { image_rotation: turn }: JsonRecord,
  place: string,
  { problems, path }: ResultContext,
): void {
  if (turn === undefined || turn === null || turn === 0) return;
  problems.warning(
    'label-studio-turned-view',
    path,
    `${place} was drawn while the picture was shown turned by ${JSON.stringify(turn)?.slice(0, 20)} degrees; check that it is in its place.`,
  );
}

function scoreOf(value: unknown, place: string, { problems, path }: ResultContext): number | null {
  if (value === null || value === undefined) return null;
  const score = numberFrom(value);
  if (score !== null && score >= 0 && score <= 1) return score + 0;
  problems.warning(
    'score-out-of-range',
    path,
    `${place} has the score ${JSON.stringify(value)?.slice(0, 50)}, which is not from 0 to 1; it was read without one.`,
  );
  return null;
}

const MOST_ANSWERS = 100;

/** One answer as an attribute that is called like its control; several choices as `control/choice`. */
function addAnswer(item: JsonRecord, attributes: Map<string, AttributeValue>, context: ResultContext): void {
  const { problems, path, imageKey } = context;
  const name = textFrom(item.from_name) ?? '';
  const values = answersOf(item, context.config);
  const given: readonly (readonly [string, AttributeValue])[] | null =
    values === null
      ? null
      : values.length === 1
        ? values.map((value): readonly [string, AttributeValue] => [name, value])
        : values.map((value): readonly [string, AttributeValue] => [`${name}/${String(value)}`, true]);
  let isDropped = given === null || name === '';
  for (const [key, value] of given ?? []) {
    if (attributes.has(key) || attributes.size >= MOST_ANSWERS || key.length > 10_000) isDropped = true;
    else if (name !== '') attributes.set(key, value);
  }
  if (!isDropped) return;
  problems.warning(
    'attribute-dropped',
    path,
    `What was answered to ${JSON.stringify(name.slice(0, 100))} of ${imageKey} in ${path} has no place here or stands there twice; it was not read.`,
  );
}

/** The values of an answer; null when it is of a kind that is no text, number, true or false. */
function answersOf(
  { type, value }: JsonRecord,
  config: LabelConfig | null,
): readonly AttributeValue[] | null {
  const given = recordFrom(value);
  switch (type) {
    case 'choices':
      return listFrom(given.choices)
        .filter((choice) => typeof choice === 'string')
        .map((choice) => {
          const name = config?.choiceOf(choice) ?? choice;
          return name === 'true' ? true : name === 'false' ? false : name;
        });
    case 'textarea': {
      const lines = Array.isArray(given.text) ? (given.text as readonly unknown[]) : [given.text];
      const text = textFrom(lines.filter((line) => typeof line === 'string').join('\n'));
      return text === null ? null : [text];
    }
    case 'taxonomy':
      return listFrom(given.taxonomy)
        .filter(Array.isArray)
        .map((way) => way.map(String).join('/').slice(0, 10_000));
    case 'number':
    case 'rating':
    case 'datetime': {
      const answer = attributeValueFrom(given[type]);
      return answer === null ? null : [answer];
    }
    default:
      return null;
  }
}

/** The items of a result that are about one of the pictures of a task. */
export function itemsOfPicture(
  items: readonly unknown[],
  picture: { readonly field: string; readonly index: number },
  config: LabelConfig | null,
  isOnlyField: boolean,
): readonly JsonRecord[] {
  return items.filter(isRecord).filter((item) => {
    // A relation names its ends by id; one between other regions joins nothing here.
    if (item.type === 'relation') return true;
    const field = config?.imageFields.get(String(item.to_name));
    const isOfField = isOnlyField || field === picture.field;
    const index = Number.isInteger(item.item_index) ? item.item_index : 0;
    return isOfField && index === picture.index;
  });
}
