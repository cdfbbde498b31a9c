type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Linear-RGB simulations of dichromatic vision at full severity (Machado, Oliveira and Fernandes 2009, table 1). */
const VISIONS: readonly Matrix[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
];

/** Below this OKLab distance two labels are easily taken for each other at the size of an outline; half the palette's own. */
export const CONFUSABLE_DISTANCE = 0.035;

/** The smallest OKLab distance of two `#rrggbb` colours over normal vision and the three kinds of colour blindness. */
export function leastColorDistance(first: string, second: string): number {
  const a = linearFromHex(first);
  const b = linearFromHex(second);
  return Math.min(
    ...VISIONS.map((vision) => {
      const [l1, a1, b1] = oklabFromLinear(seenWith(vision, a));
      const [l2, a2, b2] = oklabFromLinear(seenWith(vision, b));
      return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
    }),
  );
}

function linearFromHex(hex: string): Triple {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function seenWith(vision: Matrix, [r, g, b]: Triple): Triple {
  const row = ([x, y, z]: Triple): number => Math.min(1, Math.max(0, x * r + y * g + z * b));
  return [row(vision[0]), row(vision[1]), row(vision[2])];
}

/** Björn Ottosson's OKLab, in which equal distances look about equally different. */
function oklabFromLinear([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
