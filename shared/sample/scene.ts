import { intersectRects, type Rect, type Size } from '../geometry/rect';
import { createRandom, type Random } from '../random/random';
import type { Shape } from '../schema/shapes';
import {
  type Conditions,
  drawAir,
  drawGround,
  drawHouses,
  drawTree,
  lineAlongRoad,
  skyColors,
} from './backdrop';
import { boundsOfForms, type Form, svgOfForm } from './drawing';
import { drawPedestrian } from './pedestrian';
import type { StreetCamera } from './street-camera';
import { drawTrafficLight, drawTrafficSign, type LightState } from './street-furniture';
import { drawTwoWheeler } from './two-wheeler';
import { drawVehicle } from './vehicle';

/** One labelled thing of a scene: exact, because it is what was painted. */
export interface SceneTruth {
  /** Name of a label of the road scene template. */
  readonly labelName: string;
  readonly shape: Shape;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly isOccluded: boolean;
  readonly isTruncated: boolean;
}

export interface Scene {
  /** `clear-day/0001.jpg`: the folder tells the conditions, as real recordings do. */
  readonly key: string;
  readonly size: Size;
  readonly conditions: Conditions;
  readonly svg: string;
  readonly truth: readonly SceneTruth[];
}

export const SCENE_SIZE: Size = { width: 1280, height: 720 };
export const SCENE_COUNT = 32;

/** Smallest visible side in image px of a thing that a person could label. */
const MIN_VISIBLE_SIDE = 6;
/** Hidden more than this, a thing is left out: nobody could draw its box. */
const MAX_HIDDEN_SHARE = 0.8;
/** Hidden more than this, a thing is marked occluded. */
const OCCLUDED_SHARE = 0.15;

const CONDITIONS: readonly Conditions[] = [
  { timeOfDay: 'day', weather: 'clear' },
  { timeOfDay: 'day', weather: 'overcast' },
  { timeOfDay: 'day', weather: 'rain' },
  { timeOfDay: 'day', weather: 'snow' },
  { timeOfDay: 'dawn', weather: 'fog' },
  { timeOfDay: 'dusk', weather: 'clear' },
  { timeOfDay: 'night', weather: 'clear' },
  { timeOfDay: 'night', weather: 'rain' },
];

