import type { LabelId } from '../../shared/schema/ids';
import { resolveMergedLabels } from '../../shared/schema/resolve-label';
import type { Services } from '../app/services';
import { isShown } from '../editor/shown';

/** Selects what is shown and counts as one of these labels; merged labels are one with what they were merged into. */
export function selectByLabels({ editor }: Pick<Services, 'editor'>, labelIds: ReadonlySet<LabelId>): void {
  const counted = resolveMergedLabels(editor.schema);
  const countsAs = (id: LabelId) => counted.get(id)?.id ?? id;
  const wanted = new Set([...labelIds].map(countsAs));
  const found = [...(editor.document?.annotations.values() ?? [])].filter(
    (one) => isShown(editor.session, one) && wanted.has(countsAs(one.labelId)),
  );
  editor.select(found.map(({ id }) => id));
  editor.announce(found.length === 1 ? '1 object selected' : `${found.length} objects selected`);
}
