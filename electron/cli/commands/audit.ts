import path from 'node:path';
import type { Command } from 'commander';
import { AUDIT_KINDS, type AuditEntry, AuditKind, changeInWords } from '../../../shared/audit/audit-entry';
import type { AuditFilter } from '../../../shared/audit/audit-filter';
import { type ChainAnchor, intactInWords } from '../../../shared/audit/chain-audit';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { ProjectId } from '../../../shared/schema/ids';
import { auditEntries, auditProject, holds, type ProjectAudit } from '../../audit/audit-project';
import { isFile, newestBackup, openProjectFile, type ProjectFile } from '../../audit/project-file';
import { readAuditExport, writeAuditExport } from '../../audit/write-audit-export';
import { dataHome } from '../../home/data-home';
import { openInstallation } from '../../people/installation';
import { openLake } from '../../store/lake';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { HOME_OPTION } from '../open-lake';
import { counted, textTable } from '../text-table';

interface AuditOptions {
  readonly json?: boolean;
  readonly home?: string;
  readonly person?: string;
  readonly object?: string;
  readonly image?: string;
  readonly since?: string;
  readonly until?: string;
  readonly kind?: string;
  readonly limit: string;
  readonly labels: boolean;
  readonly export?: string;
}

/** The key of the data home, made when something is first signed here. The app has one of its own in its profile. */
const KEY_FILE = 'installation.json';

