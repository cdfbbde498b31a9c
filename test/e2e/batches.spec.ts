import path from 'node:path';
import { expect, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, writePictures } from '../harness/label-page';
import { peoplePage } from '../harness/people-page';
import { photograph } from '../harness/photograph';

const ADA = { name: 'Ada', role: 'admin', passphrase: 'seven tall lamps' } as const;
const LEO = { name: 'Leo', role: 'labeller', passphrase: 'nine green kettles' } as const;

/** A lot of 26 to 50 has the code letters C, D and E at the levels I, II and III (ISO 2859-1, table 1). */
const IMAGES = 30;

test.describe
  .serial('batches, sampled and judged', () => {
    let launched: LaunchedApp;
    let label: LabelPage;
    const folder = path.join(temporaryFolder('pictures'), 'street');
    const tab = (name: string) => launched.page.getByRole('tab', { name, exact: true });
    const note = (text: string | RegExp) =>
      launched.page.getByRole('region', { name: 'Notifications' }).getByText(text);
    const undo = async () => {
      const button = launched.page
        .getByRole('region', { name: 'Notifications' })
        .getByRole('button', { name: 'Undo' });
      await button.last().click();
    };
    const table = () => launched.page.getByRole('table', { name: 'Batches' });
    const row = (name: string) => table().getByRole('row').filter({ hasText: name });
    const preview = () => launched.page.getByRole('status', { name: 'What will be drawn' });
    const choose = async (field: string, option: string | RegExp) => {
      await launched.page.getByRole('combobox', { name: field, exact: true }).click();
      await launched.page.getByRole('option', { name: option, exact: true }).click();
    };
    const openBatches = async () => {
      await launched.page.keyboard.press('Alt+j');
      await tab('Batches').click();
    };
    const giveBack = async () => {
      const { page } = launched;
      await expect(page.getByRole('region', { name: 'Where the image stands' })).toContainText('To review');
      await label.canvas.focus();
      await label.press('g');
      await page.getByLabel('What is to be mended').fill('A car is missing.');
      await page.getByRole('button', { name: 'Give back', exact: true }).last().click();
    };
    const looked = async (name: string) => {
      await photograph(launched.page, `batches-${name}`);
      expect(await accessibilityViolations(launched.page)).toEqual([]);
    };

    test.beforeAll(async () => {
      writePictures(folder, IMAGES);
      launched = await launchApp();
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      await launched.page.emulateMedia({ reducedMotion: 'reduce' });
      label = await createProject(launched, { name: 'Streets', folder, images: IMAGES });
    });
    test.afterAll(() => launched.close());

    test('review is turned on in its settings, and off again by one undo', async () => {
      const { page } = launched;
      await label.canvas.focus();
      for (let image = 1; image <= IMAGES; image += 1) {
        await expect(label.images.getByRole('option', { selected: true })).toHaveAttribute(
          'aria-posinset',
          String(image),
        );
        await label.press('e');
        await expect(label.saved).toContainText(/saved/i);
        await label.press('d');
      }
      await page.keyboard.press('Alt+j');
      await tab('Settings').click();
      const isReviewed = page.getByRole('switch', { name: 'Images are reviewed' });
      await isReviewed.click();
      await expect(isReviewed).toBeChecked();
      await looked('settings');
      await undo();
      await expect(isReviewed).not.toBeChecked();
      await isReviewed.click();
      await expect(isReviewed).toBeChecked();
      await page.getByRole('switch', { name: 'People may accept their own work' }).click();
      await expect(page.getByText('nobody else looks')).toBeVisible();
      const idle = page.getByLabel('Idle after');
      await idle.fill('2');
      await idle.press('Enter');
      await expect(idle).toHaveValue('5 seconds');
      await expect(note('Work counts until 5 seconds without input.')).toBeVisible();
    });

    test('what was labelled before is handed in at once', async () => {
      const { page } = launched;
      await tab('Batches').click();
      await expect(page.getByText('No batches yet')).toBeVisible();
      await expect(page.getByText('30 labelled images never handed in')).toBeVisible();
      await looked('empty');
      await page.getByRole('button', { name: 'Hand in' }).click();
      await expect(note('30 images handed in for review.').first()).toBeVisible();
      await expect(page.getByText('never handed in')).toBeHidden();
    });

    test('a batch draws as many as ISO 2859-1 says, and says so before it is made', async () => {
      const { page } = launched;
      await page.getByRole('button', { name: 'New batch…' }).click();
      // Table 2-A, letter D at 2.5 %: the arrow leads up to C, 5 items, Ac 0.
      await expect(preview()).toContainText('5 of 30 images to review');
      await expect(preview()).toContainText('at most 0 nonconforming, rejected with 1 or more');
      // Letter D at 4 %: the arrow leads down to E, 13 items, Ac 1.
      await choose('Acceptance quality limit', '4%');
      await expect(preview()).toContainText('13 of 30 images to review');
      await expect(preview()).toContainText('at most 1 nonconforming, rejected with 2 or more');
      await expect(preview()).toContainText('Code letter E');
      // Level I, letter C at 4 %: up to B, 3 items, Ac 0.
      await choose('Inspection level', /^I, /);
      await expect(preview()).toContainText('3 of 30 images to review');
      // Table 2-B, level II, letter D at 4 %: down to F, 20 items, Ac 1.
      await choose('Inspection level', /^II, /);
      await page.getByText('Tightened', { exact: true }).click();
      await expect(preview()).toContainText('20 of 30 images to review');
      await expect(preview()).toContainText('at most 1 nonconforming');
      await page.getByText('Normal', { exact: true }).click();
      await looked('new-aql');
      await choose('Which of them are reviewed', 'Those with most risk');
      await expect(preview()).toContainText('20 of 30 images to review');
      await expect(preview()).toContainText('no image was labelled by several people; it counts 0');
      await expect(preview()).toContainText('nothing was judged yet; they count 0');
      await looked('new-risk');
      await choose('Which of them are reviewed', /^Acceptance sampling/);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Monday');
      await page.getByRole('button', { name: 'Make the batch' }).click();
      await expect(row('Monday')).toContainText('AQL 4%, level II, normal');
      await expect(row('Monday')).toContainText('0 of 13');
      await expect(row('Monday')).toContainText('13 images of the sample still to review.');
      await expect(row('Monday').getByRole('button', { name: 'Accept the batch' })).toHaveCount(0);
      // Its images are in no other batch until it has a verdict.
      await page.getByRole('button', { name: 'New batch…' }).click();
      await expect(page.getByText('No image is like this')).toBeVisible();
      await page.getByRole('button', { name: 'Close' }).first().click();
    });

    test('its sample is the queue, and its verdict follows from what was found', async () => {
      const { page } = launched;
      await row('Monday').getByRole('button', { name: 'Review the sample' }).click();
      await expect(label.images.getByRole('option')).toHaveCount(13);
      await label.images.getByRole('option').first().click();
      await giveBack();
      for (let image = 2; image <= 13; image += 1) {
        await expect(label.images.getByRole('option', { selected: true })).toHaveAttribute(
          'aria-posinset',
          String(image),
        );
        // A verdict needs what was said of the image so far.
        await expect(page.getByRole('region', { name: 'Where the image stands' })).toContainText('To review');
        await label.canvas.focus();
        await label.press('y');
      }
      await expect(page.getByRole('region', { name: 'Where the image stands' })).toContainText('Accepted');
      await openBatches();
      await expect(row('Monday')).toContainText('13 of 13');
      await expect(row('Monday')).toContainText('1 of 1 allowed');
      await looked('to-judge');
      const accept = row('Monday').getByRole('button', { name: 'Accept the batch' });
      await expect(row('Monday').getByRole('button', { name: 'Give the batch back' })).toHaveCount(0);
      await accept.click();
      await expect(note(/17 images accepted with it. What else is in it, 13 images, stays/)).toBeVisible();
      await expect(row('Monday')).toContainText('Accepted');
      await undo();
      await expect(accept).toBeVisible();
      await accept.click();
      await expect(row('Monday')).toContainText('Accepted');
      await looked('judged');
      await page.getByRole('button', { name: 'More for Monday' }).click();
      await page.getByRole('menuitem', { name: 'Take the verdict back' }).click();
      await expect(accept).toBeVisible();
      await accept.click();
      await expect(row('Monday')).toContainText('Accepted');
    });

    test('what changes after it was accepted is reviewed again, and nothing else', async () => {
      const { page } = launched;
      await page.keyboard.press('Alt+2');
      await expect(label.canvas).toBeVisible();
      // The last image was accepted with the batch or for itself.
      await label.images.focus();
      await label.press('End');
      await label.canvas.focus();
      await label.press('r');
      await label.drag([60, 60], [160, 140]);
      await expect(label.objects.getByRole('option')).toHaveCount(1);
      await expect(label.saved).toContainText(/saved/i);
      await openBatches();
      const again = page.getByText('1 accepted image changed since');
      await expect(again).toBeVisible();
      await page.getByRole('button', { name: 'Review again' }).click();
      await expect(note('1 changed image handed in for review again.').first()).toBeVisible();
      await expect(again).toBeHidden();
    });

    test('where a plan has no limit, a person decides', async () => {
      const { page } = launched;
      await page.getByRole('button', { name: 'New batch…' }).click();
      await choose('Which of them are reviewed', 'Some at random');
      await expect(preview()).toContainText('1 of 1 image to review');
      await expect(preview()).toContainText('for a person to decide');
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Tuesday');
      await page.getByRole('button', { name: 'Make the batch' }).click();
      await row('Tuesday').getByRole('button', { name: 'Review the sample' }).click();
      await expect(label.images.getByRole('option')).toHaveCount(1);
      await giveBack();
      await expect(page.getByRole('region', { name: 'Where the image stands' })).toContainText('Given back');
      await openBatches();
      await expect(row('Tuesday')).toContainText('this plan has no limit, so a person decides');
      await expect(row('Tuesday').getByRole('button', { name: 'Accept the batch' })).toBeVisible();
      await looked('person-decides');
      await row('Tuesday').getByRole('button', { name: 'Give the batch back' }).click();
      await expect(row('Tuesday')).toContainText('Rejected');
    });

    test('images are shared out among people, and taken back by one undo', async () => {
      const { page } = launched;
      await page.getByRole('button', { name: 'Assign images…' }).click();
      await choose('Images', 'All images');
      const labelling = page.getByRole('radiogroup', { name: 'To label' });
      await labelling.getByText('People', { exact: true }).click();
      const who = page.getByRole('combobox', { name: 'Who labels' });
      await who.fill('Ann');
      await who.press('Enter');
      await who.fill('Ben');
      await who.press('Enter');
      await expect(page.getByRole('status', { name: 'What will be assigned' })).toContainText(
        '30 images, 15 to label each',
      );
      await looked('assign');
      await page.getByRole('button', { name: 'Assign', exact: true }).click();
      await expect(note('30 images assigned.')).toBeVisible();
      await expect(row('Monday')).toContainText('Ann, Ben');
      await undo();
      await expect(row('Monday')).not.toContainText('Ann');
    });

    test('people with profiles are chosen by them; a labeller looks and changes nothing', async () => {
      const { page } = launched;
      const people = peoplePage(page);
      await people.createPerson(ADA);
      await people.createPerson(LEO);
      await openBatches();
      await page.getByRole('button', { name: 'More for Monday' }).click();
      await page.getByRole('menuitem', { name: 'Assign to people…' }).click();
      const reviewing = page.getByRole('radiogroup', { name: 'To review' });
      await reviewing.getByText('People', { exact: true }).click();
      await page.getByRole('combobox', { name: 'Who reviews' }).click();
      // A labeller may not judge.
      await expect(page.getByRole('option', { name: 'Leo' })).toHaveCount(0);
      await page.getByRole('option', { name: 'Ada', exact: true }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Assign', exact: true }).click();
      await expect(row('Monday')).toContainText('Reviews Ada');
      await people.signOut();
      await people.signIn(LEO);
      // Signing out leaves the project; it is opened again from the start page.
      await page
        .getByRole('button', { name: /Streets/ })
        .first()
        .click();
      await expect(label.canvas).toBeVisible();
      await openBatches();
      await expect(row('Monday')).toContainText('Accepted');
      await expect(page.getByRole('button', { name: 'New batch…' })).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'More for Monday' })).toHaveCount(0);
      await looked('labeller');
      await tab('Settings').click();
      await expect(page.getByText('Leads and admins change these.')).toBeVisible();
      for (const one of await page.getByRole('switch').all()) await expect(one).toBeDisabled();
      await expect(page.getByLabel('Lock after')).toBeDisabled();
      await looked('labeller-settings');
    });
  });
