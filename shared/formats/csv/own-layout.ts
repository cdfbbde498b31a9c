import { IMAGE_STATES } from '../../schema/annotation';
import type { Shape } from '../../schema/shapes';
import type { DatasetFrame } from '../format';
import { boxFromCorner } from '../parts/box-from-edges';
import { decimalFrom, wholeFrom } from '../parts/decimal';
import { attributesFrom, isRecord } from '../parts/json/json-values';
import { annotationExtrasFrom, scoreFrom } from '../parts/records/annotation-record';
import { sizeFrom, splitFrom } from '../parts/records/image-record';
import { isClassIndex, labelNameFrom } from '../parts/records/label-record';
import { shapeFromRecord } from '../parts/records/shape-record';
import type { CsvContent, CsvImageFacts, CsvLayout, CsvRowFault } from './csv-row';
import { OWN_COLUMNS, OWN_MARKS, type OwnColumn } from './own-columns';

type Cells = (column: OwnColumn) => string;

/** A mask of a 100 megapixel picture of noise; a longer cell is an attack on the parser. */
const LONGEST_JSON = 80 * 1024 * 1024;

/** The layout of a table with our own columns, in any order; null when it has not enough of them. */
export function ownLayout(header: readonly string[]): CsvLayout | null {
  const at = new Map<string, number>();
  header.forEach((name, index) => {
    const column = name.trim().toLowerCase();
    if (!at.has(column)) at.set(column, index);
  });
  if (!OWN_MARKS.every((column) => at.has(column))) return null;
  const places = new Map(OWN_COLUMNS.map((column) => [column, at.get(column) ?? -1] as const));
  const cellsOf =
    (cells: readonly string[]): Cells =>
    (column) =>
      cells[places.get(column) ?? -1] ?? '';
  return {
    name: 'Groundmark',
    id: 'own',
    isOurs: true,
    hasHeader: true,
    declared: [],
    asksForBoxes: false,
    imageOf: (cells) => cellsOf(cells)('image'),
    parse: (cells, onDropped) => contentOf(cellsOf(cells), onDropped),
  };
}

function contentOf(cell: Cells, onDropped: (name: string) => void): CsvContent | CsvRowFault {
  const facts = factsOf(cell, onDropped);
  if ('reason' in facts) return facts;
  if (cell('shape') === '' && cell('label') === '' && cell('class_index') === '')
    return { facts, objects: [] };
  const shape = shapeOf(cell);
  if ('reason' in shape) return shape;
  const attributes = recordOf(cell('attributes'));
  if (attributes === null)
    return { code: 'csv-bad-json', reason: 'has "attributes" that are no JSON object' };
  const classIndex = wholeFrom(cell('class_index'));
  const score = decimalFrom(cell('score'));
  if (score !== null && scoreFrom(score) === null) onDropped('score');
  return {
    facts,
    objects: [
      {
        className: labelNameFrom(cell('label')),
        classIndex: isClassIndex(classIndex) ? classIndex : null,
        annotation: {
          shape,
          isCrowd: flagOf(cell('is_crowd')) === true,
          attributes: attributesFrom(attributes, onDropped),
          score: scoreFrom(score),
          ...annotationExtrasFrom({
            group_id: cell('group'),
            track_id: cell('track'),
            is_keyframe: flagOf(cell('is_keyframe')),
            is_outside: flagOf(cell('is_outside')),
            note: cell('note'),
          }),
        },
      },
    ],
  };
}

function factsOf(cell: Cells, onDropped: (name: string) => void): CsvImageFacts | CsvRowFault {
  const attributes = recordOf(cell('image_attributes'));
  if (attributes === null) {
    return { code: 'csv-bad-json', reason: 'has "image_attributes" that are no JSON object' };
  }
  const taken = attributesFrom(attributes, onDropped);
  const state = IMAGE_STATES.find((one) => one === cell('state'));
  const frame = frameOf(cell);
  return {
    size: sizeFrom(decimalFrom(cell('image_width')), decimalFrom(cell('image_height'))),
    split: splitFrom(cell('split')),
    ...(state === undefined ? {} : { state }),
    ...(Object.keys(taken).length === 0 ? {} : { attributes: taken }),
    ...(frame === null ? {} : { frame }),
  };
}

function frameOf(cell: Cells): DatasetFrame | null {
  const index = wholeFrom(cell('frame'));
  if (index === null || index < 0) return null;
  const timestampInMs = decimalFrom(cell('timestamp_ms'));
  return { sequence: cell('sequence'), index, ...(timestampInMs === null ? {} : { timestampInMs }) };
}

function shapeOf(cell: Cells): Shape | CsvRowFault {
  const type = cell('shape').trim() || 'box';
  if (type === 'tag') return { type };
  if (type === 'box' && cell('geometry') === '') {
    const [x, y, width, height] = (['x', 'y', 'width', 'height'] as const).map((name) =>
      decimalFrom(cell(name)),
    );
    if (x == null || y == null || width == null || height == null) {
      return { code: 'csv-not-a-number', reason: 'has no number in x, y, width or height' };
    }
    return (
      boxFromCorner(x, y, width, height) ?? {
        code: 'csv-degenerate-box',
        reason: `has no box: ${width} × ${height} at ${x}, ${y}`,
      }
    );
  }
  const shape = shapeFromRecord(jsonOf(cell('geometry')));
  if (shape === null || shape.type !== type) {
    return { code: 'csv-bad-shape', reason: `has a "geometry" that is no ${type.slice(0, 40)}` };
  }
  return shape;
}

/** An object of JSON, an empty one for an empty cell, null for all else. */
function recordOf(text: string): Readonly<Record<string, unknown>> | null {
  if (text === '') return {};
  const value = jsonOf(text);
  return isRecord(value) ? value : null;
}

function jsonOf(text: string): unknown {
  if (text.length > LONGEST_JSON) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function flagOf(text: string): boolean | undefined {
  switch (text.trim().toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      return undefined;
  }
}
