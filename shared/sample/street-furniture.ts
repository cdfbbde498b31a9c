import { imagePoint } from '../geometry/point';
import type { Random } from '../random/random';
import { circle, type Form, polygon } from './drawing';
import { imageFromStreet, type StreetCamera, scaleAt } from './street-camera';

export type LightState = 'red' | 'yellow' | 'green';

/** What stands on a pole: the pole is scenery, `face` is the labelled thing. */
export interface Furniture {
  readonly pole: readonly Form[];
  readonly face: readonly Form[];
}

interface Place {
  readonly right: number;
  readonly ahead: number;
}

const POLE = '#7d848c';

function poleTo(camera: StreetCamera, place: Place, up: number) {
  const scale = scaleAt(place.ahead);
  const foot = imageFromStreet(camera, { ...place, up: 0 });
  const at = (right: number, height: number) => imagePoint(foot.x + right * scale, foot.y - height * scale);
  return { at, scale, pole: [polygon(POLE, [at(-0.05, 0), at(-0.05, up), at(0.05, up), at(0.05, 0)])] };
}

/** What a sign tells the driver, in the words of the road scene template. */
type SignKind = 'priority' | 'warning' | 'prohibition' | 'mandatory';

/** A stop, warning, limit or direction sign, 0.75 m across, its middle 2.4 m up. */
export function drawTrafficSign(
  camera: StreetCamera,
  place: Place,
  random: Random,
): Furniture & { readonly kind: SignKind } {
  const up = 2.4;
  const { at, scale, pole } = poleTo(camera, place, up);
  const radius = 0.42;
  const corners = (count: number, turn: number, size: number, color: string) =>
    polygon(
      color,
      Array.from({ length: count }, (_, index) => {
        const angle = turn + (index / count) * 2 * Math.PI;
        return at(Math.cos(angle) * size, up + Math.sin(angle) * size);
      }),
    );
  const kind = random.pick(['priority', 'warning', 'prohibition', 'mandatory'] as const);
  if (kind === 'priority') {
    return {
      kind,
      pole,
      face: [
        corners(8, Math.PI / 8, radius, '#f4f1ea'),
        corners(8, Math.PI / 8, radius * 0.9, '#b3202c'),
        polygon('#f4f1ea', [
          at(-0.26, up - 0.07),
          at(-0.26, up + 0.07),
          at(0.26, up + 0.07),
          at(0.26, up - 0.07),
        ]),
      ],
    };
  }
  if (kind === 'warning') {
    return {
      kind,
      pole,
      face: [
        corners(3, Math.PI / 2, radius * 1.15, '#b3202c'),
        corners(3, Math.PI / 2, radius * 0.82, '#f7e9b0'),
        polygon('#22252a', [
          at(-0.04, up - 0.12),
          at(-0.05, up + 0.18),
          at(0.05, up + 0.18),
          at(0.04, up - 0.12),
        ]),
      ],
    };
  }
  if (kind === 'prohibition') {
    return {
      kind,
      pole,
      face: [
        circle('#b3202c', at(0, up), radius * scale),
        circle('#f6f4ee', at(0, up), radius * 0.78 * scale),
        polygon('#22252a', [
          at(-0.2, up - 0.14),
          at(-0.2, up + 0.14),
          at(-0.06, up + 0.14),
          at(-0.06, up - 0.14),
        ]),
        polygon('#22252a', [
          at(0.05, up - 0.14),
          at(0.05, up + 0.14),
          at(0.19, up + 0.14),
          at(0.19, up - 0.14),
        ]),
      ],
    };
  }
  return {
    kind,
    pole,
    face: [
      polygon('#1c5d99', [at(-0.4, up - 0.4), at(-0.4, up + 0.4), at(0.4, up + 0.4), at(0.4, up - 0.4)]),
      polygon('#f6f4ee', [
        at(-0.07, up - 0.28),
        at(-0.07, up + 0.06),
        at(-0.2, up + 0.06),
        at(0, up + 0.3),
        at(0.2, up + 0.06),
        at(0.07, up + 0.06),
        at(0.07, up - 0.28),
      ]),
    ],
  };
}

const LAMPS: readonly (readonly [LightState, string])[] = [
  ['red', '#ff3b30'],
  ['yellow', '#ffcc00'],
  ['green', '#34d058'],
];

/** A three-lamp signal, 0.36 m wide and 1.05 m high, its middle 3.2 m up. */
export function drawTrafficLight(camera: StreetCamera, place: Place, state: LightState): Furniture {
  const up = 3.2;
  const { at, scale, pole } = poleTo(camera, place, up);
  const face: Form[] = [
    polygon('#1a1d21', [
      at(-0.22, up - 0.58),
      at(-0.22, up + 0.58),
      at(0.22, up + 0.58),
      at(0.22, up - 0.58),
    ]),
  ];
  LAMPS.forEach(([lamp, color], index) => {
    const isLit = lamp === state;
    const center = at(0, up + 0.36 - index * 0.36);
    face.push(circle(isLit ? color : '#3a3f45', center, 0.13 * scale));
  });
  return { pole, face };
}
