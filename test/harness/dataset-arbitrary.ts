import fc from 'fast-check';
import type {
  Attributes,
  DatasetAnnotation,
  DatasetFrame,
  DatasetImage,
  DatasetLabel,
} from '../../shared/formats/format';
import type { Size } from '../../shared/geometry/rect';
import type { Shape, ShapeType } from '../../shared/schema/shapes';
import type { MemoryDataset } from './memory-dataset';
import { shapeArbitraries } from './shape-arbitrary';

/** What a made-up dataset may hold beside labels, images and shapes. */
export interface DatasetTraits {
  readonly shapes: readonly ShapeType[];
  readonly hasAttributes?: boolean;
  readonly hasFlags?: boolean;
  readonly hasScores?: boolean;
  readonly hasGroups?: boolean;
  readonly hasTracks?: boolean;
  readonly hasNotes?: boolean;
  readonly hasImageAttributes?: boolean;
  readonly hasFrames?: boolean;
  readonly hasSplits?: boolean;
}

/** Smaller than any picture below, so that shapes that begin inside reach out by little. */
const LONGEST_SIDE = 40;

/** Names as people and other tools give them, awkward in one syntax or another. */
const labelName = fc.oneof(
  fc.constantFrom(
    'car',
    'traffic light',
    'Fußgänger',
    '信号機',
    'a "quoted" name',
    "it's",
    'a,b;c',
    'x & y <z>',
    '100',
    '-dash',
    'tab\tinside',
    '__proto__',
    'constructor',
    'null',
    'trailing.',
    '#hash: colon',
    '{brace}',
    'back\\slash',
    'a/b',
  ),
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_ -]{0,12}[a-zA-Z0-9]$/),
);

const folder = fc.stringMatching(/^[a-z0-9]{1,5}$/);
const stem = fc.oneof(
  fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,8}$/),
  fc.constantFrom(
    'with space',
    'ümlaut',
    '写真',
    "it's",
    'a,b',
    'dots.in.name',
    '0001',
    'x & y',
    '100%',
    'a#b',
  ),
);
const key = fc
  .tuple(fc.array(folder, { maxLength: 2 }), stem, fc.constantFrom('jpg', 'png', 'JPG'))
  .map(([folders, name, extension]) => [...folders, `${name}.${extension}`].join('/'));

const attributeName = fc.oneof(
  fc.constantFrom('colour', 'lane type', 'id number', 'weather', 'Größe', 'a"b', 'x<y'),
  fc.stringMatching(/^[a-z]{3,8}$/),
);
const attributeValue = fc.oneof(
  fc.constantFrom('red', 'two words', 'ä', '', '12', 'true', 'a, b', '<&>"\''),
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0),
  fc.boolean(),
);
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(attributeName, attributeValue, { maxKeys: 3 });

/** A dataset of one to five images, every part of it possible in a project. */
export function datasetArbitrary(traits: DatasetTraits): fc.Arbitrary<MemoryDataset> {
  const labels = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(labelName, { minLength: 4, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }),
    )
    .map(([classes, names, joints]) =>
      [...classes]
        .sort((a, b) => a - b)
        .map(
          (classIndex, at): DatasetLabel => ({
            classIndex,
            name: names[at] ?? '',
            supercategory: null,
            ...(traits.shapes.includes('skeleton') ? { skeleton: skeletonOf(joints[at] ?? 1) } : {}),
          }),
        ),
    );
  const keys = fc.uniqueArray(key, {
    minLength: 1,
    maxLength: 5,
    // Names that differ in case or extension alone share files in some formats, which is tested for itself.
    selector: (path) => path.toLowerCase().replace(/\.[a-z]+$/, ''),
  });
  return fc
    .tuple(labels, keys, fc.boolean())
    .chain(([ofDataset, paths, isSplit]) =>
      fc
        .tuple(
          ...paths.map((path, at) =>
            imageArbitrary(path, at, ofDataset, traits, isSplit && traits.hasSplits === true),
          ),
        )
        .map((images) => ({ labels: ofDataset, images })),
    );
}

function skeletonOf(joints: number): NonNullable<DatasetLabel['skeleton']> {
  return {
    joints: Array.from({ length: joints }, (_, at) => `joint ${at + 1}`),
    edges: Array.from({ length: joints - 1 }, (_, at) => [at, at + 1] as const),
  };
}

