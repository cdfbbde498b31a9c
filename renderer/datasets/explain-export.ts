import type { ExportReport } from '../../shared/ipc/channels/datasets';

export interface ExplainedExport {
  /** Annotations of the version. */
  readonly inVersion: number;
  /** Came back neither right nor wrong, although they were written: nothing explains where they are. */
  readonly missing: number;
  /** Everything that the version holds and that was written came back as it was. */
  readonly isAllThere: boolean;
  /** What the format could not take, each as one fact with its count. */
  readonly losses: readonly { readonly fact: string; readonly count: number }[];
}

/**
 * Reads a report as a person would: an annotation that the writer left out, with its reason, is missing from the files
 * as well; it is one fact and not two.
 */
export function explainExport(report: ExportReport, formatTitle: string): ExplainedExport {
  const { matched, missing, moved, relabelled, extra } = report.readBack;
  const inVersion = matched + missing + moved + relabelled;
  const notWritten = Math.max(0, inVersion - report.annotations);
  const unexplained = Math.max(0, missing - notWritten);
  return {
    inVersion,
    missing: unexplained,
    isAllThere: unexplained + extra + moved + relabelled === 0,
    losses: Object.entries(report.lossCountByCode).map(([code, count]) => ({
      fact: FACTS[code]?.(formatTitle) ?? inWords(code),
      count,
    })),
  };
}

/** By the code that a format's writer counts with. */
const FACTS: Readonly<Record<string, (formatTitle: string) => string>> = {
  'unsupported-shape': (title) => `Shapes other than boxes not written: ${title} holds boxes`,
  'attribute-dropped': (title) => `Attribute values not written: ${title} has none`,
  'crowd-flag-dropped': (title) => `Crowd flags not written: ${title} has none`,
  'supercategory-dropped': (title) => `Supercategories not written: ${title} has none`,
  'score-dropped': () => 'Scores not written: labels for training have none',
  'unlabelled-image-left-out': () => 'Unlabelled images not written: they would count as empty',
  'annotation-left-out': () => 'Annotations not written: their image is not labelled yet',
  'unknown-class': () => 'Annotations not written: their class is not in the label list',
  'box-outside-image': () => 'Boxes not written: they lie outside of their picture',
  'box-clipped': () => 'Boxes cut at the edge of their picture',
  'image-size-unknown': () => 'Images written without their size: it is not known',
  'split-missing': () => 'Images without a split put in train',
};

function inWords(code: string): string {
  return capitalised(code.replaceAll('-', ' '));
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
