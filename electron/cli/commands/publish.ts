import { realpath, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { SplitRule } from '../../../shared/schema/dataset-version';
import { fileError } from '../../datasets-io/file-error';
import { type PublishFolderOptions, prepareFolder, publishPrepared } from '../../store/publish-folder';
import { checkRows, countBySeverity, findingLines } from '../check-rows';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { openDataset } from '../open-dataset';
import { HOME_OPTION, lakeOf } from '../open-lake';
import { collectPairs, formatIds } from '../option-flags';
import { createProblemSummary } from '../problem-summary';
import { counted } from '../text-table';

interface PublishOptions {
  readonly json?: boolean;
  readonly home?: string;
  readonly name: string;
  readonly from: string;
  readonly readOption?: readonly string[];
  readonly imagesIn?: string;
  readonly split: string;
  readonly seed: string;
  readonly groupBy: string;
  readonly stratify?: boolean;
  readonly author: string;
  readonly message: string;
  readonly allowFindings?: string;
}

export const publish: CliCommand = {
  name: 'publish',
  add(program, context) {
    program
      .command('publish')
      .summary('publish a dataset folder into the lake')
      .description(
        'Publishes a dataset that lies on disk as a version in the lake. Files that did not change make no new version, so it can be run again and again.',
      )
      .argument('<dataset>', 'folder of a dataset with its pictures, or one label file')
      .requiredOption('--name <project>', 'project in the lake that the version belongs to')
      .option('--from <format>', `format to read (auto, ${formatIds()})`, 'auto')
      .option('--read-option <id=choice>', 'a read option of the format; may be repeated', collectPairs)
      .option(
        '--images-in <folder>',
        'where the pictures are (default: images/ in the dataset folder, else that folder)',
      )
      .option('--split <train,val,test>', 'shares that add up to 1', '0.8,0.1,0.1')
      .option('--seed <text>', 'seed of the split: the same seed deals the same way', 'groundmark')
      .option('--group-by <what>', 'keep together: image, folder', 'image')
      .option('--stratify', "keep each label's share alike in every split")
      .option('--author <name>', 'who publishes', os.userInfo().username)
      .option('--message <text>', 'what this version is', '')
      .option(
        '--allow-findings <reason>',
        'publish although the rules found errors; the reason stands in the version',
      )
      .option(...HOME_OPTION)
      .option('--json', 'print one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark publish coco/ --name Crossing --split 0.8,0.1,0.1 --seed 7
  groundmark publish instances.json --images-in photos/ --name Crossing --stratify

Exit codes:
  0  published, or the latest version has the same content already
  1  the rules found errors; nothing was published (see --allow-findings)
  3  published; some images or labels could not be taken, they are listed
  2  the dataset cannot be read; the lake is as it was`,
      )
      .action((dataset: string, options: PublishOptions) =>
        context.run(options, (signal) => published(dataset, options, signal)),
      );
  },
};

async function published(
  dataset: string,
  options: PublishOptions,
  signal: AbortSignal,
): Promise<Result<CliAnswer>> {
  const splitRule = splitRuleOf(options);
  if (!splitRule.ok) return splitRule;
  const opened = await openDataset(dataset, {
    format: options.from,
    imagesIn: options.imagesIn === undefined ? [] : [options.imagesIn],
    readOption: options.readOption ?? [],
    signal,
  });
  if (!opened.ok) return opened;
  const inside = await imageRootOf(path.join(opened.value.root, 'images'));
  const imageRoot =
    options.imagesIn === undefined && inside.ok
      ? inside
      : await imageRootOf(options.imagesIn ?? opened.value.root);
  if (!imageRoot.ok) return imageRoot;
  const lake = lakeOf(options.home);
  const folder: PublishFolderOptions = {
    labelFolder: opened.value.folder,
    imageRoot: imageRoot.value,
    formatId: opened.value.format.id,
    readOptions: opened.value.readOptions,
    projectName: options.name,
    author: options.author,
    message: options.message,
    splitRule: splitRule.value,
    now: () => new Date(),
    signal,
  };
  const prepared = await prepareFolder(lake, folder);
  if (!prepared.ok) return prepared;
  const found = checkRows([...prepared.value.rows()], prepared.value.schema, splitRule.value);
  const findings = countBySeverity(found);
  const reason = options.allowFindings?.trim() ?? '';
  if (findings.error > 0 && reason === '') {
    return ok({
      exitCode: EXIT.different,
      json: { version: null, isNew: false, findings },
      text: `Not published: the rules found ${counted(findings.error, 'error')}. Mend them, or say why they may stay with --allow-findings.`,
      notes: findingLines(found),
    });
  }
  const allowed = findings.error > 0 ? { ...folder, findingsReason: reason } : folder;
  const result = await publishPrepared(lake, allowed, prepared.value);
  if (!result.ok) return result;
  const { version, isNew, unmatchedKeys, labelProblems, imageProblems } = result.value;
  const problems = createProblemSummary();
  for (const problem of labelProblems) problems.add(problem);
  const isClean = unmatchedKeys.length + labelProblems.length + imageProblems.length === 0;
  const { train, val, test } = version.counts.bySplit;
  return ok({
    exitCode: isClean ? EXIT.ok : EXIT.lossy,
    json: {
      version,
      isNew,
      findings,
      formatId: result.value.formatId,
      unmatchedImages: unmatchedKeys,
      imageProblems,
      labelProblemCountByCode: problems.countByCode(),
    },
    text: [
      isNew
        ? `Published ${version.id.slice(0, 12)}: ${counted(version.counts.images, 'image')}, ${counted(version.counts.annotations, 'annotation')} (train ${train}, val ${val}, test ${test}).`
        : `Nothing changed: ${version.id.slice(0, 12)} of ${version.publishedAt} has the same content.`,
      version.id,
    ].join('\n'),
    notes: [
      ...(findings.error > 0 ? [`Published with errors, because: ${reason}`] : []),
      ...findingLines(found),
      ...problems.lines(),
      ...imageProblems.slice(0, 10).map((problem) => `warning: ${problem.key}: ${problem.reason}`),
      ...(imageProblems.length > 10
        ? [`… and ${imageProblems.length - 10} more pictures with problems`]
        : []),
      ...unmatchedKeys
        .slice(0, 10)
        .map((key) => `warning: no picture was found for ${key}; its labels were left out`),
      ...(unmatchedKeys.length > 10 ? [`… and ${unmatchedKeys.length - 10} more without a picture`] : []),
    ],
  });
}

function splitRuleOf(options: PublishOptions): Result<SplitRule> {
  const shares = options.split.split(',').map(Number);
  const [train = Number.NaN, val = Number.NaN, test = Number.NaN] = shares;
  const isValid = shares.length === 3 && [train, val, test].every((share) => share >= 0 && share <= 1);
  if (!isValid) {
    return err(
      appError(
        'usage.bad-arguments',
        `--split takes three shares such as 0.8,0.1,0.1, not "${options.split}".`,
      ),
    );
  }
  if (options.groupBy !== 'image' && options.groupBy !== 'folder') {
    return err(
      appError('usage.bad-arguments', `--group-by takes image or folder, not "${options.groupBy}".`),
    );
  }
  return ok({
    seed: options.seed,
    ratios: { train, val, test },
    groupBy: options.groupBy,
    isStratified: options.stratify === true,
  });
}

async function imageRootOf(folder: string): Promise<Result<string>> {
  try {
    const real = await realpath(path.resolve(folder));
    if ((await stat(real)).isDirectory()) return ok(real);
    return err(appError('file.not-found', `${folder} is not a folder.`));
  } catch (thrown) {
    return err(fileError(thrown, folder, 'read'));
  }
}
