import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { callMain, callMainRaw } from '../harness/bridge-calls';
import { launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, labelPage, writePictures } from '../harness/label-page';
import { peoplePage } from '../harness/people-page';
import { logLines } from '../harness/shell';

const ADA = { name: 'Ada Lovelace', role: 'admin', passphrase: 'correct horse battery' } as const;
const BEN = { name: 'Ben', role: 'labeller', passphrase: 'staple of paper' } as const;

/** Pictures of both themes for looking at, where GROUNDMARK_SHOTS names a folder. */
async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env.GROUNDMARK_SHOTS;
  if (folder === undefined) return;
  for (const scheme of ['light', 'dark']) {
    await page.evaluate((next) => {
      document.documentElement.dataset.mantineColorScheme = next;
    }, scheme);
    await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) });
  }
}

/** Of a picture that was never there: 404 to whoever may ask. */
const THUMBNAIL = `asset://thumb/${'a'.repeat(64)}`;

test.setTimeout(180_000);

test('an admin makes profiles, and everyone gets what their role allows', async () => {
  const folder = path.join(temporaryFolder('people-pictures'), 'pictures');
  writePictures(folder, 3);
  const launched = await launchApp();
  const { page, home, profile } = launched;
  const people = peoplePage(page);
  const screen = page.getByRole('dialog', { name: 'Sign in' });

  // Without profiles there is nothing to sign in to and nobody in the activity bar.
  await expect(page.getByRole('button', { name: /^Signed in as/ })).toHaveCount(0);
  await createProject(launched, { name: 'Street', folder, images: 3 });

  // The first profile, by hand.
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const section = page.getByRole('region', { name: 'People' });
  await photograph(page, 'settings-no-profiles');
  await section.getByRole('button', { name: 'Create the first profile…' }).click();
  const dialog = page.getByRole('dialog', { name: 'The first profile' });
  await dialog.getByLabel('Name').fill(ADA.name);
  await dialog.getByLabel('Passphrase', { exact: true }).fill('password');
  await dialog.getByLabel('The same once more').fill('password');
  await dialog.getByRole('button', { name: 'Create the profile' }).click();
  await expect(dialog.getByText('most common passphrases')).toBeVisible();
  await dialog.getByLabel('Passphrase', { exact: true }).fill(ADA.passphrase);
  await dialog.getByRole('button', { name: 'Create the profile' }).click();
  await expect(dialog.getByText('The two are not the same.')).toBeVisible();
  await photograph(page, 'first-profile');
  await dialog.getByLabel('The same once more').fill(ADA.passphrase);
  await dialog.getByRole('button', { name: 'Create the profile' }).click();
  await expect(page.getByRole('button', { name: 'Signed in as Ada Lovelace, admin' })).toBeVisible();
  await expect(page.getByText(`You are signed in as ${ADA.name}.`)).toBeVisible();

  // The second one, by hand as well.
  await section.getByRole('button', { name: 'Add a profile…' }).click();
  const second = page.getByRole('dialog', { name: 'A new profile' });
  await second.getByLabel('Name').fill(BEN.name);
  await second.getByLabel('Passphrase', { exact: true }).fill(BEN.passphrase);
  await second.getByLabel('The same once more').fill(BEN.passphrase);
  await second.getByRole('button', { name: 'Create the profile' }).click();
  await expect(section.getByRole('cell', { name: BEN.name, exact: true })).toBeVisible();
  // The last admin stays one.
  await section.getByRole('combobox', { name: `Role of ${ADA.name}` }).click();
  await page.getByRole('option', { name: 'Labeller' }).click();
  await expect(page.getByText('is the last admin')).toBeVisible();
  await page.getByRole('button', { name: 'Close notification' }).last().click();
  await photograph(page, 'settings-people');
  expect(await accessibilityViolations(page)).toEqual([]);

  // Signed out: nothing of the app is there.
  await people.signOut();
  await expect(page.getByRole('navigation', { name: 'Screens' })).toHaveCount(0);
  expect(await callMainRaw(page, 'lake.versions', { projectId: null })).toMatchObject({
    error: { code: 'people.not-permitted' },
  });
  expect(await accessibilityViolations(page)).toEqual([]);
  await expect(screen.getByRole('radio').first()).toBeFocused();
  await photograph(page, 'sign-in');

  // Three wrong passphrases, and then one has to wait.
  await screen.getByRole('radio', { name: BEN.name, exact: true }).check();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await screen.getByLabel('Passphrase').fill(`wrong guess ${attempt}`);
    await page.keyboard.press('Enter');
    await expect(screen.getByText(`This is not the passphrase of ${BEN.name}.`)).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
    if (attempt < 2) await screen.getByRole('radio', { name: BEN.name, exact: true }).check();
  }
  await screen.getByLabel('Passphrase').fill(BEN.passphrase);
  await page.keyboard.press('Enter');
  await expect(screen.getByText(/Try again in \d+ s\./)).toBeVisible();
  await expect(screen.getByRole('button', { name: 'Sign in', exact: true })).toBeDisabled();
  await photograph(page, 'sign-in-waiting');
  const log = fs.readFileSync(path.join(home, 'logs', 'groundmark.log'), 'utf8');
  expect(log).not.toContain('wrong guess');
  expect(logLines(home).filter(({ code }) => code === 'people.wrong-passphrase')).toHaveLength(3);
  expect(logLines(home).filter(({ code }) => code === 'people.locked-out')).toHaveLength(1);

  // The wait is Ben's; a restart does not end it.
  await launched.close();
  const again = await launchApp({ home, profile });
  const { page: secondPage } = again;
  const peopleAgain = peoplePage(secondPage);
  const screenAgain = secondPage.getByRole('dialog', { name: 'Sign in' });
  await expect(screenAgain).toBeVisible();
  await screenAgain.getByRole('radio', { name: BEN.name, exact: true }).check();
  await screenAgain.getByLabel('Passphrase').fill(BEN.passphrase);
  await secondPage.keyboard.press('Enter');
  await expect(screenAgain.getByText(/Try again in \d+ s\./)).toBeVisible();
  await expect(screenAgain.getByText('You can try again now.')).toBeVisible({ timeout: 40_000 });
  await peopleAgain.signIn(BEN);
  await expect(secondPage.getByRole('button', { name: 'Signed in as Ben, labeller' })).toBeVisible();

  // What is for others is refused where it is done, with a reason.
  expect(
    await callMain(secondPage, 'people.setRole', { personId: crypto.randomUUID(), role: 'admin' } as never),
  ).toMatchObject({
    error: { code: 'people.not-permitted' },
  });
  await secondPage.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(secondPage.getByText('Only admins add and change profiles.')).toBeVisible();
  await expect(secondPage.getByRole('button', { name: 'Add a profile…' })).toBeDisabled();

  await secondPage.getByRole('button', { name: 'Projects', exact: true }).click();
  await secondPage
    .getByRole('button', { name: /new project/i })
    .first()
    .click();
  const newProject = secondPage.getByRole('dialog', { name: 'New project' });
  await newProject.getByLabel('Name').fill('Mine');
  await newProject.getByRole('button', { name: 'Create without images' }).click();
  await expect(
    newProject.getByText('Ben is signed in as labeller, and this is for leads and admins.'),
  ).toBeVisible();
  await photograph(secondPage, 'refused');
  await newProject.getByRole('button', { name: 'Close' }).click();

  // A window that asks main for it all the same, as a hostile one would: nothing is done, and the log says who asked.
  const jobId = crypto.randomUUID();
  const personId = crypto.randomUUID();
  for (const [channel, args] of [
    ['bundle.begin', { jobId, suggestedName: 'Mine', withPictures: true }],
    ['bundle.open', { jobId }],
    ['package.begin', { jobId, suggestedName: 'Mine', withPictures: true }],
    ['package.openReturn', { jobId }],
    ['people.create', { name: 'Cy', role: 'admin', passphrase: 'let me in please' }],
    ['people.resetPassphrase', { personId, passphrase: 'mine from now on' }],
    ['people.sign', { purpose: 'audit', hash: 'd'.repeat(64) }],
  ] as const) {
    expect(await callMainRaw(secondPage, channel, args), channel).toMatchObject({
      ok: false,
      error: { code: 'people.not-permitted', message: expect.stringContaining('signed in as labeller') },
    });
    const refusals = logLines(home).filter((line) => line.channel === channel);
    expect(refusals.at(-1), channel).toMatchObject({ code: 'people.not-permitted', by: 'Ben' });
  }
  // The steps of somebody else's work lead nowhere without its beginning.
  expect(await callMainRaw(secondPage, 'bundle.append', { jobId, lines: ['{}'] })).toMatchObject({
    ok: false,
    error: { code: 'job.unknown' },
  });

  // Ben labels, and is away for a while: what is open stays, and no key reaches it.
  await secondPage.getByRole('button', { name: 'Label', exact: true }).click();
  const label = labelPage(secondPage);
  await expect(label.images.getByRole('option', { selected: true })).toBeVisible();
  await expect(label.canvas).toBeVisible();
  await label.press('r');
  await label.drag([100, 100], [200, 180]);
  await expect(label.objects.getByRole('option')).toHaveCount(1);
  await expect(label.saved).toContainText(/saved/i);
  await peopleAgain.lock();
  await expect(screenAgain.getByText('Locked by Ben')).toBeVisible();
  await expect(screenAgain.getByLabel('Passphrase')).toBeFocused();
  await secondPage.keyboard.press('Escape');
  await secondPage.keyboard.press('Escape');
  await expect(screenAgain).toBeVisible();
  await secondPage.keyboard.press('Control+a');
  await secondPage.keyboard.press('Delete');
  await secondPage.keyboard.press('Control+z');
  expect(await accessibilityViolations(secondPage)).toEqual([]);
  await photograph(secondPage, 'locked');
  await peopleAgain.signIn(BEN);
  await expect(label.objects.getByRole('option')).toHaveCount(1);

  await secondPage.getByRole('button', { name: /^Signed in as/ }).click();
  await photograph(secondPage, 'person-menu');
  await secondPage.keyboard.press('Escape');

  // Another person finds the project where it was, and nothing of the first one's.
  await peopleAgain.signOut();
  await peopleAgain.signIn(ADA);
  await expect(secondPage.getByRole('button', { name: 'Signed in as Ada Lovelace, admin' })).toBeVisible();
  await again.close();
});

