import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../renderer/commands';
import { COMMAND_CATEGORIES, type Command, type CommandContext } from '../../renderer/commands/command';

const folder = path.resolve(import.meta.dirname, '../../renderer/commands');
/** Folders beside the areas that hold what shows commands, not commands. */
const SURFACES = new Set(['palette', 'help-overlay']);
const commands: readonly Command[] = Object.values(COMMANDS);
/**
 * App keys are heard everywhere. On the review screen its own keys go before those of the label screen, as the canvas's
 * do: there Y accepts an image, where who labels takes a proposal over.
 */
const PLACES_OF = {
  app: ['app', 'label', 'review', 'canvas'],
  label: ['label'],
  review: ['review'],
  canvas: ['canvas'],
} as const;

/** An app in which nothing is open: every command must still answer. */
const nothingOpen = {
  workspace: null,
  services: {
    navigation: {
      route: { get: () => ({ screen: 'start', projectId: null, imageId: null, annotationId: null }) },
    },
    people: { state: { get: () => ({ kind: 'open', session: null, problem: null }) } },
    editor: {
      document: null,
      session: { selection: new Set(), readOnlyReason: null },
      canUndo: false,
      canRedo: false,
    },
  },
} as unknown as CommandContext;

test('the registry names every file of the folder and nothing else', () => {
  const files = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !SURFACES.has(entry.name))
    .flatMap((area) =>
      fs.readdirSync(path.join(folder, area.name)).map((file) => `${area.name}/${path.parse(file).name}`),
    );
  expect(Object.keys(COMMANDS).sort()).toEqual(files.sort());
});

test('ids are `noun.verb` and unique', () => {
  const ids = commands.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
});

test('labels are short, start with a capital and are unique', () => {
  const labels = commands.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  for (const label of labels) expect(label).toMatch(/^[A-Z][^\n]{2,58}[^.]$/);
});

test('every command belongs to a known category', () => {
  for (const { category } of commands) expect(COMMAND_CATEGORIES).toContain(category);
});

test('no two commands hear the same key in the same place', () => {
  const seen = new Map<string, string>();
  for (const command of commands) {
    for (const key of command.keys) {
      for (const scope of PLACES_OF[command.scope]) {
        const place = `${scope} ${key}`;
        expect(
          seen.get(place),
          `${place} is claimed by ${seen.get(place)} and ${command.id}`,
        ).toBeUndefined();
        seen.set(place, command.id);
      }
    }
  }
});

test('keys are spelled in the one order: Mod, Ctrl, Alt, Shift, key', () => {
  const chord =
    /^(Mod\+)?(Ctrl\+)?(Alt\+)?(Shift\+)?([A-Z]|\d|F\d{1,2}|[^A-Za-z0-9+\s]|[A-Z][a-z]+[A-Za-z]*)$/;
  for (const command of commands) for (const key of command.keys) expect(key).toMatch(chord);
});

test('arrows, Enter, Escape and Space belong to the tools', () => {
  // Tools use them with Shift, Alt and Ctrl; Ctrl+Enter and Ctrl+Shift+Enter are free.
  const ofTools = /(^|\+)(Arrow\w+|Escape|Space)$|^((Alt|Shift)\+)*Enter$/;
  for (const command of commands)
    for (const key of command.keys) expect(key, command.id).not.toMatch(ofTools);
});

test('plain keys never leave the label screen: elsewhere people type', () => {
  for (const command of commands.filter(({ scope }) => scope === 'app')) {
    for (const key of command.keys) expect(key).toMatch(/^(Mod|Alt)\+|^(Shift\+)?F\d+$|^\?$/);
  }
});

test('a command that is not available says why in a sentence', () => {
  for (const command of commands) {
    const answer = command.isAvailable(nothingOpen);
    if (answer !== true) expect(answer, command.id).toMatch(/^[A-Z].{4,}\.$/);
  }
});

test('on an empty start page no command of the label screen is available', () => {
  for (const command of commands.filter(({ scope }) => scope === 'label' || scope === 'review')) {
    expect(command.isAvailable(nothingOpen), command.id).not.toBe(true);
  }
});

test.each([
  ['tool.box', 'R'],
  ['tool.select', 'V'],
  ['image.next', 'D'],
  ['image.previous', 'A'],
  ['edit.undo', 'Mod+Z'],
  ['edit.redo', 'Mod+Shift+Z'],
  ['annotation.delete', 'Delete'],
  ['annotation.duplicate', 'Mod+D'],
  ['palette.open', 'Mod+K'],
  ['help.open', '?'],
  ['image.markLabelled', 'Mod+Enter'],
  ['image.nextUnlabelled', 'N'],
  ['image.filter', '/'],
])('%s keeps the key people know: %s', (id, key) => {
  expect(commands.find((command) => command.id === id)?.keys[0]).toBe(key);
});
