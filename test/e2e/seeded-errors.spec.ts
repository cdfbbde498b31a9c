import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import {
  readYoloPictures,
  SEEDED_KINDS,
  type SeededError,
  type SeededKind,
  seedErrors,
  writeCocoOf,
} from '../harness/seeded-errors';
import { answerFolderDialog } from '../harness/shell';

const COCO = path.resolve(import.meta.dirname, '../../../shared/data/coco-val');
const IMAGES = path.join(COCO, 'images/val2017');
const LABELS = path.join(COCO, 'object_detection/labels/val2017');
/** Known errors of every kind; as many again as one in fifteen of all objects. */
const EACH = 60;
/** Of them at least this share must come up on the screens. */
const LEAST_SHARE = 0.95;

/** Names of the 80 categories in order, from the dataset's own settings file. */
function categoryNames(): readonly string[] {
  const lines = fs.readFileSync(path.join(COCO, 'object_detection/config.yaml'), 'utf8').split('\n');
  return lines.flatMap((line) => /^ {2}\d+: (.+)$/.exec(line)?.[1]?.trim() ?? []);
}

/** The options of a list of which only those on screen exist: their parts, joined by ` | `. */
async function allRows(page: Page, list: Locator): Promise<readonly string[]> {
  const found = new Map<string, string>();
  await list.evaluate((element) => element.scrollTo(0, 0));
  for (let isAtEnd = false; !isAtEnd; ) {
    await expect(list.getByRole('option').filter({ hasText: '.jpg' }).first()).toBeVisible();
    await page.waitForTimeout(60);
    const rows = await list.getByRole('option').evaluateAll((options) =>
      options.map((option) => ({
        id: option.id,
        isRead: option.textContent?.includes('.jpg') === true,
        text: [...option.querySelectorAll('span')].map((part) => part.textContent).join(' | '),
      })),
    );
    for (const { id, isRead, text } of rows) if (isRead) found.set(id, text);
    isAtEnd = await list.evaluate((element) => {
      const before = element.scrollTop;
      element.scrollBy(0, element.clientHeight * 0.8);
      return element.scrollTop === before;
    });
  }
  return [...found.values()];
}

/** How many seeds of a kind come up: each needs a row of its own that names its picture and says what is wrong. */
function surfaced(
  kind: SeededKind,
  errors: readonly SeededError[],
  rows: readonly string[],
  says: (row: string, error: SeededError) => boolean,
): number {
  const free = [...rows];
  let found = 0;
  for (const error of errors) {
    if (error.kind !== kind) continue;
    const row = free.findIndex((text) => text.includes(error.picture) && says(text, error));
    if (row < 0) continue;
    free.splice(row, 1);
    found += 1;
  }
  return found;
}

/** As the screens write a length in image px. */
const px = (length: number) => String(Math.round(length * 10) / 10);

test('sixty errors of every kind in real labels come up on the screens', async () => {
  test.skip(!fs.existsSync(COCO), 'skipped: shared data is not here');
  test.setTimeout(180_000);
  const names = categoryNames();
  const truth = readYoloPictures(LABELS, IMAGES);
  const { pictures, errors } = seedErrors(truth, EACH, names.length, 2026);
  expect(errors).toHaveLength(EACH * SEEDED_KINDS.length);
  const work = temporaryFolder('seeded');
  writeCocoOf(path.join(work, 'truth/annotations/instances.json'), truth, names);
  writeCocoOf(path.join(work, 'seeded/annotations/instances.json'), pictures, names);

  const launched = await launchApp();
  const { page } = launched;
  await page.setViewportSize({ width: 1280, height: 800 });
  await answerFolderDialog(launched.app, IMAGES);
  await page.getByRole('button', { name: 'New project' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByLabel('Name').fill('Seeded');
  await dialog.getByRole('radio', { name: 'COCO 80' }).click();
  await dialog.getByRole('button', { name: 'Create and add a folder…' }).click();
  await expect(page.getByText('128 images', { exact: true })).toBeVisible({ timeout: 20_000 });

  const inTruth = truth.reduce((sum, { boxes }) => sum + boxes.length, 0);
  await importLabels(launched, path.join(work, 'truth'), false);
  await expect(page.getByText(`Imported ${inTruth} annotations in 128 images.`).first()).toBeVisible();

  await page.keyboard.press('Alt+q');
  await page.getByRole('button', { name: 'Make ground truth' }).click();
  await page.getByRole('button', { name: 'Use as ground truth' }).click();
  await expect(page.getByRole('region', { name: 'Ground truth' })).toContainText(
    /12\d images with ground truth/,
  );

  await page.keyboard.press('Alt+2');
  await importLabels(launched, path.join(work, 'seeded'), true);
  await page.keyboard.press('Alt+q');
  await page.getByRole('tab', { name: 'Errors', exact: true }).click();
  const errorList = page.getByRole('listbox', { name: 'Errors' });
  await expect(errorList.getByRole('option').first()).toBeVisible({ timeout: 20_000 });
  const errorRows = await allRows(page, errorList);
  await page.screenshot({ path: 'build/e2e-shots/seeded-errors.png' });

  await page.getByRole('tab', { name: 'Findings', exact: true }).click();
  await expect(page.getByText(/checked\./)).toBeVisible({ timeout: 20_000 });
  const rowsOfRule = async (rule: string) => {
    await page.getByRole('navigation', { name: 'Rules' }).getByText(rule, { exact: true }).click();
    return allRows(page, page.getByRole('listbox', { name: 'Findings' }));
  };
  const outside = await rowsOfRule('Shape leaves the picture');
  const twice = await rowsOfRule('Same object twice');
  const probably = await rowsOfRule('Probably the same object twice');
  await page.screenshot({ path: 'build/e2e-shots/seeded-findings.png' });

  const name = ({ box }: SeededError) => names[box.category];
  const found = {
    missing: surfaced('missing', errors, errorRows, (row, seed) =>
      row.includes(`Missing | ${name(seed)} | `),
    ),
    duplicate: surfaced('duplicate', errors, [...twice, ...probably], () => true),
    // Height and top are as they were; the side is pulled out.
    outOfImage: surfaced(
      'outOfImage',
      errors,
      outside,
      (row, { box }) => row.includes(` × ${px(box.height)} at `) && row.includes(`, ${px(box.y)})`),
    ),
    mislabelled: surfaced('mislabelled', errors, errorRows, (row, seed) =>
      row.includes(`Mislabelled | ${name(seed)} labelled as `),
    ),
  };
  console.log(`seeded errors found of ${EACH} each: ${JSON.stringify(found)}`);
  for (const kind of SEEDED_KINDS) {
    expect(found[kind], kind).toBeGreaterThanOrEqual(Math.ceil(EACH * LEAST_SHARE));
  }
  await launched.close();
});

async function importLabels({ app, page }: LaunchedApp, folder: string, replaces: boolean): Promise<void> {
  await answerFolderDialog(app, folder);
  await page.keyboard.press('Control+Shift+i');
  const preview = page.getByRole('dialog', { name: /^Labels found in/ });
  await expect(preview.getByRole('combobox', { name: 'Read as' })).toHaveValue(/^COCO/, { timeout: 20_000 });
  if (replaces) await preview.getByText(/^Replace/).click();
  await preview.getByRole('button', { name: /^Import \d+ annotations/ }).click();
  await expect(page.getByText(/^Imported \d+ annotations in/).first()).toBeVisible({ timeout: 20_000 });
}
