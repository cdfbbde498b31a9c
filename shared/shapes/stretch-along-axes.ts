import { type Affine, applyAffine, normalisedDegrees, sineAndCosine } from '../geometry/affine';
import type { TurnedFrame } from '../geometry/turned-frame';

/**
 * What an affine map does to something symmetric with axes of its own: the frame after it, and how much longer it gets
 * along each own axis. The map is taken apart into a turn after a stretch (polar decomposition); of the stretch only the
 * part along the own axes is kept. So it is exact when the map is a similarity, mirrored or not, or stretches along the axes.
 */
export function stretchAlongAxes(
  frame: TurnedFrame,
  transform: Affine,
): TurnedFrame & { readonly alongX: number; readonly alongY: number } {
  const isMirrored = transform.a * transform.d - transform.b * transform.c < 0;
  // A mirror image of something symmetric is itself at the opposite angle; what is left of the map does not mirror.
  const before = isMirrored ? -frame.rotation : frame.rotation;
  const sign = isMirrored ? -1 : 1;
  const a = sign * transform.a;
  const b = sign * transform.b;
  const { c, d } = transform;
  const turn = (Math.atan2(b - c, a + d) * 180) / Math.PI;
  const back = sineAndCosine(turn);
  // The stretch: the turn taken back after the map.
  const sa = back.cos * a + back.sin * b;
  const sc = back.cos * c + back.sin * d;
  const sb = back.cos * b - back.sin * a;
  const sd = back.cos * d - back.sin * c;
  const { sin, cos } = sineAndCosine(before);
  const centre = applyAffine(transform, frame.cx, frame.cy);
  return {
    cx: centre.x,
    cy: centre.y,
    rotation: normalisedDegrees(before + turn),
    alongX: Math.abs(cos * (sa * cos + sc * sin) + sin * (sb * cos + sd * sin)),
    alongY: Math.abs(-sin * (-sa * sin + sc * cos) + cos * (-sb * sin + sd * cos)),
  };
}
