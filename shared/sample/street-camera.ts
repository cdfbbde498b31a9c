import { type ImagePoint, imagePoint } from '../geometry/point';

/** Metres on the street: `right` of the road's middle, `up` from the ground, `ahead` of the camera. */
export interface StreetPoint {
  readonly right: number;
  readonly up: number;
  readonly ahead: number;
}

/** A pinhole camera on a car's roof rail, looking along the road. */
export interface StreetCamera {
  /** Row of the horizon in image px. */
  readonly horizon: number;
  /** Column of the vanishing point in image px. */
  readonly vanishingX: number;
  /** Road bend in metres of sideways shift per squared metre ahead. */
  readonly bend: number;
}

/** Focal length in image px for 1280 px across: about 70 degrees of view. */
const FOCAL_LENGTH = 900;
const CAMERA_HEIGHT_IN_M = 1.6;

/** Image px of one metre at a distance. */
export function scaleAt(ahead: number): number {
  return FOCAL_LENGTH / ahead;
}

/** `image px <- street metres`. */
export function imageFromStreet(camera: StreetCamera, { right, up, ahead }: StreetPoint): ImagePoint {
  const scale = scaleAt(ahead);
  const bent = right + camera.bend * ahead * ahead;
  return imagePoint(camera.vanishingX + bent * scale, camera.horizon + (CAMERA_HEIGHT_IN_M - up) * scale);
}

/** The nearest distance in metres whose ground the picture still shows at its bottom edge. */
export function nearestGround(camera: StreetCamera, imageHeight: number): number {
  return (CAMERA_HEIGHT_IN_M * FOCAL_LENGTH) / (imageHeight - camera.horizon);
}
