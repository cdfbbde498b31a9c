import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { appFolder, type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, writePictures } from '../harness/label-page';
import { photograph } from '../harness/photograph';
import { answerSaveDialog } from '../harness/shell';

interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
}

/** The command line as it is shipped, in a process of its own. */
async function groundmark(...args: readonly string[]): Promise<Answer> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      path.join(appFolder(), 'cli.cjs'),
      ...args,
    ]);
    return { exitCode: 0, stdout };
  } catch (thrown) {
    const { code, stdout } = thrown as { code: number; stdout: string };
    return { exitCode: code, stdout };
  }
}

test.setTimeout(90_000);

/** One app for the whole way; each test goes on where the one before stopped. */
test.describe
  .serial('the audit trail', () => {
    let launched: LaunchedApp;
    let label: LabelPage;
    const folder = temporaryFolder('audit');

    test.beforeAll(async () => {
      writePictures(path.join(folder, 'street'), 3);
      launched = await launchApp();
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      label = await createProject(launched, {
        name: 'Crossing',
        folder: path.join(folder, 'street'),
        images: 3,
      });
    });
    test.afterAll(() => launched.close());

    test('the history of an image says who changed what, and shows a point over the picture', async () => {
      const { page } = launched;
      await label.press('r');
      await label.drag([100, 100], [220, 180]);
      await label.drag([300, 200], [400, 300]);
      await expect(label.saved).toHaveText(/^Saved: 2 objects/);
      await label.press('v');
      await label.click([100, 140]);
      await label.press('2');
      await label.press('Delete');
      await expect(label.objects.getByRole('option')).toHaveCount(1);
      await expect(label.saved).toHaveText(/^Saved: 1 object/);

      await page.getByRole('tab', { name: 'History' }).click();
      const history = page.getByRole('list', { name: 'History of this image' });
      await expect(history.getByRole('button')).toHaveCount(4);
      await expect(history.getByRole('button').nth(1)).toContainText('car → truck');
      await history.getByRole('button').nth(2).click();
      await expect(history.getByText('Since then 1 went. Shown over the picture.')).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
      await photograph(page, 'history');
    });

    test('a point is restored as an edit that undo takes back', async () => {
      const { page } = launched;
      await page.getByRole('button', { name: 'Restore this point' }).click();
      await expect(label.saved).toHaveText(/^Saved: 2 objects/);
      const history = page.getByRole('list', { name: 'History of this image' });
      await expect(history.getByRole('button').first()).toContainText('Restore the picture as of');
      await page.getByRole('tab', { name: 'Objects' }).click();
      expect((await label.described()).map((one) => one.split(' ')[0])).toEqual(['car', 'car']);
      await page.keyboard.press('Control+z');
      await expect(label.objects.getByRole('option')).toHaveCount(1);
      await page.keyboard.press('Control+Shift+z');
      await expect(label.objects.getByRole('option')).toHaveCount(2);
      await expect(label.saved).toHaveText(/^Saved: 2 objects/);
    });

    test('the history of one object leaves the others out', async () => {
      const { page } = launched;
      await label.objects.getByRole('option').last().click();
      await page.getByRole('tab', { name: 'History' }).click();
      await page.getByText('Selected object').click();
      const history = page.getByRole('list', { name: 'History of the selected object' });
      await expect(history.getByRole('button').last()).toContainText('Draw car');

      for (const line of await history.getByRole('button').all())
        await expect(line).not.toContainText('300, 200');
    });

    test('the journal is verified, filtered and exported signed, and the command line agrees', async () => {
      const { app, page } = launched;
      await page.getByRole('button', { name: 'Quality', exact: true }).click();
      await page.getByRole('tab', { name: 'Audit' }).click();
      const audit = page.getByRole('region', { name: 'Audit' });
      await expect(audit.getByText(/^The journal holds up to line \d+$/)).toBeVisible();
      const lines = audit.getByRole('table', { name: 'Lines of the journal' });
      await expect(lines.getByRole('row').nth(1)).toContainText('Redo: ');
      expect(await accessibilityViolations(page)).toEqual([]);
      await photograph(page, 'audit');

      await audit.getByRole('combobox', { name: 'Kind of change' }).click();
      await page.getByRole('option', { name: 'Project', exact: true }).click();
      await expect(audit.getByText('1 line', { exact: true })).toBeVisible();
      await photograph(page, 'audit-filtered');
      await audit.getByRole('button', { name: 'Clear', exact: true }).click();

      const file = path.join(folder, 'audit.jsonl');
      await answerSaveDialog(app, file);
      await audit.getByRole('button', { name: 'Export signed…' }).click();
      await expect(page.getByText(/lines exported to audit\.jsonl, signed\./)).toBeVisible();
      const verified = await groundmark('audit', 'verify-export', file, '--json');
      expect(verified.exitCode).toBe(0);
      const { holds, entries, header } = JSON.parse(verified.stdout);
      expect([holds, header.project.name, header.journal.holds]).toEqual([true, 'Crossing', true]);
      expect(entries).toBe(header.journal.lines);

      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('Draw car', 'Draw bus'));
      expect((await groundmark('audit', 'verify-export', file)).exitCode).toBe(1);
    });

    test('a bundle of the app holds for the command line, labels included', async () => {
      const { app, page } = launched;
      const file = path.join(folder, 'Crossing.gmk');
      await page.getByRole('button', { name: 'Projects' }).click();
      await page.getByRole('button', { name: 'More for Crossing' }).click();
      await answerSaveDialog(app, file);
      await page.getByRole('menuitem', { name: 'Save with its pictures…' }).click();
      await expect.poll(() => fs.existsSync(file)).toBe(true);
      const { exitCode, stdout } = await groundmark('audit', file, '--json');
      const answer = JSON.parse(stdout);
      expect([exitCode, answer.holds, answer.labels.differing, answer.chain.breaks]).toEqual([0, true, 0, 0]);
      expect(answer.labels.images).toBe(3);
    });
  });
