import { type AuditEntry, auditEntryOf } from '../../../shared/audit/audit-entry';
import { ChangeRecord } from '../../../shared/schema/change';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { LabelSchema } from '../../../shared/schema/label-schema';
import type { RowSource } from '../../components/use-paged-rows';
import type { Persistence } from '../../persistence/ports';

/** A line of the list: an entry, or the number of a line that cannot be told of. */
export type AuditRow =
  | { readonly kind: 'entry'; readonly entry: AuditEntry }
  | { readonly kind: 'unread'; readonly line: number };

/** Rows for these lines, newest first; only what is on screen is read. */
export function auditRows(
  persistence: Pick<Persistence, 'journal' | 'images'>,
  project: { readonly id: ProjectId; readonly schema: LabelSchema },
  lines: readonly number[] | { readonly newest: number },
): RowSource<AuditRow> {
  const total = 'newest' in lines ? lines.newest : lines.length;
  const lineAt = (index: number) => ('newest' in lines ? lines.newest - index : (lines[index] ?? 0));
  return {
    total,
    async window(from, to) {
      const wanted = Array.from({ length: to - from }, (_, index) => lineAt(from + index));
      return entriesOf(persistence, project, wanted);
    },
  };
}

/** The entries of some lines, in the order in which they are named. */
export async function entriesOf(
  { journal, images }: Pick<Persistence, 'journal' | 'images'>,
  project: { readonly id: ProjectId; readonly schema: LabelSchema },
  lines: readonly number[],
): Promise<readonly AuditRow[]> {
  const raw = new Map<number, ChangeRecord | null>();
  for (const [from, count] of runsOf(lines)) {
    for (const line of await journal.rawLines(project.id, from, count)) {
      const record = ChangeRecord.safeParse(line);
      if (record.success) raw.set(record.data.seq, record.data);
    }
  }
  const keys = new Map<string, string>();
  for (const record of raw.values()) {
    const id = record?.imageId ?? null;
    if (id === null || keys.has(id)) continue;
    const image = await images.get(id as ImageId);
    if (image.ok) keys.set(id, image.value.key);
  }
  const labels = new Map<string, string>(project.schema.labels.map(({ id, name }) => [id, name]));
  const names = {
    image: (id: string) => keys.get(id) ?? null,
    label: (id: string) => labels.get(id) ?? null,
  };
  return lines.map((line) => {
    const record = raw.get(line);
    return record === undefined || record === null
      ? { kind: 'unread', line }
      : { kind: 'entry', entry: auditEntryOf(record, names) };
  });
}

/** Lines that follow on each other are read at once. */
function runsOf(lines: readonly number[]): readonly (readonly [from: number, count: number])[] {
  const sorted = [...lines].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const line of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && run[0] + run[1] === line) run[1] += 1;
    else runs.push([line, 1]);
  }
  return runs;
}
