import type { OptionValues } from '../../shared/formats/format-options';
import type { PublishRequest, PublishRow } from '../../shared/ipc/channels/datasets';
import type { TakeMapping } from '../../shared/ipc/channels/label-imports';
import type { JobId, ProjectId, Sha256 } from '../../shared/schema/ids';
import type { GrantTarget } from '../grants/grant-store';

/** What main asks the datasets process; the names of its handlers and the form of their arguments. */
export const FORMATS_LIST = 'formats.list';
export const FORMATS_FIDELITY = 'formats.fidelity';
export const LABELS_DETECT = 'labels.detect';
export const LABELS_SURVEY = 'labels.survey';
export const LABELS_TAKE = 'labels.take';
export const LABELS_ACKNOWLEDGE = 'labels.acknowledge';
export const LABELS_SURVEYED = 'labels.surveyed';
export const LABELS_TAKEN = 'labels.taken';
export const PUBLISH_BEGIN = 'lake.publishBegin';
export const PUBLISH_APPEND = 'lake.publishAppend';
export const PUBLISH_FINISH = 'lake.publishFinish';
export const PUBLISH_UNFINISHED = 'lake.unfinished';
export const PUBLISH_FORGET = 'lake.forgetUnfinished';
export const LAKE_VERSIONS = 'lake.versions';
export const LAKE_MANIFEST = 'lake.manifest';
export const LAKE_CONTENTS = 'lake.contents';
export const LAKE_LOSSES = 'lake.losses';
export const LAKE_DIFF = 'lake.diff';
export const LAKE_EXPORT = 'lake.export';

export interface FormatFidelityArgs {
  readonly formatId: string;
  readonly options: OptionValues;
}

export interface LabelsArgs {
  readonly target: GrantTarget;
}

export interface LabelsReadArgs extends LabelsArgs {
  /** Where the pictures are that the labels are for, for formats that need their sizes. */
  readonly pictures: readonly GrantTarget[];
  readonly jobId: JobId;
  readonly formatId: string;
  /** Values of the format's read options. */
  readonly options: OptionValues;
}

export interface LabelsTakeArgs extends LabelsReadArgs {
  readonly mapping: TakeMapping;
  /** Images of the survey to pass over. */
  readonly skip: number;
  readonly keys: readonly string[] | null;
}

export interface LabelsAcknowledgeArgs {
  readonly jobId: JobId;
  readonly batch: number;
}

interface InLake {
  /** The data home. */
  readonly home: string;
}

export interface PublishBeginArgs extends InLake {
  readonly jobId: JobId;
  readonly request: PublishRequest;
  readonly contentKey: Sha256;
}

export interface PublishAppendArgs {
  readonly jobId: JobId;
  readonly batch: number;
  readonly rows: readonly PublishRow[];
}

export interface PublishJobArgs {
  readonly jobId: JobId;
}

export interface UnfinishedArgs extends InLake {
  readonly projectId: ProjectId;
}

export interface VersionsArgs extends InLake {
  readonly projectId: ProjectId | null;
}

export interface LossesArgs {
  /** Path of the list beside an export. */
  readonly file: string;
}

export interface ManifestArgs extends InLake {
  readonly versionId: Sha256;
}

export interface DiffArgs extends InLake {
  readonly from: Sha256;
  readonly to: Sha256;
}

export interface ExportArgs extends InLake {
  readonly jobId: JobId;
  readonly versionId: Sha256;
  readonly formatId: string;
  /** Values of the format's write options. */
  readonly options: OptionValues;
  /** Real path of the folder in which the export's own folder appears. */
  readonly destination: string;
  readonly images: 'none' | 'copy' | 'link';
  readonly container: 'folder' | 'zip';
  /** Values of the export options. */
  readonly exportOptions: OptionValues;
  /** Where the originals are, by source id. */
  readonly sources: Readonly<Record<string, GrantTarget>>;
}