test('a profile file that was edited by hand gives nobody a role', async () => {
  const launched = await launchApp();
  const people = peoplePage(launched.page);
  await people.createPerson(ADA);
  await people.createPerson(BEN);
  await launched.close();
  for (const name of ['people.json', 'people.json.copy']) {
    const file = path.join(launched.profile, name);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"labeller"', '"admin"'));
  }
  const again = await launchApp({ home: launched.home, profile: launched.profile });
  const { page } = again;
  await expect(page.getByText('was changed outside of Groundmark')).toBeVisible();
  await photograph(page, 'safe-mode');
  expect(await accessibilityViolations(page)).toEqual([]);
  await peoplePage(page).signIn(BEN);
  await expect(page.getByRole('button', { name: 'Signed in as Ben, labeller' })).toBeVisible();
  expect(await callMain(page, 'people.create', { ...BEN, name: 'Cy', role: 'admin' })).toMatchObject({
    error: { code: 'people.not-permitted' },
  });
  expect(logLines(again.home).some(({ kind }) => kind === 'safeMode')).toBe(true);
  await again.close();
});

test('a window that is loaded anew while the app is locked shows nothing but the cover', async () => {
  const launched = await launchApp();
  const { page } = launched;
  const people = peoplePage(page);
  await people.createPerson(ADA);
  await people.lock();
  await page.reload();
  await expect(page.getByText(`Locked by ${ADA.name}`)).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Screens' })).toHaveCount(0);
  expect(await callMainRaw(page, 'grants.list', {})).toMatchObject({
    error: { code: 'people.not-permitted' },
  });

  // Pictures wait for the person, and are refused to nobody.
  const asked = page.evaluate(async (url) => (await fetch(url)).status, THUMBNAIL);
  const early = await Promise.race([asked, page.waitForTimeout(1500).then(() => 'nothing')]);
  expect(early).toBe('nothing');
  await people.signIn(ADA);
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  expect(await asked).toBe(404);
  await people.signOut();
  expect(await page.evaluate(async (url) => (await fetch(url)).status, THUMBNAIL)).toBe(403);
  expect(logLines(launched.home).filter(({ url }) => url === THUMBNAIL)).toHaveLength(1);
  await launched.close();
});
