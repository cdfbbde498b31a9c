import type { DatasetLabel } from '../format';
import { labelNameFrom } from './records/label-record';

/** As many classes as the label schema holds. */
const MOST_CLASSES = 10_000;

/** Gathers the classes of a dataset that knows them by name alone. */
export class ClassNames {
  readonly #declared: DatasetLabel[] = [];
  readonly #found = new Set<string>();
  readonly #indexByName = new Map<string, number>();

  /** A class that a schema file lists; one that was declared before stays as it was. False for a name that is none. */
  declare(name: unknown, more: Partial<Omit<DatasetLabel, 'classIndex' | 'name'>> = {}): boolean {
    const known = labelNameFrom(name);
    if (known === null) return false;
    if (!this.#indexByName.has(known) && this.#declared.length < MOST_CLASSES) {
      const classIndex = this.#declared.length;
      this.#indexByName.set(known, classIndex);
      this.#declared.push({ classIndex, name: known, supercategory: null, ...more });
    }
    return true;
  }

  /** A class that an annotation carries. False for a name that is none, or when there are too many classes. */
  find(name: unknown): boolean {
    const known = labelNameFrom(name);
    if (known === null) return false;
    if (this.#indexByName.has(known) || this.#found.has(known)) return true;
    if (this.#declared.length + this.#found.size >= MOST_CLASSES) return false;
    this.#found.add(known);
    return true;
  }

  /** All classes: the declared ones in their order, then the others by code unit. Nothing is found after this. */
  labels(): readonly DatasetLabel[] {
    const others = [...this.#found]
      .filter((name) => !this.#indexByName.has(name))
      .sort()
      .map(
        (name, at): DatasetLabel => ({
          classIndex: this.#declared.length + at,
          name,
          supercategory: null,
        }),
      );
    for (const { classIndex, name } of others) this.#indexByName.set(name, classIndex);
    return [...this.#declared, ...others];
  }

  /** The number of a name as an annotation gives it; null for one that `find` did not take. Ask after `labels`. */
  indexOf(name: unknown): number | null {
    const known = labelNameFrom(name);
    return known === null ? null : (this.#indexByName.get(known) ?? null);
  }
}
