import { matchImageKeys } from '../../shared/imports/match-image-keys';
import {
  type ConflictChoice,
  type PlannedLabelImport,
  planLabelImport,
  type TargetImage,
} from '../../shared/imports/plan-label-import';
import { ok, type Result } from '../../shared/result/result';
import type { Annotation } from '../../shared/schema/annotation';
import type { ImageId, ProjectId, SourceId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import type { Services } from '../app/services';
import type { ReadLabels } from './read-labels';

export interface DetectedFormat {
  readonly formatId: string;
  readonly title: string;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** Labels that were read and wait for the person's word. */
export interface LabelProposal {
  readonly project: Project;
  readonly sourceId: SourceId;
  readonly sourceName: string;
  /** What the folder was taken for. */
  readonly format: DetectedFormat;
  readonly labels: ReadLabels;
  readonly projectImages: readonly TargetImage[];
  readonly existing: ReadonlyMap<ImageId, readonly Annotation[]>;
}

const WINDOW = 2000;

/** Gathers what planning an import needs: the project's images, and the annotations of those that have some already. */
export async function proposeLabels(
  services: Pick<Services, 'persistence'>,
  input: {
    readonly projectId: ProjectId;
    readonly sourceId: SourceId;
    readonly sourceName: string;
    readonly format: DetectedFormat;
    readonly labels: ReadLabels;
  },
): Promise<Result<LabelProposal>> {
  const { persistence } = services;
  const project = await persistence.projects.get(input.projectId);
  if (!project.ok) return project;
  const list = await persistence.images.list(input.projectId, {});
  if (!list.ok) return list;
  const projectImages: TargetImage[] = [];
  for (let from = 0; from < list.value.total; from += WINDOW) {
    for (const image of await list.value.window(from, Math.min(from + WINDOW, list.value.total))) {
      projectImages.push({
        id: image.id,
        key: image.key,
        isPreferred: image.sourceId === input.sourceId,
        width: image.width,
        height: image.height,
        annotationCount: image.annotationCount,
        state: image.state,
      });
    }
  }
  const matched = matchImageKeys(
    input.labels.images.map((image) => image.key),
    projectImages,
  );
  const matchedIds = new Set(matched.imageIdByKey.values());
  const existing = new Map<ImageId, readonly Annotation[]>();
  for (const image of projectImages) {
    if (image.annotationCount === 0 || !matchedIds.has(image.id)) continue;
    const set = await persistence.annotations.load(image.id);
    // A damaged record cannot be compared; the import itself refuses to touch it and says so.
    if (set.ok) existing.set(image.id, set.value.annotations);
  }
  const { projectId: _, ...rest } = input;
  return ok({ ...rest, project: project.value, projectImages, existing });
}

export function planProposal(proposal: LabelProposal, choice: ConflictChoice): PlannedLabelImport {
  return planLabelImport({
    label: `Import labels from ${proposal.sourceName}`,
    schema: proposal.project.schema,
    classes: proposal.labels.classes,
    labelledImages: proposal.labels.images,
    projectImages: proposal.projectImages,
    existing: proposal.existing,
    choice,
    newId: () => crypto.randomUUID(),
  });
}
