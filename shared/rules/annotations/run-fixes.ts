import type { EditContext } from '../../actions/edit/action';
import { buildChange } from '../../actions/edit/build-change';
import { applyChange, type ChangeSet } from '../../document/change-set';
import type { ImageDocument } from '../../document/image-document';
import type { AppError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Annotation } from '../../schema/annotation';
import { createIssueCache, evaluateRules } from './evaluate-rules';
import type { RuleSettings } from './finding';

/** A finding and which of its fixes is wanted. */
export interface WantedFix {
  readonly findingId: string;
  readonly fixId: string;
}

/**
 * Runs fixes one after the other as one change of one picture. Each is looked for in what the rules say once those
 * before it are done: of three copies two go, not all. Empty when none of the findings is there any more. When no fix
 * could be run, the reason of the first is the answer.
 */
export function runFixes(
  document: ImageDocument,
  wanted: readonly WantedFix[],
  settings: RuleSettings,
  context: EditContext,
): Result<ChangeSet> {
  const cache = createIssueCache();
  let current = document;
  let refusal: AppError | null = null;
  for (const { findingId, fixId } of wanted) {
    const finding = evaluateRules(current, context.schema, settings, cache).find(
      ({ id }) => id === findingId,
    );
    const change = finding?.fixes.find(({ id }) => id === fixId)?.run(current, context);
    if (change === undefined) continue;
    if (change.ok) current = applyChange(current, change.value);
    else refusal ??= change.error;
  }
  if (current === document && refusal !== null) return err(refusal);
  return ok(changeBetween(document, current));
}

/** What leads from one state of a document to another; drawing order as records stand in both. */
function changeBetween(before: ImageDocument, after: ImageDocument): ChangeSet {
  const updated: (readonly [Annotation, Annotation])[] = [];
  for (const [id, old] of before.annotations) {
    const now = after.annotations.get(id);
    // Several edits are one here, so the revision rises by one.
    if (now !== undefined && now !== old) updated.push([old, { ...now, revision: old.revision + 1 }]);
  }
  return buildChange('annotation.fix', 'Apply fixes', {
    removed: [...before.annotations.values()].filter(({ id }) => !after.annotations.has(id)),
    added: [...after.annotations.values()].filter(({ id }) => !before.annotations.has(id)),
    updated,
    status: before.status === after.status ? null : [before.status, after.status],
  });
}
