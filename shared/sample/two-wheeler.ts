import { imagePoint } from '../geometry/point';
import type { Random } from '../random/random';
import { circle, type Form, polygon, shaded } from './drawing';
import { imageFromStreet, type StreetCamera, scaleAt } from './street-camera';
import { PAINTS } from './vehicle';

export type TwoWheelerKind = 'motorcycle' | 'bicycle';

/** The machine and who rides it are two labelled things. */
export interface TwoWheeler {
  readonly machine: readonly Form[];
  readonly rider: readonly Form[];
}

/** A bicycle or motorcycle seen from behind, with its rider; measures in metres. */
export function drawTwoWheeler(
  camera: StreetCamera,
  place: { readonly kind: TwoWheelerKind; readonly right: number; readonly ahead: number },
  random: Random,
): TwoWheeler {
  const isMotorcycle = place.kind === 'motorcycle';
  const halfBar = isMotorcycle ? 0.42 : 0.3;
  const halfTyre = isMotorcycle ? 0.14 : 0.05;
  const scale = scaleAt(place.ahead);
  const ground = imageFromStreet(camera, { right: place.right, up: 0, ahead: place.ahead });
  const at = (right: number, up: number) => imagePoint(ground.x + right * scale, ground.y - up * scale);
  const coat = random.pick(PAINTS);
  return {
    machine: [
      polygon('#17181b', [at(-halfTyre, 0), at(-halfTyre, 0.64), at(halfTyre, 0.64), at(halfTyre, 0)]),
      polygon('#2b2d33', [at(-halfBar, 0.98), at(-halfBar, 1.04), at(halfBar, 1.04), at(halfBar, 0.98)]),
      circle('#c1121f', at(0, 0.6), 0.06 * scale),
    ],
    rider: [
      polygon(shaded(coat, -0.4), [
        at(-0.24, 0.3),
        at(-0.16, 0.92),
        at(0.16, 0.92),
        at(0.24, 0.3),
        at(0.12, 0.3),
        at(0, 0.7),
        at(-0.12, 0.3),
      ]),
      polygon(coat, [at(-0.2, 0.85), at(-0.26, 1.38), at(0.26, 1.38), at(0.2, 0.85)]),
      circle(isMotorcycle ? '#20242b' : '#d8a47f', at(0, 1.54), 0.16 * scale),
    ],
  };
}