export const audit: CliCommand = {
  name: 'audit',
  add(program, context) {
    const command = program
      .command('audit')
      .summary('verify a project’s journal, and say who changed what')
      .description(
        'Verifies the hash chain of a project’s journal and names the first line that does not hold, who wrote it and when by its own words, and what holds around it; replays the journal against the labels beside it; holds it against what published versions remember of it. Lists the newest entries, or those that a filter asks for. The app’s own database cannot be read from outside: a PROJECT is answered from its newest backup, and the answer says of which moment it speaks.',
      )
      .argument(
        '<project|bundle>',
        'name or id of a project with backups in the data home, a .gmk bundle, or a backup file',
      )
      .option('--person <name>', 'only what this person did, by name or profile id')
      .option('--object <id>', 'only changes of this annotation')
      .option('--image <key|id>', 'only changes of this image')
      .option('--since <time>', 'only from this time on (2026-03-01 or 2026-03-01T12:00Z)')
      .option('--until <time>', 'only before this time')
      .option('--kind <kind>', `only this kind of change (${AUDIT_KINDS.join(', ')})`)
      .option('--limit <n>', 'list the newest n entries', '20')
      .option('--no-labels', 'do not replay the labels, only verify the journal')
      .option('--export <file>', 'write what the filter asks for as signed JSON Lines')
      .option(...HOME_OPTION)
      .option('--json', 'print one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark audit "Street scenes"
  groundmark audit street.gmk --person Anna --since 2026-03-01
  groundmark audit street.gmk --export audit.jsonl
  groundmark audit verify-export audit.jsonl

Exit codes:
  0  the journal holds
  1  it does not; the first break is named
  2  it cannot be read, or wrong usage`,
      )
      .action((what: string, options: AuditOptions) =>
        context.run(options, (signal) => audited(what, options, signal)),
      );
    addVerifyExport(command, (options, work) => context.run(options, work));
  },
};

function addVerifyExport(
  audit: Command,
  run: (options: { readonly json?: boolean }, work: () => Promise<Result<CliAnswer>>) => Promise<void>,
): void {
  audit
    .command('verify-export')
    .summary('verify the signature of an export')
    .description(
      'Verifies that an export of an audit trail is as it was signed, and says with which key. Whether that key is the one of whom you trust is for you to compare.',
    )
    .argument('<file>', 'the exported .jsonl')
    .option('--key <base64>', 'the public key that it must be signed with')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  groundmark audit verify-export audit.jsonl
  groundmark audit verify-export audit.jsonl --key 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=

Exit codes:
  0  it is as it was signed
  1  it is not, or with another key
  2  it cannot be read, or is no export`,
    )
    // The same options may be given to the command above, which takes them first.
    .action((file: string, _options: unknown, command: Command) => {
      const options: { readonly json?: boolean; readonly key?: string } = command.optsWithGlobals();
      return run(options, () => verifiedExport(file, options.key));
    });
}

async function audited(what: string, options: AuditOptions, signal: AbortSignal): Promise<Result<CliAnswer>> {
  const asked = filterOf(options);
  if (!asked.ok) return asked;
  const limit = Number(options.limit);
  if (!Number.isSafeInteger(limit) || limit < 0) {
    return err(appError('usage.bad-arguments', `--limit takes a whole number, not "${options.limit}".`));
  }
  const home = dataHome(options.home === undefined ? process.env : { GROUNDMARK_HOME: options.home });
  const place = (await isFile(what)) ? ok(what) : await newestBackup(home.backups, what);
  if (!place.ok) return place;
  const opened = await openProjectFile(place.value);
  if (!opened.ok) return opened;
  const file = opened.value;
  const read = await auditProject(file, {
    withState: options.labels,
    anchorsOf: (projectId) => anchorsOf(home.root, projectId),
    signal,
  });
  if (!read.ok) return read;
  const filter = withImageId(asked.value, read.value);
  const exported =
    options.export === undefined
      ? null
      : await exportedTo(options.export, file, filter, read.value, home.root);
  if (exported !== null && !exported.ok) return exported;
  const { entries, total } = await newestEntries(file, filter, read.value, limit);
  const lines = [
    `${read.value.project.name} (${read.value.project.id})`,
    `as of ${minutes(file.madeAt)} UTC, by the ${file.kind} ${file.name}`,
    ...verdictLines(read.value),
    ...(exported === null
      ? []
      : [
          `Exported ${counted(exported.value.entries, 'entry')} to ${exported.value.file}, signed with the key ${exported.value.publicKey}`,
        ]),
    ...(entries.length === 0 ? [] : ['', textTable(entries.map(rowOf))]),
    ...(total > entries.length
      ? ['', `${total - entries.length} earlier ones are not listed (--limit).`]
      : []),
    '',
    holds(read.value) ? 'Holds.' : 'Broken.',
  ];
  return ok({
    exitCode: holds(read.value) ? EXIT.ok : EXIT.different,
    json: {
      project: read.value.project,
      source: { kind: file.kind, name: file.name, madeAt: file.madeAt },
      holds: holds(read.value),
      fileReason: read.value.fileReason,
      chain: read.value.chain,
      labels: read.value.state,
      byKind: read.value.byKind,
      unread: read.value.unread,
      matching: total,
      entries,
      ...(exported === null ? {} : { exported: exported.value }),
    },
    text: lines.join('\n'),
    notes: notesOf(read.value),
  });
}

/** What the lake's versions remember of a project's journal. */
async function anchorsOf(home: string, projectId: ProjectId): Promise<readonly ChainAnchor[]> {
  const lake = openLake(home);
  const versions = await lake.versions(projectId);
  if (!versions.ok) return [];
  const anchors: ChainAnchor[] = [];
  for (const { id } of versions.value) {
    const stored = await lake.version(id);
    const head = stored.ok ? stored.value.manifest.review?.auditHead : undefined;
    if (head?.hash != null)
      anchors.push({ seq: head.seq, hash: head.hash, source: `dataset version ${id.slice(0, 12)}` });
  }
  return anchors;
}

function filterOf(options: AuditOptions): Result<AuditFilter> {
  for (const [name, value] of [
    ['--since', options.since],
    ['--until', options.until],
  ] as const) {
    if (value !== undefined && Number.isNaN(Date.parse(value))) {
      return err(appError('usage.bad-arguments', `${name} takes a time such as 2026-03-01, not "${value}".`));
    }
  }
  const kind = AuditKind.optional().safeParse(options.kind);
  if (!kind.success) {
    return err(
      appError('usage.bad-arguments', `--kind takes ${AUDIT_KINDS.join(', ')}, not "${options.kind}".`),
    );
  }
  return ok({
    ...(options.person === undefined ? {} : { person: options.person }),
    ...(options.object === undefined ? {} : { objectId: options.object.toLowerCase() }),
    ...(options.image === undefined ? {} : { imageId: options.image }),
    ...(options.since === undefined ? {} : { since: new Date(options.since).toISOString() }),
    ...(options.until === undefined ? {} : { until: new Date(options.until).toISOString() }),
    ...(kind.data === undefined ? {} : { kind: kind.data }),
  });
}

/** A person names an image by its key; two sources may have the same one, and then its id tells them apart. */
function withImageId(filter: AuditFilter, { names }: ProjectAudit): AuditFilter {
  if (filter.imageId === undefined || names.images.has(filter.imageId)) return filter;
  const found = [...names.images].find(([, key]) => key === filter.imageId);
  return found === undefined ? filter : { ...filter, imageId: found[0] };
}

async function newestEntries(
  file: ProjectFile,
  filter: AuditFilter,
  { names }: ProjectAudit,
  limit: number,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
  const kept: AuditEntry[] = [];
  let total = 0;
  for await (const entry of auditEntries(file, filter, names)) {
    total += 1;
    kept.push(entry);
    if (kept.length > limit) kept.shift();
  }
  return { entries: kept, total };
}

async function exportedTo(
  target: string,
  file: ProjectFile,
  filter: AuditFilter,
  read: ProjectAudit,
  home: string,
) {
  const { total } = await newestEntries(file, filter, read, 0);
  const key = await openInstallation(path.join(home, KEY_FILE), {
    keyRing: null,
    onDamaged: () => undefined,
  });
  const { chain } = read;
  const written = await writeAuditExport(
    target,
    {
      groundmarkAudit: 1,
      project: read.project,
      exportedAt: new Date().toISOString(),
      exportedBy: `groundmark audit, ${file.kind} ${file.name} of ${file.madeAt}`,
      journal: {
        lines: chain.lines,
        head: chain.head,
        holds: chain.firstBreak === null,
        firstBreak: chain.firstBreak === null ? null : breakInWords(chain.firstBreak),
      },
      filter: { ...filter },
      entries: total,
    },
    auditEntries(file, filter, read.names),
    (hash) => key.sign('audit', hash),
  );
  return written.ok ? ok({ file: target, entries: total, ...written.value }) : written;
}

function verdictLines({ chain, state, fileReason, byKind }: ProjectAudit): string[] {
  const kinds = Object.entries(byKind).map(([kind, count]) => `${count} ${kind}`);
  const { firstBreak } = chain;
  return [
    `${counted(chain.lines, 'line')} in the journal${kinds.length === 0 ? '' : ` (${kinds.join(', ')})`}`,
    firstBreak === null
      ? `The chain holds${chain.head.hash === null ? '' : ` up to line ${chain.head.seq}, head ${chain.head.hash.slice(0, 16)}`}.`
      : `The chain is broken at ${breakInWords(firstBreak)}. ${intactInWords(chain)}${chain.breaks > 1 ? ` ${chain.breaks} breaks in all.` : ''}`,
    ...(chain.anchors.confirmed > 0
      ? [
          `${counted(chain.anchors.confirmed, 'published version')} ${chain.anchors.confirmed === 1 ? 'remembers' : 'remember'} it as it is.`,
        ]
      : []),
    ...(fileReason === null ? [] : [`The file was changed after it was written: ${fileReason}.`]),
    ...(state === null ? [] : stateLines(state)),
  ];
}

function stateLines({
  images,
  differing,
  first,
  isSchemaSame,
}: NonNullable<ProjectAudit['state']>): string[] {
  return [
    differing === 0
      ? `The labels of ${counted(images, 'image')} are what the journal leads to.`
      : `${counted(differing, 'image')} of ${images} do not have the labels that the journal leads to:`,
    ...first.map(({ key, reason }) => `  ${key}: ${reason}`),
    ...(isSchemaSame === false ? ['The label schema is not the one that the journal leads to.'] : []),
  ];
}

function breakInWords({
  line,
  reason,
  who,
  at,
  what,
}: NonNullable<ProjectAudit['chain']['firstBreak']>): string {
  const by = who === null ? '' : ` (${who}, ${at}, “${what}”, by its own words)`;
  return `line ${line}${by}: ${reason}`;
}

function notesOf({ chain, unread }: ProjectAudit): string[] {
  return [
    ...chain.clocks.first.map(
      ({ line, at, previousAt }) =>
        `note: line ${line} says ${at}, which is before line ${line - 1} (${previousAt}); a clock was set`,
    ),
    ...(chain.clocks.count > chain.clocks.first.length
      ? [`note: ${chain.clocks.count - chain.clocks.first.length} more lines are out of time order`]
      : []),
    ...(chain.anchors.beyondEnd > 0
      ? [`note: ${counted(chain.anchors.beyondEnd, 'published version')} came after this file was made`]
      : []),
    ...(unread > 0
      ? [`note: ${counted(unread, 'line')} of a later version could be verified and not be told of`]
      : []),
  ];
}

function rowOf(entry: AuditEntry) {
  const { line, at, who, what, image, imageId, images } = entry;
  const where = image ?? imageId?.slice(0, 8) ?? (images > 1 ? counted(images, 'image') : '');
  return [line, minutes(at), who, what, where, changeInWords(entry)];
}

function minutes(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

async function verifiedExport(file: string, key: string | undefined): Promise<Result<CliAnswer>> {
  const read = await readAuditExport(file);
  if (!read.ok && read.error.code !== 'audit.bad-signature') return read;
  if (!read.ok || (key !== undefined && key !== read.value.seal.publicKey)) {
    const reason = read.ok
      ? `It is signed with the key ${read.value.seal.publicKey}, not with ${key}.`
      : read.error.message;
    return ok({ exitCode: EXIT.different, json: { holds: false, reason }, text: `${reason}\n\nBroken.` });
  }
  const { header, entries, seal } = read.value;
  return ok({
    exitCode: EXIT.ok,
    json: { holds: true, header, entries, seal },
    text: [
      `${header.project.name} (${header.project.id}), exported ${minutes(header.exportedAt)} UTC by ${header.exportedBy}`,
      `${counted(entries, 'entry')} of ${counted(header.journal.lines, 'line')}, head ${header.journal.head.hash?.slice(0, 16) ?? 'none'}`,
      header.journal.firstBreak === null
        ? 'The journal held when it was exported.'
        : `The journal was broken when it was exported, at ${header.journal.firstBreak}.`,
      `SHA-256 ${seal.sha256}`,
      `signed with the key ${seal.publicKey}`,
      '',
      'Holds.',
    ].join('\n'),
  });
}
