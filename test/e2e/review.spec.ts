import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { datasetsPage } from '../harness/datasets-page';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, labelPage, PICTURE, writePictures } from '../harness/label-page';
import { peoplePage } from '../harness/people-page';
import { photograph } from '../harness/photograph';

const RITA = { name: 'Rita', role: 'lead', passphrase: 'a river of glass' } as const;
const ADA = { name: 'Ada', role: 'admin', passphrase: 'seven tall lamps' } as const;
const LEO = { name: 'Leo', role: 'labeller', passphrase: 'nine green kettles' } as const;

const COCO = path.resolve(import.meta.dirname, '../../../shared/data/coco-val/images/val2017');
const PHOTOS = 4;

/** Photos of coco-val that are as large as the drawn pictures; drawn ones where the shared data is not. */
function writePhotos(folder: string): { readonly isReal: boolean; readonly images: number } {
  fs.mkdirSync(folder, { recursive: true });
  if (!fs.existsSync(COCO)) {
    writePictures(folder, PHOTOS);
    return { isReal: false, images: PHOTOS };
  }
  const names = fs.readdirSync(COCO).filter((name) => isOfPictureSize(path.join(COCO, name)));
  const chosen = names.slice(0, PHOTOS);
  for (const name of chosen) fs.copyFileSync(path.join(COCO, name), path.join(folder, name));
  return { isReal: true, images: chosen.length };
}

/** Width and height are in the frame header of a JPEG: marker FFC0 (or C2), length, precision, height, width. */
function isOfPictureSize(file: string): boolean {
  const bytes = fs.readFileSync(file);
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xc0 || marker === 0xc2) {
      return bytes.readUInt16BE(at + 5) === PICTURE.height && bytes.readUInt16BE(at + 7) === PICTURE.width;
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}

