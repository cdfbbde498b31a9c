import type { ProblemQueue } from '../problem-queue';
import type { XmlElement, XmlFault } from '../xml/xml-element';

/** Reports how a file could not be read to its end. */
export function reportFault(problems: ProblemQueue, path: string, { code, reason, line }: XmlFault): void {
  problems.error(
    code,
    path,
    `${path}, line ${line}: ${reason}. What came before is kept. Export the file again from CVAT.`,
    line,
  );
}

export function reportBadCharacter(problems: ProblemQueue, path: string): void {
  problems.warning(
    'bad-encoding',
    path,
    `${path} has bytes that are no text in its encoding; names may be wrong. Save it as UTF-8.`,
  );
}

export function reportUndeclared(problems: ProblemQueue, path: string, undeclared: readonly string[]): void {
  if (undeclared.length === 0) return;
  const shown = undeclared.slice(0, 5).map((name) => JSON.stringify(name.slice(0, 50)));
  problems.warning(
    'cvat-undeclared-label',
    path,
    `${undeclared.length} labels are used and not declared in <meta> (${shown.join(', ')}); they come after those that are.`,
  );
}

/** Counts values that have no place, to report them in one line for a file. */
export class DroppedValues {
  #count = 0;
  #first: XmlElement | null = null;

  readonly add = (element: XmlElement): void => {
    this.#count += 1;
    this.#first ??= element;
  };

  report(problems: ProblemQueue, path: string): void {
    if (this.#first === null) return;
    problems.warning(
      'attribute-dropped',
      path,
      `${path}, line ${this.#first.line}: ${this.#count} attribute values were left out, such as those of single joints of skeletons; only texts, numbers and yes/no of whole objects are taken.`,
      this.#first.line,
    );
  }
}
