import { derivedId } from '../document/derived-id';
import { normalizedClassName } from '../imports/label-synonyms';
import type { ImportedClass } from '../imports/map-classes';
import type { LabelId } from '../schema/ids';
import type { LabelDefinition, LabelSchema } from '../schema/label-schema';
import { resolveMergedLabels } from '../schema/resolve-label';
import { nextPaletteColor } from '../templates/palette';

export interface AdoptedLabels {
  readonly schema: LabelSchema;
  readonly labelIdByClass: ReadonlyMap<number, LabelId>;
}

const NO_LABELS: LabelSchema = { revision: 0, nextClassIndex: 0, labels: [] };

/**
 * The labels of a dataset that is published straight from its files. Those that the last version knows by name, now or
 * formerly, are those; others are added with the number that the dataset gives them, or the next free one when that
 * number was ever used: numbers are permanent.
 */
export function adoptLabels(
  projectId: string,
  previous: LabelSchema | null,
  classes: readonly ImportedClass[],
): AdoptedLabels {
  const before = previous ?? NO_LABELS;
  const resolved = resolveMergedLabels(before);
  const labels: LabelDefinition[] = [...before.labels];
  const used = new Set(labels.map((label) => label.classIndex));
  let nextClassIndex = before.nextClassIndex;
  const labelIdByClass = new Map<number, LabelId>();
  for (const one of [...classes].sort((a, b) => a.classIndex - b.classIndex)) {
    const wanted = normalizedClassName(one.name);
    const known = labels.find((label) =>
      [label.name, ...label.formerNames].some((name) => normalizedClassName(name) === wanted),
    );
    if (known !== undefined) {
      labelIdByClass.set(one.classIndex, resolved.get(known.id)?.id ?? known.id);
      continue;
    }
    const isFree = !used.has(one.classIndex) && one.classIndex >= before.nextClassIndex;
    const classIndex = isFree ? one.classIndex : Math.max(nextClassIndex, before.nextClassIndex);
    used.add(classIndex);
    nextClassIndex = Math.max(nextClassIndex, classIndex + 1);
    const id = derivedId(projectId, 'label', wanted) as LabelId;
    labelIdByClass.set(one.classIndex, id);
    labels.push({
      id,
      classIndex,
      name: one.name.trim().slice(0, 100) || `class ${one.classIndex}`,
      color: nextPaletteColor(labels.map((label) => label.color)),
      shortcut: null,
      allowedShapes: [],
      description: '',
      attributes: [],
      isRetired: false,
      mergedIntoId: null,
      formerNames: [],
      supercategory: one.supercategory?.slice(0, 100) || null,
    });
  }
  const isChanged = labels.length > before.labels.length;
  return {
    schema: isChanged ? { revision: before.revision + 1, nextClassIndex, labels } : before,
    labelIdByClass,
  };
}
