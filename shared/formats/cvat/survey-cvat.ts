import type { DatasetFolder } from '../format';
import { type CvatLabel, type CvatTask, parseCvatMeta } from '../parts/cvat/cvat-meta';
import { isCvatShell } from '../parts/cvat/find-cvat-files';
import { CVAT_SHAPES } from '../parts/cvat/parse-cvat-shape';
import { streamXml } from '../parts/xml/stream-xml';
import { ownCopy } from '../parts/xml/xml-element';

/** What must be known of all files before the first picture can be given. */
export interface CvatSurvey {
  readonly declared: readonly CvatLabel[];
  readonly usedLabels: ReadonlySet<string>;
  /** The task of each file that is of a single one. */
  readonly taskByPath: ReadonlyMap<string, CvatTask>;
  /** Names that pictures of several files or subsets have, which then are called by subset and name. */
  readonly sharedNames: ReadonlySet<string>;
}

/** The first of two passes. Faults are left to the second. Memory follows the number of images. */
export async function surveyCvat(folder: DatasetFolder, paths: readonly string[]): Promise<CvatSurvey> {
  const declared: CvatLabel[] = [];
  const usedLabels = new Set<string>();
  const taskByPath = new Map<string, CvatTask>();
  const placeOf = new Map<string, string>();
  const sharedNames = new Set<string>();
  const lastPlace = new Repeated();
  for (const path of paths) {
    try {
      for await (const { items } of streamXml(folder, path, isCvatShell)) {
        for (const item of items) {
          if (item.type === 'open' && item.name === 'image') {
            const name = item.attributes.get('name') ?? '';
            const place = `${path}\n${item.attributes.get('subset') ?? ''}`;
            const earlier = placeOf.get(name);
            if (earlier === undefined) placeOf.set(ownCopy(name), lastPlace.of(place));
            // Twice in one subset it is one picture that is listed twice.
            else if (earlier !== place) sharedNames.add(ownCopy(name));
          } else if (item.type === 'element') {
            const { element } = item;
            if (CVAT_SHAPES.has(element.name)) {
              const label = element.attributes.get('label') ?? '';
              if (label !== '' && !usedLabels.has(label)) usedLabels.add(ownCopy(label));
              continue;
            }
            const meta = parseCvatMeta(element);
            declared.push(...meta.labels);
            const [task] = meta.tasks;
            if (task !== undefined && task.id === '') taskByPath.set(path, task);
          }
        }
      }
    } catch {
      // Said when the file is read for what is in it.
    }
  }
  return { declared, usedLabels, taskByPath, sharedNames };
}

/** The same text again and again as one string: a place is told with each of its pictures. */
class Repeated {
  #last = '';

  of(text: string): string {
    if (text !== this.#last) this.#last = ownCopy(text);
    return this.#last;
  }
}
