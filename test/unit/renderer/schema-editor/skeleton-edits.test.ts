import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  withEdgeToggled,
  withJointAdded,
  withJointMoved,
  withJointReordered,
  withoutJoint,
} from '../../../../renderer/schema-editor/skeleton-edits';
import { LABEL_SCHEMA_EDITS } from '../../../../shared/actions/label-schema';
import { SkeletonTemplate } from '../../../../shared/schema/shapes';
import { SKELETON_PRESETS } from '../../../../shared/templates/skeletons';
import { okValue } from '../../../fixtures/ok-value';
import { CAR, STREET_SCHEMA } from '../../../harness/label-schema';

const triangle: SkeletonTemplate = {
  joints: [
    { name: 'a', x: 0, y: 0 },
    { name: 'b', x: 1, y: 0 },
    { name: 'c', x: 0.5, y: 1 },
  ],
  edges: [
    [0, 1],
    [1, 2],
    [2, 0],
  ],
};
const setSkeleton = (skeleton: SkeletonTemplate | null, schema = STREET_SCHEMA) =>
  LABEL_SCHEMA_EDITS['schema.set-skeleton-template'](schema, { labelId: CAR.id, skeleton });

/** Edges by the names of what they join, so that numbers cannot hide a mistake. */
const namedEdges = ({ joints, edges }: SkeletonTemplate) =>
  edges.map(([from, to]) => [joints[from]?.name, joints[to]?.name].sort().join('-')).sort();

describe('editing a skeleton template', () => {
  it('edges go along when joints change their order', () => {
    const moved = withJointReordered(triangle, 2, 0);
    expect(moved.joints.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    expect(namedEdges(moved)).toEqual(['a-b', 'a-c', 'b-c']);
  });

  it('a joint goes with its edges, and the last one takes the template with it', () => {
    const left = withoutJoint(triangle, 0);
    expect(left?.joints.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(left === null ? [] : namedEdges(left)).toEqual(['b-c']);
    expect(withoutJoint({ joints: [{ name: 'a', x: 0, y: 0 }], edges: [] }, 0)).toBeNull();
  });

  it('an edge is taken away by what made it, from either end', () => {
    const parted = withEdgeToggled(triangle, 0, 2);
    expect(namedEdges(parted)).toEqual(['a-b', 'b-c']);
    expect(namedEdges(withEdgeToggled(parted, 2, 0))).toEqual(namedEdges(triangle));
    expect(withEdgeToggled(triangle, 1, 1)).toBe(triangle);
  });

  it('joints stay in the box', () => {
    expect(withJointMoved(triangle, 1, { x: 3, y: -2 }).joints[1]).toEqual({ name: 'b', x: 1, y: 0 });
    expect(withJointAdded(triangle, { x: 0.12345, y: 7 }, 1).joints[3]).toEqual({
      name: 'joint 4',
      x: 0.123,
      y: 1,
    });
  });

  it('any series of edits leaves what the schema takes', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 9 }), fc.nat({ max: 9 })), { maxLength: 30 }),
        (series) => {
          let template: SkeletonTemplate = triangle;
          for (const [kind, a, b] of series) {
            const [from, to] = [a % template.joints.length, b % template.joints.length];
            if (kind === 0)
              template = withJointAdded(template, { x: a / 9, y: b / 9 }, kind === a ? null : from);
            else if (kind === 1) template = withJointMoved(template, from, { x: b, y: -b });
            else if (kind === 2) template = withJointReordered(template, from, to);
            else if (kind === 3) template = withEdgeToggled(template, from, to);
            else template = withoutJoint(template, from) ?? triangle;
            expect(setSkeleton(template).ok).toBe(true);
          }
        },
      ),
    ));
});

describe('the skeleton of a label', () => {
  it.each(SKELETON_PRESETS)('can be $title', ({ skeleton }) => {
    expect(SkeletonTemplate.safeParse(skeleton).success).toBe(true);
    const schema = okValue(setSkeleton(skeleton));
    expect(schema.labels[0]?.skeleton).toEqual(skeleton);
  });

  it('has the joints and edges of COCO’s person keypoints', () => {
    const person = SKELETON_PRESETS.find(({ id }) => id === 'coco-person')?.skeleton;
    expect(person?.joints).toHaveLength(17);
    // `categories[0].skeleton` of person_keypoints_val2017.json, whose numbers begin with 1.
    expect(person?.edges.map(([from, to]) => [from + 1, to + 1])).toEqual([
      [16, 14],
      [14, 12],
      [17, 15],
      [15, 13],
      [12, 13],
      [6, 12],
      [7, 13],
      [6, 7],
      [6, 8],
      [7, 9],
      [8, 10],
      [9, 11],
      [2, 3],
      [1, 2],
      [1, 3],
      [2, 4],
      [3, 5],
      [4, 6],
      [5, 7],
    ]);
  });

  it('is taken away whole: the key is absent, as before', () => {
    const schema = okValue(setSkeleton(null, okValue(setSkeleton(triangle))));
    expect('skeleton' in (schema.labels[0] ?? {})).toBe(false);
  });

  it.each<[string, SkeletonTemplate, RegExp]>([
    [
      'two joints of one name',
      {
        joints: [
          { name: 'a', x: 0, y: 0 },
          { name: ' A ', x: 1, y: 1 },
        ],
        edges: [],
      },
      /already a joint named “A”/,
    ],
    ['an edge to no joint', { ...triangle, edges: [[0, 3]] }, /joins two different joints/],
    ['a joint joined with itself', { ...triangle, edges: [[1, 1]] }, /joins two different joints/],
    [
      'the same edge twice',
      {
        ...triangle,
        edges: [
          [0, 1],
          [1, 0],
        ],
      },
      /joined once/,
    ],
    ['a joint without a name', { joints: [{ name: ' ', x: 0, y: 0 }], edges: [] }, /needs a name/],
  ])('is refused with %s', (_, skeleton, reason) => {
    const refused = setSkeleton(skeleton);
    expect(refused.ok ? '' : refused.error.message).toMatch(reason);
  });
});
