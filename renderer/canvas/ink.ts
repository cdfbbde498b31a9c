/** How the inside of an object is painted. */
export interface Fill {
  /** The colour with its opacity, as a context takes it. */
  readonly css: string;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** 0 to 1. */
  readonly opacity: number;
}

/** One colour, ready for a 2D context. The same colour is the same ink, so that shapes can be grouped by it. */
export interface Ink {
  readonly stroke: string;
  /** The inside of an object at rest, and of one that is selected, hovered or being drawn. */
  readonly rest: Fill;
  readonly strong: Fill;
  /** Text on the colour. */
  readonly text: string;
}

/** What stands out is this much denser than what rests. */
const STRONG_OPACITY = 0.11;

/** `color` as #rrggbb, `opacity` of insides at rest, 0 to 1. */
export function inkOf(color: string, opacity: number): Ink {
  const value = Number.parseInt(color.slice(1), 16);
  const red = (value >> 16) & 255;
  const green = (value >> 8) & 255;
  const blue = value & 255;
  const fill = (part: number): Fill => ({
    css: `rgb(${red} ${green} ${blue} / ${part})`,
    red,
    green,
    blue,
    opacity: part,
  });
  return {
    stroke: color,
    rest: fill(opacity),
    // Two digits: sums of floats would make colours of 18 characters.
    strong: fill(Math.round(Math.min(opacity + STRONG_OPACITY, 1) * 100) / 100),
    text: relativeLuminance(red, green, blue) > 0.18 ? '#0d0f12' : '#ffffff',
  };
}

/** WCAG 2.2's relative luminance, 0 to 1; at 0.18 black and white text contrast equally. */
function relativeLuminance(red: number, green: number, blue: number): number {
  const linear = (channel: number) => {
    const part = channel / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
