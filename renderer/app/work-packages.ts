import type { ImageId } from '../../shared/schema/ids';
import type { PersonRef, PublicKey } from '../../shared/schema/person';
import type { Project } from '../../shared/schema/project';
import { byteSize, plural } from '../components/quantity';
import { findingsOf } from '../workspace/findings';
import { bundleLine } from './bundles';
import type { Services } from './services';
import { undoGroup } from './undo-group';

type Reach = Pick<Services, 'bridge' | 'editor' | 'jobs' | 'navigation' | 'persistence' | 'rules' | 'toasts'>;

export interface PackageWish {
  readonly imageIds: readonly ImageId[];
  readonly name: string;
  readonly to: PersonRef;
  readonly toKey: PublicKey | null;
  readonly withPictures: boolean;
}

/** Hands images out as a package; false when nothing was handed out. */
export async function issuePackage(services: Reach, project: Project, wish: PackageWish): Promise<boolean> {
  const { editor, persistence, toasts } = services;
  const line = bundleLine(services, `Handing out ${wish.name}`);
  const settled = await editor.settled();
  if (!settled.ok) {
    line.failed(settled.error);
    return false;
  }
  const issued = await persistence.packages.issue({ jobId: line.jobId, projectId: project.id, ...wish });
  if (!issued.ok) line.failed(issued.error);
  else if (issued.value === null) line.dropped();
  else {
    const { name, images, missing, byteSize: bytes } = issued.value;
    line.done(`Handed out ${name}, ${byteSize(bytes)}`);
    toasts.show({
      tone: missing > 0 ? 'error' : 'success',
      message:
        missing > 0
          ? `“${name}” is there, without ${plural(missing, 'picture')} that ${missing === 1 ? 'is' : 'are'} not where they were.`
          : `“${name}” is there: ${plural(images, 'image')} for ${wish.to.name}, signed.`,
    });
  }
  return issued.ok && issued.value !== null;
}

/** Writes the return of a project that was made of a package. */
export async function returnPackage(services: Reach, project: Project): Promise<void> {
  const { editor, persistence, toasts } = services;
  const line = bundleLine(services, `Giving ${project.name} back`);
  const settled = await editor.settled();
  if (!settled.ok) return line.failed(settled.error);
  const given = await persistence.packages.giveBack({ jobId: line.jobId, projectId: project.id });
  if (!given.ok) return line.failed(given.error);
  if (given.value === null) return line.dropped();
  const { name, annotations } = given.value;
  line.done(`Wrote ${name}`);
  toasts.show({
    tone: 'success',
    message: `“${name}” is there with ${plural(annotations, 'annotation')}, signed. Send it to whoever handed the work out; you can go on and give it back again.`,
  });
}

/** Merges what came back, as one change with one undo, and says what it did. */
export async function mergePackage(services: Reach, project: Project): Promise<void> {
  const { editor, navigation, persistence, rules, toasts } = services;
  const line = bundleLine(services, 'Merging work that came back');
  const settled = await editor.settled();
  if (!settled.ok) return line.failed(settled.error);
  const merged = await persistence.packages.merge({
    jobId: line.jobId,
    projectId: project.id,
    signal: line.signal,
    onProgress: (done, total) =>
      line.progress({ done, total, unit: 'images', perSecond: null, secondsLeft: null }),
    hasFinding: (document) => findingsOf(document, project.schema, rules).length > 0,
  });
  if (!merged.ok) return line.failed(merged.error);
  if (merged.value === null) return line.dropped();
  const { changeId, isNew, name, by, images, annotations, openConflicts, strangers } = merged.value;
  line.done(isNew ? `Merged ${name}` : 'Nothing to merge');
  if (!isNew) {
    toasts.show({ message: `This return of “${name}” was merged before. Nothing was changed.` });
    return;
  }
  const words = [
    changeId === null
      ? `Merged “${name}” from ${by}: no label had to be changed`
      : `Merged “${name}” from ${by}: ${plural(annotations, 'annotation')} in ${plural(images, 'image')}`,
  ];
  if (openConflicts > 0) words.push(`${plural(openConflicts, 'conflict')} to decide`);
  if (strangers > 0)
    words.push(`${plural(strangers, 'picture')} added there ${strangers === 1 ? 'was' : 'were'} not taken`);
  const undo = async () => {
    if (changeId === null) return;
    const undone = await undoGroup(services, { projectId: project.id, changeId, name: 'the merge' });
    if (!undone.ok) toasts.show({ tone: 'error', message: undone.error.message });
  };
  toasts.show({
    tone: 'success',
    message: `${words.join('; ')}.`,
    action:
      openConflicts > 0
        ? { label: 'Decide', run: () => navigation.go({ screen: 'packages', projectId: project.id }) }
        : { label: 'Undo', run: () => void undo() },
    staysForMs: 15_000,
  });
}
