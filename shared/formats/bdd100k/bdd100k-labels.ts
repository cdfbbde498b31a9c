import type { DatasetLabel } from '../format';
import { isRecord, listFrom } from '../parts/json/json-values';
import { labelFromRecord, labelNameFrom } from '../parts/records/label-record';
import { OWN_KEY } from './own-key';

/** As many as the label schema holds. */
const MOST_CLASSES = 10_000;

/** `config.categories` may nest; deeper is an attack. */
const MOST_LEVELS = 8;

/** Gathers the classes of a dataset: those that `config` lists in its order, then those that labels name. */
export class Bdd100kLabels {
  readonly #listed = new Map<string, Partial<DatasetLabel>>();
  readonly #found = new Set<string>();

  list(categories: readonly unknown[], supercategory: string | null = null, level = 0): void {
    for (const category of categories) {
      if (!isRecord(category) || level > MOST_LEVELS || this.#listed.size >= MOST_CLASSES) continue;
      const inner = listFrom(category.subcategories);
      const name = labelNameFrom(category.name);
      if (inner.length > 0) this.list(inner, name, level + 1);
      else if (name !== null && !this.#listed.has(name)) {
        this.#listed.set(name, labelFromRecord(category[OWN_KEY]) ?? { name, supercategory });
      }
    }
  }

  find(category: string): void {
    const name = labelNameFrom(category);
    if (name !== null && this.#found.size < MOST_CLASSES) this.#found.add(name);
  }

  /** All labels, and the class number of each name that labels use. */
  finish(): { readonly labels: readonly DatasetLabel[]; readonly indexByName: ReadonlyMap<string, number> } {
    const labels: DatasetLabel[] = [];
    const indexByName = new Map<string, number>();
    const taken = new Set<number>();
    const add = (written: string, label: DatasetLabel) => {
      taken.add(label.classIndex);
      indexByName.set(written, label.classIndex);
      labels.push(label);
    };
    const waiting: [string, Partial<DatasetLabel>][] = [];
    for (const [written, label] of this.#listed) {
      const { classIndex } = label;
      if (classIndex !== undefined && !taken.has(classIndex)) {
        add(written, { name: written, supercategory: null, ...label, classIndex });
      } else waiting.push([written, label]);
    }
    for (const name of [...this.#found].sort()) if (!this.#listed.has(name)) waiting.push([name, {}]);
    let next = Math.max(-1, ...taken) + 1;
    for (const [written, label] of waiting) {
      add(written, { name: written, supercategory: null, ...label, classIndex: next });
      next += 1;
    }
    return { labels, indexByName };
  }
}
