import { z } from 'zod';
import { Annotation, ImageStatus } from './annotation';
import { AnnotationId } from './ids';
import { PersonRef } from './person';

/** An object as one return has it; once base and theirs are alike, the return says nothing more about it. */
export const MergeSide = z.object({
  packageId: z.uuid(),
  by: PersonRef,
  /** What the return started from; null when the object was not there. */
  base: Annotation.nullable(),
  /** Null when it was deleted. */
  theirs: Annotation.nullable(),
});
export type MergeSide = Readonly<z.infer<typeof MergeSide>>;

/** An object that came changed with at least one return. */
export const MergedObject = z.object({
  annotationId: AnnotationId,
  /** What this project has of its own accord, before anything was merged into it. */
  own: Annotation.nullable(),
  /** What the last merge put into the picture; another value there now is a local edit. */
  shown: Annotation.nullable(),
  /**
   * Fields that somebody here changed or decided after a return was merged. A value that was put back to what it had
   * been looks untouched, and is not.
   */
  touched: z.array(z.string().max(200)),
  /** One a package, by package id. */
  sides: z.array(MergeSide).min(1).max(100),
});
export type MergedObject = Readonly<z.infer<typeof MergedObject>>;

/** What a set of annotations is beside its objects. */
export const Arrangement = z.object({
  /** Annotation ids in drawing order. */
  order: z.array(AnnotationId),
  status: ImageStatus,
});
export type Arrangement = Readonly<z.infer<typeof Arrangement>>;

/**
 * What an image remembers of the returns that were merged into it. Without it the second return could not tell a value
 * of the project's own from one that the first brought, and their order would matter.
 */
export const ImageMerge = z.object({
  /** By package id; a return with a lower number than the one that is here says nothing new. */
  returns: z.array(z.object({ packageId: z.uuid(), number: z.number().int().min(1) })).max(100),
  objects: z.array(MergedObject),
  own: Arrangement,
  shown: Arrangement,
  arrangements: z.array(z.object({ packageId: z.uuid(), base: Arrangement, theirs: Arrangement })).max(100),
});
export type ImageMerge = Readonly<z.infer<typeof ImageMerge>>;
