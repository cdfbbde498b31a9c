import type { Finding } from '../../../shared/rules/annotations/finding';
import type { ProjectId } from '../../../shared/schema/ids';
import type { Services } from '../../app/services';

/** Says that a finding is right as it is, and why; the toast takes it back. What goes wrong is told there too. */
export async function waiveFinding(
  services: Pick<Services, 'rules' | 'persistence' | 'toasts'>,
  projectId: ProjectId,
  finding: Pick<Finding, 'id' | 'imageIds'>,
  reason: string,
  expiresAt: string | null,
): Promise<void> {
  const { rules, persistence, toasts } = services;
  const by = persistence.session();
  if (by === null) return;
  const waiver = {
    findingId: finding.id,
    imageId: finding.imageIds[0] ?? null,
    reason,
    by: { id: by.personId, name: by.name },
    at: new Date().toISOString(),
    expiresAt,
  };
  const done = await rules.waive(projectId, [{ findingId: finding.id, waiver }]);
  if (!done.ok) return void toasts.show({ tone: 'error', message: done.error.message });
  toasts.show({
    message: 'The finding is waived.',
    action: { label: 'Undo', run: () => void takeWaiverBack(services, projectId, finding.id) },
  });
}

/** The finding counts again. */
export async function takeWaiverBack(
  { rules, toasts }: Pick<Services, 'rules' | 'toasts'>,
  projectId: ProjectId,
  findingId: string,
): Promise<void> {
  const done = await rules.waive(projectId, [{ findingId, waiver: null }]);
  if (!done.ok) toasts.show({ tone: 'error', message: done.error.message });
}
