import type { DatasetLabel } from '../../../shared/formats/format';
import {
  compareDatasets,
  type DatasetComparison,
  DIFFERENCE_KINDS,
  type DifferenceKind,
  eventsToImages,
} from '../../../shared/quality/compare-datasets';
import { IGNORABLE } from '../../../shared/quality/compare-details';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { interrupted } from '../interruptible';
import { type OpenedDataset, type OpenOptions, openDataset } from '../open-dataset';
import { collectPairs, formatIds } from '../option-flags';
import { createProblemSummary, type ProblemSummary } from '../problem-summary';
import { SEEN_IN_IMAGE_PX } from '../read-back-words';
import { counted, textTable } from '../text-table';

interface VerifyOptions {
  readonly json?: boolean;
  readonly formatA: string;
  readonly formatB: string;
  readonly readOptionA?: readonly string[];
  readonly readOptionB?: readonly string[];
  readonly imagesIn?: readonly string[];
  readonly tolerance: string;
  readonly ignore?: readonly string[];
}

const WORDS: Readonly<Record<DifferenceKind, string>> = {
  imageMissing: 'images only in A',
  imageExtra: 'images only in B',
  stateChanged: 'images empty on one side alone',
  splitChanged: 'images in another split',
  sizeChanged: 'images of another size',
  imageAttributesChanged: 'images with other attributes',
  frameChanged: 'images at another place in a sequence',
  missing: 'annotations only in A',
  extra: 'annotations only in B',
  moved: 'annotations moved',
  relabelled: 'annotations relabelled',
  attributesChanged: 'annotations with other attributes',
  crowdChanged: 'annotations that are a crowd on one side alone',
  scoreChanged: 'annotations with another score',
  noteChanged: 'annotations with another note',
  groupChanged: 'annotations grouped with others',
  trackChanged: 'annotations of another track',
  labelMissing: 'labels only in A',
  labelExtra: 'labels only in B',
  labelChanged: 'labels with another name or number',
};

