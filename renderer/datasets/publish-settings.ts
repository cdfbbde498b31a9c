import type { ImageState } from '../../shared/schema/annotation';
import type { SplitRule } from '../../shared/schema/dataset-version';
import type { LabelId, ProjectId } from '../../shared/schema/ids';
import type { Preferences } from '../persistence/ports';

/** What the publish form holds; kept for each project between visits. Shares are whole percents. */
export interface PublishSettings {
  readonly states: readonly ImageState[];
  readonly labelIds: readonly LabelId[];
  readonly train: number;
  readonly val: number;
  readonly test: number;
  readonly seed: string;
  readonly groupBy: 'image' | 'folder';
  readonly isStratified: boolean;
  /** Only images whose review ended in acceptance. */
  readonly isAcceptedOnly: boolean;
}

const DEFAULTS: PublishSettings = {
  states: ['labelled', 'confirmedEmpty', 'inProgress'],
  labelIds: [],
  train: 80,
  val: 10,
  test: 10,
  seed: '1',
  groupBy: 'image',
  isStratified: false,
  isAcceptedOnly: false,
};

const keyOf = (projectId: ProjectId) => `datasets.publish.${projectId}`;

export function readPublishSettings(preferences: Preferences, projectId: ProjectId): PublishSettings {
  return { ...DEFAULTS, ...preferences.get<Partial<PublishSettings>>(keyOf(projectId), {}) };
}

export function keepPublishSettings(
  preferences: Preferences,
  projectId: ProjectId,
  settings: PublishSettings,
): void {
  preferences.set(keyOf(projectId), settings);
}

/** How images are dealt into splits. */
export function splitRuleOf(settings: PublishSettings): SplitRule {
  return {
    seed: settings.seed,
    ratios: { train: settings.train / 100, val: settings.val / 100, test: settings.test / 100 },
    groupBy: settings.groupBy,
    isStratified: settings.isStratified,
  };
}
