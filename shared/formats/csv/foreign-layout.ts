import type { BoxShape } from '../../schema/shapes';
import { boxFromCorner, boxFromEdges } from '../parts/box-from-edges';
import { decimalFrom } from '../parts/decimal';
import { isPicturePath } from '../parts/picture-index';
import { scoreFrom } from '../parts/records/annotation-record';
import { sizeFrom } from '../parts/records/image-record';
import { labelNameFrom } from '../parts/records/label-record';
import { splitFromName } from '../parts/split-name';
import type { CsvContent, CsvImageFacts, CsvLayout, CsvObject, CsvRowFault } from './csv-row';

/** How a cell that holds a box as a list is to be taken. */
export type BoxCells = 'corners' | 'corner-and-size';

/** What other tools call a column, by what it holds; lower case, without blanks, hyphens and underscores. */
const NAMES = {
  image: [
    'image',
    'filename',
    'imagename',
    'imagepath',
    'imagefile',
    'imagefilename',
    'path',
    'file',
    'filepath',
  ],
  label: ['label', 'class', 'labelname', 'classname', 'category', 'categoryname'],
  left: ['xmin', 'x1', 'left', 'bboxxmin'],
  top: ['ymin', 'y1', 'top', 'bboxymin'],
  right: ['xmax', 'x2', 'right', 'bboxxmax'],
  bottom: ['ymax', 'y2', 'bottom', 'bboxymax'],
  x: ['x', 'bboxx'],
  y: ['y', 'bboxy'],
  width: ['w', 'width', 'bboxwidth', 'boxwidth', 'bboxw'],
  height: ['h', 'height', 'bboxheight', 'boxheight', 'bboxh'],
  imageWidth: ['imagewidth', 'imgwidth'],
  imageHeight: ['imageheight', 'imgheight'],
  box: ['bbox', 'box'],
  score: ['score', 'confidence', 'conf'],
  split: ['split', 'subset', 'set'],
} as const;
type Role = keyof typeof NAMES;
type Columns = ReadonlyMap<Role, number>;

/** The layout of a table of another tool by its first row, or null when it is none that is known. */
export function foreignLayout(
  first: readonly string[],
  sample: readonly (readonly string[])[],
  boxCells: BoxCells,
): CsvLayout | null {
  const columns = columnsOf(first);
  if (columns.has('image')) {
    const box = boxReader(columns, boxCells);
    if (box !== null && columns.has('label')) return boxLayout(first, columns, box);
    if (columns.has('label') && first.length <= 4 && !hasPlaces(columns)) return tagLayout(columns);
    if (columns.get('image') === 0 && columns.size === 1) return manyTagsLayout(first, sample);
  }
  return isRetinaNet(first) ? retinaNetLayout(sample) : null;
}

function columnsOf(header: readonly string[]): Columns {
  const columns = new Map<Role, number>();
  header.forEach((name, index) => {
    const plain = name.toLowerCase().replace(/[\s_-]/g, '');
    for (const [role, names] of Object.entries(NAMES) as [Role, readonly string[]][]) {
      if (names.includes(plain) && !columns.has(role)) columns.set(role, index);
    }
  });
  return columns;
}

function hasPlaces(columns: Columns): boolean {
  return (['left', 'top', 'x', 'y', 'box'] as const).some((role) => columns.has(role));
}

type BoxReader = (cells: readonly string[]) => BoxShape | 'none' | null;

/** Where the box stands, or null when the header names none. `'none'` is a row that leaves all of it empty. */
function boxReader(columns: Columns, boxCells: BoxCells): BoxReader | null {
  const has = (...roles: readonly Role[]) => roles.every((role) => columns.has(role));
  const four = (roles: readonly Role[], make: typeof boxFromEdges): BoxReader => {
    const places = roles.map((role) => columns.get(role) ?? -1);
    return (cells) =>
      boxOf(
        places.map((place) => cells[place] ?? ''),
        make,
      );
  };
  if (has('left', 'top', 'right', 'bottom')) return four(['left', 'top', 'right', 'bottom'], boxFromEdges);
  if (has('left', 'top', 'width', 'height')) return four(['left', 'top', 'width', 'height'], boxFromCorner);
  if (has('x', 'y', 'width', 'height')) return four(['x', 'y', 'width', 'height'], boxFromCorner);
  if (!has('box')) return null;
  const place = columns.get('box') ?? -1;
  const make = boxCells === 'corners' ? boxFromEdges : boxFromCorner;
  return (cells) => {
    const text = (cells[place] ?? '').replace(/^\s*[[(]|[\])]\s*$/g, '').trim();
    return boxOf(text === '' ? ['', '', '', ''] : text.split(/[\s,;]+/, 5), make);
  };
}

function boxOf(texts: readonly string[], make: typeof boxFromEdges): BoxShape | 'none' | null {
  if (texts.every((text) => text.trim() === '')) return 'none';
  const [a, b, c, d, ...more] = texts.map(decimalFrom);
  if (a == null || b == null || c == null || d == null || more.length > 0) return null;
  return make(a, b, c, d);
}

