import type { ChannelResult } from '../../shared/ipc/contract';
import { ok, type Result } from '../../shared/result/result';
import type { JobId, ProjectId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { importImages } from '../imports/import-images';
import { planProposal, proposeLabels } from '../imports/label-proposal';
import type { ReadLabels } from '../imports/read-labels';
import { createProjectFromTemplate } from './create-project';

/** Every third picture stays unlabelled, so that a newcomer finds finished ones to look at and fresh ones to try. */
const EVERY_NTH_UNLABELLED = 3;

/** The truth comes with the pictures; nothing had to be recognised. */
const SAMPLE_FORMAT = { formatId: 'sample', title: 'Sample', confidence: 1, reasons: [] } as const;

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

  const { grant, truth } = opened.value;
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

  const proposal = await proposeLabels(services, {
    projectId,
    sourceId: grant.id,
    sourceName: 'the sample',
    format: SAMPLE_FORMAT,
    labels: labelsFromTruth(truth),
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

/** The scenes' truth in the form in which every other dataset's labels come, road boundaries included. */
function labelsFromTruth(truth: ChannelResult<'sample.open'>['truth']): ReadLabels {
  const names = [...new Set(truth.flatMap(({ annotations }) => annotations.map((one) => one.labelName)))];
  const images = [...truth]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .filter((_, at) => at % EVERY_NTH_UNLABELLED !== EVERY_NTH_UNLABELLED - 1)
    .map(({ key, annotations }) => ({
      key,
      isConfirmedEmpty: annotations.length === 0,
      annotations: annotations.map((one) => ({
        classIndex: names.indexOf(one.labelName),
        shape: one.shape,
        isCrowd: false,
        attributes: {
          ...one.attributes,
          ...(one.isOccluded ? { occluded: true } : {}),
          ...(one.isTruncated ? { truncated: true } : {}),
        },
        score: null,
      })),
    }));
  const classes = names.map((name, classIndex) => ({ classIndex, name, supercategory: null }));
  return { classes, images, problems: [], problemCount: 0 };
}
