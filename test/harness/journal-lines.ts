import { type ChainHead, EMPTY_CHAIN, sealChange } from '../../shared/document/chain';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ChangeId, ProjectId } from '../../shared/schema/ids';

const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export const PROJECT_ID = uuid(0xabc) as ProjectId;

/** A sound journal: a project that is renamed once a minute from 12:01 on, Ann's lines even, Ben's odd. */
export function journalOf(length: number, actor: string | null = null): ChangeRecord[] {
  const lines: ChangeRecord[] = [];
  let head: ChainHead = EMPTY_CHAIN;
  for (let n = 1; n <= length; n += 1) {
    const face = (name: string) => ({ name, archivedAt: null, deletedAt: null });
    const line = sealChange(
      {
        id: uuid(n) as ChangeId,
        projectId: PROJECT_ID,
        imageId: null,
        scope: 'app',
        groupId: null,
        at: `2026-03-01T12:${String(n).padStart(2, '0')}:00.000Z`,
        actor: actor ?? (n % 2 === 0 ? 'Ann' : 'Ben'),
        origin: 'person',
        code: 'project.rename',
        label: `Rename to ${n}`,
        targetId: null,
        body: { kind: 'project', before: n === 1 ? null : face(String(n - 1)), after: face(String(n)) },
      },
      head,
    );
    lines.push(line);
    head = line;
  }
  return lines;
}
