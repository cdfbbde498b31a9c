import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHAPE_VIEWS } from '../../renderer/canvas/shapes';
import { TOOLS } from '../../renderer/tools';
import { ACTIONS } from '../../shared/actions';
import { SHAPE_TYPES } from '../../shared/schema/shapes';
import { SHAPES } from '../../shared/shapes';

const root = path.resolve(import.meta.dirname ?? __dirname, '../..');

const folders = (folder: string) =>
  fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

const files = (folder: string, except: readonly string[] = []) =>
  fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'index.ts' && !except.includes(entry.name))
    .map((entry) => entry.name.replace(/\.ts$/, ''))
    .sort();

describe('a registry names exactly what its folder holds', () => {
  it('actions', () => expect(Object.keys(ACTIONS).sort()).toEqual(files('shared/actions')));

  it('tools', () => {
    // Beside the tools lie the states that they share.
    const ofTools = folders('renderer/tools').filter((name) => name !== 'parts');
    expect(Object.keys(TOOLS).sort()).toEqual(ofTools);
    for (const [name, tool] of Object.entries(TOOLS)) expect(tool.id).toBe(name);
  });

  it('shapes', () => {
    expect(Object.keys(SHAPES).sort()).toEqual(folders('shared/shapes'));
    expect(Object.keys(SHAPES).sort()).toEqual([...SHAPE_TYPES].sort());
    for (const [name, shape] of Object.entries(SHAPES)) expect(shape.type).toBe(name);
  });

  it('shape views', () => {
    expect(Object.keys(SHAPE_VIEWS).sort()).toEqual(files('renderer/canvas/shapes', ['shape-view.ts']));
    expect(Object.keys(SHAPE_VIEWS).sort()).toEqual([...SHAPE_TYPES].sort());
  });
});
