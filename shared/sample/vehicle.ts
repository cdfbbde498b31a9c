import type { ImagePoint } from '../geometry/point';
import type { Random } from '../random/random';
import { type Form, polygon, shaded } from './drawing';
import { imageFromStreet, type StreetCamera } from './street-camera';

export type VehicleKind = 'car' | 'truck' | 'bus';

/** Width, height and length in metres of common models. */
const SIZES: Record<
  VehicleKind,
  { readonly width: number; readonly height: number; readonly length: number }
> = {
  car: { width: 1.8, height: 1.5, length: 4.2 },
  truck: { width: 2.5, height: 3.3, length: 8 },
  bus: { width: 2.55, height: 3.1, length: 11 },
};

export const PAINTS = [
  '#b23a48',
  '#2f5d8c',
  '#d9d9d4',
  '#3b3f45',
  '#8a9a5b',
  '#e0a030',
  '#6c757d',
  '#1d6f6f',
  '#7b4b94',
  '#c8553d',
] as const;

export interface VehiclePlace {
  readonly kind: VehicleKind;
  readonly right: number;
  readonly ahead: number;
  readonly isOncoming: boolean;
  readonly isNight: boolean;
}

/** A vehicle seen from behind or in front, standing on the road. */
export function drawVehicle(camera: StreetCamera, place: VehiclePlace, random: Random): readonly Form[] {
  const { width, height, length } = SIZES[place.kind];
  const paint = random.pick(PAINTS);
  const isCar = place.kind === 'car';
  const clearance = 0.28;
  const shoulder = isCar ? height * 0.58 : height;
  const near = place.ahead;
  const far = near + length;
  const at = (side: number, up: number, ahead: number) =>
    imageFromStreet(camera, { right: place.right + side * (width / 2), up, ahead });
  // The side that faces the vanishing point is the one the camera sees.
  const seen = place.right + camera.bend * near * near > 0 ? -1 : 1;
  const glass = place.isNight ? '#1b2733' : '#5f7a8c';
  const forms: Form[] = [
    polygon('#14161a', [at(-1, 0.02, near), at(1, 0.02, near), at(1, 0.02, far), at(-1, 0.02, far)], 0.45),
    polygon(shaded(paint, -0.28), [
      at(seen, clearance, near),
      at(seen, shoulder, near),
      at(seen, shoulder, far),
      at(seen, clearance, far),
    ]),
  ];
  if (isCar) {
    const cabinNear = near + length * 0.12;
    const cabinFar = near + length * 0.72;
    forms.push(
      polygon(shaded(paint, 0.12), [
        at(-1, shoulder, near),
        at(1, shoulder, near),
        at(1, shoulder, far),
        at(-1, shoulder, far),
      ]),
      polygon(shaded(glass, -0.25), [
        at(seen, shoulder, cabinNear),
        at(seen * 0.8, height, cabinNear + 0.4),
        at(seen * 0.8, height, cabinFar - 0.4),
        at(seen, shoulder, cabinFar),
      ]),
      polygon(shaded(paint, 0.2), [
        at(-0.8, height, cabinNear + 0.4),
        at(0.8, height, cabinNear + 0.4),
        at(0.8, height, cabinFar - 0.4),
        at(-0.8, height, cabinFar - 0.4),
      ]),
      polygon(glass, [
        at(-0.95, shoulder, cabinNear),
        at(-0.78, height, cabinNear + 0.4),
        at(0.78, height, cabinNear + 0.4),
        at(0.95, shoulder, cabinNear),
      ]),
    );
  } else {
    forms.push(
      ...sideWindows(place.kind, at, seen, height, near, length, glass),
      polygon(shaded(paint, 0.15), [
        at(-1, height, near),
        at(1, height, near),
        at(1, height, far),
        at(-1, height, far),
      ]),
    );
  }
  forms.push(
    polygon(paint, [
      at(-1, clearance, near),
      at(-1, shoulder, near),
      at(1, shoulder, near),
      at(1, clearance, near),
    ]),
  );
  if (!isCar && (place.kind === 'bus' || place.isOncoming)) {
    forms.push(
      polygon(glass, [
        at(-0.88, height * 0.52, near),
        at(-0.88, height * 0.88, near),
        at(0.88, height * 0.88, near),
        at(0.88, height * 0.52, near),
      ]),
    );
  }
  if (place.kind === 'truck' && !place.isOncoming) {
    forms.push(
      polygon(shaded(paint, 0.25), [
        at(-0.9, 0.9, near),
        at(-0.9, height * 0.95, near),
        at(-0.03, height * 0.95, near),
        at(-0.03, 0.9, near),
      ]),
    );
    forms.push(
      polygon(shaded(paint, 0.25), [
        at(0.03, 0.9, near),
        at(0.03, height * 0.95, near),
        at(0.9, height * 0.95, near),
        at(0.9, 0.9, near),
      ]),
    );
  }
  const lamp = place.isOncoming ? (place.isNight ? '#fff6cf' : '#f2efe2') : '#c1121f';
  const lampUp = isCar ? shoulder * 0.78 : 0.85;
  for (const side of [-1, 1]) {
    forms.push(
      polygon('#16181c', [
        at(side * 0.62, 0, near),
        at(side * 0.62, clearance + 0.12, near),
        at(side * 0.96, clearance + 0.12, near),
        at(side * 0.96, 0, near),
      ]),
      polygon(lamp, [
        at(side * 0.66, lampUp - 0.12, near),
        at(side * 0.66, lampUp + 0.06, near),
        at(side * 0.94, lampUp + 0.06, near),
        at(side * 0.94, lampUp - 0.12, near),
      ]),
    );
  }
  forms.push(
    polygon('#e9e6d6', [
      at(-0.28, clearance + 0.16, near),
      at(-0.28, clearance + 0.3, near),
      at(0.28, clearance + 0.3, near),
      at(0.28, clearance + 0.16, near),
    ]),
  );
  return forms;
}

function sideWindows(
  kind: VehicleKind,
  at: (side: number, up: number, ahead: number) => ImagePoint,
  seen: number,
  height: number,
  near: number,
  length: number,
  glass: string,
): readonly Form[] {
  if (kind !== 'bus') return [];
  const forms: Form[] = [];
  const panes = 5;
  for (let pane = 0; pane < panes; pane += 1) {
    const from = near + length * ((pane + 0.12) / panes);
    const to = near + length * ((pane + 0.88) / panes);
    forms.push(
      polygon(shaded(glass, -0.15), [
        at(seen, height * 0.5, from),
        at(seen, height * 0.86, from),
        at(seen, height * 0.86, to),
        at(seen, height * 0.5, to),
      ]),
    );
  }
  return forms;
}
