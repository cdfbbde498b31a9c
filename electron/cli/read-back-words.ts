import type { ReadBack } from '../store/read-back';

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
