import { z } from 'zod';

/** Ids are UUIDs made where the object is made, so that work from two machines can later meet without clashes. */
const id = <Brand extends string>() => z.uuid().brand<Brand>();

export const ProjectId = id<'ProjectId'>();
export const ImageId = id<'ImageId'>();
export const AnnotationId = id<'AnnotationId'>();
export const LabelId = id<'LabelId'>();
export const AttributeId = id<'AttributeId'>();
/** A folder or file grant that main holds; the renderer knows only this id and keys relative to it. */
export const SourceId = id<'SourceId'>();
export const JobId = id<'JobId'>();
export const ChangeId = id<'ChangeId'>();
/** Someone who works with the app on this computer or, in a work package, on another. */
export const PersonId = id<'PersonId'>();
export const BatchId = id<'BatchId'>();

export type ProjectId = z.infer<typeof ProjectId>;
export type ImageId = z.infer<typeof ImageId>;
export type AnnotationId = z.infer<typeof AnnotationId>;
export type LabelId = z.infer<typeof LabelId>;
export type AttributeId = z.infer<typeof AttributeId>;
export type SourceId = z.infer<typeof SourceId>;
export type JobId = z.infer<typeof JobId>;
export type ChangeId = z.infer<typeof ChangeId>;
export type PersonId = z.infer<typeof PersonId>;
export type BatchId = z.infer<typeof BatchId>;

/** Lower-case hex SHA-256. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof Sha256>;

/** ISO 8601 in UTC, as `Date.toISOString` writes it. */
export const Timestamp = z.iso.datetime();
export type Timestamp = z.infer<typeof Timestamp>;

/** Makes a fresh UUID; injected (`crypto.randomUUID` in the app) so that shared code stays pure and tests repeatable. */
export type IdSource = () => string;

/** The name under which a person's work is recorded. */
export const Actor = z.string().min(1).max(200);
export type Actor = z.infer<typeof Actor>;

/**
 * A POSIX path below a grant: no leading slash, no empty, `.` or `..` part, no NUL and no backslash.
 * Main still resolves it with realpath; this check refuses what can never be right before it gets there.
 */
export const RelativeKey = z
  .string()
  .min(1)
  .max(4096)
  .refine(
    (key) =>
      !key.includes('\0') &&
      !key.includes('\\') &&
      key.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    { error: 'is not a path inside the folder' },
  );
export type RelativeKey = z.infer<typeof RelativeKey>;
