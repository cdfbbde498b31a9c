import type { DatasetSource } from '../../format';
import type { LossTally } from '../loss-tally';
import { placeOf } from './sequence-place';

/** Numbers for tracks, where a format has no other names for them. */
export interface TrackNumbers {
  /** -1 for an object that is not tracked. */
  numberOf(folder: string, trackId: string | undefined): number;
}

const WHOLE = /^(?:0|[1-9]\d{0,8})$/;

/**
 * A track that is called by a whole number keeps it; the others get the numbers after the largest of their sequence, in
 * order of appearance, which is counted. One pass over the annotations; memory follows the number of tracks.
 */
export async function createTrackNumbers(source: DatasetSource, tally: LossTally): Promise<TrackNumbers> {
  const bySequence = new Map<string, Map<string, number>>();
  for await (const { image, annotations } of source.annotationsByImage()) {
    if (image.state === 'unlabelled') continue;
    for (const { trackId } of annotations) {
      if (trackId === undefined) continue;
      const { folder } = placeOf(image);
      const numbers = bySequence.get(folder) ?? new Map<string, number>();
      bySequence.set(folder, numbers);
      if (!numbers.has(trackId)) numbers.set(trackId, WHOLE.test(trackId) ? Number(trackId) : -1);
    }
  }
  for (const [folder, numbers] of bySequence) {
    let next = [...numbers.values()].reduce((most, number) => Math.max(most, number), 0) + 1;
    for (const [trackId, number] of numbers) {
      if (number >= 0) continue;
      numbers.set(trackId, next);
      tally.add(
        'track-renumbered',
        folder,
        `The track ${trackId.slice(0, 100)} of ${folder} is called ${next}: tracks are numbers in this format.`,
      );
      next += 1;
    }
  }
  return {
    numberOf: (folder, trackId) =>
      trackId === undefined ? -1 : (bySequence.get(folder)?.get(trackId) ?? -1),
  };
}
