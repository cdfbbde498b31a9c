import { type ImagePoint, imagePoint } from '../geometry/point';
import { boundsOfPoints, type Rect, unionRects } from '../geometry/rect';

/** One filled form in image px. Nothing is stroked, so a form's bounds are exactly what it paints. */
export type Form =
  | {
      readonly kind: 'polygon';
      readonly points: readonly ImagePoint[];
      readonly fill: string;
      readonly opacity?: number;
    }
  | {
      readonly kind: 'circle';
      readonly center: ImagePoint;
      readonly radius: number;
      readonly fill: string;
      readonly opacity?: number;
    };

export function polygon(fill: string, points: readonly ImagePoint[], opacity?: number): Form {
  return opacity === undefined
    ? { kind: 'polygon', points, fill }
    : { kind: 'polygon', points, fill, opacity };
}

export function circle(fill: string, center: ImagePoint, radius: number, opacity?: number): Form {
  return opacity === undefined
    ? { kind: 'circle', center, radius, fill }
    : { kind: 'circle', center, radius, fill, opacity };
}

export function rectangle(
  fill: string,
  x: number,
  y: number,
  width: number,
  height: number,
  opacity?: number,
): Form {
  return polygon(
    fill,
    [
      imagePoint(x, y),
      imagePoint(x + width, y),
      imagePoint(x + width, y + height),
      imagePoint(x, y + height),
    ],
    opacity,
  );
}

/** The exact bounds of what the forms paint; null for none. */
export function boundsOfForms(forms: readonly Form[]): Rect | null {
  let bounds: Rect | null = null;
  for (const form of forms) {
    const own =
      form.kind === 'polygon'
        ? boundsOfPoints(form.points)
        : {
            x: form.center.x - form.radius,
            y: form.center.y - form.radius,
            width: 2 * form.radius,
            height: 2 * form.radius,
          };
    if (own !== null) bounds = bounds === null ? own : unionRects(bounds, own);
  }
  return bounds;
}

/** Two decimals are a hundredth of a pixel: finer than any rasteriser shows. */
const decimals = (value: number) => String(Math.round(value * 100) / 100);

export function svgOfForm(form: Form): string {
  const paint = `fill="${form.fill}"${form.opacity === undefined ? '' : ` fill-opacity="${form.opacity}"`}`;
  return form.kind === 'circle'
    ? `<circle cx="${decimals(form.center.x)}" cy="${decimals(form.center.y)}" r="${decimals(form.radius)}" ${paint}/>`
    : `<polygon points="${form.points.map((p) => `${decimals(p.x)},${decimals(p.y)}`).join(' ')}" ${paint}/>`;
}

/** `#rrggbb` moved towards black (amount < 0) or white (amount > 0); amount from -1 to 1. */
export function shaded(color: string, amount: number): string {
  const channel = (offset: number) => {
    const value = Number.parseInt(color.slice(offset, offset + 2), 16);
    const moved = amount < 0 ? value * (1 + amount) : value + (255 - value) * amount;
    return Math.round(moved).toString(16).padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
