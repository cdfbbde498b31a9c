import type { Attributes, DatasetAnnotation } from '../../format';
import { cocoIdOf } from './coco-id';

/** Numbers print as JSON.stringify prints them, at a third of its cost; minus zero as 0. */
export function plain(value: number): string {
  return `${value === 0 ? 0 : value}`;
}

/**
 * Everything beside the shape. A track and the angle of a box stand among the attributes, as CVAT has them; where an
 * attribute has that name already, a field of the annotation says which is which (see `detailsOf`).
 */
export function detailsJson(annotation: DatasetAnnotation, isBoxAlone: boolean): string {
  const { attributes, score, shape, trackId, groupId, note } = annotation;
  let json = score === null ? '' : `,"score":${plain(score)}`;
  const isTurned = shape.type === 'rotated-box';
  // Hot: most boxes end here, at the cost of looking for a first attribute.
  if (!isTurned && trackId === undefined && groupId === undefined && note === undefined) {
    let hasAny = false;
    for (const _ in attributes) {
      hasAny = true;
      break;
    }
    if (!hasAny) return json;
  }
  const extra = new Map<string, unknown>();
  const say = (name: string, value: unknown) => {
    if (Object.hasOwn(attributes, name)) json += `,"${name}":${JSON.stringify(value)}`;
    else if (value !== null) extra.set(name, value);
  };
  // 0 would say nothing; a full turn is the same angle.
  if (isTurned) say('rotation', shape.rotation === 0 ? 360 : shape.rotation);
  else if (isBoxAlone) say('rotation', null);
  say('track_id', trackId === undefined ? null : cocoIdOf(trackId));
  if (trackId !== undefined) say('keyframe', annotation.isKeyframe ?? null);
  if (trackId !== undefined) say('outside', annotation.isOutside ?? null);
  if (groupId !== undefined) json += `,"group_id":${JSON.stringify(groupId)}`;
  if (note !== undefined && note !== '') json += `,"description":${JSON.stringify(note)}`;
  const all: Attributes = extra.size === 0 ? attributes : withExtra(attributes, extra);
  return Object.keys(all).length === 0 ? json : `${json},"attributes":${JSON.stringify(all)}`;
}

function withExtra(attributes: Attributes, extra: ReadonlyMap<string, unknown>): Attributes {
  // fromEntries defines own properties, so a key like __proto__ stays data.
  return Object.fromEntries([...Object.entries(attributes), ...extra]) as Attributes;
}
