import type { DatasetSource } from '../format';
import { isUnlabelled } from '../parts/dropped-parts';
import type { LossTally } from '../parts/loss-tally';
import { placeOf } from '../parts/sequences/sequence-place';
import { IDS_A_CLASS, IGNORED_ID, LARGEST_ID } from './mots-classes';

/** Ids of objects: their class's number times 1000, plus a number of their own within class and sequence. */
export interface ObjectIds {
  /** @returns null when a class has more objects than there are numbers for. */
  idOf(folder: string, classIndex: number, trackId: string): number | null;
}

/** The largest class, from 0, whose ids are pixels of 16 bits. */
export const LAST_CLASS_INDEX = Math.floor(LARGEST_ID / IDS_A_CLASS) - 1;

/**
 * A track that is called by an id of its class keeps it, one that is called by a number below 1000 keeps that within its
 * class; the others get the first free numbers, in order of appearance, which is counted. One pass over the annotations;
 * memory follows the number of tracks.
 */
export async function createObjectIds(source: DatasetSource, tally: LossTally): Promise<ObjectIds> {
  const byClass = new Map<string, Map<string, number>>();
  const classKey = (folder: string, classIndex: number) => JSON.stringify([folder, classIndex]);
  for await (const { image, annotations } of source.annotationsByImage()) {
    if (isUnlabelled(image, annotations)) continue;
    for (const { trackId, classIndex, shape } of annotations) {
      if (trackId === undefined || shape.type !== 'mask' || classIndex > LAST_CLASS_INDEX) continue;
      const key = classKey(placeOf(image).folder, classIndex);
      const ids = byClass.get(key) ?? new Map<string, number>();
      byClass.set(key, ids);
      if (!ids.has(trackId)) ids.set(trackId, ownId(trackId, classIndex));
    }
  }
  for (const [key, ids] of byClass) {
    const [folder, classIndex] = JSON.parse(key) as [string, number];
    const taken = new Set<number>();
    for (const [trackId, id] of ids) {
      if (id >= 0 && !taken.has(id)) taken.add(id);
      else ids.set(trackId, -1);
    }
    let next = (classIndex + 1) * IDS_A_CLASS;
    const end = Math.min(next + IDS_A_CLASS - 1, LARGEST_ID);
    for (const [trackId, id] of ids) {
      if (id >= 0) continue;
      while (taken.has(next) || next === IGNORED_ID) next += 1;
      if (next > end) break;
      taken.add(next);
      ids.set(trackId, next);
      tally.add(
        'track-renumbered',
        folder,
        `The track ${trackId.slice(0, 100)} of ${folder} is called ${next}: tracks are numbers in MOTS.`,
      );
    }
  }
  return {
    idOf(folder, classIndex, trackId) {
      const id = byClass.get(classKey(folder, classIndex))?.get(trackId) ?? -1;
      return id < 0 ? null : id;
    },
  };
}

function ownId(trackId: string, classIndex: number): number {
  if (!/^(?:0|[1-9]\d{0,4})$/.test(trackId)) return -1;
  const number = Number(trackId);
  const first = (classIndex + 1) * IDS_A_CLASS;
  const id = number < IDS_A_CLASS ? first + number : number;
  const isOfClass = id >= first && id < first + IDS_A_CLASS && id <= LARGEST_ID && id !== IGNORED_ID;
  return isOfClass ? id : -1;
}
