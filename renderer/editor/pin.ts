import type { ImagePoint } from '../../shared/geometry/point';

/** Something said of a place of the picture, marked there. Pins are data: they can be chosen, never drawn with. */
export interface Pin {
  readonly id: string;
  readonly at: ImagePoint;
  readonly kind: 'thread' | 'defect';
  /** Shown in the pin, so that the list beside the canvas and the pins can be told together. */
  readonly number: number;
  readonly isOpen: boolean;
}
