import Konva from 'konva';
import { CAR } from '../label-schema';
import { contextOf, nextFrame } from './measure-drawing';

const VIEW = { width: 3840, height: 2160 };
const MOVES = 150;

/** Ms a move of the common way: one Konva line node that gets a point more with every move, drawn anew each time. */
export async function measureKonvaStroke(brushDiameter: number): Promise<readonly number[]> {
  const container = document.createElement('div');
  container.style.cssText = 'position:fixed;left:0;top:0;z-index:9';
  document.body.append(container);
  const stage = new Konva.Stage({ container, ...VIEW });
  const layer = new Konva.Layer({ listening: false });
  const line = new Konva.Line({
    stroke: CAR.color,
    strokeWidth: brushDiameter,
    lineCap: 'round',
    lineJoin: 'round',
    opacity: 0.4,
    points: [],
  });
  layer.add(line);
  stage.add(layer);
  const canvas = container.querySelector('canvas');
  const times: number[] = [];
  for (let n = 0; n < MOVES; n += 1) {
    await nextFrame();
    const x = 1600 + (VIEW.width / 20) * Math.sin(n / 9);
    const y = 1000 + (VIEW.height / 18) * Math.cos(n / 7);
    const start = performance.now();
    line.points([...line.points(), x, y]);
    layer.draw();
    if (canvas !== null) contextOf(canvas).getImageData(0, 0, 1, 1);
    times.push(performance.now() - start);
  }
  stage.destroy();
  container.remove();
  return times;
}
