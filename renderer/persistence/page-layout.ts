import { canonicalJson } from '../../shared/document/canonical-json';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';

/**
 * Lines a page is made with. 32 boxes are about 15 KB, and twice as many (the most before pages are cut anew) stay
 * below the 64 KB from which Chromium stores a value as a file of its own, which costs several ms more.
 */
export const LINES_PER_PAGE = 32;

/** A set's annotations in drawing order, cut into pages as they are stored; never without a first page. */
export type PageLayout = readonly (readonly Annotation[])[];

/**
 * Cuts a set into pages so that pages without an edited, added or removed annotation stay as they were. A set whose
 * order changed, or whose pages became uneven, is cut anew. O(n), a fraction of a ms for 2,000.
 */
export function layoutAfter(previous: PageLayout | null, annotations: readonly Annotation[]): PageLayout {
  return (previous === null ? null : keptLayout(previous, annotations)) ?? freshLayout(annotations);
}

function freshLayout(annotations: readonly Annotation[]): PageLayout {
  const pages: Annotation[][] = [[]];
  for (let from = 0; from < annotations.length; from += LINES_PER_PAGE) {
    pages[from / LINES_PER_PAGE] = annotations.slice(from, from + LINES_PER_PAGE);
  }
  return pages;
}

function keptLayout(previous: PageLayout, annotations: readonly Annotation[]): PageLayout | null {
  const pageById = new Map<AnnotationId, number>();
  previous.forEach((page, index) => {
    for (const annotation of page) pageById.set(annotation.id, index);
  });
  const pages: Annotation[][] = previous.map(() => []);
  let current = 0;
  for (const annotation of annotations) {
    const page = pageById.get(annotation.id);
    if (page !== undefined && page < current) return null;
    if (page !== undefined) current = page;
    else if (current >= previous.length - 1 && (pages[current]?.length ?? 0) >= LINES_PER_PAGE) {
      pages.push([]);
      current = pages.length - 1;
    }
    pages[current]?.push(annotation);
  }
  while (pages.length > 1 && pages.at(-1)?.length === 0) pages.pop();
  const isUneven =
    pages.some((page) => page.length > 2 * LINES_PER_PAGE) ||
    (pages.length > 4 && annotations.length < (pages.length * LINES_PER_PAGE) / 4);
  return isUneven ? null : pages;
}

// Records are immutable, so an annotation's line is made once however often its page is written.
const lineByAnnotation = new WeakMap<Annotation, string>();

function lineOf(annotation: Annotation): string {
  let line = lineByAnnotation.get(annotation);
  if (line === undefined) {
    line = canonicalJson(annotation);
    lineByAnnotation.set(annotation, line);
  }
  return line;
}

/** A page as it is stored. JSON has no line breaks of its own, so the text can be taken apart again. */
export function textOf(page: readonly Annotation[]): string {
  return page.map(lineOf).join('\n');
}

export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

export function hasSameRecords(
  a: readonly Annotation[] | undefined,
  b: readonly Annotation[] | undefined,
): boolean {
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  return a.every((annotation, index) => annotation === b[index]);
}
