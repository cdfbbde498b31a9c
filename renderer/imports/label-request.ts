import type { OptionValues } from '../../shared/formats/format-options';
import type { SourceId } from '../../shared/schema/ids';

/** Which label files are read, and as what. */
export interface LabelRequest {
  readonly sourceId: SourceId;
  readonly sourceName: string;
  readonly formatId: string;
  readonly formatTitle: string;
  /** Values of the format's read options. */
  readonly options: OptionValues;
  /** The project's folders, in which pictures are looked for whose size the labels do not say. */
  readonly imageSourceIds: readonly SourceId[];
}

/** The arguments of both passes. */
export function readingOf({ sourceId, formatId, options, imageSourceIds }: LabelRequest) {
  return { sourceId, formatId, options: { ...options }, imageSourceIds: [...imageSourceIds] };
}
