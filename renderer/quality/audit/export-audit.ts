import { type AuditExportHeader, entryLine, headerLine, sealLine } from '../../../shared/audit/audit-export';
import type { AuditFilter } from '../../../shared/audit/audit-filter';
import { sha256OfText } from '../../../shared/document/hash';
import { MAX_TEXT_FILE_CHARACTERS } from '../../../shared/ipc/channels/files';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { Project } from '../../../shared/schema/project';
import type { Services } from '../../app/services';
import { entriesOf } from './audit-rows';
import type { WalkedJournal } from './walk-journal';

const LINES_PER_READ = 100;

/**
 * Writes entries as signed JSON Lines to a file that the person names; null when they changed their mind. The installation
 * signs, and refuses whose role may not export. Errors: `file.too-large` beyond 16 MB, `people.not-permitted`.
 * @param lines numbers of the lines, newest first; the file has the oldest first.
 */
export async function exportAudit(
  { bridge, persistence }: Pick<Services, 'bridge' | 'persistence'>,
  project: Project,
  asked: {
    readonly lines: readonly number[];
    readonly filter: AuditFilter;
    readonly journal: WalkedJournal;
    readonly breakInWords: string | null;
    readonly signal: AbortSignal;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<Result<{ readonly name: string; readonly entries: number } | null>> {
  const oldestFirst = [...asked.lines].reverse();
  const parts: string[] = [];
  let entries = 0;
  let characters = 0;
  for (let from = 0; from < oldestFirst.length; from += LINES_PER_READ) {
    if (asked.signal.aborted) return err(appError('job.cancelled', 'The export was stopped.'));
    const rows = await entriesOf(persistence, project, oldestFirst.slice(from, from + LINES_PER_READ));
    for (const row of rows) {
      if (row.kind === 'unread') continue;
      const line = entryLine(row.entry);
      characters += line.length;
      if (characters > MAX_TEXT_FILE_CHARACTERS - 10_000) return err(tooLarge());
      entries += 1;
      parts.push(line);
    }
    asked.onProgress(Math.min(from + LINES_PER_READ, oldestFirst.length), oldestFirst.length);
  }
  const { verdict } = asked.journal;
  const header: AuditExportHeader = {
    groundmarkAudit: 1,
    project: { id: project.id, name: project.name },
    exportedAt: new Date().toISOString(),
    exportedBy: persistence.actor(),
    journal: {
      lines: verdict.lines,
      head: verdict.head,
      holds: verdict.firstBreak === null,
      firstBreak: asked.breakInWords,
    },
    filter: { ...asked.filter },
    entries,
  };
  const text = `${headerLine(header)}${parts.join('')}`;
  const sha256 = sha256OfText(text);
  const signed = await bridge.invoke('people.sign', { purpose: 'audit', hash: sha256 });
  if (!signed.ok) return signed;
  const { signature, publicKey } = signed.value;
  const saved = await bridge.invoke('files.saveText', {
    title: 'Export the audit trail',
    suggestedName: `${project.name} audit.jsonl`,
    extension: 'jsonl',
    text: `${text}${sealLine({ sha256, publicKey, signature })}`,
  });
  if (!saved.ok) return saved;
  return ok(saved.value === null ? null : { name: saved.value.name, entries });
}

function tooLarge() {
  return appError(
    'file.too-large',
    'The export would be larger than 16 MB. Narrow the filter, or let “groundmark audit --export” write it from a backup, which knows no limit.',
  );
}
