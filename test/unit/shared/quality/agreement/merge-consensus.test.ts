import { describe, expect, it } from 'vitest';
import { clusterObjects } from '../../../../../shared/quality/agreement/cluster-objects';
import { disagreement } from '../../../../../shared/quality/agreement/disagreement';
import { mergeConsensus } from '../../../../../shared/quality/agreement/merge-consensus';
import type { ComparableObject } from '../../../../../shared/quality/matching/comparable-object';
import { boxAt } from '../../../../harness/annotations';
import { object } from '../../../../harness/comparable-objects';

type Item = readonly [place: number, label: string, off?: number, fields?: Partial<ComparableObject>];

/** What somebody drew: boxes of 10 px at the n-th place, shifted by `off` px. */
const replica = (annotator: string, items: readonly Item[]) => ({
  annotator,
  objects: items.map(([place, label, off = 0, fields], index) =>
    object(`${annotator}${index}`, label, boxAt(place * 50 + off, 0, 10, 10), fields),
  ),
});

const square = (x: number, y: number, side: number) => ({
  type: 'polygon' as const,
  parts: [
    {
      exterior: [
        { x, y },
        { x: x + side, y },
        { x: x + side, y: y + side },
        { x, y: y + side },
      ],
      holes: [],
    },
  ],
});

describe('clusterObjects', () => {
  it('finds what several people mean by the same thing', () => {
    const clusters = clusterObjects([
      replica('cid', [[1, 'car', 1]]),
      replica('ann', [
        [0, 'car'],
        [1, 'car'],
      ]),
      replica('bob', [
        [1, 'bus', 2],
        [2, 'car'],
      ]),
    ]);
    expect(clusters.map(({ members }) => members.map((member) => member.object.id))).toEqual([
      ['ann0'],
      ['ann1', 'bob0', 'cid0'],
      ['bob1'],
    ]);
    // 8 of 12, and 9 of 11.
    const [first] = clusters[1]?.similarities ?? [];
    expect(first?.[0]).toBe(1);
    expect(first?.[1]).toBeCloseTo(8 / 12, 12);
    expect(first?.[2]).toBeCloseTo(9 / 11, 12);
  });

  it('never holds two objects of one person', () => {
    const twice: readonly Item[] = [
      [0, 'car'],
      [0, 'car', 1],
    ];
    const clusters = clusterObjects([
      replica('ann', twice),
      replica('bob', [[0, 'car']]),
      replica('cid', twice),
    ]);
    expect(clusters.map(({ members }) => members.map((member) => member.object.id))).toEqual([
      ['ann0', 'bob0', 'cid0'],
      ['ann1', 'cid1'],
    ]);
  });
});

describe('disagreement', () => {
  const of = (replicas: Parameters<typeof clusterObjects<ComparableObject>>[0]) =>
    clusterObjects(replicas).map((cluster) => disagreement(cluster, replicas.length));

  it('is one less how alike pairs of people have it', () => {
    expect(of([replica('ann', [[0, 'car']]), replica('bob', [[0, 'car']])])).toEqual([0]);
    expect(of([replica('ann', [[0, 'car']]), replica('bob', [])])).toEqual([1]);
    expect(of([replica('ann', [[0, 'car']]), replica('bob', [[0, 'bus']])])).toEqual([1]);
    // Two of three have it alike; the third does not see it: one of three pairs agrees.
    const [two] = of([replica('ann', [[0, 'car']]), replica('bob', [[0, 'car']]), replica('cid', [])]);
    expect(two).toBeCloseTo(2 / 3, 12);
    const [shifted] = of([replica('ann', [[0, 'car']]), replica('bob', [[0, 'car', 1]])]);
    expect(shifted).toBeCloseTo(2 / 11, 12);
    // One of four: of the six pairs, three do not see it.
    const [alone] = of([
      replica('ann', [[0, 'car']]),
      replica('bob', []),
      replica('cid', []),
      replica('dan', []),
    ]);
    expect(alone).toBe(1);
    expect(of([replica('ann', [[0, 'car']])])).toEqual([0]);
  });
});

