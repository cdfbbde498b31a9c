import { z } from 'zod';
import { JobId } from '../../schema/ids';
import { BundleSummary } from './bundles';

/**
 * Where work packages begin. They are bundles, and go on by the channels of those (`bundle.append`, `bundle.finish`,
 * `bundle.read`, …), which ask for the same deed again at each step. What is begun here is finished as this alone.
 */
export const packageChannels = {
  /** Asks where to keep a package for somebody; null when the person changed their mind. */
  'package.begin': {
    args: z.object({ jobId: JobId, suggestedName: z.string().min(1).max(200), withPictures: z.boolean() }),
    result: z.object({ name: z.string() }).nullable(),
    deed: 'package.issue',
  },
  /** The same for work that is given back, by whoever did it. */
  'package.beginReturn': {
    args: z.object({ jobId: JobId, suggestedName: z.string().min(1).max(200) }),
    result: z.object({ name: z.string() }).nullable(),
    deed: 'review.submit',
  },
  /** Asks for work that came back and checks the whole of it; null when the person changed their mind. */
  'package.openReturn': {
    args: z.object({ jobId: JobId }),
    result: z.object({ name: z.string(), summary: BundleSummary }).nullable(),
    deed: 'package.merge',
  },
} as const;