function imageArbitrary(
  path: string,
  at: number,
  labels: readonly DatasetLabel[],
  traits: DatasetTraits,
  isSplit: boolean,
): fc.Arbitrary<MemoryDataset['images'][number]> {
  // Formats of pixels write each picture whole, so that large ones would be all that the time goes to.
  const size = fc.record({
    width: fc.integer({ min: 50, max: 240 }),
    height: fc.integer({ min: 50, max: 240 }),
  });
  return size.chain((ofPicture) =>
    fc
      .record({
        split: isSplit
          ? fc.constantFrom('train' as const, 'val' as const, 'test' as const)
          : fc.constant(null),
        ofImage: traits.hasImageAttributes === true ? attributes : fc.constant({}),
        annotations: fc.array(annotationArbitrary(path, ofPicture, labels, traits), { maxLength: 5 }),
        timestampInMs: fc.option(fc.integer({ min: 0, max: 1e6 }), { nil: undefined }),
      })
      .map(({ split, ofImage, annotations, timestampInMs }) => {
        const frame: DatasetFrame = {
          sequence: 'drive',
          index: at,
          ...(timestampInMs === undefined ? {} : { timestampInMs }),
        };
        const image: DatasetImage = {
          key: path,
          size: ofPicture,
          split,
          state: annotations.length > 0 ? 'labelled' : 'confirmedEmpty',
          ...(Object.keys(ofImage).length > 0 ? { attributes: ofImage } : {}),
          ...(traits.hasFrames === true ? { frame } : {}),
        };
        return { image, annotations: withOneTrackEach(annotations) };
      }),
  );
}

/** An object is in a frame once. */
function withOneTrackEach(annotations: readonly DatasetAnnotation[]): readonly DatasetAnnotation[] {
  const seen = new Set<string>();
  return annotations.map((annotation) => {
    const { trackId, isKeyframe: _isKeyframe, isOutside: _isOutside, ...untracked } = annotation;
    if (trackId === undefined) return annotation;
    // A track keeps its class, as an object does.
    const id = `${trackId}-${annotation.classIndex}`;
    if (seen.has(id)) return untracked;
    seen.add(id);
    return { ...annotation, trackId: id };
  });
}

function annotationArbitrary(
  imageKey: string,
  size: Size,
  labels: readonly DatasetLabel[],
  traits: DatasetTraits,
): fc.Arbitrary<DatasetAnnotation> {
  const flag = fc.constantFrom<Attributes>(
    {},
    {},
    { occluded: true },
    { truncated: true },
    { difficult: true },
  );
  return fc
    .record({
      label: fc.constantFrom(...labels),
      shape: shapeInside(size, traits.shapes),
      isCrowd: traits.hasFlags === true ? fc.boolean() : fc.constant(false),
      ofShape: traits.hasAttributes === true ? attributes : fc.constant({}),
      flags: traits.hasFlags === true ? flag : fc.constant({}),
      score:
        traits.hasScores === true ? fc.option(fc.double({ min: 0, max: 1, noNaN: true })) : fc.constant(null),
      groupId: optional(traits.hasGroups, fc.constantFrom('1', '2', 'g')),
      trackId: optional(traits.hasTracks, fc.constantFrom('1', '2', '3')),
      isKeyframe: fc.boolean(),
      note: optional(traits.hasNotes, fc.constantFrom('half hidden', 'ü "x" <y> & z', 'two\nlines')),
    })
    .map(({ label, shape, isCrowd, ofShape, flags, score, groupId, trackId, isKeyframe, note }) => ({
      imageKey,
      classIndex: label.classIndex,
      shape: shape.type === 'skeleton' ? asTheLabelSays(shape, label) : shape,
      isCrowd,
      attributes: { ...ofShape, ...flags },
      score: score === null ? null : score + 0,
      ...(groupId === undefined ? {} : { groupId }),
      ...(trackId === undefined ? {} : { trackId, ...(isKeyframe ? {} : { isKeyframe }) }),
      ...(note === undefined ? {} : { note }),
    }));
}

function optional<T>(isWanted: boolean | undefined, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return isWanted === true ? fc.option(arbitrary, { nil: undefined }) : fc.constant(undefined);
}

/** Shapes that begin far enough inside not to leave the picture: what clipping does is tested for itself. */
function shapeInside({ width, height }: Size, types: readonly ShapeType[]): fc.Arbitrary<Shape> {
  const margin = 2;
  const inside = shapeArbitraries(
    { x: margin, y: margin, width: width - LONGEST_SIDE - margin, height: height - LONGEST_SIDE - margin },
    LONGEST_SIDE - margin,
  );
  const middle = shapeArbitraries(
    {
      x: Math.min(width, LONGEST_SIDE) / 2 + margin,
      y: Math.min(height, LONGEST_SIDE) / 2 + margin,
      width: Math.max(1, width - LONGEST_SIDE - 2 * margin),
      height: Math.max(1, height - LONGEST_SIDE - 2 * margin),
    },
    (LONGEST_SIDE - 2 * margin) / Math.SQRT2,
  );
  // Shapes that are given by their middle reach out to both sides of it.
  const isByMiddle = new Set<ShapeType>(['rotated-box', 'ellipse']);
  return fc.oneof(
    ...types.map((type): fc.Arbitrary<Shape> => (isByMiddle.has(type) ? middle : inside)[type]),
  );
}

function asTheLabelSays(shape: Extract<Shape, { type: 'skeleton' }>, label: DatasetLabel): Shape {
  const { joints, edges } = label.skeleton ?? { joints: ['joint 1'], edges: [] };
  return {
    type: 'skeleton',
    joints: joints.map((name, at) => {
      const place = shape.joints[at % shape.joints.length];
      return { name, x: place?.x ?? 0, y: place?.y ?? 0, visibility: place?.visibility ?? 2 };
    }),
    edges: edges.map(([from, to]) => [from, to] as const),
  };
}
