import { type ImagePoint, imagePoint } from '../geometry/point';
import type { Size } from '../geometry/rect';
import type { Random } from '../random/random';
import { circle, type Form, polygon, rectangle, shaded } from './drawing';
import { imageFromStreet, nearestGround, type StreetCamera, scaleAt } from './street-camera';

export type Weather = 'clear' | 'overcast' | 'rain' | 'snow' | 'fog';
export type TimeOfDay = 'dawn' | 'day' | 'dusk' | 'night';

export interface Conditions {
  readonly weather: Weather;
  readonly timeOfDay: TimeOfDay;
}

/** How far the street is drawn, in metres; beyond it everything is a few pixels. */
const FARTHEST = 140;

const SKIES: Record<TimeOfDay, readonly [top: string, bottom: string]> = {
  dawn: ['#7f9ac9', '#f6c89f'],
  day: ['#4f93d2', '#d3e7f5'],
  dusk: ['#3d3a68', '#e58b63'],
  night: ['#0b1020', '#27304a'],
};

const FACADES = [
  '#b08968',
  '#9c6644',
  '#a3a29b',
  '#7f8c8d',
  '#c9ada7',
  '#8c7b75',
  '#b7b094',
  '#6d7a86',
] as const;

export function skyColors({ weather, timeOfDay }: Conditions): readonly [string, string] {
  const [top, bottom] = SKIES[timeOfDay];
  if (weather === 'clear' || timeOfDay === 'night') return [top, bottom];
  return [shaded(top, 0.35), shaded(bottom, 0.1)];
}

/** Points along the ground at a fixed distance from the road's middle, nearest first, in image px. */
export function lineAlongRoad(
  camera: StreetCamera,
  right: number,
  size: Size,
  farthest = FARTHEST,
): ImagePoint[] {
  const points: ImagePoint[] = [];
  const nearest = nearestGround(camera, size.height);
  // Steps grow with distance, so that the bend stays smooth on screen with few points.
  for (let ahead = nearest; ahead < farthest; ahead *= 1.32) {
    points.push(imageFromStreet(camera, { right, up: 0, ahead }));
  }
  points.push(imageFromStreet(camera, { right, up: 0, ahead: farthest }));
  return points;
}

function band(
  camera: StreetCamera,
  left: number,
  right: number,
  size: Size,
  fill: string,
  opacity?: number,
): Form {
  return polygon(
    fill,
    [...lineAlongRoad(camera, left, size), ...lineAlongRoad(camera, right, size).reverse()],
    opacity,
  );
}

export function drawGround(
  camera: StreetCamera,
  road: { readonly left: number; readonly right: number; readonly pavement: number },
  size: Size,
  { weather, timeOfDay }: Conditions,
): readonly Form[] {
  const isSnow = weather === 'snow';
  const dim = timeOfDay === 'night' ? -0.45 : timeOfDay === 'dusk' ? -0.2 : 0;
  const soil = shaded(isSnow ? '#e6ebef' : '#7d8f69', dim);
  const pavement = shaded(isSnow ? '#d7dde3' : '#a7a39b', dim);
  const asphalt = shaded(weather === 'rain' ? '#3d434b' : isSnow ? '#8d949b' : '#54585e', dim);
  const forms: Form[] = [
    rectangle(soil, 0, camera.horizon, size.width, size.height - camera.horizon),
    band(camera, road.left - road.pavement, road.right + road.pavement, size, pavement),
    band(camera, road.left - 0.18, road.right + 0.18, size, shaded(pavement, 0.25)),
    band(camera, road.left, road.right, size, asphalt),
  ];
  for (const edge of [road.left + 0.25, road.right - 0.37]) {
    forms.push(band(camera, edge, edge + 0.12, size, '#e8e6df', isSnow ? 0.35 : 0.8));
  }
  const middle = (road.left + road.right) / 2;
  for (let ahead = nearestGround(camera, size.height); ahead < FARTHEST / 2; ahead += 9) {
    const at = (right: number, away: number) => imageFromStreet(camera, { right, up: 0, ahead: away });
    forms.push(
      polygon(
        '#e8e6df',
        [
          at(middle - 0.07, ahead),
          at(middle + 0.07, ahead),
          at(middle + 0.07, ahead + 4),
          at(middle - 0.07, ahead + 4),
        ],
        isSnow ? 0.35 : 0.85,
      ),
    );
  }
  return forms;
}

