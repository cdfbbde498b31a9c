import { z } from 'zod';
import { ProjectId, Sha256, SourceId } from '../../schema/ids';
import { LabelSchema } from '../../schema/label-schema';

/** What the bundle is and holds; written last, so that a bundle without it is one that was cut off. */
export const MANIFEST_ENTRY = 'bundle.json';
/** Every line of the project (`schema/project-lines.ts`), in JSON Lines. */
export const LINES_ENTRY = 'project.jsonl';
/** What a work package or its return says of itself (`schema/work-package.ts`); no other bundle has it. */
export const PACKAGE_ENTRY = 'package.json';
/** A hundred thousand pictures with their hashes stay below. */
export const LARGEST_PACKAGE_BYTES = 64 * 1024 * 1024;
/** Pictures, when they are in the bundle, lie below at the root of their source and their key. */
export const PICTURES_FOLDER = 'pictures';

export const BundleManifest = z.object({
  groundmarkBundle: z.literal(1),
  project: z.object({ id: ProjectId, name: z.string().max(200) }),
  /** Folders the images came from. */
  sources: z.array(z.object({ id: SourceId, displayName: z.string().max(500) })).max(10_000),
  labelSchema: LabelSchema,
  images: z.number().int().min(0),
  annotations: z.number().int().min(0),
  /** Of `project.jsonl`. */
  lines: z.number().int().min(0),
  sha256: Sha256,
  hasPictures: z.boolean(),
});
export type BundleManifest = z.infer<typeof BundleManifest>;

/** A label schema of ten thousand labels with a hundred attributes each stays below. */
export const LARGEST_MANIFEST_BYTES = 256 * 1024 * 1024;
