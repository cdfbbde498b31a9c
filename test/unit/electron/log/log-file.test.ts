import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../../../electron/log/log-file';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-log-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const linesOf = (file: string): string[] => fs.readFileSync(file, 'utf8').trimEnd().split('\n');

describe('the log', () => {
  it('is one JSON object a line, without the home folder of the person', () => {
    const log = openLog(path.join(folder, 'logs'), '/home/ada');
    log.write('error', 'It broke in "/home/ada/photos".\nTwice.', { code: 5 });
    const [line] = linesOf(log.file);
    expect(JSON.parse(line ?? '')).toMatchObject({
      level: 'error',
      message: 'It broke in "~/photos".\nTwice.',
      code: 5,
    });
  });

  it('rotates, keeps five files of at most 2 MB, and every line of them is whole', () => {
    const log = openLog(folder, '/home/ada');
    for (let index = 0; index < 1500; index += 1) log.write('info', 'x'.repeat(10_000), { index });
    const files = fs.readdirSync(folder).sort();
    expect(files).toEqual([
      'groundmark.1.log',
      'groundmark.2.log',
      'groundmark.3.log',
      'groundmark.4.log',
      'groundmark.log',
    ]);
    const indexes: number[] = [];
    for (const name of files.reverse()) {
      expect(fs.statSync(path.join(folder, name)).size).toBeLessThanOrEqual(2_000_000);
      for (const line of linesOf(path.join(folder, name))) indexes.push(JSON.parse(line).index);
    }
    expect(Math.max(...indexes)).toBe(1499);
    expect(indexes.length).toBeGreaterThan(700);
  });

  it('never fails its caller, and a line that is too long stays valid', () => {
    const log = openLog(folder, '/home/ada');
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    expect(() => log.write('error', 'circular', circular)).not.toThrow();
    log.write('error', '"'.repeat(100_000));
    for (const line of linesOf(log.file)) expect(() => JSON.parse(line)).not.toThrow();
    fs.writeFileSync(path.join(folder, 'a-file'), '');
    expect(() => openLog(path.join(folder, 'a-file', 'logs')).write('info', 'nowhere')).not.toThrow();
  });
});