/** Houses along both sides, farthest first. */
export function drawHouses(
  camera: StreetCamera,
  offset: number,
  conditions: Conditions,
  random: Random,
): readonly Form[] {
  const isDark = conditions.timeOfDay === 'night' || conditions.timeOfDay === 'dusk';
  const dim = conditions.timeOfDay === 'night' ? -0.62 : conditions.timeOfDay === 'dusk' ? -0.35 : 0;
  const houses: { readonly ahead: number; readonly forms: readonly Form[] }[] = [];
  for (const side of [-1, 1]) {
    for (let ahead = 7; ahead < FARTHEST; ) {
      const length = random.between(7, 16);
      const height = random.between(5, 15);
      const color = shaded(random.pick(FACADES), dim);
      if (random.chance(0.85)) {
        houses.push({
          ahead,
          forms: drawHouse(camera, side * offset, ahead, length, height, color, isDark, random),
        });
      }
      ahead += length + random.between(0, 3);
    }
  }
  return houses.sort((a, b) => b.ahead - a.ahead).flatMap((house) => house.forms);
}

function drawHouse(
  camera: StreetCamera,
  right: number,
  ahead: number,
  length: number,
  height: number,
  color: string,
  isDark: boolean,
  random: Random,
): readonly Form[] {
  const at = (up: number, away: number, out = 0) =>
    imageFromStreet(camera, { right: right + Math.sign(right) * out, up, ahead: away });
  const forms: Form[] = [
    polygon(shaded(color, -0.3), [at(0, ahead), at(height, ahead), at(height, ahead, 9), at(0, ahead, 9)]),
    polygon(color, [at(0, ahead), at(height, ahead), at(height, ahead + length), at(0, ahead + length)]),
  ];
  const columns = Math.max(2, Math.floor(length / 3));
  const rows = Math.max(1, Math.floor(height / 3));
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const from = ahead + (length * (column + 0.25)) / columns;
      const to = ahead + (length * (column + 0.75)) / columns;
      const low = (height * (row + 0.3)) / rows;
      const high = (height * (row + 0.75)) / rows;
      const glass = isDark && random.chance(0.45) ? '#f3cf7a' : isDark ? '#1c2531' : '#8fb1c4';
      forms.push(polygon(glass, [at(low, from), at(high, from), at(high, to), at(low, to)], 0.9));
    }
  }
  return forms;
}

export function drawTree(
  camera: StreetCamera,
  right: number,
  ahead: number,
  { weather, timeOfDay }: Conditions,
  random: Random,
): readonly Form[] {
  const scale = scaleAt(ahead);
  const foot = imageFromStreet(camera, { right, up: 0, ahead });
  const at = (dx: number, up: number) => imagePoint(foot.x + dx * scale, foot.y - up * scale);
  const leaf = shaded(
    weather === 'snow' ? '#dfe7ea' : random.pick(['#4f772d', '#31572c', '#6a994e', '#a98467'] as const),
    timeOfDay === 'night' ? -0.55 : 0,
  );
  return [
    polygon('#5c4433', [at(-0.15, 0), at(-0.1, 2.4), at(0.1, 2.4), at(0.15, 0)]),
    circle(shaded(leaf, -0.15), at(-0.6, 3), 1.1 * scale),
    circle(leaf, at(0.5, 3.2), 1.2 * scale),
    circle(shaded(leaf, 0.1), at(0, 4), 1.25 * scale),
  ];
}

/** Rain, snow, fog and darkness, drawn over everything. */
export function drawAir(
  size: Size,
  horizon: number,
  { weather, timeOfDay }: Conditions,
  random: Random,
): readonly Form[] {
  const forms: Form[] = [];
  if (timeOfDay === 'night') forms.push(rectangle('#050a18', 0, 0, size.width, size.height, 0.28));
  if (weather === 'fog') {
    // Many thin veils, thickest at the horizon: few thick ones would show as stripes.
    const veils = 90;
    for (let step = 0; step < veils; step += 1) {
      const spread = 20 + (step * 270) / veils;
      forms.push(
        rectangle('#d5dadd', 0, Math.max(0, horizon - spread), size.width, spread * 1.7, 1.1 / veils),
      );
    }
  }
  if (weather === 'rain') {
    for (let drop = 0; drop < 320; drop += 1) {
      const x = random.between(0, size.width);
      const y = random.between(0, size.height);
      const fall = random.between(10, 26);
      forms.push(
        polygon(
          '#dfe9f2',
          [
            imagePoint(x, y),
            imagePoint(x + 1.2, y),
            imagePoint(x - 3, y + fall),
            imagePoint(x - 4.2, y + fall),
          ],
          0.28,
        ),
      );
    }
  }
  if (weather === 'snow') {
    for (let flake = 0; flake < 260; flake += 1) {
      forms.push(
        circle(
          '#ffffff',
          imagePoint(random.between(0, size.width), random.between(0, size.height)),
          random.between(0.8, 3),
          0.75,
        ),
      );
    }
  }
  return forms;
}
