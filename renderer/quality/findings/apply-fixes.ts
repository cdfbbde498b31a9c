import { runFixes, type WantedFix } from '../../../shared/rules/annotations/run-fixes';
import type { ImageId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import type { Services } from '../../app/services';
import { undoGroup } from '../../app/undo-group';
import { plural } from '../../components/quantity';
import { findingsOf } from '../../workspace/findings';

/** Most findings that are mended at once: their changes are held in memory until they are stored together. */
export const MOST_MENDED = 10_000;

/** Mends findings, each by the fix of this name, as one undoable change of the project. */
export async function applyFixes(
  services: Pick<Services, 'persistence' | 'editor' | 'jobs' | 'toasts' | 'rules'>,
  project: Project,
  fix: { readonly id: string; readonly label: string },
  findings: readonly { readonly id: string; readonly imageId: ImageId }[],
): Promise<void> {
  const { persistence, editor, jobs, toasts, rules } = services;
  const wanted = new Map<ImageId, WantedFix[]>();
  for (const { id, imageId } of findings.slice(0, MOST_MENDED)) {
    const ofImage = wanted.get(imageId) ?? [];
    ofImage.push({ findingId: id, fixId: fix.id });
    wanted.set(imageId, ofImage);
  }
  const title = `${fix.label}: ${plural(Math.min(findings.length, MOST_MENDED), 'finding')}`;
  const context = {
    actor: persistence.actor(),
    at: new Date().toISOString(),
    newId: () => crypto.randomUUID(),
    schema: project.schema,
  };
  const line = jobs.start({ title });
  const settled = await editor.settled();
  const done = settled.ok
    ? await persistence.annotations.editMany(
        project.id,
        {
          code: 'finding.fix',
          label: title,
          imageIds: [...wanted.keys()],
          change: (document) =>
            runFixes(document, wanted.get(document.imageId) ?? [], rules.settings.get(), context),
          hasFinding: (document) => findingsOf(document, project.schema, rules).length > 0,
        },
        (stored) =>
          line.progress({
            done: stored,
            total: wanted.size,
            unit: 'images',
            perSecond: null,
            secondsLeft: null,
          }),
      )
    : settled;
  if (!done.ok) return line.fail(done.error);
  const { changeId, annotations, images, refused } = done.value;
  const openId = editor.document?.imageId;
  if (openId !== undefined && wanted.has(openId)) await editor.reload();
  const reasons = [...new Set(refused.map(({ error }) => error.message))].slice(0, 2).join(' ');
  const left =
    refused.length === 0 ? '' : ` ${plural(refused.length, 'image')} stayed as they were. ${reasons}`;
  const message = `${plural(annotations, 'object')} in ${plural(images, 'image')} changed.${left}`;
  line.done(message);
  toasts.show({
    message,
    staysForMs: 20_000,
    ...(changeId === null
      ? {}
      : {
          action: {
            label: 'Undo',
            run: async () => {
              const undone = await undoGroup(services, {
                projectId: project.id,
                changeId,
                name: 'the fixes',
              });
              if (!undone.ok) toasts.show({ tone: 'error', message: undone.error.message });
            },
          },
        }),
  });
}
