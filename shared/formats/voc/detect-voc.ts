import type { DatasetFolder, Detection } from '../format';
import { parseXml } from '../parts/xml/parse-xml';
import { kindOfDocument } from './parse-voc-annotation';
import { addEvidence, likelyOrigin, newEvidence } from './survey-voc';
import { findVocFiles, type VocFiles } from './voc-files';

const SAMPLED_FILES = 40;

/** Looks at the beginnings of XML files from all over the folder, and at the names of the others. */
export async function detectVoc(folder: DatasetFolder): Promise<Detection> {
  const files = await findVocFiles(folder);
  const xmlPaths = files.entries.flatMap(({ xmlPath }) => (xmlPath === null ? [] : [xmlPath]));
  const evidence = newEvidence();
  const counts = { voc: 0, 'labelme-xml': 0, other: 0 };
  const step = Math.max(1, Math.floor(xmlPaths.length / SAMPLED_FILES));
  for (let index = 0; index < xmlPaths.length; index += step) {
    // A head that is cut off still gives the objects before the cut.
    const { root } = parseXml(await folder.head(xmlPaths[index] ?? ''));
    const kind = root === null ? 'other' : kindOfDocument(root);
    counts[kind] += 1;
    if (root !== null && kind === 'voc') addEvidence(evidence, root);
  }
  if (counts.voc > 0) {
    const sampled = counts.voc + counts['labelme-xml'] + counts.other;
    const hasBoxes = evidence.boxes > 0 || evidence.stated > 0;
    const reasons = [
      `${counts.voc} of ${sampled} sampled .xml files hold an <annotation> of Pascal VOC${hasBoxes ? '' : ' without objects'}`,
    ];
    if (files.listPaths.length > 0) reasons.push(`${files.listPaths.length} lists of images in ImageSets`);
    const confidence = hasBoxes ? 0.95 : 0.75;
    const isAsked = evidence.boxes > 0 && likelyOrigin(evidence) === null;
    return {
      confidence,
      reasons,
      ...(isAsked ? { questions: [{ optionId: 'origin', question: ORIGIN_QUESTION }] } : {}),
    };
  }
  if (counts['labelme-xml'] > 0) {
    return {
      confidence: 0.1,
      reasons: [
        `${counts['labelme-xml']} .xml files are LabelMe 3.0 (polygons of <pt>), which is another format than Pascal VOC and is not read`,
      ],
    };
  }
  return maskDetection(files);
}

const ORIGIN_QUESTION =
  'Are the numbers of boxes pixels counted from 1, as in Pascal VOC, or edges counted from 0, as LabelImg and others write? The files fit both; boxes would differ by one pixel at the left and the top.';

function maskDetection(files: VocFiles): Detection {
  return files.hasMasks
    ? {
        confidence: 0.3,
        reasons: [
          'SegmentationClass or SegmentationObject without Annotations: masks alone are a format of their own',
        ],
      }
    : { confidence: 0, reasons: ['no .xml file with <annotation>'] };
}
