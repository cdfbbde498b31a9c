import type { DatasetLabel } from '../format';

/** What Cityscapes knows of a class. */
export interface CityscapesLabel {
  readonly name: string;
  /** The value in labelIds files; -1 is not drawn. */
  readonly id: number;
  /** The value in labelTrainIds files; 255 is ignored. */
  readonly trainId: number;
  readonly category: string;
  readonly hasInstances: boolean;
  readonly color: readonly [number, number, number];
}

type Row = readonly [
  name: string,
  id: number,
  trainId: number,
  category: string,
  hasInstances: 0 | 1,
  color: number,
];

/** The table of cityscapesscripts (helpers/labels.py), colours as 0xRRGGBB. */
const ROWS: readonly Row[] = [
  ['unlabeled', 0, 255, 'void', 0, 0x000000],
  ['ego vehicle', 1, 255, 'void', 0, 0x000000],
  ['rectification border', 2, 255, 'void', 0, 0x000000],
  ['out of roi', 3, 255, 'void', 0, 0x000000],
  ['static', 4, 255, 'void', 0, 0x000000],
  ['dynamic', 5, 255, 'void', 0, 0x6f4a00],
  ['ground', 6, 255, 'void', 0, 0x510051],
  ['road', 7, 0, 'flat', 0, 0x804080],
  ['sidewalk', 8, 1, 'flat', 0, 0xf423e8],
  ['parking', 9, 255, 'flat', 0, 0xfaaaa0],
  ['rail track', 10, 255, 'flat', 0, 0xe6968c],
  ['building', 11, 2, 'construction', 0, 0x464646],
  ['wall', 12, 3, 'construction', 0, 0x66669c],
  ['fence', 13, 4, 'construction', 0, 0xbe9999],
  ['guard rail', 14, 255, 'construction', 0, 0xb4a5b4],
  ['bridge', 15, 255, 'construction', 0, 0x966464],
  ['tunnel', 16, 255, 'construction', 0, 0x96785a],
  ['pole', 17, 5, 'object', 0, 0x999999],
  ['polegroup', 18, 255, 'object', 0, 0x999999],
  ['traffic light', 19, 6, 'object', 0, 0xfaaa1e],
  ['traffic sign', 20, 7, 'object', 0, 0xdcdc00],
  ['vegetation', 21, 8, 'nature', 0, 0x6b8e23],
  ['terrain', 22, 9, 'nature', 0, 0x98fb98],
  ['sky', 23, 10, 'sky', 0, 0x4682b4],
  ['person', 24, 11, 'human', 1, 0xdc143c],
  ['rider', 25, 12, 'human', 1, 0xff0000],
  ['car', 26, 13, 'vehicle', 1, 0x00008e],
  ['truck', 27, 14, 'vehicle', 1, 0x000046],
  ['bus', 28, 15, 'vehicle', 1, 0x003c64],
  ['caravan', 29, 255, 'vehicle', 1, 0x00005a],
  ['trailer', 30, 255, 'vehicle', 1, 0x00006e],
  ['train', 31, 16, 'vehicle', 1, 0x005064],
  ['motorcycle', 32, 17, 'vehicle', 1, 0x0000e6],
  ['bicycle', 33, 18, 'vehicle', 1, 0x770b20],
  ['license plate', -1, -1, 'vehicle', 0, 0x00008e],
];

export const CITYSCAPES_LABELS: readonly CityscapesLabel[] = ROWS.map(
  ([name, id, trainId, category, hasInstances, color]) => ({
    name,
    id,
    trainId,
    category,
    hasInstances: hasInstances === 1,
    color: [color >> 16, (color >> 8) & 255, color & 255],
  }),
);

export const OFFICIAL_BY_NAME: ReadonlyMap<string, CityscapesLabel> = new Map(
  CITYSCAPES_LABELS.map((label) => [label.name, label]),
);

/** Classes of one's own get ids from here. */
export const FIRST_OWN_ID = 34;

/** The official classes as labels; class numbers are ids, and the licence plate's, which has none, comes last. */
export const OFFICIAL_LABELS: readonly DatasetLabel[] = CITYSCAPES_LABELS.map(
  ({ name, id, category, color }) => ({
    classIndex: id < 0 ? FIRST_OWN_ID : id,
    name,
    supercategory: category,
    color: `#${color.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
  }),
);

/** Words for many objects of a class that are not told apart, e.g. `cargroup`; null for another name. */
export function classOfGroup(name: string): string | null {
  if (!name.endsWith('group') || OFFICIAL_BY_NAME.has(name)) return null;
  const single = name.slice(0, -'group'.length);
  return OFFICIAL_BY_NAME.get(single)?.hasInstances === true ? single : null;
}
