import type { DatasetAnnotation, DatasetImage, DatasetLabel } from '../../shared/formats/format';
import { suggestDecisions } from '../../shared/imports/import-decisions';
import { planLabelImport } from '../../shared/imports/plan-label-import';
import { LabelSurveyor } from '../../shared/imports/survey-labels';
import { ImageTaker } from '../../shared/imports/take-labels';
import type { ChannelResult } from '../../shared/ipc/contract';
import { ok, type Result } from '../../shared/result/result';
import type { JobId, ProjectId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { importImages } from '../imports/import-images';
import type { IncomingImage } from '../persistence/ports';
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

  const stored = await storeTruth(persistence, projectId, truth);
  return stored.ok ? ok(projectId) : stored;
}

type Truth = ChannelResult<'sample.open'>['truth'];

/** The scenes' truth goes the way of every other dataset's labels. */
async function storeTruth(
  persistence: Services['persistence'],
  projectId: ProjectId,
  truth: Truth,
): Promise<Result<unknown>> {
  const project = await persistence.projects.get(projectId);
  if (!project.ok) return project;
  const images = await persistence.images.list(projectId, {});
  if (!images.ok) return images;
  const records = await images.value.window(0, images.value.total);
  const recordByKey = new Map(records.map((image) => [image.key, image]));
  const { labels, scenes } = datasetOfTruth(truth);

  const surveyor = new LabelSurveyor();
  for (const label of labels) surveyor.label(label);
  for (const { image, annotations } of scenes) {
    surveyor.image(image);
    for (const annotation of annotations) surveyor.annotation(annotation);
  }
  const survey = surveyor.finish();
  const { schema } = project.value;
  const plan = planLabelImport({
    schema,
    survey,
    decisions: suggestDecisions(schema, survey),
    newId: () => crypto.randomUUID(),
  });
  const taker = new ImageTaker({ ...plan.mapping, seed: 'sample' });
  const incoming = scenes.flatMap(({ image, annotations }): IncomingImage[] => {
    taker.begin(image);
    for (const annotation of annotations) taker.add(annotation, annotation.shape);
    const taken = taker.end();
    const record = recordByKey.get(image.key);
    return taken === null || record === undefined
      ? []
      : [{ ...taken, imageId: record.id, ordinal: record.ordinal }];
  });
  const begun = await persistence.annotations.beginImport(projectId, {
    label: 'Sample labels',
    schemaAfter: plan.schemaAfter,
    labelIds: plan.labelIds,
    rule: 'addNew',
    images: incoming.length,
    annotations: survey.annotations,
    total: incoming.length,
    plan: '',
  });
  if (!begun.ok) return begun;
  return persistence.annotations.addToImport(projectId, begun.value.changeId, {
    images: incoming,
    cursor: incoming.length,
    isLast: true,
  });
}

/** The truth in the form in which every other dataset's labels come, road boundaries included. */
function datasetOfTruth(truth: Truth) {
  const names = [...new Set(truth.flatMap(({ annotations }) => annotations.map((one) => one.labelName)))];
  const scenes = [...truth]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .filter((_, at) => at % EVERY_NTH_UNLABELLED !== EVERY_NTH_UNLABELLED - 1)
    .map(({ key, annotations }) => {
      const state = annotations.length === 0 ? 'confirmedEmpty' : 'labelled';
      const image: DatasetImage = { key, size: null, split: null, state };
      const objects = annotations.map(
        (one): DatasetAnnotation => ({
          imageKey: key,
          classIndex: names.indexOf(one.labelName),
          shape: one.shape,
          isCrowd: false,
          attributes: {
            ...one.attributes,
            ...(one.isOccluded ? { occluded: true } : {}),
            ...(one.isTruncated ? { truncated: true } : {}),
          },
          score: null,
        }),
      );
      return { image, annotations: objects };
    });
  const labels = names.map((name, classIndex): DatasetLabel => ({ classIndex, name, supercategory: null }));
  return { labels, scenes };
}
