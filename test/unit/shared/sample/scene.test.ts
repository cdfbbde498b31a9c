import { describe, expect, it } from 'vitest';
import { loadVips } from '../../../../electron/media/vips';
import { createRandom } from '../../../../shared/random/random';
import { boundsOfForms, svgOfForm } from '../../../../shared/sample/drawing';
import { drawPedestrian } from '../../../../shared/sample/pedestrian';
import { createScene, SCENE_COUNT, SCENE_SIZE } from '../../../../shared/sample/scene';
import { drawTrafficLight } from '../../../../shared/sample/street-furniture';
import { drawVehicle } from '../../../../shared/sample/vehicle';
import { behaviourOf } from '../../../../shared/shapes';

const scenes = Array.from({ length: SCENE_COUNT }, (_, index) => createScene(index));
const camera = { horizon: 300, vanishingX: 640, bend: 0 };

/** Bounds of what a rasteriser really paints, found by trimming the background. */
async function paintedBounds(svgForms: string) {
  const vips = await loadVips();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="#ff00ff"/>${svgForms}</svg>`;
  const image = vips.Image.svgloadBuffer(new TextEncoder().encode(svg)).flatten();
  const trim = image.findTrim({ background: [255, 0, 255], threshold: 20 });
  const { left, top, width, height } = trim;
  return { x: left, y: top, width, height };
}

describe('the sample scenes', () => {
  it('are at least 24, of one size, under keys of their own', () => {
    expect(scenes.length).toBeGreaterThanOrEqual(24);
    expect(new Set(scenes.map((scene) => scene.key)).size).toBe(scenes.length);
    expect(scenes.every((scene) => scene.size.width === 1280 && scene.size.height === 720)).toBe(true);
  });

  it('hold every kind of thing that the road scene template names', () => {
    const names = new Set(scenes.flatMap((scene) => scene.truth.map((truth) => truth.labelName)));
    for (const name of [
      'car',
      'truck',
      'bus',
      'motorcycle',
      'bicycle',
      'pedestrian',
      'traffic sign',
      'traffic light',
      'road boundary',
    ]) {
      expect(names).toContain(name);
    }
  });

  it('vary in light and weather', () => {
    expect(new Set(scenes.map((scene) => scene.key.split('/')[0])).size).toBeGreaterThanOrEqual(8);
  });

  it('are the same whenever they are drawn', () => {
    expect(createScene(3)).toEqual(scenes[3]);
  });

  it('end with an empty road, so that confirmed empty has something to show', () => {
    expect(scenes.at(-1)?.truth).toEqual([]);
  });

  it('keep every shape inside the picture', () => {
    for (const { shape } of scenes.flatMap((scene) => scene.truth)) {
      const { x: left, y: top, width, height } = behaviourOf(shape).bounds(shape);
      const points = [
        { x: left, y: top },
        { x: left + width, y: top + height },
      ];
      for (const { x, y } of points) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(SCENE_SIZE.width + 1e-9);
        expect(y).toBeLessThanOrEqual(SCENE_SIZE.height + 1e-9);
      }
    }
  });
});

describe('the truth of a drawn thing', () => {
  const things = {
    car: drawVehicle(
      camera,
      { kind: 'car', right: 1, ahead: 14, isOncoming: false, isNight: false },
      createRandom(1),
    ).slice(1),
    bus: drawVehicle(
      camera,
      { kind: 'bus', right: -3, ahead: 18, isOncoming: true, isNight: false },
      createRandom(2),
    ).slice(1),
    pedestrian: drawPedestrian(camera, { right: 2, ahead: 9 }, createRandom(3)),
    'traffic light': drawTrafficLight(camera, { right: 4, ahead: 15 }, 'red').face,
  };

  for (const [name, forms] of Object.entries(things)) {
    it(`is what a rasteriser paints, within a pixel: ${name}`, async () => {
      const expected = await paintedBounds(forms.map(svgOfForm).join(''));
      const actual = boundsOfForms(forms);
      if (actual === null) throw new Error('nothing was drawn');
      expect(Math.abs(actual.x - expected.x)).toBeLessThanOrEqual(1);
      expect(Math.abs(actual.y - expected.y)).toBeLessThanOrEqual(1);
      expect(Math.abs(actual.x + actual.width - expected.x - expected.width)).toBeLessThanOrEqual(1);
      expect(Math.abs(actual.y + actual.height - expected.y - expected.height)).toBeLessThanOrEqual(1);
    });
  }
});
