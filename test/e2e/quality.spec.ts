import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { VersionReview } from '../../shared/schema/dataset-version';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, labelPage, writePictures } from '../harness/label-page';
import type { TestBox } from '../harness/pages/quality';
import { peoplePage } from '../harness/people-page';
import { newestManifest } from '../harness/published-manifest';
import { answerSaveDialog } from '../harness/shell';

const SHOTS = 'build/e2e-shots';

/** Labels of the road scene template by place: 0 is car, 1 truck. */
const CAR_A: TestBox = [0, 40, 40, 100, 80];
const CAR_B: TestBox = [0, 240, 40, 100, 80];
const TRUCK: TestBox = [1, 440, 240, 120, 100];
const TRUTH = [CAR_A, CAR_B, TRUCK];

/** What somebody labelled; what is wrong with it is known. */
const IMAGES: readonly { readonly labels: readonly TestBox[]; readonly wrong: readonly string[] }[] = [
  { labels: TRUTH, wrong: [] },
  { labels: [CAR_A, CAR_B], wrong: ['Missing'] },
  { labels: [...TRUTH, [0, 40, 320, 60, 60]], wrong: ['Extra'] },
  { labels: [CAR_A, CAR_B, [0, 440, 240, 120, 100]], wrong: ['Mislabelled'] },
  // 100 × 80 moved by 20: 8,000 px² each, 6,400 in common, IoU 6,400 / 9,600.
  { labels: [[0, 60, 40, 100, 80], CAR_B, TRUCK], wrong: ['Low overlap'] },
  { labels: [], wrong: [] },
];

async function openTestPage({ page }: LaunchedApp): Promise<void> {
  await page.goto('app://bundle/test/quality.html');
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
}

async function openApp({ page }: LaunchedApp): Promise<void> {
  await page.goto('app://bundle/index.html');
}

