import { ok, type Result } from '../../shared/result/result';
import type { JobId, ProjectId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { importImages } from '../imports/import-images';
import { planProposal, proposeLabels } from '../imports/label-proposal';
import { readLabels } from '../imports/read-labels';
import { createProjectFromTemplate } from './create-project';

/** Every third picture stays unlabelled, so that a newcomer finds finished ones to look at and fresh ones to try. */
const EVERY_NTH_UNLABELLED = 3;

/**
 * Opens the sample project, or makes it: draws its pictures, adds them, and stores the exact labels of two thirds of
 * them. What was made stays when a later step fails, so that trying again goes on from there.
 */
export async function openSample(
  services: Pick<Services, 'bridge' | 'persistence' | 'jobs'>,
): Promise<Result<ProjectId>> {
  const { bridge, persistence, jobs } = services;
  const known = (await persistence.projects.list()).find(
    (project) => project.isSample && project.archivedAt === null && project.counts.annotations > 0,
  );
  if (known !== undefined) return ok(known.id);

  const jobId = crypto.randomUUID() as JobId;
  const line = jobs.start({
    title: 'Drawing the sample pictures',
    cancel: () => void bridge.invoke('job.cancel', { jobId }),
  });
  const stopListening = bridge.subscribe('job.progress', (event) => {
    if (event.jobId === jobId) line.progress(event.progress, event.note);
  });
  const opened = await bridge.invoke('sample.open', { jobId });
  stopListening();
  if (!opened.ok) {
    line.fail(opened.error);
    return opened;
  }
  line.done('Sample pictures drawn');

  const { grant, labels: labelsGrant } = opened.value;
  const project = await createProjectFromTemplate(persistence, 'Sample: street scenes', 'road-scene', true);
  if (!project.ok) return project;
  const projectId = project.value.id;
  const added = await persistence.projects.addSource(projectId, {
    id: grant.id,
    displayName: grant.displayName,
  });
  if (!added.ok) return added;
  const images = await importImages(services, {
    projectId,
    sourceId: grant.id,
    displayName: 'the sample pictures',
    afterKey: null,
  });
  if (!images.ok) return images;

  const detected = await bridge.invoke('labels.detect', { sourceId: labelsGrant.id });
  if (!detected.ok) return detected;
  const [format] = [...detected.value].sort((a, b) => b.confidence - a.confidence);
  if (format === undefined) return ok(projectId);
  const labels = await readLabels(services, {
    sourceId: labelsGrant.id,
    displayName: 'the sample',
    formatId: format.formatId,
  });
  if (!labels.ok) return labels;
  const inOrder = [...labels.value.images].sort((a, b) => (a.key < b.key ? -1 : 1));
  const proposal = await proposeLabels(services, {
    projectId,
    sourceId: grant.id,
    sourceName: 'the sample',
    format,
    labels: {
      ...labels.value,
      images: inOrder.filter((_, at) => at % EVERY_NTH_UNLABELLED !== EVERY_NTH_UNLABELLED - 1),
    },
  });
  if (!proposal.ok) return proposal;
  const { plan } = planProposal(proposal.value, 'add');
  const stored = await persistence.annotations.importLabels(
    projectId,
    { ...plan, label: 'Sample labels' },
    () => {},
  );
  return stored.ok ? ok(projectId) : stored;
}
