import { type AttributeValue, Color } from '../../../schema/label-schema';
import { SHAPE_TYPES, type ShapeType } from '../../../schema/shapes';
import type { DatasetAttribute, DatasetLabel } from '../../format';
import { attributeValueFrom, isRecord, listFrom, textFrom } from '../json/json-values';

/** Same bounds as the schema of labels. */
const LONGEST_NAME = 100;
const LONGEST_OPTION = 200;
const MOST_OPTIONS = 500;
const MOST_ATTRIBUTES = 100;
const MOST_JOINTS = 200;
const MOST_EDGES = 1000;
const LARGEST_CLASS_INDEX = 100_000;

/** Everything of a label, as JSON: fields that a label does not have are absent. */
export function labelRecord(label: DatasetLabel): Readonly<Record<string, unknown>> {
  const { classIndex, name, supercategory, color, skeleton, attributes, allowedShapes } = label;
  return {
    class_index: classIndex,
    name,
    ...(supercategory === null ? {} : { supercategory }),
    ...(color === undefined ? {} : { color }),
    ...(skeleton === undefined ? {} : { skeleton }),
    ...(attributes === undefined ? {} : { attributes: attributes.map(attributeRecord) }),
    ...(allowedShapes === undefined ? {} : { allowed_shapes: allowedShapes }),
  };
}

/** The label of a record, or null when it has no usable number and name; parts that make no sense are left out. */
export function labelFromRecord(value: unknown): DatasetLabel | null {
  if (!isRecord(value)) return null;
  const name = labelNameFrom(value.name);
  const classIndex = value.class_index;
  if (name === null || !isClassIndex(classIndex)) return null;
  return {
    classIndex,
    name,
    supercategory: labelNameFrom(value.supercategory),
    ...labelExtrasFrom(value),
  };
}

export function isClassIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_CLASS_INDEX;
}

/** A name as labels have them: trimmed, at most 100 characters; null when nothing is left or it is no text. */
export function labelNameFrom(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const name = value.trim().slice(0, LONGEST_NAME).trim();
  return name === '' ? null : name;
}

export type LabelExtras = Pick<DatasetLabel, 'color' | 'skeleton' | 'attributes' | 'allowedShapes'>;

/** The optional parts of a label record; absent where they are missing or nonsense. */
export function labelExtrasFrom(value: unknown): LabelExtras {
  if (!isRecord(value)) return {};
  const color = Color.safeParse(value.color);
  const skeleton = skeletonFrom(value.skeleton);
  const attributes = Array.isArray(value.attributes)
    ? value.attributes.slice(0, MOST_ATTRIBUTES).flatMap(attributeFrom)
    : undefined;
  const allowedShapes = Array.isArray(value.allowed_shapes)
    ? value.allowed_shapes.filter(isShapeType).slice(0, SHAPE_TYPES.length)
    : undefined;
  return {
    ...(color.success ? { color: color.data } : {}),
    ...(skeleton === null ? {} : { skeleton }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(allowedShapes === undefined ? {} : { allowedShapes }),
  };
}

function attributeRecord({ name, kind, options, defaultValue }: DatasetAttribute) {
  return { name, kind, options, default_value: defaultValue };
}

function attributeFrom(value: unknown): readonly DatasetAttribute[] {
  if (!isRecord(value)) return [];
  const name = textFrom(value.name, LONGEST_NAME);
  const { kind } = value;
  if (name === null || name === '') return [];
  if (kind !== 'select' && kind !== 'checkbox' && kind !== 'number' && kind !== 'text') return [];
  const options = listFrom(value.options)
    .filter((option) => textFrom(option, LONGEST_OPTION) !== null)
    .slice(0, MOST_OPTIONS) as readonly string[];
  const defaultValue: AttributeValue | null = attributeValueFrom(value.default_value);
  return [{ name, kind, options, defaultValue }];
}

/** Joints by name and edges between them, or null when that is not what it is. */
function skeletonFrom(value: unknown): NonNullable<DatasetLabel['skeleton']> | null {
  if (!isRecord(value)) return null;
  const joints = listFrom(value.joints).slice(0, MOST_JOINTS);
  if (joints.length === 0 || !joints.every((joint) => labelNameFrom(joint) === joint)) return null;
  const edges = listFrom(value.edges)
    .slice(0, MOST_EDGES)
    .flatMap((edge): readonly (readonly [number, number])[] => {
      if (!Array.isArray(edge) || edge.length !== 2) return [];
      const [from, to] = edge as readonly unknown[];
      return isIndexBelow(from, joints.length) && isIndexBelow(to, joints.length) ? [[from, to]] : [];
    });
  return { joints: joints as readonly string[], edges };
}

function isIndexBelow(value: unknown, count: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < count;
}

function isShapeType(value: unknown): value is ShapeType {
  return (SHAPE_TYPES as readonly unknown[]).includes(value);
}
