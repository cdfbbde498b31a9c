import type { AttributeValue } from '../schema/label-schema';

/** More different words than this read as free text, not as a list to choose from. */
export const MOST_SELECT_OPTIONS = 30;

/** The different values that were met, as far as they tell what kind of attribute they are of. */
export class AttributeValues {
  readonly #values = new Set<AttributeValue>();
  annotations = 0;
  hasMore = false;

  add(value: AttributeValue): void {
    this.annotations += 1;
    this.note(value);
  }

  note(value: AttributeValue): void {
    // Beyond this many the kind is settled (text or number) and more values need not be kept in memory.
    if (this.#values.size <= MOST_SELECT_OPTIONS) this.#values.add(value);
    else if (!this.#values.has(value)) this.hasMore = true;
  }

  get values(): readonly AttributeValue[] {
    return [...this.#values];
  }
}
