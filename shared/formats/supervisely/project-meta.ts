import type { AttributeValue } from '../../schema/label-schema';
import type { DatasetAttribute, DatasetFolder, DatasetLabel } from '../format';
import { isRecord, type JsonRecord, listFrom, recordFrom, textFrom } from '../parts/json/json-values';
import { parseJsonFile } from '../parts/json/parse-json-file';
import type { ProblemQueue } from '../parts/problem-queue';
import { labelExtrasFrom, labelFromRecord, labelNameFrom } from '../parts/records/label-record';
import { shapeTypeOf } from './geometry';
import { OWN_KEY } from './own-key';

export const MAX_META_BYTES = 64 * 1024 * 1024;
const MOST_CLASSES = 10_000;

/** The nodes of a class's keypoints: `keys` name them in files, `joints` for people. */
export interface GraphTemplate {
  readonly keys: readonly string[];
  readonly joints: readonly string[];
  readonly edges: readonly (readonly [number, number])[];
}

export interface ProjectMeta {
  readonly labels: readonly DatasetLabel[];
  readonly byTitle: ReadonlyMap<string, DatasetLabel>;
  readonly templates: ReadonlyMap<string, GraphTemplate>;
  /** What a tag's value is, by its name. */
  readonly tagTypes: ReadonlyMap<string, TagType>;
}

export type TagType = 'none' | 'any_string' | 'any_number' | 'oneof_string';

/** What meta.json says; null when it cannot be read, which is reported. */
export async function readProjectMeta(
  folder: DatasetFolder,
  path: string,
  problems: ProblemQueue,
): Promise<ProjectMeta | null> {
  const parsed = await parseJsonFile(folder, path, MAX_META_BYTES);
  if (!parsed.ok || !isRecord(parsed.value)) {
    problems.error(
      'supervisely-malformed',
      path,
      `${path} cannot be read: ${parsed.ok ? 'it is no JSON object' : parsed.reason}. Without it there are no classes; download the project again.`,
    );
    return null;
  }
  const tags = listFrom(parsed.value.tags);
  const tagTypes = new Map<string, TagType>();
  for (const tag of tags) {
    const { name, value_type: type } = recordFrom(tag);
    if (typeof name === 'string' && isTagType(type)) tagTypes.set(name, type);
  }
  const asked = tags.flatMap(attributeOfTag);
  const byTitle = new Map<string, DatasetLabel>();
  const numbers = new Set<number>();
  const templates = new Map<string, GraphTemplate>();
  listFrom(parsed.value.classes)
    .slice(0, MOST_CLASSES)
    .forEach((entry, at) => {
      const record = recordFrom(entry);
      const title = labelNameFrom(record.title);
      if (title === null || byTitle.has(title)) {
        problems.warning(
          'supervisely-bad-class',
          path,
          `Class ${at} in ${path} has ${title === null ? 'no "title"' : `the title ${title} of another class`}; it was left out.`,
        );
        return;
      }
      const own = labelFromRecord(record[OWN_KEY]);
      let classIndex = own?.classIndex ?? at;
      while (numbers.has(classIndex)) classIndex += 1;
      numbers.add(classIndex);
      const template = templateFrom(recordFrom(record.geometry_config));
      if (template !== null) templates.set(title, template);
      byTitle.set(
        title,
        own === null ? labelOf(classIndex, title, record, template, asked) : { ...own, classIndex },
      );
    });
  const labels = [...byTitle.values()].sort((a, b) => a.classIndex - b.classIndex);
  return { labels, byTitle, templates, tagTypes };
}

function isTagType(value: unknown): value is TagType {
  return value === 'none' || value === 'any_string' || value === 'any_number' || value === 'oneof_string';
}

function labelOf(
  classIndex: number,
  name: string,
  record: JsonRecord,
  template: GraphTemplate | null,
  asked: readonly (DatasetAttribute & { readonly classes: readonly string[] })[],
): DatasetLabel {
  const color = typeof record.color === 'string' ? record.color.toLowerCase() : undefined;
  const type = shapeTypeOf(record.shape);
  const attributes = asked
    .filter(({ classes }) => classes.length === 0 || classes.includes(name))
    .map(({ classes: _, ...attribute }) => attribute);
  return {
    classIndex,
    name,
    supercategory: null,
    ...labelExtrasFrom({ color }),
    ...(template === null ? {} : { skeleton: { joints: template.joints, edges: template.edges } }),
    ...(attributes.length === 0 ? {} : { attributes }),
    ...(type === null ? {} : { allowedShapes: [type] }),
  };
}

/** A tag that objects may carry, as a question; those for pictures alone are none. */
function attributeOfTag(
  value: unknown,
): readonly (DatasetAttribute & { readonly classes: readonly string[] })[] {
  const tag = recordFrom(value);
  const name = textFrom(tag.name, 100);
  if (name === null || name === '' || tag.applicable_type === 'imagesOnly' || !isTagType(tag.value_type))
    return [];
  const kinds = {
    none: 'checkbox',
    any_string: 'text',
    any_number: 'number',
    oneof_string: 'select',
  } as const;
  const texts = (list: unknown) =>
    listFrom(list).filter((text): text is string => textFrom(text, 200) !== null);
  const options = tag.value_type === 'oneof_string' ? texts(tag.values).slice(0, 500) : [];
  return [{ name, kind: kinds[tag.value_type], options, defaultValue: null, classes: texts(tag.classes) }];
}

function templateFrom(config: JsonRecord): GraphTemplate | null {
  const nodes = Object.entries(recordFrom(config.nodes)).slice(0, 200);
  if (nodes.length === 0) return null;
  const keys = nodes.map(([key]) => key);
  const taken = new Set<string>();
  const joints = nodes.map(([key, node], at) => {
    const label = labelNameFrom(recordFrom(node).label) ?? labelNameFrom(key) ?? `joint-${at + 1}`;
    const name = taken.has(label) ? `${label.slice(0, 90)}-${at + 1}` : label;
    taken.add(name);
    return name;
  });
  const edges = listFrom(config.edges)
    .slice(0, 1000)
    .flatMap((edge): readonly (readonly [number, number])[] => {
      const { src, dst } = recordFrom(edge);
      const [from, to] = [keys.indexOf(String(src)), keys.indexOf(String(dst))];
      return from >= 0 && to >= 0 ? [[from, to]] : [];
    });
  return { keys, joints, edges };
}

/** The value of a tag as an attribute; undefined when it is none that its kind of tag may have. */
export function attributeOfTagValue(type: TagType | undefined, value: unknown): AttributeValue | undefined {
  if (value === null || value === undefined) return true;
  if (type === 'any_number') {
    const number = typeof value === 'number' ? value : Number(value);
    return Number.isFinite(number) ? number : undefined;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : (textFrom(value) ?? undefined);
}
