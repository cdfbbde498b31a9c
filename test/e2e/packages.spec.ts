import fs from 'node:fs';
import path from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { callMain } from '../harness/bridge-calls';
import { launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, labelPage, writePictures } from '../harness/label-page';
import { peoplePage } from '../harness/people-page';
import { logLines } from '../harness/shell';

const SHOTS = path.resolve(import.meta.dirname, '../../build/e2e-shots');

/** Makes the dialogs for saving and opening answer with this file. */
function answerFileDialogs(app: ElectronApplication, file: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, file);
}

/** Pictures of both themes. */
async function photograph(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark']) {
    await page.evaluate((next) => {
      document.documentElement.dataset.mantineColorScheme = next;
    }, scheme);
    await page.screenshot({ path: path.join(SHOTS, `${name}-${scheme}.png`) });
  }
}

async function goTo(page: Page, screen: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: screen, exact: true })
    .click();
}

test('work goes to another computer, comes back and is merged, and a conflict is decided once', async () => {
  test.setTimeout(240_000);
  fs.mkdirSync(SHOTS, { recursive: true });
  const folder = temporaryFolder('packages');
  const [work, first, second] = ['work', 'first', 'second'].map((name) => path.join(folder, `${name}.gmk`));
  if (work === undefined || first === undefined || second === undefined) throw new Error('no names');
  const pictures = path.join(temporaryFolder('pictures'), 'street');
  writePictures(pictures, 3);
  const lead = await launchApp();
  const worker = await launchApp();
  try {
    // A box on the first picture, then all three go out.
    await createProject(lead, { name: 'Crossing', folder: pictures, images: 3 });
    const here = labelPage(lead.page);
    await lead.page.keyboard.press('r');
    await here.drag([100, 100], [220, 200]);
    await expect(here.objects.getByRole('option')).toHaveCount(1);
    await expect(here.saved).toHaveText(/^Saved/);
    await answerFileDialogs(lead.app, work);
    await goTo(lead.page, 'Apart');
    await expect(lead.page.getByText('Nothing is handed out')).toBeVisible();
    await lead.page.getByRole('combobox', { name: 'Images' }).click();
    await lead.page.getByRole('option', { name: 'All images' }).click();
    await lead.page.getByRole('combobox', { name: 'For' }).fill('Will');
    await photograph(lead.page, 'packages-issue');
    expect(await accessibilityViolations(lead.page)).toEqual([]);
    await lead.page.getByRole('button', { name: 'Hand out…' }).click();
    await expect(lead.page.getByText(/3 images for Will, signed/)).toBeVisible();
    await expect(lead.page.getByRole('cell', { name: 'not yet' })).toBeVisible();

    // There: another box, then it is given back.
    await answerFileDialogs(worker.app, work);
    await worker.page.getByRole('button', { name: 'Open a bundle…' }).click();
    await expect(worker.page.getByText(/Opened “Crossing”, work from/)).toBeVisible();
    await worker.page
      .getByRole('button', { name: /Crossing/ })
      .first()
      .click();
    const there = labelPage(worker.page);
    await expect(there.objects.getByRole('option')).toHaveCount(1);
    await worker.page.keyboard.press('r');
    await there.drag([300, 200], [420, 300]);
    await expect(there.objects.getByRole('option')).toHaveCount(2);
    await expect(there.saved).toHaveText(/^Saved/);
    await answerFileDialogs(worker.app, first);
    await goTo(worker.page, 'Apart');
    await photograph(worker.page, 'packages-received');
    await worker.page.getByRole('button', { name: 'Give the work back…' }).click();
    await expect(worker.page.getByText(/2 annotations, signed/)).toBeVisible();

    // Here: a clean merge, and nothing the second time.
    await answerFileDialogs(lead.app, first);
    await lead.page.getByRole('button', { name: 'Merge what came back…' }).click();
    await expect(lead.page.getByText(/Merged “Crossing” from .*: 1 annotation in 1 image/)).toBeVisible();
    await lead.page.getByRole('button', { name: 'Merge what came back…' }).click();
    await expect(lead.page.getByText(/was merged before\. Nothing was changed/)).toBeVisible();
    await goTo(lead.page, 'Label');
    await expect(here.objects.getByRole('option')).toHaveCount(2);

    // Both move the first box, each elsewhere.
    await lead.page.keyboard.press('v');
    await here.drag([160, 150], [200, 150]);
    await expect(here.saved).toHaveText(/^Saved/);
    await goTo(worker.page, 'Label');
    await expect(there.objects.getByRole('option')).toHaveCount(2);
    await worker.page.keyboard.press('v');
    await there.drag([160, 150], [160, 190]);
    await expect(there.saved).toHaveText(/^Saved/);
    await answerFileDialogs(worker.app, second);
    await goTo(worker.page, 'Apart');
    await worker.page.getByRole('button', { name: 'Give the work back…' }).click();
    await expect.poll(() => fs.existsSync(second)).toBe(true);
    await expect(worker.page.getByText('It was given back 2 times', { exact: false })).toBeVisible();

    await answerFileDialogs(lead.app, second);
    await goTo(lead.page, 'Apart');
    await lead.page.getByRole('button', { name: 'Merge what came back…' }).click();
    await expect(lead.page.getByText(/1 conflict to decide/)).toBeVisible();
    await lead.page.getByRole('tab', { name: /Conflicts/ }).click();
    const conflict = lead.page.getByRole('region', { name: 'Conflict' });
    await expect(conflict.getByRole('row', { name: /Outline/ })).toContainText('at 140, 100');
    await expect(conflict.getByRole('row', { name: /Outline/ })).toContainText('at 100, 140');
    await expect(conflict.locator('canvas[data-drawn=true]')).toHaveCount(3);
    await photograph(lead.page, 'packages-conflict');
    expect(await accessibilityViolations(lead.page)).toEqual([]);
    await lead.page.keyboard.press('t');
    await expect(lead.page.getByText('Nothing to decide')).toBeVisible();
    await goTo(lead.page, 'Label');
    await expect.poll(() => here.described()).toContainEqual(expect.stringContaining('at 100, 140'));
  } finally {
    await worker.close();
    await lead.close();
  }
});

