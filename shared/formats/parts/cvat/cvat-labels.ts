import type { DatasetLabel } from '../../format';
import type { AttributeKind } from '../xml/attribute-text';
import { type CvatLabel, kindOfAttribute } from './cvat-meta';

/** Labels of a dataset and how values of their attributes are to be understood. */
export interface CvatLabels {
  readonly labels: readonly DatasetLabel[];
  readonly byName: ReadonlyMap<string, CvatLabelInUse>;
}

export interface CvatLabelInUse {
  readonly classIndex: number;
  readonly kinds: ReadonlyMap<string, AttributeKind>;
  readonly skeleton: DatasetLabel['skeleton'] | null;
}

/** Declared labels in the order of their first declaration, then names that only annotations carry, in code-unit order. */
export function joinedLabels(
  declared: readonly CvatLabel[],
  used: ReadonlySet<string>,
): CvatLabels & { readonly undeclared: readonly string[] } {
  const byName = new Map<string, CvatLabelInUse>();
  const labels: DatasetLabel[] = [];
  for (const label of declared) {
    if (byName.has(label.name)) continue;
    const classIndex = labels.length;
    byName.set(label.name, {
      classIndex,
      kinds: new Map(label.attributes.map((attribute) => [attribute.name, kindOfAttribute(attribute)])),
      skeleton: label.skeleton,
    });
    labels.push({
      classIndex,
      name: label.name,
      supercategory: null,
      ...(label.color === null ? {} : { color: label.color }),
      ...(label.skeleton === null || label.skeleton === undefined ? {} : { skeleton: label.skeleton }),
      ...(label.attributes.length === 0 ? {} : { attributes: label.attributes }),
      ...(label.allowedShapes.length === 0 ? {} : { allowedShapes: label.allowedShapes }),
    });
  }
  const undeclared = [...used].filter((name) => !byName.has(name)).sort();
  for (const name of undeclared) {
    byName.set(name, { classIndex: labels.length, kinds: new Map(), skeleton: null });
    labels.push({ classIndex: labels.length, name, supercategory: null });
  }
  return { labels, byName, undeclared };
}
