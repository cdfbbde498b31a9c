import { ok } from '../../../shared/result/result';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { Persistence } from '../../persistence/ports';
import { personKey } from '../../persistence/review-marks';
import { type DueSet, dueSets } from './due-sets';

/** What somebody is given in place of images' own sets. */
export interface DueToPerson {
  readonly due: ReadonlyMap<ImageId, DueSet>;
  /** As `personKey` names them; empty when nobody is signed in. */
  readonly key: string;
  /** Share of a labeller's pictures that are honeypots, 0 to 0.5; 0 for whoever is given none. */
  readonly honeypotShare: number;
}

export type DueRecords = Pick<Persistence, 'layers' | 'reviews' | 'images' | 'session'>;

/** The second sets of whoever works now. */
export async function readDueSets(records: DueRecords, projectId: ProjectId): Promise<DueToPerson> {
  const session = records.session();
  if (session === null) return { due: new Map(), key: '', honeypotShare: 0 };
  const key = personKey({ id: session.personId, name: session.name });
  // By purpose: beside them there may be ground truth on every image.
  const [replicas, honeypots] = await Promise.all([
    records.layers.list(projectId, { purpose: 'consensus', ownerKey: key }),
    records.layers.list(projectId, { purpose: 'honeypot', ownerKey: key }),
  ]);
  // Nobody else is given honeypots, and the first image of the app waits for this.
  const policy = session.role === 'labeller' ? await records.reviews.policy(projectId) : null;
  const honeypotShare = policy?.ok === true ? policy.value.honeypotShare : 0;
  const truth = honeypotShare > 0 ? await records.layers.list(projectId, { purpose: 'groundTruth' }) : ok([]);
  const imageIds = truth.ok ? [...new Set(truth.value.map(({ imageId }) => imageId))] : [];
  const reviews = imageIds.length > 0 ? await records.reviews.many(projectId, imageIds) : null;
  const images = imageIds.length > 0 ? await records.images.list(projectId, {}) : null;
  const due = dueSets({
    session,
    key,
    own: [...(replicas.ok ? replicas.value : []), ...(honeypots.ok ? honeypots.value : [])],
    truthImages: imageIds.map((imageId) => {
      const by = reviews?.ok === true ? reviews.value.get(imageId)?.submitted?.by : undefined;
      return { imageId, labelledBy: by === undefined ? null : personKey(by) };
    }),
    images: images?.ok === true ? images.value.total : 0,
    honeypotShare,
  });
  return { due, key, honeypotShare };
}
