import { z } from 'zod';

/** How a project is reviewed; a lead sets it. */
export const ReviewPolicy = z.object({
  /** Off: pictures are labelled and published without review, as in a project of one person. */
  isReviewed: z.boolean(),
  /** How many people must accept a picture before it counts as accepted. */
  reviewsNeeded: z.number().int().min(1).max(3),
  /** Whether somebody may accept what they labelled themselves. */
  allowsOwnReview: z.boolean(),
  /** Whether labellers see only what is assigned to them or to nobody. */
  showsOnlyAssigned: z.boolean(),
  /** Minutes without input after which a profile locks; 0 never. */
  lockAfterMinutes: z
    .number()
    .int()
    .min(0)
    .max(24 * 60),
  /** Seconds without input after which time no longer counts as work. */
  idleAfterSeconds: z.number().int().min(5).max(3600),
  /** Share of a labeller's queue, 0 to 0.5, that is honeypots: pictures whose ground truth is known. */
  honeypotShare: z.number().min(0).max(0.5),
  quality: z.object({
    /** Least IoU (OKS, line similarity) of two objects that are taken for the same; PASCAL VOC's 0.5. */
    minOverlap: z.number().min(0.05).max(0.99),
    /** Below this a match is right but loose. */
    lowOverlap: z.number().min(0.05).max(1),
    /** What quality is judged by, with the least value that is good enough. */
    target: z.object({
      metric: z.enum(['accuracy', 'precision', 'recall', 'f1']),
      least: z.number().min(0).max(1),
    }),
  }),
  /** Settings of rules by rule id: null switches a rule off, an object replaces its parameters. */
  rules: z.record(z.string().max(100), z.record(z.string(), z.unknown()).nullable()),
});
export type ReviewPolicy = z.infer<typeof ReviewPolicy>;

export const DEFAULT_REVIEW_POLICY: ReviewPolicy = {
  isReviewed: false,
  reviewsNeeded: 1,
  allowsOwnReview: false,
  showsOnlyAssigned: false,
  lockAfterMinutes: 15,
  idleAfterSeconds: 60,
  honeypotShare: 0,
  // The PASCAL VOC criterion for the same object; 0.8 for a loose one is the default of CVAT's quality settings.
  quality: { minOverlap: 0.5, lowOverlap: 0.8, target: { metric: 'accuracy', least: 0.9 } },
  rules: {},
};
