import { z } from 'zod';
import { Annotation } from './annotation';
import { Batch } from './batch';
import { AnnotationId, ImageId, Sha256, Timestamp } from './ids';
import { ImageMerge } from './image-merge';
import { PersonRef, PublicKey } from './person';
import { ReviewPolicy } from './review-policy';
import { ReceivedPackage } from './work-package';

/** A finding that somebody looked at and found right as it is. */
export const Waiver = z.object({
  findingId: z.string().min(1).max(1000),
  imageId: ImageId.nullable(),
  reason: z.string().trim().min(1).max(2000),
  by: PersonRef,
  at: Timestamp,
  /** After this the finding counts again; null never. */
  expiresAt: Timestamp.nullable(),
});
export type Waiver = Readonly<z.infer<typeof Waiver>>;

/** A work package that was handed out, and what it started from. */
export const IssuedPackage = z.object({
  id: z.uuid(),
  name: z.string().max(200),
  to: PersonRef,
  toKey: PublicKey.nullable(),
  issuedBy: PersonRef,
  issuedAt: Timestamp,
  imageCount: z.number().int().min(1),
  /** Of the package's own content, which what comes back must name. */
  contentHash: Sha256,
  /** Hashes of returns that were merged already: merging one of them again changes nothing. */
  merged: z.array(z.object({ contentHash: Sha256, at: Timestamp, by: PersonRef })).max(10_000),
});
export type IssuedPackage = Readonly<z.infer<typeof IssuedPackage>>;

/** One side of a conflict: the object as somebody left it, null when they deleted it. */
export const ConflictSide = z.object({
  annotation: Annotation.nullable(),
  by: PersonRef,
  /** The package it came with; null for this computer's own. */
  packageId: z.uuid().nullable(),
});
export type ConflictSide = Readonly<z.infer<typeof ConflictSide>>;

/** An object that several people changed apart from each other, until a person has chosen. */
export const MergeConflict = z.object({
  id: z.uuid(),
  imageId: ImageId,
  annotationId: AnnotationId,
  /** What both started from; null when each of them made it. */
  base: Annotation.nullable(),
  sides: z.array(ConflictSide).min(2).max(100),
  foundAt: Timestamp,
  /** `side` is the one that was chosen; null for the base or a mix of several. */
  resolved: z.object({ by: PersonRef, at: Timestamp, side: z.number().int().min(0).nullable() }).nullable(),
});
export type MergeConflict = Readonly<z.infer<typeof MergeConflict>>;

/**
 * What a project keeps beside images and labels, each kind under ids of its own. Every put and every removal is a line
 * of the journal. A new kind is one line here.
 */
export const RECORD_SCHEMAS = {
  /** One, with the id `policy`. */
  policy: ReviewPolicy,
  batch: Batch,
  waiver: Waiver,
  package: IssuedPackage,
  conflict: MergeConflict,
  /** By the id of its image. */
  merge: ImageMerge,
  /** In a project that was made of a package: one, with the package's id. */
  receivedPackage: ReceivedPackage,
} as const;

export type RecordKind = keyof typeof RECORD_SCHEMAS;
export type RecordOf<Kind extends RecordKind> = Readonly<z.infer<(typeof RECORD_SCHEMAS)[Kind]>>;
export const RecordKindName = z.enum(Object.keys(RECORD_SCHEMAS) as [RecordKind, ...RecordKind[]]);
