import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const Bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1).max(100_000),
  height: z.number().int().min(1).max(100_000),
});
/** A rectangle on the desktop in device-independent px, y down. */
export type Bounds = z.infer<typeof Bounds>;

const WindowState = z.object({ bounds: Bounds, isMaximized: z.boolean(), isFullScreen: z.boolean() });
export type WindowState = z.infer<typeof WindowState>;

/** Below this the three columns of the workspace do not fit beside each other. */
export const SMALLEST_WINDOW = { width: 1024, height: 640 } as const;
const USUAL_WINDOW = { width: 1440, height: 900 } as const;

/** What was remembered; null when there is nothing or it cannot be understood, which only costs the place. */
export function readWindowState(file: string): WindowState | null {
  try {
    return WindowState.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Written at once, because the app may end right after; a place that could not be written is only forgotten. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(`${file}.tmp`, JSON.stringify(state));
    fs.renameSync(`${file}.tmp`, file);
  } catch {
    // The window opens in its usual place next time.
  }
}

/**
 * Where the window opens: the remembered place on the display that shows most of it, shrunk and moved until it lies
 * wholly on it; the middle of the first display when nothing is remembered or its display is gone.
 * @param workAreas the displays without their bars and docks, the primary one first; never empty.
 */
export function placeWindow(remembered: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const [primary] = workAreas;
  if (primary === undefined) return { x: 0, y: 0, ...USUAL_WINDOW };
  if (remembered === null) return centred(USUAL_WINDOW, primary);
  const area = workAreas.reduce((best, candidate) =>
    overlap(remembered, candidate) > overlap(remembered, best) ? candidate : best,
  );
  if (overlap(remembered, area) === 0) return centred(remembered, primary);
  const width = fitting(remembered.width, SMALLEST_WINDOW.width, area.width);
  const height = fitting(remembered.height, SMALLEST_WINDOW.height, area.height);
  return {
    x: clamp(remembered.x, area.x, area.x + area.width - width),
    y: clamp(remembered.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

function centred(size: { readonly width: number; readonly height: number }, area: Bounds): Bounds {
  const width = fitting(size.width, SMALLEST_WINDOW.width, area.width);
  const height = fitting(size.height, SMALLEST_WINDOW.height, area.height);
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  };
}

/** The wish, no more than the display has, and never less than the workspace needs. */
function fitting(wished: number, least: number, available: number): number {
  return Math.max(least, Math.min(wished, available));
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(Math.max(value, from), Math.max(from, to));
}

function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
