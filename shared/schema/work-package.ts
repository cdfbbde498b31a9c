import { z } from 'zod';
import { ImageId, ProjectId, Sha256, Timestamp } from './ids';
import { PersonRef, PublicKey, Signature } from './person';

/** Pictures that one person can be handed at once; more is a project of its own. */
const MOST_IMAGES = 100_000;

/** Whose word a content is: the signature is over its hash, for the purpose `package`. */
export const Seal = z.object({ contentHash: Sha256, publicKey: PublicKey, signature: Signature });
export type Seal = Readonly<z.infer<typeof Seal>>;

/** One picture of a package, as it was when it was handed out. */
export const PackagedImage = z.object({
  /** In the project that handed it out. */
  imageId: ImageId,
  baseRevision: z.number().int().min(0),
  /** Of its annotations and status; see `shared/merge/base-hash.ts`. */
  baseHash: Sha256,
});
export type PackagedImage = Readonly<z.infer<typeof PackagedImage>>;

const images = z
  .array(PackagedImage)
  .min(1)
  .max(MOST_IMAGES)
  .refine(
    (all) => new Set(all.map((image) => image.imageId)).size === all.length,
    'a picture is named twice',
  );

/** Work that is handed to somebody: which pictures of which project, and what they start from. */
export const WorkOrder = z.object({
  kind: z.literal('work'),
  packageId: z.uuid(),
  name: z.string().max(200),
  /** The project that hands out, and the one that the package becomes. */
  originalProjectId: ProjectId,
  projectId: ProjectId,
  issuedBy: PersonRef,
  issuedAt: Timestamp,
  to: PersonRef,
  /** Who must have signed what comes back; null when their key was not known. */
  toKey: PublicKey.nullable(),
  /** In the order of the package's own list: the picture at place n of it is the n-th here, whatever its id is there. */
  images,
  /** Lines of the journal that the package begins with: its bases, by whoever issued it. */
  baseLines: z.number().int().min(1),
  /** Of the bundle's lines. */
  linesHash: Sha256,
});
export type WorkOrder = Readonly<z.infer<typeof WorkOrder>>;

export const SealedWorkOrder = z.object({ content: WorkOrder, seal: Seal });
export type SealedWorkOrder = Readonly<z.infer<typeof SealedWorkOrder>>;

/** Work that comes back. */
export const WorkReturn = z.object({
  kind: z.literal('return'),
  /** As it was issued, with the issuer's seal. */
  order: SealedWorkOrder,
  /** 1 for the first return of the package, then rising. */
  number: z.number().int().min(1),
  by: PersonRef,
  returnedAt: Timestamp,
  linesHash: Sha256,
});
export type WorkReturn = Readonly<z.infer<typeof WorkReturn>>;

/** `package.json` of a bundle that is a package or a return. */
export const PackageEntry = z.object({
  groundmarkPackage: z.literal(1),
  content: z.discriminatedUnion('kind', [WorkOrder, WorkReturn]),
  seal: Seal,
});
export type PackageEntry = Readonly<z.infer<typeof PackageEntry>>;

/** What a project that was made of a package knows of it. */
export const ReceivedPackage = z.object({
  order: SealedWorkOrder,
  /** Returns that were made so far. */
  returned: z.number().int().min(0),
});
export type ReceivedPackage = Readonly<z.infer<typeof ReceivedPackage>>;
