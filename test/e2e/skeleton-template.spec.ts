import { expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp } from '../harness/electron-app';

test.describe
  .serial('the skeleton of a label', () => {
    let launched: LaunchedApp;
    let page: Page;
    const skeleton = () => page.getByRole('region', { name: 'Skeleton' });
    const pane = () => skeleton().getByRole('group', { name: /^Joints in the box/ });
    const joint = (name: string) => pane().getByRole('button', { name: new RegExp(`^\\d+ ${name},`) });
    const names = () =>
      skeleton()
        .getByRole('textbox', { name: /^Name of joint/ })
        .evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));

    test.beforeAll(async () => {
      launched = await launchApp();
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.getByRole('button', { name: 'New project' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Joints');
      await page.getByRole('button', { name: 'Create without images' }).click();
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Schema' }).click();
      await page.getByLabel('Name of a new label').fill('cyclist');
      await page.keyboard.press('Enter');
      await expect(skeleton()).toBeVisible();
    });
    test.afterAll(() => launched.close());

    test('begins with COCO’s person, and axe finds nothing wrong in both themes', async () => {
      await skeleton().getByRole('button', { name: 'Start from…' }).click();
      await page.getByRole('menuitem', { name: 'Person, 17 joints (COCO)' }).click();
      await expect(skeleton()).toContainText('17 joints, 19 edges');
      await joint('left_elbow').click();
      await skeleton().scrollIntoViewIfNeeded();
      for (const theme of ['dark', 'light']) {
        await page.evaluate((value) => {
          document.documentElement.dataset.mantineColorScheme = value;
        }, theme);
        expect(await accessibilityViolations(page)).toEqual([]);
        await page.screenshot({ path: test.info().outputPath(`skeleton-${theme}.png`) });
      }
      await page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'dark';
      });
    });

    test('joints are placed, joined, moved and parted by mouse', async () => {
      await skeleton().getByRole('button', { name: 'Replace…' }).click();
      await page.getByRole('menuitem', { name: 'One joint, to begin with' }).click();
      await expect(skeleton()).toContainText('1 joint, 0 edges');
      await joint('joint 1').click();
      await pane().click({ position: { x: 60, y: 60 }, modifiers: ['Shift'] });
      await expect(skeleton()).toContainText('2 joints, 1 edge.');
      await pane().click({ position: { x: 250, y: 60 } });
      await expect(skeleton()).toContainText('3 joints, 1 edge.');
      await joint('joint 1').click({ modifiers: ['Shift'] });
      await expect(skeleton()).toContainText('3 joints, 2 edges');
      await joint('joint 1').click({ modifiers: ['Shift'] });
      await expect(skeleton()).toContainText('3 joints, 1 edge.');

      const from = await joint('joint 3').boundingBox();
      const room = await pane().boundingBox();
      if (from === null || room === null) throw new Error('the pane is not shown');
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      // The box begins 16 px from the pane's edge and is 288 px wide: three quarters across and all the way down.
      await page.mouse.move(room.x + 1 + 16 + 216, room.y + 1 + 16 + 400, { steps: 4 });
      await page.mouse.up();
      await expect(joint('joint 3')).toHaveAccessibleName('3 joint 3, 75 % across, 100 % down');
    });

    test('and by keyboard alone; what was done is undone', async () => {
      await skeleton().getByRole('button', { name: 'Add joint' }).focus();
      await page.keyboard.press('Enter');
      await expect(skeleton()).toContainText('4 joints, 2 edges');
      await joint('joint 2').focus();
      await page.keyboard.press('Enter');
      await joint('joint 4').focus();
      await page.keyboard.press('j');
      await expect(skeleton()).toContainText('4 joints, 3 edges');
      const before = await joint('joint 4').getAttribute('aria-label');
      await page.keyboard.press('Shift+ArrowRight');
      await expect(joint('joint 4')).not.toHaveAccessibleName(before ?? '');
      await page.keyboard.press('Delete');
      await expect(skeleton()).toContainText('3 joints');
      await page.keyboard.press('Control+z');
      await expect(skeleton()).toContainText('4 joints, 3 edges');
    });

    test('joints are renamed and reordered, and two cannot have one name', async () => {
      const field = skeleton().getByRole('textbox', { name: 'Name of joint 2' });
      await field.fill('head');
      await page.keyboard.press('Enter');
      await expect.poll(names).toEqual(['joint 1', 'head', 'joint 3', 'joint 4']);
      await skeleton().getByRole('button', { name: 'Move head up' }).click();
      await expect.poll(names).toEqual(['head', 'joint 1', 'joint 3', 'joint 4']);
      await skeleton().getByRole('textbox', { name: 'Name of joint 3' }).fill('Head');
      await page.keyboard.press('Enter');
      await expect(skeleton().getByRole('alert')).toContainText('There is already a joint named “Head”.');
    });
  });
