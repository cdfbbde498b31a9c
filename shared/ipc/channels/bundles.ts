import { z } from 'zod';
import { JobId, ProjectId, Sha256, SourceId } from '../../schema/ids';
import { LabelSchema } from '../../schema/label-schema';
import { PackageEntry } from '../../schema/work-package';
import { Grant } from './files';

const BundleFacts = {
  project: z.object({ id: ProjectId, name: z.string().max(200) }),
  sources: z.array(z.object({ id: SourceId, displayName: z.string().max(500) })).max(10_000),
  images: z.number().int().min(0),
  annotations: z.number().int().min(0),
};

/** What a bundle holds, before any of it is stored. */
export const BundleSummary = z.object({
  ...BundleFacts,
  hasPictures: z.boolean(),
  /** What a work package or its return says, signature and lines checked; absent in a bundle that is neither. */
  package: PackageEntry.optional(),
});
export type BundleSummary = z.infer<typeof BundleSummary>;

/** Channels of Groundmark bundles (.gmk): whole projects in one file, to keep, to move, to work apart. */
export const bundleChannels = {
  /** Asks where to keep the bundle; null when the person changed their mind. `job.cancel` ends it and leaves nothing. */
  'bundle.begin': {
    args: z.object({ jobId: JobId, suggestedName: z.string().min(1).max(200), withPictures: z.boolean() }),
    result: z.object({ name: z.string() }).nullable(),
    deed: 'bundle.save',
  },
  /** Lines of the project (`schema/project-lines.ts`), in order. This and the next ask for the deed of what was begun. */
  'bundle.append': {
    args: z.object({ jobId: JobId, lines: z.array(z.string()).max(5000) }),
    result: z.null(),
  },
  /** What the lines so far are known by, to be signed; lines that come later are refused by whoever opens the package. */
  'bundle.linesHash': {
    args: z.object({ jobId: JobId }),
    result: z.object({ sha256: Sha256 }),
  },
  /** Adds the pictures and what the bundle is, reads all of it back, and moves it into place. */
  'bundle.finish': {
    args: z.object({
      jobId: JobId,
      ...BundleFacts,
      labelSchema: LabelSchema,
      package: PackageEntry.optional(),
    }),
    result: z.object({
      byteSize: z.number(),
      pictures: z.number().int(),
      missingPictures: z.array(z.string()).max(100),
      missing: z.number().int(),
    }),
  },

  /**
   * Asks for a bundle and checks the whole of it; null when the person changed their mind. `package.other-addressee` for
   * work that is for somebody whose key is not on this computer.
   */
  'bundle.open': {
    args: z.object({ jobId: JobId }),
    result: z.object({ name: z.string(), summary: BundleSummary }).nullable(),
    deed: 'bundle.open',
  },
  /** The lines of an opened bundle by pages, for whoever may do what it was opened for; `nextLine` is null at the end. */
  'bundle.read': {
    args: z.object({ jobId: JobId, fromLine: z.number().int().min(0) }),
    result: z.object({ lines: z.array(z.string()), nextLine: z.number().int().nullable() }),
  },
  /** Unpacks the pictures of those sources that are not open here into the data home and opens them; gives what it opened. */
  'bundle.unpackPictures': {
    args: z.object({ jobId: JobId, sources: z.array(SourceId).max(10_000) }),
    result: z.object({ grants: z.array(Grant), pictures: z.number().int() }),
    deed: 'bundle.open',
  },
  'bundle.close': { args: z.object({ jobId: JobId }), result: z.null() },
} as const;