describe('mergeConsensus', () => {
  it('takes what enough people drew, by the label of most, and averages boxes', () => {
    const { objects, disputed, needed } = mergeConsensus([
      replica('ann', [
        [0, 'car', 0],
        [1, 'car'],
      ]),
      replica('bob', [
        [0, 'car', 1],
        [2, 'car'],
      ]),
      replica('cid', [
        [0, 'bus', 2],
        [2, 'car', 2],
      ]),
    ]);
    expect(needed).toBe(2);
    expect(
      objects.map(({ labelId, votes, labelVotes, disputes, shape }) => ({
        labelId,
        votes,
        labelVotes,
        disputes,
        shape,
      })),
    ).toEqual([
      // Of those who called it a car alone.
      { labelId: 'car', votes: 3, labelVotes: 2, disputes: [], shape: boxAt(0.5, 0, 10, 10) },
      // 8 of 12 in common.
      { labelId: 'car', votes: 2, labelVotes: 2, disputes: ['overlap'], shape: boxAt(101, 0, 10, 10) },
    ]);
    expect(disputed.map(({ cluster, disputes }) => [cluster.members[0]?.object.id, disputes])).toEqual([
      ['ann1', ['votes', 'label']],
    ]);
  });

  it('asks for the quorum, rounded up', () => {
    const replicas = ['ann', 'bob', 'cid', 'dan', 'eve'].map((name, index) =>
      replica(name, index < 3 ? [[0, 'car']] : []),
    );
    expect(mergeConsensus(replicas).needed).toBe(3);
    expect(mergeConsensus(replicas).objects).toHaveLength(1);
    expect(mergeConsensus(replicas, { quorum: 0.6 }).needed).toBe(3);
    expect(mergeConsensus(replicas, { quorum: 0.61 }).objects).toHaveLength(0);
    expect(mergeConsensus(replicas, { quorum: 0 }).needed).toBe(1);
  });

  it('leaves a tie of labels to a person', () => {
    const { objects, disputed } = mergeConsensus([
      replica('ann', [[0, 'car']]),
      replica('bob', [[0, 'bus']]),
    ]);
    expect(objects).toEqual([]);
    expect(disputed).toMatchObject([{ disputes: ['label'], votes: 2, labelVotes: 1, disagreement: 1 }]);
  });

  it('gives attributes by votes, and flags those without most', () => {
    const with_ = (parked: boolean | undefined, colour: string): Partial<ComparableObject> => ({
      attributes: { ...(parked === undefined ? {} : { parked }), colour },
    });
    const { objects } = mergeConsensus([
      replica('ann', [[0, 'car', 0, with_(true, 'red')]]),
      replica('bob', [[0, 'car', 0, with_(undefined, 'blue')]]),
      replica('cid', [[0, 'car', 0, with_(undefined, 'green')]]),
    ]);
    // Nobody answered is what most answered; of three colours none has most, and the typical object is ann's.
    expect(objects).toMatchObject([{ attributes: { colour: 'red' }, disputes: ['attributes'] }]);
    expect(Object.keys(objects[0]?.attributes ?? {})).toEqual(['colour']);
  });

  it('takes the outline that is most like the others', () => {
    const drawn = (annotator: string, side: number) => ({
      annotator,
      objects: [object(annotator, 'car', square(0, 0, side))],
    });
    const { objects } = mergeConsensus([drawn('ann', 8), drawn('bob', 10), drawn('cid', 9)]);
    expect(objects[0]?.shape).toEqual(square(0, 0, 9));
  });

  it('groups what most put together, whatever they call the groups', () => {
    const in_ = (groupId: string) => ({ groupId });
    const { objects } = mergeConsensus([
      replica('ann', [
        [0, 'car', 0, in_('a')],
        [1, 'car', 0, in_('a')],
        [2, 'car', 0, in_('b')],
        [3, 'car', 0, in_('b')],
      ]),
      replica('bob', [
        [0, 'car', 0, in_('b')],
        [1, 'car', 0, in_('b')],
        [2, 'car'],
        [3, 'car'],
      ]),
      replica('cid', [
        [0, 'car'],
        [1, 'car'],
        [2, 'car'],
        [3, 'car'],
      ]),
    ]);
    expect(objects.map(({ group }) => group)).toEqual([0, 0, null, null]);
  });

  it('of nobody is nothing', () => {
    expect(mergeConsensus([])).toEqual({ objects: [], disputed: [], needed: 1 });
  });
});