test.describe
  .serial('quality against ground truth', () => {
    let launched: LaunchedApp;
    let label: LabelPage;
    const folder = path.join(temporaryFolder('pictures'), 'street');
    const tab = (name: string) => launched.page.getByRole('tab', { name, exact: true });
    const figure = (name: string) =>
      launched.page
        .getByLabel('Figures over all images')
        .locator('div', { has: launched.page.getByText(name, { exact: true }) })
        .last();
    const errors = () => launched.page.getByRole('listbox', { name: 'Errors' }).getByRole('option');
    const showQuality = async () => {
      await launched.page.keyboard.press('Alt+q');
      await expect(tab('Overview')).toBeVisible();
    };
    const shots = async (name: string) => {
      for (const [scheme, width] of [
        ['dark', 1280],
        ['light', 1920],
      ] as const) {
        await launched.page.evaluate((value) => {
          document.documentElement.dataset.mantineColorScheme = value;
        }, scheme);
        await launched.page.setViewportSize({ width, height: width === 1280 ? 800 : 1080 });
        await launched.page.waitForTimeout(200);
        await launched.page.screenshot({ path: `${SHOTS}/quality-${name}-${scheme}-${width}.png` });
        expect(await accessibilityViolations(launched.page)).toEqual([]);
      }
      await launched.page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'dark';
      });
      await launched.page.setViewportSize({ width: 1280, height: 800 });
    };

    test.beforeAll(async () => {
      writePictures(folder, IMAGES.length);
      launched = await launchApp();
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      label = await createProject(launched, { name: 'Streets', folder, images: IMAGES.length });
    });
    test.afterAll(() => launched.close());

    test('without ground truth the screen says how to begin', async () => {
      const { page } = launched;
      await showQuality();
      await expect(page.getByText('No ground truth yet')).toBeVisible();
      await shots('empty');
      await page.getByRole('button', { name: 'Make ground truth' }).click();
      await expect(page.getByRole('region', { name: 'Ground truth' })).toContainText(
        '0 images with ground truth',
      );
      await shots('settings');
    });

    test('labels that were handed over as truth have no error; one undo takes the truth away', async () => {
      const { page } = launched;
      await page.keyboard.press('Alt+2');
      await expect(label.images.getByRole('option', { selected: true })).toBeVisible();
      await label.canvas.focus();
      await label.press('r');
      await label.drag([60, 60], [160, 140]);
      await expect(label.objects.getByRole('option')).toHaveCount(1);
      await label.press('Control+Enter');
      await showQuality();
      await tab('Settings').click();
      await page.getByRole('button', { name: 'Use as ground truth' }).click();
      await expect(page.getByRole('region', { name: 'Ground truth' })).toContainText(
        '1 image with ground truth',
      );
      await tab('Overview').click();
      await expect(page.getByText('1 image compared with ground truth.')).toBeVisible();
      await expect(figure('Precision')).toContainText('100.0%');
      await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByText('No ground truth yet')).toBeVisible();
    });

    test('seeded errors are listed, all of them and nothing else', async () => {
      const { page } = launched;
      await openTestPage(launched);
      await page.evaluate(
        (images) => window.qualityPage.seedCompared(images),
        IMAGES.map(({ labels }) => ({ truth: labels.length === 0 ? [] : TRUTH, labels })),
      );
      await openApp(launched);
      await showQuality();
      await expect(page.getByText('6 images compared with ground truth.')).toBeVisible();
      // By hand: 15 objects in the truth and 15 labelled; 13 right, 1 missing, 1 extra, 1 mislabelled.
      await expect(figure('Right')).toContainText('13');
      await expect(figure('Missing')).toContainText('1');
      await expect(figure('Extra')).toContainText('1');
      await expect(figure('Mislabelled')).toContainText('1');
      await expect(figure('Low overlap')).toContainText('1');
      await expect(figure('Precision')).toContainText('86.7%');
      await expect(figure('Recall')).toContainText('86.7%');
      await expect(figure('Accuracy')).toContainText('81.3%');
      const precision = page.getByRole('region', { name: 'Average precision' });
      await precision.getByRole('button', { name: 'Work out' }).click();
      await expect(precision.getByText('6 images; 0 of 15 objects with a score.')).toBeVisible();
      await expect(precision.getByRole('row', { name: /^truck/ })).toBeVisible();
      await shots('overview');
      await tab('Errors').click();
      for (const kind of ['Low overlap']) await page.getByRole('checkbox', { name: kind }).check();
      await expect(page.getByText('4 objects')).toBeVisible();
      await expect(errors()).toHaveCount(4);
      const lines = await errors().allInnerTexts();
      const expected = IMAGES.flatMap(({ wrong }, index) =>
        wrong.map((kind) => [kind, `${String(index).padStart(3, '0')}.png`] as const),
      );
      expect(lines).toHaveLength(expected.length);
      for (const [index, [kind, key]] of expected.entries()) {
        expect(lines[index]).toContain(kind);
        expect(lines[index]).toContain(key);
      }
      await expect(errors().nth(2)).toContainText('truck labelled as car');
      await expect(errors().nth(3)).toContainText('overlap 0.67');
      await shots('errors');
      await tab('People').click();
      // All that is wrong is of the one person who labelled.
      await expect(page.getByRole('row', { name: /^Mira/ })).toContainText('81.3%');
      await shots('people');
      await tab('Audit').click();
      await expect(page.getByRole('tabpanel', { name: 'Audit' })).toContainText('Use as ground truth');
      await shots('audit');
    });

    test('a cell of the confusion matrix leads to its objects, by keyboard', async () => {
      const { page } = launched;
      await tab('Overview').click();
      const matrix = page.getByRole('application', { name: /^Confusion matrix/ });
      await matrix.focus();
      await expect(page.locator('#confusion-cell')).toContainText('car, right');
      await page.keyboard.press('ArrowDown');
      await expect(page.locator('#confusion-cell')).toContainText('1 × truck labelled as car');
      await page.keyboard.press('Enter');
      await expect(errors()).toHaveCount(1);
      await expect(errors().first()).toContainText('truck labelled as car');
    });

    test('Enter opens the image with its ground truth over it, and one label put right updates the figures', async () => {
      const { page } = launched;
      await page.getByRole('listbox', { name: 'Errors' }).focus();
      await page.keyboard.press('Enter');
      await expect(label.canvas).toBeVisible();
      await expect(label.images.getByRole('option', { selected: true })).toContainText('003.png');
      await expect(page.getByText('1 of 3 selected')).toBeVisible();
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${SHOTS}/quality-truth-over-labels.png` });
      await label.canvas.focus();
      // The key of the template's second label.
      await label.press('2');
      await expect(label.saved).toContainText(/saved/i);
      await showQuality();
      await expect(figure('Mislabelled')).toContainText('0');
      await expect(figure('Right')).toContainText('14');
    });

    test('thresholds change live and touch no label', async () => {
      const { page } = launched;
      await tab('Settings').click();
      const least = page.getByLabel('Least overlap of the same object');
      await least.fill('0.7');
      await least.blur();
      await tab('Overview').click();
      // The box with an IoU of 0.67 is no pair any more.
      await expect(figure('Right')).toContainText('13');
      await expect(figure('Missing')).toContainText('2');
      await tab('Settings').click();
      await least.fill('0.5');
      await least.blur();
      await tab('Overview').click();
      await expect(figure('Right')).toContainText('14');
    });

    test('ground truth is opened, edited and left again, apart from the labels', async () => {
      const { page } = launched;
      await page.keyboard.press('Alt+2');
      await expect(label.images.getByRole('option', { selected: true })).toBeVisible();
      await label.images.getByRole('option', { name: /001\.png/ }).click();
      await expect(label.objects.getByRole('option')).toHaveCount(2);
      await page.keyboard.press('Control+Shift+P');
      await page.keyboard.type('Edit the ground truth');
      await page.keyboard.press('Enter');
      await expect(page.getByText('Editing the ground truth')).toBeVisible();
      await expect(label.objects.getByRole('option')).toHaveCount(3);
      // The truth has no state of its own; what is edited is said in its place.
      const status = page.getByRole('region', { name: 'Status' });
      await expect(status).toContainText('Ground truth');
      await expect(status).not.toContainText('Unlabelled');
      await page.screenshot({ path: `${SHOTS}/quality-edit-truth.png` });
      await page.getByRole('button', { name: 'Back to the labels' }).click();
      await expect(label.objects.getByRole('option')).toHaveCount(2);
      await expect(page.getByText('Editing the ground truth')).toHaveCount(0);
      await showQuality();
    });

    test('the report is saved as CSV and JSON', async () => {
      const { app, page } = launched;
      for (const [item, extension] of [
        ['Report as CSV', 'csv'],
        ['Report as JSON, with definitions', 'json'],
      ] as const) {
        const file = path.join(temporaryFolder('report'), `report.${extension}`);
        await answerSaveDialog(app, file);
        await page.getByRole('button', { name: 'Export', exact: true }).click();
        await page.getByRole('menuitem', { name: item }).click();
        await expect.poll(() => fs.existsSync(file)).toBe(true);
        const text = fs.readFileSync(file, 'utf8');
        if (extension === 'csv') expect(text).toContain('labels,all,,14,15,15,1,1,0,');
        else expect(JSON.parse(text).figures.subjects.labels.overall.valid).toBe(14);
      }
    });

    test('several answers are merged into the labels, and the merge is undone', async () => {
      const { page } = launched;
      await openTestPage(launched);
      await page.evaluate(
        ([a, b, truck]) =>
          window.qualityPage.seedAnswers(5, [
            { name: 'Ada', boxes: [a, b] },
            { name: 'Ben', boxes: [a, b] },
            { name: 'Cy', boxes: [a, truck] },
          ]),
        [CAR_A, CAR_B, TRUCK] as const,
      );
      await openApp(launched);
      await showQuality();
      await tab('Agreement').click();
      await expect(page.getByText('1 image with several answers')).toBeVisible();
      await page.getByRole('button', { name: 'Show what a merge would do' }).click();
      // Two of three are needed: both cars are settled, the truck that one person drew is not.
      await expect(page.getByText('1 image: 2 objects settled, 1 disputed and left out.')).toBeVisible();
      await shots('agreement');
      await page.getByRole('button', { name: 'Merge into the labels' }).click();
      const notices = page.getByRole('region', { name: 'Notifications' });
      await expect(notices.getByText('Merged the answers for 1 image.')).toBeVisible();

      // The gallery orders by it: Cy did not see the second car, so people disagree about it more than about the first.
      await page.keyboard.press('Alt+g');
      const order = page
        .getByRole('toolbar', { name: 'What is shown' })
        .getByRole('combobox', { name: 'Order' });
      await expect(async () => {
        await order.click();
        await page.getByRole('option', { name: 'Disagreement' }).click({ timeout: 2000 });
      }).toPass();
      await page.getByRole('button', { name: /turn round/ }).click();
      await expect(
        page.getByRole('grid', { name: 'Objects' }).getByRole('gridcell').first(),
      ).toHaveAccessibleName(/005\.png/);
      await shots('gallery-disagreement');
      await openTestPage(launched);
      expect((await page.evaluate(() => window.qualityPage.storedLabels()))[5]).toEqual(['car', 'car']);
      await openApp(launched);
      await page.keyboard.press('Alt+2');
      await expect(label.canvas).toBeVisible();
      await page.keyboard.press('Control+Alt+z');
      await expect(notices.getByText(/Undid|Undone|undone/).first()).toBeVisible();
      await openTestPage(launched);
      expect((await page.evaluate(() => window.qualityPage.storedLabels()))[5]).toEqual([]);
      await openApp(launched);
    });

    test('a published version carries the figures, and where the journal stood', async () => {
      const { page } = launched;
      await page.getByRole('button', { name: 'Datasets' }).click();
      const form = page.getByRole('form', { name: 'Publish a version' });
      const measured = form.getByRole('table', { name: 'Quality' });
      await expect(measured).toContainText('0.30 (');
      await expect(measured).toContainText('0.88');
      await shots('publish');
      await form.getByRole('button', { name: 'Publish', exact: true }).click();
      await expect(page.getByText(/Version [0-9a-f]{8} is published/).first()).toBeVisible();
      const { review } = newestManifest(launched.home) as { review: VersionReview };
      // Of one image three people say (car, car, car), (car, car, nothing), (nothing, nothing, truck): 9 values, 5 car,
      // 3 nothing, 1 truck. Observed (2 + 2) / 9, expected (81 - 25 - 9 - 1) / 72: alpha 1 - 32 / 46.
      expect(review.agreement).toMatchObject({ metric: 'krippendorffAlpha', n: 3 });
      expect(review.agreement?.value).toBeCloseTo(14 / 46, 12);
      expect(review.agreement?.low).toBeLessThanOrEqual(14 / 46);
      expect(review.agreement?.high).toBeGreaterThanOrEqual(14 / 46);
      // 15 objects in the truth, 15 labelled: 14 right (one of them with an IoU of 2 / 3), 1 missing, 1 extra.
      // The sixth picture, whose merge was undone, counts as unlabelled and is left out of both.
      expect(review.quality?.groundTruthImages).toBe(5);
      expect(review.quality?.accuracy).toBeCloseTo(14 / 16, 12);
      expect(review.quality?.precision).toBeCloseTo(14 / 15, 12);
      expect(review.quality?.recall).toBeCloseTo(14 / 15, 12);
      expect(review.quality?.meanIoU).toBeCloseTo((13 + 2 / 3) / 14, 6);
      expect(review.coverage).toEqual({ accepted: 0, reviewed: 0, total: 5, changedSince: 0 });
      expect(review.gate).toBeNull();
      expect(review.auditHead.seq).toBeGreaterThan(12);
      expect(review.auditHead.hash).toMatch(/^[0-9a-f]{64}$/);
    });

    test('time is measured, shown and exported', async () => {
      const { app, page } = launched;
      await page.keyboard.press('Alt+2');
      await expect(label.canvas).toBeVisible();
      await label.canvas.focus();
      await label.press('r');
      await label.drag([300, 300], [360, 360]);
      await label.press('ArrowDown');
      await page.waitForTimeout(6000);
      await showQuality();
      await tab('Time').click();
      await expect(page.getByText('What is measured, and what is not')).toBeVisible();
      await expect(page.getByRole('region', { name: 'Time by person' }).getByRole('row')).toHaveCount(2);
      await shots('time');
      const file = path.join(temporaryFolder('work'), 'work.parquet');
      await answerSaveDialog(app, file);
      await page.getByRole('button', { name: 'Export Parquet' }).click();
      await expect.poll(() => fs.existsSync(file)).toBe(true);
      expect(fs.readFileSync(file).subarray(0, 4).toString()).toBe('PAR1');
    });
  });

test('a honeypot looks like any other picture to the labeller, and its answer touches no label', async () => {
  const folder = path.join(temporaryFolder('pictures'), 'street');
  writePictures(folder, 4);
  const launched = await launchApp();
  const { page } = launched;
  const people = peoplePage(page);
  const label = labelPage(page);
  try {
    await page.setViewportSize({ width: 1280, height: 800 });
    await createProject(launched, { name: 'Streets', folder, images: 4 });
    await people.createPerson({ name: 'Ada', role: 'admin', passphrase: 'green horses over hills' });
    await people.createPerson({ name: 'Ben', role: 'labeller', passphrase: 'seven quiet yellow boats' });
    await openTestPage(launched);
    // The first picture has ground truth and labels; half of what Ben gets shall be honeypots, so it is one for sure.
    await page.evaluate((truth) => window.qualityPage.seedCompared([{ truth, labels: truth }]), TRUTH);
    await openApp(launched);
    await page.keyboard.press('Alt+q');
    await page.getByRole('tab', { name: 'Settings' }).click();
    const share = page.getByLabel('Honeypots in a labeller’s queue');
    await share.fill('50');
    await share.blur();
    // Read back from what is stored.
    await page.getByRole('tab', { name: 'Time' }).click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await expect(share).toHaveValue('50');
    await people.signOut();
    await people.signIn({ name: 'Ben', passphrase: 'seven quiet yellow boats' });
    // No figure over the whole project stands beside its name: it would not move with a honeypot.
    const row = page.getByRole('listitem').filter({ hasText: 'Streets' });
    await expect(row).toContainText('4 images');
    await expect(row).not.toContainText(/annotations|labelled|to do|in progress/);
    await page.getByText('Streets').first().click();
    await expect(label.canvas).toBeVisible();
    // The picture whose labels are known counts as one that nobody has touched.
    await expect(page.getByRole('button', { name: '4 unlabelled, go to the next' })).toBeVisible();
    const rows = label.images.getByRole('option');
    /** All that a row says, to the eye and to a screen reader, without its name. */
    const said = (index: number) =>
      rows.nth(index).evaluate((row) =>
        [row, ...row.querySelectorAll('*')]
          .flatMap((part) => [part.getAttribute('aria-label'), part.getAttribute('title')])
          .concat(row.textContent)
          .map((text) => text?.replaceAll(/00\d/g, '') ?? ''),
      );
    // Another picture is open, and the honeypot looks like the one that nobody has touched.
    await rows.nth(3).click();
    await expect(rows.nth(3)).toHaveAttribute('aria-selected', 'true');
    expect(await said(0)).toEqual(await said(1));
    await rows.first().click();
    await expect(label.images.getByRole('option', { selected: true })).toContainText('000.png');
    await expect(label.objects.getByRole('option')).toHaveCount(0);
    await page.screenshot({ path: `${SHOTS}/quality-honeypot.png` });
    await label.canvas.focus();
    await label.press('r');
    await label.drag([40, 40], [140, 120]);
    await expect(label.objects.getByRole('option')).toHaveCount(1);
    // The count and the row follow the answer like any other picture's labels.
    await expect(page.getByRole('button', { name: '3 unlabelled, go to the next' })).toBeVisible();
    await expect(rows.first()).toContainText('1 object');
    await label.press('Control+Enter');
    await expect(rows.first().getByRole('img', { name: 'Labelled', exact: true })).toBeVisible();
    await page.getByRole('button', { name: /^Filter by state/ }).click();
    await page.getByRole('combobox', { name: 'State' }).click();
    await expect(page.getByRole('option', { name: 'Labelled (1)', exact: true })).toBeVisible();
    await page.getByRole('option', { name: 'Unlabelled (3)' }).click();
    await expect(rows).toHaveCount(3);
    await page.keyboard.press('Escape');
    // Whatever shows the labels of all pictures is for others here.
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await page
      .getByRole('link', { name: 'Gallery' })
      .or(page.getByRole('button', { name: 'Gallery' }))
      .first()
      .click();
    await expect(page.getByText('The gallery is for reviewers here')).toBeVisible();
    await page.screenshot({ path: `${SHOTS}/quality-gallery-labeller.png` });
    await page.getByRole('button', { name: 'Datasets' }).click();
    await expect(page.getByText('Dataset versions are for reviewers here')).toBeVisible();
    // A labeller sees their own figures, and nothing that would tell what they are measured by.
    await page.keyboard.press('Alt+q');
    await expect(page.getByText('Streets · your own work')).toBeVisible();
    await expect(page.getByText('What is measured, and what is not')).toBeVisible();
    await expect(page.getByRole('tab')).toHaveCount(0);
    await page.screenshot({ path: `${SHOTS}/quality-labeller.png` });
    await people.signOut();
    await people.signIn({ name: 'Ada', passphrase: 'green horses over hills' });
    await page.getByText('Streets').first().click();
    await expect(label.canvas).toBeVisible();
    await page.keyboard.press('Alt+q');
    await page.getByRole('tab', { name: 'People' }).click();
    const honeypots = page.getByRole('region', { name: 'Honeypots' });
    await expect(honeypots.getByRole('row', { name: /Ben/ })).toContainText('3');
    // One of three objects was found: recall a third.
    await expect(honeypots.getByRole('row', { name: /Ben/ })).toContainText('33.3%');
    await openTestPage(launched);
    expect((await page.evaluate(() => window.qualityPage.storedLabels()))[0]).toEqual([
      'car',
      'car',
      'truck',
    ]);
  } finally {
    await launched.close();
  }
});
