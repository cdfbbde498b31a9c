import type { DatasetAnnotation, DatasetLabel } from '../../../shared/formats/format';
import { err, ok, type Result } from '../../../shared/result/result';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { interrupted } from '../interruptible';
import { openDataset } from '../open-dataset';
import { collectPairs, formatIds } from '../option-flags';
import { createProblemSummary } from '../problem-summary';
import { counted, textTable } from '../text-table';

interface InspectOptions {
  readonly json?: boolean;
  readonly format: string;
  readonly imagesIn?: readonly string[];
  readonly readOption?: readonly string[];
}

export const inspect: CliCommand = {
  name: 'inspect',
  add(program, context) {
    program
      .command('inspect')
      .summary('say what a dataset is and what is in it')
      .description(
        'Tells the format of a dataset, its counts by label, shape, split and state, and its problems.',
      )
      .argument('<path>', 'folder of a dataset, one label file, or a zip')
      .option('--format <name>', `take it for this format (auto, ${formatIds()})`, 'auto')
      .option('--read-option <id=choice>', 'a read option of the format; may be repeated', collectPairs)
      .option('--images-in <folder...>', 'also look for pictures here, to learn their sizes')
      .option('--json', 'print one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark inspect dataset/
  groundmark inspect export.zip
  groundmark inspect instances_val2017.json --json | jq .annotations

Exit codes:
  0  read; warnings may have been printed
  2  not recognised, not readable, or parts of it are broken (they are named); or its files leave open
     what it is or how it is to be read (the choices are listed)`,
      )
      .action((target: string, options: InspectOptions) =>
        context.run(options, (signal) => inspected(target, options, signal)),
      );
  },
};

async function inspected(
  target: string,
  options: InspectOptions,
  signal: AbortSignal,
): Promise<Result<CliAnswer>> {
  const opened = await openDataset(target, {
    format: options.format,
    imagesIn: options.imagesIn ?? [],
    readOption: options.readOption ?? [],
    signal,
  });
  if (!opened.ok) return opened;
  const { format, folder, confidence, reasons, readOptions } = opened.value;

  const problems = createProblemSummary();
  const labels: DatasetLabel[] = [];
  const byClass = new Map<number, number>();
  const byShape = new Map<string, number>();
  const bySplit = new Map<string, number>();
  const byState = new Map<string, number>();
  const byTrait = new Map<string, number>();
  let images = 0;
  let annotations = 0;
  for await (const event of format.read(folder, readOptions)) {
    switch (event.type) {
      case 'label':
        labels.push(event.label);
        break;
      case 'image':
        images += 1;
        increase(bySplit, event.image.split ?? 'none');
        increase(byState, event.image.state);
        if (event.image.frame !== undefined) increase(byTrait, 'images in a sequence');
        if (event.image.attributes !== undefined) increase(byTrait, 'images with attributes');
        break;
      case 'annotation':
        annotations += 1;
        increase(byClass, event.annotation.classIndex);
        increase(byShape, event.annotation.shape.type);
        for (const trait of traitsOf(event.annotation)) increase(byTrait, trait);
        break;
      case 'problem':
        problems.add(event.problem);
        break;
    }
  }
  if (signal.aborted) return err(interrupted());
  const labelCounts = labels.map(({ classIndex, name }) => ({
    classIndex,
    name,
    count: byClass.get(classIndex) ?? 0,
  }));
  const used = labelCounts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  const text = [
    `${target}: ${format.title} (${Math.round(confidence * 100)} % sure)`,
    ...reasons.slice(0, 3).map((reason) => `  because ${reason}`),
    '',
    `${counted(images, 'image')}, ${counted(annotations, 'annotation')}, ${counted(labels.length, 'label')} of which ${used.length} used`,
    '',
    textTable([
      ...[...byState].map(([state, count]) => ['state', state, count] as const),
      ...[...bySplit].map(([split, count]) => ['split', split, count] as const),
      ...[...byShape].map(([shape, count]) => ['shape', shape, count] as const),
      ...[...byTrait].map(([trait, count]) => ['has', trait, count] as const),
    ]),
    '',
    textTable(used.map(({ classIndex, name, count }) => [`label ${classIndex}`, name, count])),
    '',
    `${counted(problems.errors, 'error')}, ${counted(problems.warnings, 'warning')}`,
  ].join('\n');
  return ok({
    exitCode: problems.errors > 0 ? EXIT.badInput : EXIT.ok,
    json: {
      path: target,
      format: format.id,
      confidence,
      reasons,
      images,
      annotations,
      imagesByState: Object.fromEntries(byState),
      imagesBySplit: Object.fromEntries(bySplit),
      annotationsByShape: Object.fromEntries(byShape),
      countByTrait: Object.fromEntries(byTrait),
      labels: labelCounts,
      errors: problems.errors,
      warnings: problems.warnings,
      problemCountByCode: problems.countByCode(),
      problems: problems.samples(),
    },
    text,
    notes: problems.lines(),
  });
}

/** What an annotation says beside label and shape. */
function traitsOf(annotation: DatasetAnnotation): readonly string[] {
  const { attributes, isCrowd, score, groupId, trackId, note } = annotation;
  return [
    ...(Object.keys(attributes).length > 0 ? ['annotations with attributes'] : []),
    ...(isCrowd ? ['crowds'] : []),
    ...(score === null ? [] : ['annotations with a score']),
    ...(groupId === undefined ? [] : ['annotations in a group']),
    ...(trackId === undefined ? [] : ['annotations of a track']),
    ...(note === undefined ? [] : ['annotations with a note']),
  ];
}

function increase(counts: Map<string, number> | Map<number, number>, key: string | number): void {
  const map = counts as Map<string | number, number>;
  map.set(key, (map.get(key) ?? 0) + 1);
}
