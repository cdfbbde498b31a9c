import type { AppError } from '../../shared/result/app-error';
import type { RuleId } from '../../shared/rules';
import type { FindingFacts, RuleSettings } from '../../shared/rules/annotations/finding';
import type { Waivers } from '../../shared/rules/annotations/waived';
import type { SplitRule } from '../../shared/schema/dataset-version';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { ImageRecord } from '../../shared/schema/image';
import type { LabelSchema } from '../../shared/schema/label-schema';

/** How a project is to be checked. */
export interface CheckSettings {
  readonly schema: LabelSchema;
  readonly rules: RuleSettings;
  readonly waivers: Waivers;
  /** How the next version would be dealt into splits, and of which states. */
  readonly split: { readonly rule: SplitRule; readonly states: readonly ImageRecord['state'][] };
  /** For the folders that a split keeps together. */
  readonly sourceNames: ReadonlyMap<string, string>;
}

/** A finding of the project; its fixes by name, since code cannot be sent. */
export interface CheckedFinding extends FindingFacts {
  readonly fixes: readonly { readonly id: string; readonly label: string }[];
  readonly isWaived: boolean;
}

/** A finding with the picture to look at first, for a list. */
export interface ListedFinding {
  readonly finding: CheckedFinding;
  readonly image: ImageRecord | null;
}

export interface FindingFilter {
  /** Null for those of all rules. */
  readonly ruleId: RuleId | null;
  readonly isWaived: boolean;
}

export interface RuleCount {
  readonly open: number;
  readonly waived: number;
}

export type FindingStatus =
  | {
      readonly kind: 'checking';
      readonly images: number;
      readonly totalImages: number;
      readonly objects: number;
      readonly counts: Counts;
    }
  | {
      readonly kind: 'ready';
      readonly totalImages: number;
      readonly objects: number;
      /** Images whose labels are damaged and were not checked. */
      readonly damaged: number;
      /** Images whose look is not known, so that rules about look-alikes say nothing of them. */
      readonly withoutLook: number;
      readonly seconds: number;
      readonly counts: Counts;
    }
  | { readonly kind: 'failed'; readonly error: AppError };

export type Counts = Readonly<Partial<Record<RuleId, RuleCount>>>;

export type FindingRequest =
  | { readonly kind: 'total'; readonly filter: FindingFilter }
  | { readonly kind: 'window'; readonly filter: FindingFilter; readonly from: number; readonly to: number }
  /** Those of a filter that a fix of this name would mend. */
  | { readonly kind: 'fixable'; readonly filter: FindingFilter; readonly fixId: string };

export type FindingAnswer =
  | { readonly kind: 'total'; readonly total: number }
  | { readonly kind: 'window'; readonly rows: readonly ListedFinding[] }
  | {
      readonly kind: 'fixable';
      readonly findings: readonly { readonly id: string; readonly imageId: ImageId }[];
    }
  | { readonly kind: 'failed'; readonly error: AppError };

export type ToFindingWorker =
  | {
      readonly kind: 'open';
      readonly databaseName: string;
      readonly projectId: ProjectId;
      readonly settings: CheckSettings;
    }
  | { readonly kind: 'settings'; readonly settings: CheckSettings }
  | { readonly kind: 'changed'; readonly imageIds: readonly ImageId[] | 'many' }
  /** Looks of pictures were stored. */
  | { readonly kind: 'looks' }
  | { readonly kind: 'ask'; readonly id: number; readonly request: FindingRequest };

export type FromFindingWorker =
  | { readonly kind: 'status'; readonly status: FindingStatus }
  /** Findings changed: ask again. */
  | { readonly kind: 'updated' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: FindingAnswer };