function boxLayout(header: readonly string[], columns: Columns, box: BoxReader): CsvLayout {
  const cellOf = (cells: readonly string[], role: Role) => cells[columns.get(role) ?? -1] ?? '';
  const isOfEdges = columns.has('right') && columns.has('bottom');
  // Beside the four edges, `width` and `height` are those of the picture (TensorFlow's example, Roboflow).
  const sizeRoles: readonly [Role, Role] =
    columns.has('imageWidth') || !isOfEdges ? ['imageWidth', 'imageHeight'] : ['width', 'height'];
  const used = new Set(columns.values());
  const others = header.flatMap((name, index) =>
    used.has(index) || name.trim() === '' ? [] : [[name.trim(), index] as const],
  );
  return {
    ...FOREIGN,
    name: 'one box a row',
    id: `boxes:${header.join(',')}`,
    asksForBoxes: columns.has('box') && !isOfEdges,
    imageOf: (cells) => cellOf(cells, 'image'),
    parse(cells, onDropped) {
      const facts: CsvImageFacts = {
        size: sizeFrom(decimalFrom(cellOf(cells, sizeRoles[0])), decimalFrom(cellOf(cells, sizeRoles[1]))),
        split: splitFromName(cellOf(cells, 'split')),
      };
      const shape = box(cells);
      const className = labelNameFrom(cellOf(cells, 'label'));
      if (shape === 'none' && className === null) return { facts, objects: [] };
      if (shape === null || shape === 'none') return badBox(cells);
      const given = decimalFrom(cellOf(cells, 'score'));
      const score = scoreFrom(given);
      if (given !== null && score === null) onDropped('score');
      const attributes = others.flatMap(([name, index]) => {
        const text = cells[index] ?? '';
        return text === '' ? [] : [[name, text.slice(0, 10_000)] as const];
      });
      return {
        facts,
        objects: [
          {
            className,
            classIndex: null,
            annotation: { shape, isCrowd: false, attributes: Object.fromEntries(attributes), score },
          },
        ],
      };
    },
  };
}

function badBox(cells: readonly string[]): CsvRowFault {
  return {
    code: 'csv-degenerate-box',
    reason: `has no box: ${cells.slice(0, 8).join(', ').slice(0, 120)}`,
  };
}

const FOREIGN = { isOurs: false, hasHeader: true, declared: [], asksForBoxes: false } as const;

function tagLayout(columns: Columns): CsvLayout {
  const image = columns.get('image') ?? 0;
  const label = columns.get('label') ?? 1;
  return {
    ...FOREIGN,
    name: 'one class a picture',
    id: 'tags',
    imageOf: (cells) => cells[image] ?? '',
    parse: (cells) => ({
      facts: {},
      objects: [tag(labelNameFrom(cells[label] ?? ''))].filter((one) => one.className !== null),
    }),
  };
}

/** Roboflow's `_classes.csv`: a column a class, 1 where the picture is of it. */
function manyTagsLayout(header: readonly string[], sample: readonly (readonly string[])[]): CsvLayout | null {
  const names = header.slice(1).map((name) => labelNameFrom(name));
  const isFlags = sample.every((cells) => cells.slice(1).every((cell) => isFlag(cell)));
  if (names.length === 0 || names.some((name) => name === null) || sample.length === 0 || !isFlags)
    return null;
  return {
    ...FOREIGN,
    name: 'one column a class',
    id: `flags:${header.join(',')}`,
    declared: names.flatMap((name) => name ?? []),
    imageOf: (cells) => cells[0] ?? '',
    parse(cells): CsvContent | CsvRowFault {
      const wrong = cells.slice(1, header.length).find((cell) => !isFlag(cell));
      if (wrong !== undefined) {
        return { code: 'csv-not-a-flag', reason: `holds "${wrong.slice(0, 40)}" where 0 or 1 belongs` };
      }
      return {
        facts: {},
        objects: names.flatMap((name, index) => (Number(cells[index + 1]) === 1 ? [tag(name)] : [])),
      };
    },
  };
}

function isFlag(cell: string): boolean {
  return /^\s*[01](?:\.0)?\s*$/.test(cell);
}

function tag(className: string | null): CsvObject {
  return {
    className,
    classIndex: null,
    annotation: { shape: { type: 'tag' }, isCrowd: false, attributes: {}, score: null },
  };
}

/** Keras RetinaNet has no header: `path,x1,y1,x2,y2,class`, and `path,,,,,` for a picture without objects. */
function isRetinaNet(first: readonly string[]): boolean {
  if (first.length !== 6 || !isPicturePath((first[0] ?? '').trim())) return false;
  const box = first.slice(1, 5);
  return (
    first.slice(1).every((cell) => cell.trim() === '') ||
    (box.every((cell) => decimalFrom(cell) !== null) && labelNameFrom(first[5]) !== null)
  );
}

function retinaNetLayout(sample: readonly (readonly string[])[]): CsvLayout | null {
  if (!sample.every((cells) => cells.length === 6)) return null;
  return {
    ...FOREIGN,
    name: 'Keras RetinaNet',
    id: 'retinanet',
    hasHeader: false,
    imageOf: (cells) => cells[0] ?? '',
    parse(cells) {
      const shape = boxOf(cells.slice(1, 5), boxFromEdges);
      const className = labelNameFrom(cells[5] ?? '');
      if (shape === 'none' && className === null) return { facts: {}, objects: [] };
      if (shape === null || shape === 'none') return badBox(cells);
      const annotation = { shape, isCrowd: false, attributes: {}, score: null };
      return { facts: {}, objects: [{ className, classIndex: null, annotation }] };
    },
  };
}
