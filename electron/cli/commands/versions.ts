import { ok, type Result } from '../../../shared/result/result';
import { type ReviewCoverage, SPLITS } from '../../../shared/schema/dataset-version';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { HOME_OPTION, lakeOf } from '../open-lake';
import { textTable } from '../text-table';

interface VersionsOptions {
  readonly json?: boolean;
  readonly home?: string;
  readonly project?: string;
}

export const versions: CliCommand = {
  name: 'versions',
  add(program, context) {
    program
      .command('versions')
      .summary('list the dataset versions in the lake')
      .description('Lists the dataset versions in the lake, newest first.')
      .option(...HOME_OPTION)
      .option('--project <name>', 'only those of this project')
      .option('--json', 'print one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark versions
  groundmark versions --json | jq -r '.versions[0].id'

Exit codes:
  0  listed, also when there is none
  2  the lake cannot be read`,
      )
      .action((options: VersionsOptions) => context.run(options, () => listed(options)));
  },
};

/** `12/20`: accepted images of all; empty when nothing is known of reviews. */
function coverageInWords(coverage: ReviewCoverage | undefined): string {
  return coverage === undefined ? '' : `${coverage.accepted}/${coverage.total}`;
}

async function listed(options: VersionsOptions): Promise<Result<CliAnswer>> {
  const lake = lakeOf(options.home);
  const found = await lake.versions(null);
  if (!found.ok) return found;
  const shown = found.value.filter(
    (version) => options.project === undefined || version.projectName === options.project,
  );
  const rows = shown.map((version) => [
    version.id.slice(0, 12),
    version.publishedAt.slice(0, 16).replace('T', ' '),
    version.projectName,
    version.counts.images,
    version.counts.annotations,
    SPLITS.map((split) => version.counts.bySplit[split]).join('/'),
    coverageInWords(version.review?.coverage),
    version.author,
    version.message,
  ]);
  return ok({
    exitCode: EXIT.ok,
    json: { lake: lake.paths.root, versions: shown },
    text:
      shown.length === 0
        ? `No dataset versions in ${lake.paths.root}.`
        : textTable([
            [
              'version',
              'published (UTC)',
              'project',
              'images',
              'annotations',
              'train/val/test',
              'accepted',
              'by',
              'message',
            ],
            ...rows,
          ]),
  });
}
