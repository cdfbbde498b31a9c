import type { EditContext } from './action';

/**
 * The group that copies of a group's members form, by the group of their originals. A copy that comes without the
 * others of its group is in none: a group of one is none.
 */
export function copiedGroups(
  originals: readonly { readonly groupId?: string | undefined }[],
  context: EditContext,
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { groupId } of originals) {
    if (groupId !== undefined) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
  }
  const several = [...counts].filter(([, count]) => count > 1);
  return new Map(several.map(([groupId]) => [groupId, context.newId()]));
}

/** The field of a copy that says its group; nothing when it is in none, since an absent field is not a stored one. */
export function groupOfCopy(
  groupId: string | undefined,
  groups: ReadonlyMap<string, string>,
): { readonly groupId?: string } {
  const copied = groupId === undefined ? undefined : groups.get(groupId);
  return copied === undefined ? {} : { groupId: copied };
}
