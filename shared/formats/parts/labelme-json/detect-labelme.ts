import type { DatasetFolder, Detection } from '../../format';
import { isPicturePath, withoutExtension } from '../picture-index';
import { type LabelmeDialect, sniffLabelme } from './sniff-labelme';

/** Enough to tell what a folder holds; a dataset has one file a picture. */
const MOST_SNIFFED_FILES = 40;

const TITLES: Readonly<Record<LabelmeDialect, string>> = {
  labelme: 'labelme',
  xanylabeling: 'X-AnyLabeling',
};

/** Detection of both dialects: a folder belongs to X-AnyLabeling as soon as one of its files does. */
export async function detectLabelme(folder: DatasetFolder, wanted: LabelmeDialect): Promise<Detection> {
  const files = await folder.list();
  const pictures = new Set(
    files
      .map(({ path }) => path)
      .filter(isPicturePath)
      .map(withoutExtension),
  );
  const candidates = files
    .filter(({ path }) => /\.json$/i.test(path))
    .map(({ path }) => ({ path, hasPicture: pictures.has(withoutExtension(path)) }))
    .sort((a, b) => Number(b.hasPicture) - Number(a.hasPicture) || (a.path < b.path ? -1 : 1))
    .slice(0, MOST_SNIFFED_FILES);
  const found: Record<LabelmeDialect, string[]> = { labelme: [], xanylabeling: [] };
  for (const { path } of candidates) {
    const dialect = sniffLabelme(await folder.head(path));
    if (dialect !== null) found[dialect].push(path);
  }
  const count = found.labelme.length + found.xanylabeling.length;
  if (count === 0) {
    return { confidence: 0, reasons: ['no .json file with "shapes" and the name of its picture'] };
  }
  const actual: LabelmeDialect = found.xanylabeling.length > 0 ? 'xanylabeling' : 'labelme';
  const [example = ''] = found[actual];
  if (actual !== wanted) {
    const reason =
      wanted === 'labelme'
        ? `${example} is laid out as labelme, but has fields of X-AnyLabeling; read it as that`
        : `${example} is laid out as labelme and has no field of X-AnyLabeling; read it as labelme`;
    return { confidence: 0.3, reasons: [reason] };
  }
  return {
    // Where most JSON files are others, these may lie there by chance.
    confidence: count * 2 >= candidates.length ? 0.95 : 0.75,
    reasons: [
      `${count} of ${candidates.length} .json files are ${TITLES[wanted]}'s, e.g. ${example}: they have "shapes" with labels and points`,
    ],
  };
}
