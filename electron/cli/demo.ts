import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { documentFromSet } from '../../shared/document/image-document';
import type { ExportReport, PublishRow } from '../../shared/ipc/channels/datasets';
import type { AppError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import { evaluateRules } from '../../shared/rules/annotations/evaluate-rules';
import type { VersionSummary } from '../../shared/schema/dataset-version';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { openDatasetFolder } from '../datasets-io/open-dataset-folder';
import { drawShapes } from '../media/draw-shapes';
import { createSample, type SampleFolder } from '../media/sample/create-sample';
import { exportVersion } from '../store/export-version';
import { type Lake, openLake } from '../store/lake';
import {
  type PreparedFolder,
  type PublishFolderOptions,
  prepareFolder,
  publishPrepared,
} from '../store/publish-folder';
import { counted } from './text-table';

// The main job without a window: the sample project is drawn, read, checked, published, changed, published again, compared,
// exported and read back. `npm run demo [-- FOLDER]`; everything it makes lies in that folder.

const PICTURES = 3;
const out = path.resolve(process.argv[2] ?? path.join('build', 'demo'));
const started = performance.now();

function say(step: string, text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  process.stdout.write(`${seconds} s  ${step.padEnd(9)} ${text}\n`);
}

/** The demo has nothing to mend: the first failure ends it. */
class DemoFailure extends Error {
  constructor(readonly error: AppError) {
    super(`${error.code}: ${error.message}`);
  }
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new DemoFailure(result.error);
  return result.value;
}

async function demo(): Promise<void> {
  // Version ids depend on content alone, so a fresh lake shows the same first id whenever content is the same.
  await emptyOut();
  const lake = openLake(path.join(out, 'home'));
  const sample = await createSample(path.join(out, 'sample'));
  say('sample', `${counted(sample.scenes.length, 'street scene')} drawn in ${sample.imagesDir}`);

  const first = await publish(lake, sample, sample.labelsFile, 'exact truth of the sample');
  const changedLabels = await changeLabels(sample.labelsFile);
  const second = await publish(lake, sample, changedLabels, 'four edits');
  const diff = must(await lake.diff(first.version.id, second.version.id));
  const { added, removed, moved, relabelled, unchanged } = diff.annotations;
  say(
    'diff',
    `${short(first.version)} -> ${short(second.version)}: ${added} added, ${removed} removed, ${moved} moved, ${relabelled} relabelled, ${unchanged} unchanged`,
  );
  for (const change of diff.samples) say('', `${change.kind} ${change.imageKey}: ${change.description}`);

  const reports: ExportReport[] = [];
  for (const formatId of ['coco', 'yolo'])
    reports.push(await exportAs(lake, sample, second.version, formatId));
  await drawPictures(sample, second.prepared);

  const isExact = reports.every(({ readBack }) => {
    const { missing, extra, moved: movedBack, relabelled: relabelledBack } = readBack;
    return missing + extra + movedBack + relabelledBack === 0;
  });
  say('done', isExact ? `Nothing was lost. See ${out}` : `Read-back found differences; see above and ${out}`);
  if (!isExact) process.exitCode = 1;
}

/** Only what an earlier demo made is removed: the folder is named on a command line. */
async function emptyOut(): Promise<void> {
  const marker = path.join(out, '.groundmark-demo');
  const present = await readdir(out).catch((): string[] => []);
  if (present.length > 0 && !present.includes(path.basename(marker))) {
    throw new Error(
      `${out} holds something that is not of a demo. Name a new folder: npm run demo -- FOLDER`,
    );
  }
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await writeFile(marker, '');
}

async function publish(lake: Lake, sample: SampleFolder, labelsFile: string, message: string) {
  const labelFolder = must(
    await openDatasetFolder(path.dirname(labelsFile), {
      onlyFiles: [path.basename(labelsFile)],
      imageRoots: [sample.imagesDir],
    }),
  );
  const options: PublishFolderOptions = {
    labelFolder,
    imageRoot: sample.imagesDir,
    formatId: null,
    readOptions: {},
    projectName: 'Sample street scenes',
    author: 'demo',
    message,
    splitRule: {
      seed: 'demo',
      ratios: { train: 0.7, val: 0.2, test: 0.1 },
      groupBy: 'image',
      // By hash alone: an edit of labels moves no image to another split.
      isStratified: false,
    },
    // A fixed clock makes the ids of this demo the same on every machine.
    now: () => new Date('2026-01-01T00:00:00.000Z'),
  };
  const prepared = must(await prepareFolder(lake, options));
  const rows = [...prepared.rows()];
  const annotations = rows.reduce((sum, row) => sum + row.annotations.length, 0);
  say(
    'import',
    `${counted(rows.length, 'image')} and ${counted(annotations, 'annotation')} read as ${prepared.formatId}; ${counted(prepared.imageProblems.length + prepared.labelProblems.length, 'problem')}`,
  );
  check(rows, prepared.schema);
  const { version, isNew } = must(await publishPrepared(lake, options, prepared));
  const { train, val, test } = version.counts.bySplit;
  must(await lake.verify(version.id));
  say('publish', `${isNew ? 'version' : 'unchanged version'} ${version.id}`);
  say(
    '',
    `${counted(version.counts.images, 'image')} (train ${train}, val ${val}, test ${test}), ${counted(version.counts.annotations, 'annotation')}, ${kilobytes(version.byteSize)} of Parquet, hashes verified`,
  );
  return { version, prepared };
}

function check(rows: readonly PublishRow[], schema: LabelSchema): void {
  const findings = rows.flatMap(({ image, status, annotations }) =>
    evaluateRules(
      documentFromSet(
        { imageId: image.id, projectId: image.projectId, revision: 0, annotations, status },
        image,
      ),
      schema,
    ),
  );
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  say('check', `${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}`);
  for (const finding of findings.slice(0, 3)) say('', finding.message);
}

interface CocoFile {
  categories: { id: number }[];
  annotations: { id: number; category_id: number; bbox: number[]; area: number }[];
}

/** What another tool might do to the labels: move, relabel, remove and add one box each. */
async function changeLabels(labelsFile: string): Promise<string> {
  const coco: CocoFile = JSON.parse(await readFile(labelsFile, 'utf8'));
  const [moved, relabelled, removed] = coco.annotations;
  const largestId = Math.max(...coco.annotations.map(({ id }) => id));
  if (moved === undefined || relabelled === undefined || removed === undefined) return labelsFile;
  coco.annotations.push({ ...removed, id: largestId + 1, bbox: [40, 40, 60, 60], area: 3600 });
  coco.annotations = coco.annotations.filter((annotation) => annotation !== removed);
  moved.bbox = moved.bbox.map((value, index) => (index === 0 ? value + 2 : value));
  const other = coco.categories.find(({ id }) => id !== relabelled.category_id);
  relabelled.category_id = other?.id ?? relabelled.category_id;
  const changed = path.join(path.dirname(labelsFile), '..', 'edited', 'instances.json');
  await mkdir(path.dirname(changed), { recursive: true });
  await writeFile(changed, JSON.stringify(coco));
  return changed;
}

async function exportAs(
  lake: Lake,
  sample: SampleFolder,
  version: VersionSummary,
  formatId: string,
): Promise<ExportReport> {
  const folder = path.join(out, formatId);
  const { manifest } = must(await lake.version(version.id));
  const sources = manifest.sources.map(({ id }) => [id, { kind: 'folder', root: sample.imagesDir }] as const);
  const report = must(
    await exportVersion(lake, {
      versionId: version.id,
      formatId,
      options: {},
      exportOptions: {},
      container: 'folder',
      listsLosses: false,
      target: { kind: 'exactly', place: folder, isForced: false },
      pictures: { mode: 'copy', sources: Object.fromEntries(sources) },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    }),
  );
  const { readBack } = report;
  say(
    'export',
    `${formatId}: ${counted(report.filesWritten, 'file')}, ${kilobytes(report.byteSize)} in ${folder}`,
  );
  say(
    '',
    `read back: ${readBack.matched} of ${report.annotations} match, worst coordinate by ${readBack.largestCoordinateError.toPrecision(2)} px; ${readBack.missing} missing, ${readBack.extra} extra, ${readBack.moved} moved, ${readBack.relabelled} relabelled`,
  );
  for (const [code, count] of Object.entries(report.lossCountByCode)) say('', `loss: ${code} × ${count}`);
  return report;
}

async function drawPictures(sample: SampleFolder, prepared: PreparedFolder): Promise<void> {
  const folder = path.join(out, 'pictures');
  await mkdir(folder, { recursive: true });
  const labels = new Map(prepared.schema.labels.map((label) => [label.id, label]));
  const rows = [...prepared.rows()].filter((row) => row.annotations.length > 0);
  // Spread over the conditions, day to night.
  for (let number = 0; number < Math.min(PICTURES, rows.length); number += 1) {
    const row = rows[Math.floor((number * rows.length) / PICTURES)];
    if (row === undefined) continue;
    const shapes = row.annotations.map(({ shape, labelId }) => ({
      shape,
      color: labels.get(labelId)?.color ?? '#ffffff',
    }));
    const file = path.join(folder, row.image.key.replaceAll('/', '-'));
    await writeFile(file, await drawShapes(path.join(sample.imagesDir, row.image.key), shapes));
    const names = new Set(row.annotations.map(({ labelId }) => labels.get(labelId)?.name ?? ''));
    say('picture', `${file}: ${[...names].sort().join(', ')}`);
  }
}

const short = (version: VersionSummary) => version.id.slice(0, 12);
const kilobytes = (bytes: number) => `${Math.round(bytes / 1024).toLocaleString('en')} kB`;

demo().then(
  // libvips keeps threads, so the process must be ended; stdout is a file or pipe that has taken all by then.
  () => process.exit(),
  (thrown: unknown) => {
    process.stderr.write(`demo: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exit(1);
  },
);
