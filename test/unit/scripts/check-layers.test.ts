import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = path.resolve('scripts/check-layers.mjs');
let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'layers-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function check(files: Record<string, string>) {
  for (const [file, text] of Object.entries(files)) {
    const full = path.join(root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
  return { status, stderr };
}

describe('the layer check', () => {
  it('passes imports that run one way', () => {
    const { status } = check({
      'shared/schema/a.ts': "import type { B } from '../geometry/b';\nexport type A = B;",
      'renderer/workspace/a.tsx': "import { x } from '../../shared/schema/a';\nexport const y = x;",
    });
    expect(status).toBe(0);
  });

  it.each([
    [
      'the renderer importing electron',
      'renderer/workspace/a.ts',
      "import { x } from '../../electron/main';",
      'renderer must not import electron/main',
    ],
    [
      'electron importing the renderer',
      'electron/menus/a.ts',
      "export { x } from '../../renderer/main';",
      'electron must not import renderer/main',
    ],
    [
      'a lower layer importing a higher',
      'shared/geometry/a.ts',
      "import type { D } from '../document/d';",
      'shared/geometry must not import shared/document/d',
    ],
    [
      'node inside shared',
      'shared/rules/a.ts',
      "import fs from 'node:fs';",
      'shared/rules must not use the package node:*',
    ],
    [
      'react inside the editor',
      'renderer/editor/a.ts',
      "import { useState } from 'react';",
      'renderer/editor must not use the package react',
    ],
    [
      'konva inside a tool',
      'renderer/tools/box/a.ts',
      "const k = await import('konva');",
      'renderer/tools must not use the package konva',
    ],
    [
      'duckdb outside the store',
      'electron/menus/a.ts',
      "import { x } from '@duckdb/node-api';",
      'electron must not use the package @duckdb/node-api',
    ],
    ['a file in no layer', 'shared/misc/a.ts', 'export const x = 1;', 'lies in no layer'],
  ])('fails on %s', (_name, file, text, message) => {
    const { status, stderr } = check({ [file]: text });
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });

  it('holds for this project', () => {
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
