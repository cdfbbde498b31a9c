import { hashOfAnnotations, sha256OfRecord } from '../document/hash';
import type { Sha256 } from '../schema/ids';
import type { MergeInput } from './merge-return';

/** By what a work package and its return know what an image was when it was handed out. */
export function baseHashOf({ annotations, status }: MergeInput): Sha256 {
  return sha256OfRecord({ annotations: hashOfAnnotations(annotations), status });
}
