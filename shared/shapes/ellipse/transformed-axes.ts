import { type Affine, normalisedDegrees, sineAndCosine } from '../../geometry/affine';

interface Axes {
  readonly rx: number;
  readonly ry: number;
  readonly rotation: number;
}

/** Axes that a map leaves this near to a right angle (cosine) are the ellipse's axes after it, too. */
const RIGHT_ANGLE_COSINE = 1e-12;

/**
 * The half axes of an ellipse after an affine map. Axes that stay at right angles keep their names; otherwise the new
 * ones come from the eigenvectors of the conic, the first going to the one nearest to where the old first axis went.
 */
export function transformedAxes({ rx, ry, rotation }: Axes, { a, b, c, d }: Affine): Axes {
  const { sin, cos } = sineAndCosine(rotation);
  // Where the ends of the two half axes go, from the centre.
  const firstX = rx * (a * cos + c * sin);
  const firstY = rx * (b * cos + d * sin);
  const secondX = ry * (-a * sin + c * cos);
  const secondY = ry * (-b * sin + d * cos);
  const first = Math.hypot(firstX, firstY);
  const second = Math.hypot(secondX, secondY);
  const dot = firstX * secondX + firstY * secondY;
  if (Math.abs(dot) <= RIGHT_ANGLE_COSINE * first * second) {
    return { rx: first, ry: second, rotation: degreesTowards(firstX, firstY) };
  }
  // M·Mᵀ of the matrix with the two ends as columns: its eigenvalues are the squares of the new half axes.
  const xx = firstX ** 2 + secondX ** 2;
  const xy = firstX * firstY + secondX * secondY;
  const yy = firstY ** 2 + secondY ** 2;
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  const longest = Math.sqrt(middle + spread);
  // From the determinant, which does not lose the digits that `middle - spread` would.
  const shortest = Math.abs(firstX * secondY - firstY * secondX) / longest;
  const angle = Math.atan2(xy, (xx - yy) / 2) / 2;
  const alongX = Math.cos(angle);
  const alongY = Math.sin(angle);
  const onLongest = firstX * alongX + firstY * alongY;
  const onShortest = -firstX * alongY + firstY * alongX;
  return Math.abs(onLongest) >= Math.abs(onShortest)
    ? {
        rx: longest,
        ry: shortest,
        rotation: degreesTowards(Math.sign(onLongest) * alongX, Math.sign(onLongest) * alongY),
      }
    : {
        rx: shortest,
        ry: longest,
        rotation: degreesTowards(-Math.sign(onShortest) * alongY, Math.sign(onShortest) * alongX),
      };
}

function degreesTowards(x: number, y: number): number {
  return normalisedDegrees((Math.atan2(y, x) * 180) / Math.PI);
}
