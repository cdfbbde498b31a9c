import type { VersionReview } from '../../shared/schema/dataset-version';
import { count, plural } from '../components/quantity';

const METRIC_NAMES: Readonly<Record<string, string>> = { krippendorffAlpha: 'Krippendorff’s alpha' };

/** Rows that say how right the labels are, or plainly that nobody measured it. */
export function QualityRows({ agreement, quality }: Pick<VersionReview, 'agreement' | 'quality'>) {
  return (
    <>
      <tr data-none={agreement === null || undefined}>
        <th scope="row">
          {agreement === null
            ? 'Agreement of several people'
            : `Agreement of several people (${METRIC_NAMES[agreement.metric] ?? agreement.metric}, ${plural(agreement.n, 'object')})`}
        </th>
        <td className="numeric">
          {agreement === null
            ? 'not measured'
            : `${agreement.value.toFixed(2)} (${agreement.low.toFixed(2)} to ${agreement.high.toFixed(2)})`}
        </td>
      </tr>
      <tr data-none={quality === null || undefined}>
        <th scope="row">
          {quality === null
            ? 'Accuracy against ground truth'
            : `Accuracy on ${count(quality.groundTruthImages)} ${quality.groundTruthImages === 1 ? 'image' : 'images'} of ground truth`}
        </th>
        <td className="numeric">{quality === null ? 'not measured' : quality.accuracy.toFixed(2)}</td>
      </tr>
    </>
  );
}
