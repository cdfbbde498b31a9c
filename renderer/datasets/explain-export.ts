import type { ExportReport } from '../../shared/ipc/channels/datasets';

export interface ExportLoss {
  readonly code: string;
  /** In words: `Attribute values not written`. */
  readonly fact: string;
  readonly count: number;
}

export interface ExplainedExport {
  /** Annotations of the version. */
  readonly inVersion: number;
  /** Came back neither right nor wrong, although they were written: nothing explains where they are. */
  readonly missing: number;
  /** What should have come back as it was and did not, by kind, in words. */
  readonly differences: readonly { readonly fact: string; readonly count: number }[];
  /** Everything that the version holds and that was written came back as it was. */
  readonly isAllThere: boolean;
  /** What the format could not take, each as one fact with its count. */
  readonly losses: readonly ExportLoss[];
}

/** Kinds that have a figure of their own in the report. */
const OWN_FIGURE: ReadonlySet<string> = new Set(['missing', 'extra', 'moved', 'relabelled']);

/**
 * Reads a report as a person would: an annotation that the writer left out, with its reason, is missing from the files
 * as well; it is one fact and not two.
 */
export function explainExport(report: ExportReport, formatTitle: string): ExplainedExport {
  const { matched, missing, moved, relabelled, extra, inPart, leftOut, differences } = report.readBack;
  const inVersion = matched + inPart + missing + moved + relabelled;
  const notWritten = Math.max(leftOut, inVersion - report.annotations, 0);
  const unexplained = Math.max(0, missing - notWritten);
  const others = Object.entries(differences).filter(([kind]) => !OWN_FIGURE.has(kind));
  return {
    inVersion,
    missing: unexplained,
    differences: others.map(([kind, count]) => ({
      fact: inWords(kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)),
      count,
    })),
    isAllThere: unexplained + extra + moved + relabelled + others.length === 0,
    losses: Object.entries(report.lossCountByCode)
      .filter(([code]) => !code.startsWith('read-back-'))
      .map(([code, count]) => ({ code, fact: FACTS[code]?.(formatTitle) ?? inWords(code), count }))
      .sort((a, b) => b.count - a.count),
  };
}

/** By the code that writers and the preparation of an export count with. */
const FACTS: Readonly<Record<string, (formatTitle: string) => string>> = {
  'unsupported-shape': (title) => `Shapes not written: ${title} does not hold their kind`,
  'shape-converted': (title) => `Shapes written as another kind, the nearest that ${title} holds`,
  'shape-clipped': () => 'Shapes cut at the edge of their picture',
  'shape-outside-image': () => 'Shapes not written: they lie outside of their picture',
  'shape-rounded': () => 'Shapes rounded by more than the format says',
  'attribute-dropped': (title) => `Attribute values not written: ${title} has none`,
  'crowd-flag-dropped': (title) => `Crowd flags not written: ${title} has none`,
  'supercategory-dropped': (title) => `Supercategories not written: ${title} has none`,
  'score-dropped': () => 'Scores not written: labels for training have none',
  'group-dropped': (title) => `Groups not written: ${title} has none`,
  'track-dropped': (title) => `Tracks not written: ${title} has none`,
  'note-dropped': (title) => `Notes not written: ${title} has none`,
  'frame-dropped': (title) => `Places in a sequence not written: ${title} has none`,
  'image-attribute-dropped': (title) => `What is said of pictures not written: ${title} has no place for it`,
  'unused-label-dropped': () => 'Labels not written: no annotation carries them',
  'split-dropped': () => 'Splits not written',
  'empty-image-left-out': (title) => `Empty images not written: ${title} cannot say that nothing is there`,
  'unlabelled-as-empty': () => 'Images that are not labelled yet written as holding nothing',
  'unlabelled-image-left-out': () => 'Unlabelled images not written: they would count as empty',
  'annotation-left-out': () => 'Annotations not written: their image is not labelled yet',
  'unknown-class': () => 'Annotations not written: their class is not in the label list',
  'box-outside-image': () => 'Boxes not written: they lie outside of their picture',
  'box-clipped': () => 'Boxes cut at the edge of their picture',
  'image-size-unknown': () => 'Images written without their size: it is not known',
  'image-name-unusable': () => 'Images not written: their name cannot stand in these files',
  'label-file-clash': () => 'Images not written: another image has the same label file',
  'split-missing': () => 'Images without a split put in train',
};

function inWords(code: string): string {
  return capitalised(code.replaceAll('-', ' '));
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