test('a labeller gives back under their own key what a lead opened for them; nobody else can', async () => {
  test.setTimeout(240_000);
  fs.mkdirSync(SHOTS, { recursive: true });
  const folder = temporaryFolder('packages-people');
  const [work, back] = ['work', 'back'].map((name) => path.join(folder, `${name}.gmk`));
  if (work === undefined || back === undefined) throw new Error('no names');
  const pictures = path.join(temporaryFolder('pictures'), 'street');
  writePictures(pictures, 2);
  const LEAD = { name: 'Lena', role: 'lead', passphrase: 'correct horse battery' } as const;
  const WILL = { name: 'Will', role: 'labeller', passphrase: 'staple of paper' } as const;
  const lead = await launchApp();
  const worker = await launchApp();
  const stranger = await launchApp();
  try {
    // The key that Will tells.
    const there = peoplePage(worker.page);
    await there.createPerson(LEAD);
    const will = await there.createPerson(WILL);
    const listed = await callMain(worker.page, 'people.list', {});
    if (!listed.ok) throw new Error(listed.error.message);
    const key = listed.value.find(({ id }) => id === will)?.publicKey ?? '';

    await createProject(lead, { name: 'Crossing', folder: pictures, images: 2 });
    await answerFileDialogs(lead.app, work);
    await goTo(lead.page, 'Apart');
    await lead.page.getByRole('combobox', { name: 'For' }).fill('Will');
    await lead.page.getByRole('textbox', { name: 'Their key' }).fill('no key');
    await expect(lead.page.getByText(/This is no key/)).toBeVisible();
    await lead.page.getByRole('textbox', { name: 'Their key' }).fill(key);
    await lead.page.getByRole('button', { name: 'Hand out…' }).click();
    await expect(lead.page.getByText(/2 images for Will, signed/)).toBeVisible();

    // On a computer that does not have that key it is refused, with the way out, and the log has it.
    await answerFileDialogs(stranger.app, work);
    await stranger.page.getByRole('button', { name: 'Open a bundle…' }).click();
    const reason = stranger.page.getByRole('region', { name: 'Notifications' });
    await expect(reason.getByText(/is for Will, whose key is not on this computer/)).toBeVisible();
    await photograph(stranger.page, 'packages-other-addressee');
    expect(logLines(stranger.home).at(-1)).toMatchObject({ code: 'package.other-addressee' });
    await expect(stranger.page.getByRole('region', { name: 'Welcome' })).toBeVisible();

    // Lena opens it for Will, and is told that only he gives it back.
    await answerFileDialogs(worker.app, work);
    await worker.page.getByRole('button', { name: 'Open a bundle…' }).click();
    await expect(worker.page.getByText(/Opened “Crossing”, work from/)).toBeVisible();
    await worker.page
      .getByRole('button', { name: /Crossing/ })
      .first()
      .click();
    await goTo(worker.page, 'Apart');
    await expect(worker.page.getByText('Only Will can give it back', { exact: false })).toBeVisible();
    await photograph(worker.page, 'packages-for-another');
    expect(await accessibilityViolations(worker.page)).toEqual([]);
    await answerFileDialogs(worker.app, back);
    await worker.page.getByRole('button', { name: 'Give the work back…' }).click();
    await expect(worker.page.getByText(/must be signed with their key/).first()).toBeVisible();
    expect(fs.existsSync(back)).toBe(false);
    expect(logLines(worker.home).at(-1)).toMatchObject({
      from: 'window',
      details: { code: 'package.bad-signature' },
    });

    // Will labels and gives it back.
    await there.signOut();
    await there.signIn(WILL);
    await goTo(worker.page, 'Label');
    const label = labelPage(worker.page);
    await expect(label.images.getByRole('option', { selected: true })).toBeVisible();
    await expect(label.canvas).toBeVisible();
    await label.press('r');
    await label.drag([300, 200], [420, 300]);
    await expect(label.objects.getByRole('option')).toHaveCount(1);
    await expect(label.saved).toHaveText(/^Saved/);
    await goTo(worker.page, 'Apart');
    await expect(worker.page.getByText('Only Will can give it back', { exact: false })).toHaveCount(0);
    await worker.page.getByRole('button', { name: 'Give the work back…' }).click();
    await expect(worker.page.getByText(/1 annotation, signed/)).toBeVisible();
    await expect(worker.page.getByText('It was given back once', { exact: false })).toBeVisible();
    await photograph(worker.page, 'packages-given-back');

    await answerFileDialogs(lead.app, back);
    await lead.page.getByRole('button', { name: 'Merge what came back…' }).click();
    await expect(lead.page.getByText(/Merged “Crossing” from Will: 1 annotation in 1 image/)).toBeVisible();
    await photograph(lead.page, 'packages-list');

    // The same bytes, one of them changed.
    const bytes = fs.readFileSync(back);
    bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
    fs.writeFileSync(back, bytes);
    await lead.page.getByRole('button', { name: 'Merge what came back…' }).click();
    await expect(
      lead.page.getByRole('region', { name: 'Notifications' }).getByText(/Nothing was changed; ask for/),
    ).toBeVisible();
    expect(logLines(lead.home).some(({ channel }) => channel === 'package.openReturn')).toBe(true);
  } finally {
    await stranger.close();
    await worker.close();
    await lead.close();
  }
});
