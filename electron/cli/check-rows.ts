import { assignSplits } from '../../shared/datasets/split';
import { documentFromSet } from '../../shared/document/image-document';
import type { PublishRow } from '../../shared/ipc/channels/datasets';
import { datasetInputOf } from '../../shared/rules/annotations/dataset-table';
import { evaluateDataset } from '../../shared/rules/annotations/evaluate-dataset';
import { evaluateRules } from '../../shared/rules/annotations/evaluate-rules';
import type { FindingFacts } from '../../shared/rules/annotations/finding';
import type { SplitRule } from '../../shared/schema/dataset-version';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { resolveLabel } from '../../shared/schema/resolve-label';

/** A finding with the picture that a person should look at; null when it is about the whole dataset. */
export interface FoundInFolder {
  readonly finding: FindingFacts;
  readonly key: string | null;
}

/**
 * What the rules say of a dataset that is about to be published, the very rules of the app as they come. Looks of
 * pictures are not measured here, so that rules about look-alikes speak of byte-identical files only.
 */
export function checkRows(
  rows: readonly PublishRow[],
  schema: LabelSchema,
  splitRule: SplitRule,
): readonly FoundInFolder[] {
  const found: FoundInFolder[] = [];
  for (const { image, status, annotations } of rows) {
    const set = { imageId: image.id, projectId: image.projectId, revision: 0, annotations, status };
    for (const finding of evaluateRules(documentFromSet(set, image), schema)) {
      found.push({ finding, key: image.key });
    }
  }
  const splits = assignSplits(
    rows.map(({ image, sourceName, annotations }) => ({
      imageId: image.id,
      folder: folderOf(sourceName, image.key),
      contentHash: image.contentHash,
      labelCounts: countByClass(annotations, schema),
    })),
    splitRule,
  );
  const input = datasetInputOf(
    rows.map(({ image, status, annotations }) => ({
      id: image.id,
      name: image.key,
      size: image,
      state: status.state,
      annotations,
      split: splits.get(image.id)?.split ?? null,
      content: image.contentHash,
      look: null,
    })),
    schema,
  );
  const keyOf = new Map<string, string>(rows.map(({ image }) => [image.id, image.key]));
  for (const { findings } of evaluateDataset(input, {})) {
    for (const finding of findings)
      found.push({ finding, key: keyOf.get(finding.imageIds[0] ?? '') ?? null });
  }
  return found;
}

function folderOf(sourceName: string, key: string): string {
  const slash = key.lastIndexOf('/');
  return slash < 0 ? sourceName : `${sourceName}/${key.slice(0, slash)}`;
}

function countByClass(
  annotations: PublishRow['annotations'],
  schema: LabelSchema,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { labelId } of annotations) {
    const number = resolveLabel(schema, labelId)?.classIndex;
    if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

/** Findings a rule that are printed; the JSON has the count of all. */
const MOST_SHOWN = 3;

/** Errors and warnings for a person: the first of each rule, the gravest first, and how many more there are. */
export function findingLines(found: readonly FoundInFolder[]): readonly string[] {
  const byRule = new Map<string, FoundInFolder[]>();
  for (const one of found) {
    if (one.finding.severity === 'info') continue;
    const ofRule = byRule.get(one.finding.ruleId) ?? [];
    ofRule.push(one);
    byRule.set(one.finding.ruleId, ofRule);
  }
  const weight = { error: 0, warning: 1, info: 2 } as const;
  return [...byRule]
    .sort(([, [a]], [, [b]]) => weight[a?.finding.severity ?? 'info'] - weight[b?.finding.severity ?? 'info'])
    .flatMap(([ruleId, ofRule]) => [
      ...ofRule
        .slice(0, MOST_SHOWN)
        .map(
          ({ finding, key }) => `${finding.severity}: ${key ?? 'dataset'}: ${finding.message} [${ruleId}]`,
        ),
      ...(ofRule.length > MOST_SHOWN ? [`… and ${ofRule.length - MOST_SHOWN} more of ${ruleId}`] : []),
    ]);
}

export function countBySeverity(found: readonly FoundInFolder[]) {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { finding } of found) counts[finding.severity] += 1;
  return counts;
}
