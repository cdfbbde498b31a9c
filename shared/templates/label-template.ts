import type { AttributeId, IdSource, LabelId } from '../schema/ids';
import type { AttributeDefinition, LabelSchema } from '../schema/label-schema';
import type { ShapeType, SkeletonTemplate } from '../schema/shapes';
import { paletteColor } from './palette';

/** `Omit` that keeps the members of a union apart. */
type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface LabelTemplate {
  readonly name: string;
  readonly shortcut?: string;
  readonly allowedShapes?: readonly ShapeType[];
  readonly description?: string;
  readonly attributes?: readonly OmitEach<AttributeDefinition, 'id'>[];
  readonly supercategory?: string;
  readonly skeleton?: SkeletonTemplate;
}

/** A label schema to start a project from. Class indexes follow the order of `labels`, from 0. */
export interface SchemaTemplate {
  /** Kebab-case, never changes once shipped. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly labels: readonly LabelTemplate[];
}

/** A fresh schema from a template: new ids, class indexes 0, 1, 2, … and the palette's colours in order. */
export function createLabelSchema(template: SchemaTemplate, newId: IdSource): LabelSchema {
  return {
    revision: 0,
    nextClassIndex: template.labels.length,
    labels: template.labels.map((label, classIndex) => ({
      id: newId() as LabelId,
      classIndex,
      name: label.name,
      color: paletteColor(classIndex),
      shortcut: label.shortcut ?? null,
      allowedShapes: [...(label.allowedShapes ?? [])],
      description: label.description ?? '',
      attributes: (label.attributes ?? []).map((attribute) => ({
        ...attribute,
        id: newId() as AttributeId,
      })) as AttributeDefinition[],
      isRetired: false,
      mergedIntoId: null,
      formerNames: [],
      supercategory: label.supercategory ?? null,
      ...(label.skeleton === undefined ? {} : { skeleton: label.skeleton }),
    })),
  };
}
