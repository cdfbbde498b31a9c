import { imagePoint } from '../geometry/point';
import type { Random } from '../random/random';
import { circle, type Form, polygon, shaded } from './drawing';
import { imageFromStreet, type StreetCamera, scaleAt } from './street-camera';

const SKINS = ['#f1c9a5', '#d8a47f', '#a9714b', '#6f4a31'] as const;
const CLOTHES = [
  '#cf5c36',
  '#2a6f97',
  '#5b8e7d',
  '#e9c46a',
  '#8d5a97',
  '#edeae0',
  '#33415c',
  '#bc4749',
] as const;
const TROUSERS = ['#22303c', '#44403c', '#5c677d', '#283618'] as const;

/** A person on foot, walking across or along, at a place on the ground. */
export function drawPedestrian(
  camera: StreetCamera,
  place: { readonly right: number; readonly ahead: number },
  random: Random,
): readonly Form[] {
  const height = random.between(1.5, 1.9);
  const scale = scaleAt(place.ahead) * height;
  const ground = imageFromStreet(camera, { ...place, up: 0 });
  // Unit: body heights, so that every person keeps the same proportions.
  const at = (right: number, up: number) => imagePoint(ground.x + right * scale, ground.y - up * scale);
  const coat = random.pick(CLOTHES);
  const trousers = random.pick(TROUSERS);
  const skin = random.pick(SKINS);
  const stride = random.between(0.03, 0.13);
  const swing = random.between(0.02, 0.09);
  const forms: Form[] = [
    polygon(shaded(trousers, -0.2), [
      at(-0.02, 0.5),
      at(-0.02 - stride, 0),
      at(-0.09 - stride, 0),
      at(-0.09, 0.5),
    ]),
    polygon(trousers, [at(0.09, 0.5), at(0.09 + stride, 0), at(0.02 + stride, 0), at(0, 0.5)]),
    polygon(shaded(coat, -0.25), [
      at(-0.1, 0.8),
      at(-0.13 - swing, 0.45),
      at(-0.18 - swing, 0.45),
      at(-0.15, 0.8),
    ]),
    polygon(shaded(coat, -0.25), [
      at(0.1, 0.8),
      at(0.13 + swing, 0.45),
      at(0.18 + swing, 0.45),
      at(0.15, 0.8),
    ]),
    polygon(coat, [at(-0.13, 0.82), at(0.13, 0.82), at(0.1, 0.46), at(-0.1, 0.46)]),
    polygon(skin, [at(-0.03, 0.86), at(0.03, 0.86), at(0.03, 0.81), at(-0.03, 0.81)]),
    circle(skin, at(0, 0.925), 0.075 * scale),
  ];
  if (random.chance(0.5)) {
    forms.push(polygon(shaded(skin, -0.6), [at(-0.075, 0.94), at(-0.05, 1), at(0.05, 1), at(0.075, 0.94)]));
  }
  if (random.chance(0.3)) {
    forms.push(
      polygon(random.pick(CLOTHES), [at(-0.16, 0.72), at(-0.1, 0.74), at(-0.1, 0.54), at(-0.16, 0.54)]),
    );
  }
  return forms;
}
