import {
  clampOption,
  conversionReach,
  decimalsOption,
  splitsOption,
  unlabelledOption,
} from '../../shared/exports/export-options';
import { heldKinds } from '../../shared/exports/held-shape';
import type { Fidelity, FidelityTable } from '../../shared/formats/format';
import { chosen, type OptionValues } from '../../shared/formats/format-options';
import type { VersionContents } from '../../shared/ipc/channels/version-contents';
import { SHAPE_TYPES } from '../../shared/schema/shapes';
import { SHAPES } from '../../shared/shapes';

/** What becomes of things in an export, from the best to the worst. */
export type Fate = 'kept' | 'rounded' | 'converted' | 'in-part' | 'dropped';

export interface OutlookRow {
  readonly what: string;
  /** How many of them the version holds. */
  readonly count: number;
  readonly fate: Fate;
  /** In words, e.g. `within 0.005 px`. */
  readonly how: string;
}

export interface Outlook {
  /** Only of what the version holds. */
  readonly rows: readonly OutlookRow[];
  readonly remarks: readonly string[];
  /** True when all that the version holds comes back as it is, or within the rounding that is said. */
  readonly keepsAll: boolean;
}

const FATE_OF: Readonly<Record<Fidelity, Fate>> = {
  exact: 'kept',
  rounded: 'rounded',
  lossy: 'in-part',
  dropped: 'dropped',
};

/** What an export of a version would keep and lose, told before it starts, by the format's table and the version's counts. */
export function exportOutlook(
  contents: VersionContents,
  fidelity: FidelityTable,
  exportOptions: OptionValues,
): Outlook {
  const decimals = chosen(decimalsOption, exportOptions);
  const reach = conversionReach(exportOptions);
  const error = errorInWords(fidelity.coordinateErrorInImagePx);
  const rows: OutlookRow[] = [];
  const row = (what: string, count: number, fate: Fate, how: string) => {
    if (count > 0) rows.push({ what, count, fate, how });
  };

  for (const type of SHAPE_TYPES) {
    const kept = fidelity.shapes[type];
    const what = SHAPES[type].title;
    const count = contents.shapes[type] ?? 0;
    if (kept === 'dropped') {
      const [nearest] = heldKinds(type, fidelity.shapes, reach);
      row(
        what,
        count,
        nearest === undefined ? 'dropped' : 'converted',
        nearest === undefined ? 'left out' : `become a ${SHAPES[nearest].title.toLowerCase()}`,
      );
    } else if (kept === 'lossy') {
      const isMerged = fidelity.mergedShapes?.includes(type) === true;
      row(
        what,
        count,
        'in-part',
        isMerged ? 'all of one class become one' : 'kept in part or as another kind',
      );
    } else if (decimals !== 'all') row(what, count, 'rounded', `${decimalsInWords(decimals)}`);
    else row(what, count, FATE_OF[kept], kept === 'rounded' ? error : 'exactly');
  }

  const clamp = chosen(clampOption, exportOptions);
  if (clamp !== 'keep') {
    const isCut = clamp === 'clip';
    row(
      'Shapes that leave the picture',
      contents.outside,
      isCut ? 'in-part' : 'dropped',
      isCut ? 'cut at the edge' : 'left out',
    );
  }
  const said = (what: string, count: number, kept: Fidelity, lost: string) =>
    row(what, count, FATE_OF[kept], kept === 'dropped' ? lost : kept === 'lossy' ? 'in part' : 'as they are');
  said('With attributes or flags', contents.attributes, fidelity.attributes, 'attributes left out');
  said('Crowds', contents.isCrowd, fidelity.isCrowd, 'count as single objects');
  said('With a score', contents.score, fidelity.score, 'scores left out');
  said('In groups', contents.groups, fidelity.groups, 'groups left out');
  said('In tracks', contents.tracks, fidelity.tracks, 'tracks left out');
  said('With a note', contents.notes, fidelity.notes, 'notes left out');
  said('Images confirmed empty', contents.emptyImages, fidelity.emptyImages, 'left out');
  const isLeftOut = chosen(unlabelledOption, exportOptions) === 'leave-out';
  row(
    'Images not labelled yet',
    contents.unlabelledImages,
    isLeftOut ? 'dropped' : 'in-part',
    isLeftOut ? 'left out' : 'written as holding what they hold',
  );
  said('Frames of sequences', contents.frames, fidelity.frames, 'their order is left out');
  if (contents.splits > 1) {
    const isOff = chosen(splitsOption, exportOptions) === 'none';
    said('Splits', contents.splits, isOff ? 'dropped' : fidelity.splits, 'all images together');
  }
  said('Class numbers', contents.labels, fidelity.classIndex, 'given anew by readers');
  said('Labels without annotations', contents.unusedLabels, fidelity.unusedLabels, 'left out');
  return {
    rows,
    remarks: fidelity.remarks,
    keepsAll: rows.every(({ fate }) => fate === 'kept' || fate === 'rounded'),
  };
}

function errorInWords(px: number): string {
  return px === 0 ? 'exactly' : `within ${px >= 0.01 ? px.toFixed(2) : px.toPrecision(1)} px`;
}

function decimalsInWords(decimals: string): string {
  return decimals === '0' ? 'to whole pixels' : `to ${decimals} decimal${decimals === '1' ? '' : 's'}`;
}