interface Actor {
  readonly labelName: string;
  readonly ahead: number;
  readonly scenery: readonly Form[];
  readonly forms: readonly Form[];
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** The sample project's scene number `index`, 0 to SCENE_COUNT - 1; the last one is an empty road, on purpose. */
export function createScene(index: number): Scene {
  const random = createRandom(7919 * (index + 1));
  const conditions = CONDITIONS[index % CONDITIONS.length] ?? { timeOfDay: 'day', weather: 'clear' };
  const camera: StreetCamera = {
    horizon: random.between(270, 340),
    vanishingX: random.between(520, 760),
    bend: random.between(-0.0016, 0.0016),
  };
  const lane = random.between(3.2, 3.8);
  // The camera drives in the right lane of a two-lane road.
  const road = {
    left: -1.5 * lane,
    right: lane / 2 + random.between(0.6, 2.4),
    pavement: random.between(2, 4),
  };
  const isEmpty = index === SCENE_COUNT - 1;
  const actors = isEmpty ? [] : createActors(camera, road, lane, conditions, random);
  const houses = drawHouses(camera, road.right + road.pavement + random.between(1, 5), conditions, random);
  const trees = createTrees(camera, road, conditions, random);

  const byDistance = [...actors, ...trees].sort((a, b) => b.ahead - a.ahead);
  const forms = [
    ...drawGround(camera, road, SCENE_SIZE, conditions),
    ...houses,
    ...byDistance.flatMap((actor) => [...actor.scenery, ...actor.forms]),
    ...drawAir(SCENE_SIZE, camera.horizon, conditions, random),
  ];
  const folder = `${conditions.weather}-${conditions.timeOfDay}`;
  return {
    key: `${folder}/${String(index + 1).padStart(4, '0')}.jpg`,
    size: SCENE_SIZE,
    conditions,
    svg: svgOf(forms, camera.horizon, conditions),
    truth: [...truthOf(actors), ...(isEmpty ? [] : boundariesOf(camera, road))],
  };
}

function createActors(
  camera: StreetCamera,
  road: { readonly left: number; readonly right: number; readonly pavement: number },
  lane: number,
  conditions: Conditions,
  random: Random,
): readonly Actor[] {
  const actors: Actor[] = [];
  const isNight = conditions.timeOfDay === 'night';
  const add = (labelName: string, ahead: number, forms: readonly Form[]) =>
    actors.push({ labelName, ahead, scenery: [], forms, attributes: {} });
  const addVehicle = (right: number, ahead: number, isOncoming: boolean) => {
    const kind = random.pick(kinds);
    if (kind === 'motorcycle' || kind === 'bicycle') {
      const { machine, rider } = drawTwoWheeler(camera, { kind, right, ahead }, random);
      add(kind, ahead, machine);
      // A hand's breadth nearer, so that the rider is painted over the machine.
      add('rider', ahead - 0.1, rider);
    } else {
      add(kind, ahead, drawVehicle(camera, { kind, right, ahead, isOncoming, isNight }, random));
    }
  };
  const kinds = ['car', 'car', 'car', 'truck', 'bus', 'motorcycle', 'bicycle'] as const;
  for (let ahead = random.between(9, 16); ahead < 70; ahead += random.between(9, 26)) {
    if (random.chance(0.75)) addVehicle(random.between(-0.4, 0.4), ahead, false);
  }
  for (let ahead = random.between(8, 18); ahead < 75; ahead += random.between(10, 28)) {
    if (random.chance(0.8)) addVehicle(-lane + random.between(-0.3, 0.3), ahead, true);
  }
  for (let walker = random.whole(1, 6); walker > 0; walker -= 1) {
    const isCrossing = random.chance(0.2);
    const side = random.chance(0.5) ? road.left - road.pavement / 2 : road.right + road.pavement / 2;
    const right = isCrossing ? random.between(road.left, road.right) : side + random.between(-0.7, 0.7);
    const ahead = random.between(isCrossing ? 14 : 7, 38);
    add('pedestrian', ahead, drawPedestrian(camera, { right, ahead }, random));
  }
  for (let sign = random.whole(1, 3); sign > 0; sign -= 1) {
    const ahead = random.between(10, 40);
    const right = random.chance(0.7) ? road.right + 0.6 : road.left - 0.6;
    const { pole, face, kind } = drawTrafficSign(camera, { right, ahead }, random);
    actors.push({ labelName: 'traffic sign', ahead, scenery: pole, forms: face, attributes: { kind } });
  }
  if (random.chance(0.7)) {
    const state: LightState = random.pick(['red', 'yellow', 'green'] as const);
    const ahead = random.between(16, 34);
    for (const right of [road.left - 0.9, road.right + 0.9]) {
      const { pole, face } = drawTrafficLight(camera, { right, ahead }, state);
      actors.push({ labelName: 'traffic light', ahead, scenery: pole, forms: face, attributes: { state } });
    }
  }
  return actors;
}

function createTrees(
  camera: StreetCamera,
  road: { readonly left: number; readonly right: number; readonly pavement: number },
  conditions: Conditions,
  random: Random,
): readonly Pick<Actor, 'ahead' | 'scenery' | 'forms'>[] {
  const trees: Pick<Actor, 'ahead' | 'scenery' | 'forms'>[] = [];
  for (let ahead = 14; ahead < 90; ahead += random.between(8, 22)) {
    for (const right of [road.left - road.pavement - 0.6, road.right + road.pavement + 0.6]) {
      if (random.chance(0.5)) {
        trees.push({ ahead, scenery: drawTree(camera, right, ahead, conditions, random), forms: [] });
      }
    }
  }
  return trees;
}

function truthOf(actors: readonly Actor[]): readonly SceneTruth[] {
  const nearestFirst = [...actors].sort((a, b) => a.ahead - b.ahead);
  const painted: Rect[] = [];
  const truth: SceneTruth[] = [];
  for (const actor of nearestFirst) {
    const whole = boundsOfForms(actor.forms);
    const visible = whole === null ? null : intersectRects(whole, { x: 0, y: 0, ...SCENE_SIZE });
    if (whole === null || visible === null) continue;
    const hidden = hiddenShare(visible, painted);
    painted.push(visible);
    const isTooSmall = visible.width < MIN_VISIBLE_SIDE || visible.height < MIN_VISIBLE_SIDE;
    if (isTooSmall || hidden > MAX_HIDDEN_SHARE) continue;
    truth.push({
      labelName: actor.labelName,
      shape: { type: 'box', ...visible },
      attributes: actor.attributes,
      isOccluded: hidden > OCCLUDED_SHARE,
      isTruncated: visible.width < whole.width || visible.height < whole.height,
    });
  }
  return truth.reverse();
}

/** Share of `rect` that the boxes of nearer things cover, on a 24 x 24 grid (about 2 % exact). */
function hiddenShare(rect: Rect, nearer: readonly Rect[]): number {
  const steps = 24;
  let hidden = 0;
  for (let row = 0; row < steps; row += 1) {
    for (let column = 0; column < steps; column += 1) {
      const x = rect.x + (rect.width * (column + 0.5)) / steps;
      const y = rect.y + (rect.height * (row + 0.5)) / steps;
      if (nearer.some((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height))
        hidden += 1;
    }
  }
  return hidden / (steps * steps);
}

function boundariesOf(
  camera: StreetCamera,
  road: { readonly left: number; readonly right: number },
): readonly SceneTruth[] {
  return [road.left, road.right].flatMap((edge) => {
    const points = lineAlongRoad(camera, edge, SCENE_SIZE, 90).filter(
      ({ x, y }) => x >= 0 && x <= SCENE_SIZE.width && y >= 0 && y <= SCENE_SIZE.height,
    );
    if (points.length < 2) return [];
    return [
      {
        labelName: 'road boundary',
        shape: { type: 'polyline' as const, points: points.map(({ x, y }) => ({ x, y })) },
        attributes: { kind: 'kerb' },
        isOccluded: false,
        isTruncated: false,
      },
    ];
  });
}

function svgOf(forms: readonly Form[], horizon: number, conditions: Conditions): string {
  const [top, bottom] = skyColors(conditions);
  const { width, height } = SCENE_SIZE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs>`,
    `<rect width="${width}" height="${Math.ceil(horizon) + 2}" fill="url(#sky)"/>`,
    ...forms.map(svgOfForm),
    '</svg>',
  ].join('');
}
