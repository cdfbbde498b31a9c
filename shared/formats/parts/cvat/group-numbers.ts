import { escapedAttribute, isXmlText } from '../xml/escape-xml';

const NUMBER = /^[1-9]\d{0,8}$/;

/**
 * CVAT's groups are numbers. Ids that are some keep theirs; others get one that is free among those given, and
 * stand beside it in an attribute that CVAT passes over.
 */
export class GroupNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #taken = new Set<number>();
  #next = 1;

  /** @param ids all groups that will be asked for, or more. */
  constructor(ids: Iterable<string | undefined>) {
    for (const id of ids) if (id !== undefined && NUMBER.test(id)) this.#taken.add(Number(id));
  }

  /** ` group_id="…"`, or '' for none. */
  xml(groupId: string | undefined): string {
    if (groupId === undefined) return '';
    if (NUMBER.test(groupId)) return ` group_id="${groupId}"`;
    let number = this.#numbers.get(groupId);
    if (number === undefined) {
      number = this.free();
      this.#numbers.set(groupId, number);
    }
    const name =
      isXmlText(groupId) && groupId !== '' && groupId.length <= 200
        ? ` group="${escapedAttribute(groupId)}"`
        : '';
    return ` group_id="${number}"${name}`;
  }

  /** A number of which no group here knows. */
  free(): number {
    while (this.#taken.has(this.#next)) this.#next += 1;
    this.#taken.add(this.#next);
    return this.#next;
  }
}
