import { sha256OfText } from '../../shared/document/hash';
import type { ImageState } from '../../shared/schema/annotation';
import type { LabelId, ProjectId, Sha256 } from '../../shared/schema/ids';
import type { Persistence } from '../persistence/ports';

/** What a publish's preview must know of one image. */
export interface SurveyedImage {
  readonly imageId: string;
  /** Source name and folder, what `groupBy: 'folder'` keeps together. */
  readonly folder: string;
  readonly contentHash: string;
  readonly state: ImageState;
  readonly labelCounts: ReadonlyMap<LabelId, number>;
}

export interface Survey {
  readonly images: readonly SurveyedImage[];
  /** Images that a check has something to say about. */
  readonly findings: number;
  /** Equal for equal content: a publish that was cut off finds what it staged by it. */
  readonly contentKey: Sha256;
}

const BATCH = 500;

/** Reads the whole project once, in the background. Null when `signal` aborted. */
export async function surveyProject(
  persistence: Persistence,
  projectId: ProjectId,
  sourceNames: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Survey | null> {
  const images: SurveyedImage[] = [];
  const revisions: string[] = [];
  let findings = 0;
  for await (const rows of persistence.exportRows(projectId, { fromOrdinal: 0, batchSize: BATCH })) {
    if (signal.aborted) return null;
    for (const { image, set } of rows) {
      const labelCounts = new Map<LabelId, number>();
      for (const { labelId } of set.annotations)
        labelCounts.set(labelId, (labelCounts.get(labelId) ?? 0) + 1);
      const source = sourceNames.get(image.sourceId) ?? '';
      const slash = image.key.lastIndexOf('/');
      images.push({
        imageId: image.id,
        folder: slash < 0 ? source : `${source}/${image.key.slice(0, slash)}`,
        contentHash: image.contentHash,
        state: set.status.state,
        labelCounts,
      });
      findings += image.hasFinding;
      revisions.push(`${image.id} ${image.contentHash} ${set.revision}`);
    }
  }
  return { images, findings, contentKey: sha256OfText(revisions.join('\n')) };
}
