import type { Size } from '../../../geometry/rect';
import { SPLITS, type Split } from '../../../schema/dataset-version';
import { LARGEST_COORDINATE } from '../../../schema/shapes/coordinate';
import type { DatasetFrame, DatasetImage } from '../../format';
import { attributesFrom, isRecord, textFrom } from '../json/json-values';

const LONGEST_SEQUENCE = 4_096;

/** Everything of an image, as JSON: fields that it does not have are absent. */
export function imageRecord(image: DatasetImage): Readonly<Record<string, unknown>> {
  const { key, size, split, state, attributes, frame } = image;
  return {
    key,
    ...(size === null ? {} : { width: size.width, height: size.height }),
    ...(split === null ? {} : { split }),
    state,
    ...(attributes === undefined ? {} : { attributes }),
    ...(frame === undefined ? {} : { frame: frameRecord(frame) }),
  };
}

/**
 * The image of a record, its key as the caller judged it (`keyFromFileName`). What makes no sense is left out; a state
 * that is none is `labelled`.
 */
export function imageFromRecord(
  value: unknown,
  key: string,
  onDropped: (name: string) => void,
): DatasetImage {
  const record = isRecord(value) ? value : {};
  const attributes = record.attributes === undefined ? {} : attributesFrom(record.attributes, onDropped);
  const frame = frameFromRecord(record.frame);
  return {
    key,
    size: sizeFrom(record.width, record.height),
    split: splitFrom(record.split),
    state: record.state === 'confirmedEmpty' || record.state === 'unlabelled' ? record.state : 'labelled',
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(frame === null ? {} : { frame }),
  };
}

export function frameRecord({ sequence, index, timestampInMs }: DatasetFrame) {
  return { sequence, index, ...(timestampInMs === undefined ? {} : { timestamp_in_ms: timestampInMs }) };
}

export function frameFromRecord(value: unknown): DatasetFrame | null {
  if (!isRecord(value)) return null;
  const sequence = textFrom(value.sequence, LONGEST_SEQUENCE);
  const { index, timestamp_in_ms: timestampInMs } = value;
  if (sequence === null || typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0)
    return null;
  const hasTime = typeof timestampInMs === 'number' && Number.isFinite(timestampInMs);
  return { sequence, index, ...(hasTime ? { timestampInMs } : {}) };
}

/** Width and height in image px, or null when one is missing or nonsense. */
export function sizeFrom(width: unknown, height: unknown): Size | null {
  return isSide(width) && isSide(height) ? { width, height } : null;
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= LARGEST_COORDINATE;
}

export function splitFrom(value: unknown): Split | null {
  return SPLITS.find((split) => split === value) ?? null;
}
