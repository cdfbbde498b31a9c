import type { ConflictRule } from '../../shared/imports/conflict-rule';
import { type ImportDecisions, suggestDecisions } from '../../shared/imports/import-decisions';
import { type LabelImportPlan, planLabelImport } from '../../shared/imports/plan-label-import';
import type { DetectedLabels } from '../../shared/ipc/channels/dataset-formats';
import { ok, type Result } from '../../shared/result/result';
import type { ProjectId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import type { Services } from '../app/services';
import type { LabelRequest } from './label-request';
import { type MatchedDataset, matchDataset, type TargetImage } from './match-dataset';
import { type SurveyedDataset, surveyDataset } from './survey-dataset';

export type DetectedFormat = DetectedLabels;

/** Labels that were looked through and wait for the person's word. */
export interface LabelProposal {
  readonly project: Project;
  readonly request: LabelRequest;
  /** What the files were taken for, likeliest first. */
  readonly detected: readonly DetectedFormat[];
  readonly dataset: SurveyedDataset;
  readonly match: MatchedDataset;
  readonly suggested: ImportDecisions;
}

/** Reads label files, finds their images in the project and suggests what becomes of their classes and attributes. */
export async function proposeLabels(
  services: Pick<Services, 'bridge' | 'jobs' | 'persistence'>,
  projectId: ProjectId,
  request: LabelRequest,
  detected: readonly DetectedFormat[],
): Promise<Result<LabelProposal>> {
  const dataset = await surveyDataset(services, request);
  if (!dataset.ok) return dataset;
  const project = await services.persistence.projects.get(projectId);
  if (!project.ok) return project;
  const keys = dataset.value.images.map((image) => image.key);
  const match = await matchDataset(services, projectId, request.sourceId, keys);
  if (!match.ok) return match;
  return ok({
    project: project.value,
    request,
    detected,
    dataset: dataset.value,
    match: match.value,
    suggested: suggestDecisions(project.value.schema, dataset.value.survey),
  });
}

export function planProposal(proposal: LabelProposal, decisions: ImportDecisions): LabelImportPlan {
  return planLabelImport({
    schema: proposal.project.schema,
    survey: proposal.dataset.survey,
    decisions,
    newId: () => crypto.randomUUID(),
  });
}

/** An image that has annotations already. */
export interface Conflict {
  readonly key: string;
  readonly target: TargetImage;
  readonly incoming: number;
  readonly isConfirmedEmpty: boolean;
}

/** What an import would do with images, by the classes that are taken. */
export interface ImportFigures {
  readonly matchedImages: number;
  /** Annotations for images that have none yet, and how many images get some. */
  readonly fresh: { readonly images: number; readonly annotations: number };
  readonly emptyImages: number;
  readonly conflicts: readonly Conflict[];
  /** By class, of images that are in the project. */
  readonly annotationsByClass: ReadonlyMap<number, number>;
}

/** Linear in the images of the dataset: some ms for 100,000. */
export function figuresOf(proposal: LabelProposal, plan: LabelImportPlan): ImportFigures {
  const { dataset, match } = proposal;
  const taken = new Set(plan.mapping.labels.map(([classIndex]) => classIndex));
  const annotationsByClass = new Map<number, number>();
  const conflicts: Conflict[] = [];
  let matchedImages = 0;
  let freshImages = 0;
  let annotations = 0;
  let emptyImages = 0;
  for (const { key, counts, isConfirmedEmpty } of dataset.images) {
    const target = match.targetByKey.get(key);
    if (target === undefined) continue;
    matchedImages += 1;
    let incoming = 0;
    for (let at = 0; at < counts.length; at += 2) {
      const classIndex = counts[at] ?? 0;
      const times = counts[at + 1] ?? 0;
      annotationsByClass.set(classIndex, (annotationsByClass.get(classIndex) ?? 0) + times);
      if (taken.has(classIndex)) incoming += times;
    }
    if (target.annotationCount > 0) {
      if (incoming > 0 || isConfirmedEmpty) conflicts.push({ key, target, incoming, isConfirmedEmpty });
    } else if (incoming > 0) {
      freshImages += 1;
      annotations += incoming;
    } else if (isConfirmedEmpty && !target.isConfirmedEmpty) {
      emptyImages += 1;
    }
  }
  return {
    matchedImages,
    fresh: { images: freshImages, annotations },
    emptyImages,
    conflicts,
    annotationsByClass,
  };
}

/** How many annotations the images in conflict give and take by a rule; null where that has to be looked up first. */
export interface ConflictOutcome {
  readonly added: number;
  readonly removed: number;
  readonly duplicates: number;
}

export function outcomeOf(
  conflicts: readonly Conflict[],
  rule: ConflictRule,
  compared: ConflictOutcome | null,
): ConflictOutcome | null {
  const incoming = conflicts.reduce((sum, one) => sum + one.incoming, 0);
  switch (rule) {
    case 'addNew':
      return incoming === 0 ? { added: 0, removed: 0, duplicates: 0 } : compared;
    case 'addAll':
      return { added: incoming, removed: 0, duplicates: 0 };
    case 'keep':
      return { added: 0, removed: 0, duplicates: 0 };
    case 'replace': {
      const replaced = conflicts.filter((one) => one.incoming > 0 || one.isConfirmedEmpty);
      const removed = replaced.reduce((sum, one) => sum + one.target.annotationCount, 0);
      return { added: incoming, removed, duplicates: 0 };
    }
  }
}
