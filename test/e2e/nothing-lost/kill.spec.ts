import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { LabelId } from '../../../shared/schema/ids';
import { temporaryFolder } from '../../harness/electron-app';
import {
  EMPTY_MODEL_IMAGE,
  type ModelImage,
  modelAfter,
  nextEdit,
  randomFrom,
  uuidFrom,
} from '../../harness/labelling-script';
import type { PersistencePage } from '../../harness/pages/persistence';
import { launchPersistence } from './persistence-page';

/** CI does a hundred; each takes three seconds of a test run that somebody waits for. */
const ROUNDS = Number(process.env.GROUNDMARK_KILL_ROUNDS ?? 30);
const IMAGES = 5;
const LABELS = ['a', 'b', 'c'].map((_, n) => uuidFrom(randomFrom(n)) as LabelId);
/** Labelling goes on for this long before the kill; the moment within is random. */
const SHORTEST_IN_MS = 50;
const LONGEST_IN_MS = 1200;

type Dump = Awaited<ReturnType<PersistencePage['dump']>>;

test('SIGKILL at random moments of labelling loses nothing that was acknowledged as saved', async () => {
  test.setTimeout(60_000 + ROUNDS * 10_000);
  const folders = { home: temporaryFolder('home'), profile: temporaryFolder('profile') };
  const moments = randomFrom(20_260_101);

  let launched = await launchPersistence(folders);
  const project = await launched.page.evaluate(
    ({ images, labels }) => window.persistencePage.seedProject(images, labels),
    { images: IMAGES, labels: LABELS },
  );
  let model: readonly ModelImage[] = Array.from({ length: IMAGES }, () => EMPTY_MODEL_IMAGE);
  let edits = 0;
  let acknowledged = 0;

  for (let round = 1; round <= ROUNDS; round += 1) {
    let savedThisRound = 0;
    await launched.page.exposeFunction('reportSaved', (count: number) => {
      savedThisRound = Math.max(savedThisRound, count);
    });
    await launched.page.evaluate(
      ({ projectId, seed, start, labels }) => {
        // Not awaited: it ends with the process.
        void window.persistencePage.label(projectId, seed, start, labels, (count) => {
          window.reportSaved?.(count);
        });
      },
      { projectId: project.id, seed: round, start: model, labels: LABELS },
    );
    await new Promise((resolve) =>
      setTimeout(resolve, SHORTEST_IN_MS + moments() * (LONGEST_IN_MS - SHORTEST_IN_MS)),
    );
    await launched.kill9();
    acknowledged += savedThisRound;

    launched = await launchPersistence(folders);
    const dump = await launched.page.evaluate((id) => window.persistencePage.dump(id), project.id);
    // The journal has one line for the project itself; every other line is one edit.
    const storedThisRound = dump.chain.length - 1 - edits;
    expect(storedThisRound, `round ${round}: edits found against edits acknowledged`).toBeGreaterThanOrEqual(
      savedThisRound,
    );
    // An edit may be on disk before its acknowledgement got out; whole it must be, and the next in the script.
    const random = randomFrom(round);
    for (let n = 0; n < storedThisRound; n += 1) model = modelAfter(model, nextEdit(random, model, LABELS));
    edits += storedThisRound;
    expectSame(dump, model, edits);
  }
  await launched.close();
  const log = fs.readFileSync(path.join(folders.home, 'logs', 'groundmark.log'), 'utf8');
  const mended = log.split('\n').filter((line) => line.includes('half-written record')).length;
  test.info().annotations.push({
    type: 'kills',
    description: `${ROUNDS} kills, ${acknowledged} edits acknowledged, ${edits} found, ${mended} torn logs mended`,
  });
  expect(acknowledged).toBeGreaterThan(ROUNDS);
});

function expectSame(dump: Dump, model: readonly ModelImage[], edits: number): void {
  const byLabel: Record<string, number> = {};
  const byState = { unlabelled: 0, inProgress: 0, labelled: 0, confirmedEmpty: 0 };
  let annotations = 0;
  let revisions = 0;
  model.forEach(({ now }, index) => {
    const stored = dump.pictures[index];
    expect(stored?.set.annotations).toEqual(now.annotations);
    expect(stored?.set.status.state).toBe(now.state);
    expect(stored?.image).toMatchObject({ state: now.state, annotationCount: now.annotations.length });
    expect(stored?.receipt.count).toBe(now.annotations.length);
    byState[now.state] += 1;
    annotations += now.annotations.length;
    revisions += stored?.set.revision ?? 0;
    for (const { labelId } of now.annotations) byLabel[labelId] = (byLabel[labelId] ?? 0) + 1;
  });
  expect(revisions).toBe(edits);
  expect(dump.project.counts).toEqual({ images: model.length, annotations, byLabel, ...byState });
}
