import type { ImageWithAnnotations } from '../formats/events-to-images';
import type { DatasetProblem, DatasetSource, FidelityTable } from '../formats/format';
import { chosen, type OptionValues } from '../formats/format-options';
import { createLossTally, type LossTally } from '../formats/parts/loss-tally';
import {
  clipped,
  type ExportAdapter,
  heldShapes,
  inStoredFrame,
  roundedTo,
  unlabelledAsEmpty,
  withoutOutside,
  withoutSplit,
} from './adapters';
import {
  clampOption,
  conversionReach,
  decimalsOption,
  frameOption,
  splitsOption,
  unlabelledOption,
} from './export-options';

export interface PreparedExport {
  /** What the format is to write, and what is compared with what is read back. */
  readonly source: DatasetSource;
  /** What the adapters lost, of all images that were passed so far, and how many annotations they left out. */
  report(): ReturnType<LossTally['report']> & { readonly leftOut: number };
}

/**
 * A dataset as an export wants it, image by image as a stream: splits, unlabelled images, shapes that the format does not
 * hold, shapes that leave the picture, pixel frame and decimals, in this order.
 *
 * @param format its title and what it keeps with the write options of this export.
 * @param exportOptions values of EXPORT_OPTIONS.
 * @param onLoss hears each loss once, however often the source is replayed.
 */
export function prepareExport(
  source: DatasetSource,
  format: { readonly title: string; readonly fidelity: FidelityTable },
  exportOptions: OptionValues,
  onLoss?: (loss: DatasetProblem) => void,
): PreparedExport {
  const tally = createLossTally(onLoss);
  const adapters = adaptersFor(format, exportOptions);
  // Images come in the same order in each pass, so an image's losses are counted in the pass that reaches it first.
  let counted = 0;
  let leftOut = 0;
  async function* adapted(): AsyncGenerator<ImageWithAnnotations> {
    let at = 0;
    for await (const given of source.annotationsByImage()) {
      const isNew = at >= counted;
      at += 1;
      let image: ImageWithAnnotations = given;
      for (const adapt of adapters) image = adapt(image, isNew ? tally : SILENT);
      if (isNew) leftOut += given.annotations.length - image.annotations.length;
      counted = Math.max(counted, at);
      yield image;
    }
  }
  return {
    source: {
      labels: () => source.labels(),
      // Whether an image counts as labelled depends on what is left of its shapes.
      async *images() {
        for await (const { image } of adapted()) yield image;
      },
      annotationsByImage: adapted,
    },
    report: () => ({ ...tally.report(), leftOut }),
  };
}

function adaptersFor(
  format: { readonly title: string; readonly fidelity: FidelityTable },
  values: OptionValues,
): readonly ExportAdapter[] {
  const adapters: ExportAdapter[] = [];
  if (chosen(splitsOption, values) === 'none') adapters.push(withoutSplit);
  if (chosen(unlabelledOption, values) === 'as-empty') adapters.push(unlabelledAsEmpty);
  adapters.push(heldShapes(format, conversionReach(values)));
  const clamp = chosen(clampOption, values);
  if (clamp === 'clip') adapters.push(clipped(format.fidelity.shapes));
  if (clamp === 'drop') adapters.push(withoutOutside);
  if (chosen(frameOption, values) === 'stored') adapters.push(inStoredFrame);
  const decimals = chosen(decimalsOption, values);
  if (decimals !== 'all') adapters.push(roundedTo(Number(decimals)));
  return adapters;
}

/** Hears nothing: for passes over images whose losses are counted already. */
const SILENT: LossTally = { add: () => {}, report: () => ({ losses: [], lossCountByCode: {} }) };
