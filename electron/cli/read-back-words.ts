import type { ReadBack } from '../store/read-back';

/** Well above what six decimals of a YOLO file lose in a photo, well below what an eye sees. */
export const SEEN_IN_IMAGE_PX = 0.01;

/** Whether everything came back, in its place as far as an eye can tell. */
export function isReadBackClean(readBack: ReadBack['report']): boolean {
  return (
    readBack.missing === 0 &&
    readBack.inPart === 0 &&
    Object.keys(readBack.differences).length === 0 &&
    readBack.largestCoordinateError <= SEEN_IN_IMAGE_PX
  );
}

/** Rounding that the format is declared to do and that an eye could see; no single object is at fault. */
export function roundingNotes({ largestCoordinateError }: ReadBack['report']): readonly string[] {
  return largestCoordinateError > SEEN_IN_IMAGE_PX
    ? [
        `loss: coordinates were rounded by up to ${largestCoordinateError.toPrecision(2)} px, as the format does`,
      ]
    : [];
}

/** What reading the output back found, in one line. */
export function readBackInWords(readBack: ReadBack['report']): string {
  const { matched, missing, leftOut, inPart, extra, moved, relabelled, iou, largestCoordinateError } =
    readBack;
  const all = matched + missing + moved + relabelled + inPart;
  const found = [
    `${missing} missing${leftOut > 0 ? ` (${leftOut} of them left out as not held)` : ''}`,
    `${extra} extra`,
    `${moved} moved`,
    `${relabelled} relabelled`,
    ...(inPart > 0 ? [`${inPart} kept in part`] : []),
  ].join(', ');
  const overlap =
    iou === null ? '' : `, IoU ${iou.mean.toFixed(4)} on average and ${iou.least.toFixed(4)} at least`;
  return `read back: ${matched} of ${all} annotations match, the worst coordinate by ${largestCoordinateError.toPrecision(3)} px${overlap}; ${found}`;
}
