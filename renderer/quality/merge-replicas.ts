import { buildChange } from '../../shared/actions/edit/build-change';
import type { ChangeSet } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import { type Consensus, mergeConsensus } from '../../shared/quality/agreement/merge-consensus';
import { matchObjects } from '../../shared/quality/matching/match-objects';
import { err, ok, type Result } from '../../shared/result/result';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationLayer } from '../../shared/schema/annotation-layer';
import type { AnnotationId, AttributeId, ImageId, LabelId, ProjectId } from '../../shared/schema/ids';
import type { ImageRecord } from '../../shared/schema/image';
import type { ReviewPolicy } from '../../shared/schema/review-policy';
import type { Services } from '../app/services';

/** What a merge of several people's answers would make of an image. */
export interface ImageMerge {
  readonly image: ImageRecord;
  readonly people: readonly string[];
  readonly consensus: Consensus<Annotation>;
}

/** More alike than this, an object of the image's own stays as it is, with its history. */
const SAME_SHAPE = 0.99;

type Persistence = Services['persistence'];

/** Images for which at least two people handed in answers, and what they come to together. Changes nothing. */
export async function planMerge(
  persistence: Pick<Persistence, 'layers' | 'annotations' | 'images'>,
  projectId: ProjectId,
  { minOverlap, lowOverlap }: Pick<ReviewPolicy['quality'], 'minOverlap' | 'lowOverlap'>,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<readonly ImageMerge[]>> {
  const layers = await persistence.layers.list(projectId, { purpose: 'consensus' });
  if (!layers.ok) return layers;
  const answered = new Map<ImageId, AnnotationLayer[]>();
  for (const layer of layers.value) {
    if (layer.submittedAt === null) continue;
    answered.set(layer.imageId, [...(answered.get(layer.imageId) ?? []), layer]);
  }
  const several = [...answered].filter(([, replicas]) => replicas.length > 1);
  const merges: ImageMerge[] = [];
  for (const [index, [imageId, replicas]] of several.entries()) {
    if (signal.aborted) break;
    const image = await persistence.images.get(imageId);
    if (!image.ok) return image;
    const sets = await Promise.all(
      replicas.map(async ({ id, owner }) => ({ owner, set: await persistence.annotations.load(id) })),
    );
    const objects: { annotator: string; objects: readonly Annotation[] }[] = [];
    for (const { owner, set } of sets) {
      if (!set.ok) return set;
      objects.push({ annotator: owner.name, objects: set.value.annotations });
    }
    const { width, height } = image.value;
    merges.push({
      image: image.value,
      people: objects.map(({ annotator }) => annotator).sort(),
      consensus: mergeConsensus(objects, { minOverlap, lowOverlap, imageSize: { width, height } }),
    });
    onProgress(index + 1, several.length);
  }
  return ok(merges);
}

/**
 * Makes the settled objects the labels of their images: one undoable change of the project. What the image has already
 * stays; what the answers do not have goes. Disputed objects are not in it.
 */
export function applyMerge(
  persistence: Pick<Persistence, 'annotations' | 'actor'>,
  projectId: ProjectId,
  merges: readonly ImageMerge[],
  hasFinding: (document: ImageDocument) => boolean,
  onProgress: (done: number) => void,
): ReturnType<Persistence['annotations']['editMany']> {
  const byId = new Map(merges.map((merge) => [merge.image.id, merge]));
  const stamp = { actor: persistence.actor(), at: new Date().toISOString() };
  return persistence.annotations.editMany(
    projectId,
    {
      code: 'quality.mergeConsensus',
      label: `Merge the answers for ${merges.length} image${merges.length === 1 ? '' : 's'}`,
      imageIds: merges.map(({ image }) => image.id),
      change(document) {
        const merge = byId.get(document.imageId);
        return merge === undefined
          ? err({ code: 'internal.unexpected', message: 'This image was not asked for.', details: {} })
          : ok(changeOf(document, merge, stamp, () => crypto.randomUUID()));
      },
      hasFinding,
    },
    onProgress,
  );
}

/** What the settled objects change in an image's own labels. */
export function changeOf(
  document: ImageDocument,
  { image, consensus }: ImageMerge,
  { actor, at }: { readonly actor: string; readonly at: string },
  newId: () => string,
): ChangeSet {
  const groups = new Map<number, string>();
  const groupIdOf = (group: number): string => {
    const known = groups.get(group) ?? newId();
    groups.set(group, known);
    return known;
  };
  const settled = consensus.objects.map(
    (object): Annotation => ({
      id: newId() as AnnotationId,
      labelId: object.labelId as LabelId,
      shape: object.shape,
      attributes: object.attributes as Record<AttributeId, string | number | boolean>,
      isLocked: false,
      isHidden: false,
      isOccluded: object.cluster.members.every((member) => member.object.isOccluded),
      isTruncated: object.cluster.members.every((member) => member.object.isTruncated),
      isCrowd: object.isCrowd,
      origin: 'person',
      createdBy: actor,
      createdAt: at,
      updatedAt: at,
      revision: 0,
      ...(object.group === null ? {} : { groupId: groupIdOf(object.group) }),
    }),
  );
  const own = [...document.annotations.values()];
  const { pairs } = matchObjects(settled, own, {
    minOverlap: SAME_SHAPE,
    imageSize: { width: image.width, height: image.height },
  });
  const kept = new Set(pairs.map(({ candidate }) => candidate.id));
  const isThere = new Set(pairs.map(({ reference }) => reference.id));
  return buildChange('quality.mergeConsensus', 'Merge answers', {
    added: settled.filter(({ id }) => !isThere.has(id)),
    removed: own.filter(({ id }) => !kept.has(id)),
  });
}
