import { distance, type ScreenPoint } from '../../shared/geometry/point';

/** A press that moves less than this is a click: hands shake by a px or two (Windows' own drag threshold is 4). */
const DRAG_DISTANCE_IN_SCREEN_PX = 3;

export function isDrag(from: ScreenPoint, to: ScreenPoint): boolean {
  return distance(from, to) >= DRAG_DISTANCE_IN_SCREEN_PX;
}