test.describe
  .serial('label, review, suggest, fix, accept, publish', () => {
    let launched: LaunchedApp;
    const folder = path.join(temporaryFolder('pictures'), 'street');
    const inspector = () => launched.page.getByRole('complementary', { name: 'Inspector' });
    const panel = () => inspector().getByRole('tabpanel', { name: /^Review/ });
    const standing = () => panel().getByRole('region', { name: 'Where the image stands' });
    const part = (name: string) => panel().getByRole('region', { name, exact: true });
    const note = (text: string | RegExp) =>
      launched.page.getByRole('region', { name: 'Notifications' }).getByText(text);
    const label = () => labelPage(launched.page);
    const as = async (person: typeof ADA | typeof RITA | typeof LEO) => {
      const people = peoplePage(launched.page);
      await people.signOut();
      await people.signIn(person);
    };
    const openLabel = async () => {
      await launched.page.keyboard.press('Alt+2');
      await expect(label().images.getByRole('option', { selected: true })).toBeVisible();
      await label().canvas.focus();
    };
    const openReview = async () => {
      await launched.page.keyboard.press('Alt+j');
      await expect(launched.page.getByRole('heading', { name: 'Review' })).toBeVisible();
    };
    const showTab = (name: RegExp) => inspector().getByRole('tab', { name }).click();

    test.beforeAll(async () => {
      const { isReal, images } = writePhotos(folder);
      if (!isReal) test.info().annotations.push({ type: 'skipped: coco-val is not here, drawn pictures' });
      launched = await launchApp();
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      await createProject(launched, { name: 'Streets', folder, images });
      const people = peoplePage(launched.page);
      await people.createPerson(ADA);
      await people.createPerson(LEO);
      await people.createPerson(RITA);
    });
    test.afterAll(() => launched.close());

    test('a lead turns review on', async () => {
      await as(RITA);
      await openReview();
      await expect(launched.page.getByText('Images are not reviewed yet')).toBeVisible();
      await photograph(launched.page, 'review-off');
      await launched.page.getByRole('button', { name: 'Turn review on' }).click();
      await expect(launched.page.getByText('Nothing is in this queue')).toBeVisible();
      await photograph(launched.page, 'review-empty');
      expect(await accessibilityViolations(launched.page)).toEqual([]);
    });

    test('a labeller hands in by saying that an image is labelled, and then only looks', async () => {
      const { page } = launched;
      await as(LEO);
      await openLabel();
      for (const image of [0, 1]) {
        await label().press('r');
        await label().drag([60, 60], [160, 140]);
        await expect(label().objects.getByRole('option')).toHaveCount(1);
        await label().press('Control+Enter');
        await expect(note('Handed in for review.')).toBeVisible();
        await expect(label().images.getByRole('option', { selected: true })).toHaveAttribute(
          'aria-posinset',
          String(image + 2),
        );
      }
      await label().press('a');
      await expect(page.getByText('Handed in for review. It can be changed again')).toBeVisible();
      await label().press('r');
      await label().drag([200, 200], [300, 300]);
      await expect(label().objects.getByRole('option')).toHaveCount(1);
      await showTab(/^Review/);
      await expect(standing()).toContainText('To review');
      await photograph(page, 'review-handed-in');
      // Nobody accepts who may not.
      await openReview();
      await expect(page.getByText('Nothing is in this queue')).toBeVisible();
    });

    test('a reviewer marks defects, asks at a place, and gives back', async () => {
      const { page } = launched;
      await as(RITA);
      await openReview();
      await expect(label().images.getByRole('option')).toHaveCount(2);
      await expect(standing()).toContainText('To review');
      await expect(standing()).toContainText('Handed in by Leo');
      await label().canvas.focus();
      await label().click([61, 100]);
      await expect(label().canvas).toBeFocused();
      // Typed in one go: the digit is the defect's, not a label for the object that is selected.
      await label().press('u', '4');
      await expect(part('Defects').getByRole('listitem')).toHaveCount(1);
      await expect(part('Defects')).toContainText('Loose box');
      await expect(part('Defects')).toContainText('car');
      await label().canvas.focus();
      await label().press('Escape');
      const { x, y } = await label().at(300, 220);
      await page.mouse.move(x, y);
      await label().press('Shift+D');
      await page.getByLabel('Say or ask something').fill('Is this a car too?');
      await page.keyboard.press('Enter');
      await expect(part('Threads').getByRole('listitem')).toHaveCount(1);
      await label().canvas.focus();
      await label().press('Shift+U');
      await photograph(page, 'review-defect');
      await label().press('Shift+U');
      await photograph(page, 'review-thread');
      expect(await accessibilityViolations(page)).toEqual([]);
      await label().press('g');
      await expect(note('Given back.')).toBeVisible();
      await expect(label().images.getByRole('option', { selected: true })).toHaveAttribute(
        'aria-posinset',
        '2',
      );
    });

    test('and draws a fix as a suggestion on the next one', async () => {
      const { page } = launched;
      await expect(standing()).toContainText('To review');
      await label().canvas.focus();
      await label().press('Shift+F');
      await expect(page.getByText('Drawing a suggestion')).toBeVisible();
      await label().press('r');
      await label().drag([300, 200], [420, 320]);
      await photograph(page, 'review-suggesting');
      await label().press('Control+Enter');
      await page.getByLabel('What you changed, and why').fill('The second car');
      await page.keyboard.press('Enter');
      await expect(note(/^Proposed\./)).toBeVisible();
      await expect(part('Suggestions')).toContainText('The second car');
      await label().canvas.focus();
      await label().press('g');
      await page.getByLabel('What is to be mended').fill('See my suggestion');
      await page.keyboard.press('Enter');
      await expect(note('Given back.')).toBeVisible();
    });

    test('the labeller sees why, takes the suggestion over with one key, and hands in again', async () => {
      const { page } = launched;
      await as(LEO);
      await openLabel();
      await page.getByRole('button', { name: '2 images given back to you' }).click();
      await expect(page.getByText('2 of 4', { exact: true })).toBeVisible();
      await label().images.getByRole('option').nth(1).click();
      await showTab(/^Review/);
      await expect(standing()).toContainText('Given back');
      await expect(standing()).toContainText('See my suggestion');
      await label().canvas.focus();
      await label().press('Alt+y');
      await photograph(page, 'review-compared');
      await label().press('y');
      await expect(note(/^Took over the proposal of Rita/)).toBeVisible();
      await showTab(/^Objects/);
      await expect(label().objects.getByRole('option')).toHaveCount(2);
      await label().canvas.focus();
      await label().press('Control+Enter');
      await expect(note('Handed in for review.')).toBeVisible();

      // The first one: a wider box, an answer, and handed in again.
      await label().images.getByRole('option').nth(0).click();
      await showTab(/^Review/);
      await expect(part('Defects')).toContainText('Loose box');
      await part('Threads')
        .getByRole('button', { name: /Is this a car too/ })
        .click();
      await part('Threads').getByLabel('Reply').fill('Yes, added');
      await page.keyboard.press('Enter');
      await expect(part('Threads')).toContainText('Yes, added');
      await label().canvas.focus();
      await label().press('Control+0', 'r');
      await label().drag([260, 200], [360, 280]);
      await label().press('Control+Enter');
      await expect(note('Handed in for review.')).toBeVisible();
    });

    test('the reviewer compares with what was handed in first, mends, and accepts', async () => {
      const { page } = launched;
      await as(RITA);
      await openReview();
      await expect(label().images.getByRole('option')).toHaveCount(2);
      await label().images.getByRole('option').nth(0).click();
      await expect(standing()).toContainText('round 2');
      await part('Compare')
        .getByRole('button', { name: /As judged by Rita: show over/ })
        .click();
      await photograph(page, 'review-overlay');
      await part('Compare')
        .getByRole('button', { name: /As judged by Rita: show beside/ })
        .click();
      await expect(page.getByRole('region', { name: 'Beside: As judged by Rita' })).toBeVisible();
      await photograph(page, 'review-beside');
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Close what is shown beside the labels' }).click();
      await part('Threads')
        .getByRole('button', { name: /Is this a car too/ })
        .click();
      await part('Threads')
        .getByRole('button', { name: /^Resolve/ })
        .click();
      await expect(part('Threads')).toContainText('0 open');
      await label().canvas.focus();
      await label().press('m');
      await expect(note('Nothing was changed since it was handed in.')).toBeVisible();
      await label().press('Control+0', 'r');
      await label().drag([420, 340], [520, 420]);
      await label().press('m');
      await expect(note('Accepted with a fix.')).toBeVisible();
      await expect(label().images.getByRole('option', { selected: true })).toHaveAttribute(
        'aria-posinset',
        '2',
      );
      await expect(standing()).toContainText('To review');
      await label().press('y');
      await expect(note('Accepted.')).toBeVisible();
      await expect(standing()).toContainText('Accepted');
    });

    test('a verdict is taken back by its toast', async () => {
      const { page } = launched;
      await page
        .getByRole('region', { name: 'Notifications' })
        .getByRole('button', { name: 'Undo' })
        .last()
        .click();
      await expect(standing()).toContainText('To review');
      await label().canvas.focus();
      await label().press('y');
      await expect(standing()).toContainText('Accepted');
    });

    test('two people’s labels of one image are looked at, over each other and side by side', async () => {
      const { page } = launched;
      await page.keyboard.press('Alt+q');
      await page.getByRole('tab', { name: 'Settings', exact: true }).click();
      const consensus = page.getByRole('region', { name: 'Consensus' });
      await consensus.getByRole('combobox', { name: 'People' }).click();
      for (const name of [ADA.name, LEO.name]) {
        await page.getByRole('option', { name, exact: true }).click();
      }
      await page.keyboard.press('Escape');
      await consensus.getByRole('textbox', { name: 'Images' }).fill('2');
      await consensus.getByRole('button', { name: /^Give/ }).click();
      await expect(page.getByText('2 images for 2 people.')).toBeVisible();
      for (const [person, left] of [
        [LEO, 100],
        [ADA, 110],
      ] as const) {
        await as(person);
        await openLabel();
        await label().images.getByRole('option').nth(2).click();
        await expect(page.getByText('3 of 4', { exact: true })).toBeVisible();
        await showTab(/^Objects/);
        await expect(label().objects.getByRole('option')).toHaveCount(0);
        await label().canvas.focus();
        await label().press('r');
        await label().drag([left, 100], [left + 120, 200]);
        await expect(label().objects.getByRole('option')).toHaveCount(1);
        await label().press('Control+Enter');
        await expect(note('Handed in for review.')).toBeVisible();
      }
      await as(RITA);
      await openReview();
      await page.getByRole('combobox', { name: 'Queue' }).click();
      await page.getByRole('option', { name: /^All images/ }).click();
      await expect(page.getByText('4 in this queue')).toBeVisible();
      await label().images.getByRole('option').nth(2).click();
      const sets = part('Compare').getByRole('listitem');
      await expect(sets.filter({ hasText: 'Labels of' })).toHaveCount(2);
      await sets
        .filter({ hasText: 'Labels of Leo' })
        .getByRole('button', { name: /in place of/ })
        .click();
      await expect(page.getByText('Looking at the labels of Leo')).toBeVisible();
      await sets
        .filter({ hasText: 'Labels of Ada' })
        .getByRole('button', { name: /show over/ })
        .click();
      await sets
        .filter({ hasText: 'Labels of Ada' })
        .getByRole('button', { name: /show beside/ })
        .click();
      await expect(page.getByRole('region', { name: 'Beside: Labels of Ada' })).toBeVisible();
      await photograph(page, 'review-two-people');
      // Looking changes nothing.
      await label().canvas.focus();
      await label().press('r');
      await label().drag([300, 300], [400, 400]);
      await showTab(/^Objects/);
      await expect(label().objects.getByRole('option')).toHaveCount(1);
    });

    test('what is published says how far it was reviewed', async () => {
      const datasets = datasetsPage(launched, folder);
      await datasets.open();
      await datasets.publish('Reviewed streets', 1);
      await photograph(launched.page, 'review-published');
      await expect(datasets.versions.first()).toContainText('Reviewed streets');
    });
  });
