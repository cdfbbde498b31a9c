import type { AttributeValue } from '../../schema/label-schema';
import type { Shape } from '../../schema/shapes';
import type { ComparableObject } from '../matching/comparable-object';
import { type ClusterOptions, clusterObjects, type ObjectCluster, type Replica } from './cluster-objects';
import { consensusGroups } from './consensus-groups';
import { disagreement } from './disagreement';
import { mostVotes } from './most-votes';
import { typicalShape } from './typical-shape';

export interface ConsensusOptions extends ClusterOptions {
  /** Share of the annotators that must have drawn an object, and agree about its label; rounded up, as CVAT does. */
  readonly quorum?: number | undefined;
  /** Objects whose shapes are less alike in the mean are flagged. */
  readonly lowOverlap?: number | undefined;
}

/** Half of them, rounded up: CVAT's default. */
const QUORUM = 0.5;
const LOW_OVERLAP = 0.8;

/**
 * What is not settled: too few drew it; no label has the quorum alone; an attribute has no value with most votes; the
 * shapes have little in common.
 */
export type Dispute = 'votes' | 'label' | 'attributes' | 'overlap';

/** One thing as the annotators together have it. */
export interface ConsensusObject<T> {
  readonly labelId: string;
  readonly shape: Shape;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly isCrowd: boolean;
  /** Objects of one number belong together; null alone. Of disputed objects always null. */
  readonly group: number | null;
  /** How many annotators drew it. */
  readonly votes: number;
  /** How many drew it with its label. */
  readonly labelVotes: number;
  readonly disputes: readonly Dispute[];
  /** 0 to 1, see `disagreement`. */
  readonly disagreement: number;
  readonly cluster: ObjectCluster<T>;
}

export interface Consensus<T> {
  /** Those with the quorum; they may still be flagged for attributes or overlap. */
  readonly objects: readonly ConsensusObject<T>[];
  /** Those without, for a person to decide. */
  readonly disputed: readonly ConsensusObject<T>[];
  /** Votes that were needed. */
  readonly needed: number;
}

/**
 * One set of annotations from those of several annotators, for a change that can be undone. Objects are clustered
 * (`clusterObjects`); the label is the one with most votes; of those who gave it, the shape is the mean of the edges where
 * all drew upright boxes, and else the medoid: the shape most like the others, which somebody drew (of equals, that of
 * the first annotator by name). Each attribute, and being a crowd, has the value with most votes, absent ones included.
 * The order in which replicas come does not matter.
 */
export function mergeConsensus<T extends ComparableObject>(
  replicas: readonly Replica<T>[],
  options: ConsensusOptions = {},
): Consensus<T> {
  // Rounding must not ask for one vote more.
  const needed = Math.max(1, Math.ceil((options.quorum ?? QUORUM) * replicas.length - 1e-9));
  const lowOverlap = options.lowOverlap ?? LOW_OVERLAP;
  const merged = clusterObjects(replicas, options).flatMap(
    (cluster) => mergedCluster(cluster, needed, replicas.length, lowOverlap) ?? [],
  );
  const isSettled = ({ disputes }: ConsensusObject<T>) =>
    !disputes.includes('votes') && !disputes.includes('label');
  const settled = merged.filter(isSettled);
  const groups = consensusGroups(settled.map(({ cluster }) => cluster.members));
  return {
    objects: settled.map((object, index) => ({ ...object, group: groups[index] ?? null })),
    disputed: merged.filter((object) => !isSettled(object)),
    needed,
  };
}

function mergedCluster<T extends ComparableObject>(
  cluster: ObjectCluster<T>,
  needed: number,
  annotators: number,
  lowOverlap: number,
): ConsensusObject<T> | null {
  const { members } = cluster;
  const label = mostVotes(members.map(({ object }) => object.labelId));
  if (label === null) return null;
  const isVoter = members.map(({ object }) => object.labelId === label.value);
  const objects = members.flatMap(({ object }, index) => (isVoter[index] === true ? object : []));
  const similarities = cluster.similarities
    .filter((_, index) => isVoter[index])
    .map((row) => row.filter((_, index) => isVoter[index]));
  const typical = typicalShape(
    objects.map(({ shape }) => shape),
    similarities,
  );
  const { attributes, isTied } = votedAttributes(objects, objects[typical.medoid]);
  if (typical.shape === null) return null;
  const disputes: Dispute[] = [];
  if (members.length < needed) disputes.push('votes');
  if (label.isTied || label.votes < needed) disputes.push('label');
  if (isTied) disputes.push('attributes');
  if (typical.meanSimilarity < lowOverlap) disputes.push('overlap');
  return {
    labelId: label.value,
    shape: typical.shape,
    attributes,
    isCrowd: mostVotes(objects.map(({ isCrowd }) => isCrowd))?.value ?? false,
    group: null,
    votes: members.length,
    labelVotes: label.votes,
    disputes,
    disagreement: disagreement(cluster, annotators),
    cluster,
  };
}

/** Where values have as many votes, that of the typical object stands. */
function votedAttributes<T extends ComparableObject>(objects: readonly T[], typical: T | undefined) {
  const ids = new Set(objects.flatMap((object) => Object.keys(object.attributes)));
  const attributes: Record<string, AttributeValue> = {};
  let isTied = false;
  for (const id of [...ids].sort()) {
    const vote = mostVotes(objects.map((object) => object.attributes[id]));
    isTied ||= vote?.isTied === true;
    const value = vote?.isTied === true ? typical?.attributes[id] : vote?.value;
    if (value !== undefined) attributes[id] = value;
  }
  return { attributes, isTied };
}