export const verify: CliCommand = {
  name: 'verify',
  add(program, context) {
    program
      .command('verify')
      .summary('compare two datasets')
      .description(
        'Compares two datasets, of one format or two, object by object: missing, extra, moved, relabelled, attributes, groups, tracks, notes; and their class lists. Labels are the same when they have the same name.',
      )
      .argument('<a>', 'the dataset that is right')
      .argument('<b>', 'the dataset to hold against it')
      .option('--format-a <name>', `take A for this format (auto, ${formatIds()})`, 'auto')
      .option('--format-b <name>', 'take B for this format', 'auto')
      .option(
        '--read-option-a <id=choice>',
        'a read option of the format of A; may be repeated',
        collectPairs,
      )
      .option(
        '--read-option-b <id=choice>',
        'a read option of the format of B; may be repeated',
        collectPairs,
      )
      .option('--images-in <folder...>', 'also look for pictures here, to learn their sizes')
      .option('--tolerance <px>', 'coordinates that differ by no more are the same', String(SEEN_IN_IMAGE_PX))
      .option('--ignore <what...>', `do not compare these (${IGNORABLE.join(', ')})`)
      .option('--json', 'print one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark verify coco/ yolo/
  groundmark verify coco.zip yolo/ --ignore attributes crowd --tolerance 0.5

Exit codes:
  0  the same
  1  different; the differences are printed
  2  one of them cannot be read, or holds broken parts`,
      )
      .action((a: string, b: string, options: VerifyOptions) =>
        context.run(options, (signal) => verified(a, b, options, signal)),
      );
  },
};

interface Side {
  readonly dataset: OpenedDataset;
  readonly labels: DatasetLabel[];
  readonly names: Map<number, string>;
  readonly problems: ProblemSummary;
}

async function verified(
  a: string,
  b: string,
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<Result<CliAnswer>> {
  const tolerance = Number(options.tolerance);
  if (options.tolerance.trim() === '' || !(tolerance >= 0)) {
    return err(
      appError(
        'usage.bad-arguments',
        `--tolerance takes a number of pixels, not "${options.tolerance}".`,
        {},
      ),
    );
  }
  const ignore = options.ignore ?? [];
  const ignored = ignore.find((name) => !IGNORABLE.some((known) => known === name));
  if (ignored !== undefined) {
    return err(
      appError('usage.bad-arguments', `--ignore takes ${IGNORABLE.join(', ')}, not "${ignored}".`, {}),
    );
  }
  const imagesIn = options.imagesIn ?? [];
  const sideA = await openSide(a, {
    format: options.formatA,
    readOption: options.readOptionA ?? [],
    imagesIn,
    signal,
  });
  if (!sideA.ok) return sideA;
  const sideB = await openSide(b, {
    format: options.formatB,
    readOption: options.readOptionB ?? [],
    imagesIn,
    signal,
  });
  if (!sideB.ok) return sideB;
  const comparison = await compareDatasets(imagesOf(sideA.value), imagesOf(sideB.value), {
    toleranceInImagePx: tolerance,
    labelOfA: (classIndex) => sideA.value.names.get(classIndex) ?? `class ${classIndex}`,
    labelOfB: (classIndex) => sideB.value.names.get(classIndex) ?? `class ${classIndex}`,
    labels: {
      a: () => sideA.value.labels,
      b: () => sideB.value.labels,
      byNumber: false,
      withUnused: true,
    },
    ignores: new Set(IGNORABLE.filter((name) => ignore.includes(name))),
  });
  if (signal.aborted) return err(interrupted());
  for (const { dataset, problems } of [sideA.value, sideB.value]) {
    if (problems.errors === 0) continue;
    const first = problems.samples().find((problem) => problem.severity === 'error');
    return err(
      appError(
        'format.malformed',
        `${dataset.shownPath} has ${counted(problems.errors, 'broken part')}, the first: ${first?.message ?? ''} Only sound datasets can be compared.`,
        { path: dataset.shownPath, ...problems.countByCode() },
      ),
    );
  }
  return ok(answer(sideA.value, sideB.value, comparison));
}

async function openSide(shownPath: string, options: OpenOptions): Promise<Result<Side>> {
  const opened = await openDataset(shownPath, options);
  return opened.ok
    ? ok({ dataset: opened.value, labels: [], names: new Map(), problems: createProblemSummary() })
    : opened;
}

function imagesOf({ dataset, labels, names, problems }: Side) {
  return eventsToImages(dataset.format.read(dataset.folder, dataset.readOptions), {
    onLabel(label) {
      labels.push(label);
      names.set(label.classIndex, label.name);
    },
    onProblem: problems.add,
  });
}

function answer(a: Side, b: Side, comparison: DatasetComparison): CliAnswer {
  const renumbered = [...a.names].flatMap(([before, name]) => {
    const after = [...b.names].find(([, other]) => other === name)?.[0];
    return after === undefined || after === before ? [] : [{ name, before, after }];
  });
  const found = DIFFERENCE_KINDS.filter((kind) => comparison.counts[kind] > 0);
  const rest =
    DIFFERENCE_KINDS.reduce((sum, kind) => sum + comparison.counts[kind], 0) -
    Math.min(comparison.samples.length, 20);
  const text = [
    `A: ${a.dataset.shownPath} (${a.dataset.format.id}), ${counted(comparison.annotationsInA, 'annotation')}`,
    `B: ${b.dataset.shownPath} (${b.dataset.format.id}), ${counted(comparison.annotationsInB, 'annotation')}`,
    `${counted(comparison.imagesInBoth, 'image')} in both; ${comparison.matched} annotations match, the worst coordinate by ${comparison.largestCoordinateErrorInImagePx.toPrecision(3)} px${overlapInWords(comparison)}`,
    ...(renumbered.length > 0
      ? [`note: ${counted(renumbered.length, 'label')} of the same name have another class number`]
      : []),
    '',
    ...(comparison.isSame
      ? ['The same.']
      : [
          textTable(found.map((kind) => [WORDS[kind], comparison.counts[kind]])),
          '',
          ...comparison.samples
            .slice(0, 20)
            .map(({ kind, imageKey, description }) =>
              imageKey === '' ? `${kind}: ${description}` : `${kind} ${imageKey}: ${description}`,
            ),
          ...(rest > 0 ? [`… and ${rest} more`] : []),
          '',
          'Different.',
        ]),
  ].join('\n');
  return {
    exitCode: comparison.isSame ? EXIT.ok : EXIT.different,
    json: {
      a: { path: a.dataset.shownPath, format: a.dataset.format.id },
      b: { path: b.dataset.shownPath, format: b.dataset.format.id },
      ...comparison,
      renumberedLabels: renumbered,
      warnings: { a: a.problems.countByCode(), b: b.problems.countByCode() },
    },
    text,
    notes: [...a.problems.lines(), ...b.problems.lines()],
  };
}

function overlapInWords({ iou }: DatasetComparison): string {
  return iou === null ? '' : `, IoU ${iou.mean.toFixed(4)} on average and ${iou.least.toFixed(4)} at least`;
}
