import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { DatasetFormat, Fidelity, FidelityTable } from '../../shared/formats/format';
import type { FormatOption } from '../../shared/formats/format-options';
import { FORMATS } from '../../shared/formats/index';
import { SHAPE_TYPES } from '../../shared/schema/shapes';
import { GOLDEN_DATASETS } from '../fixtures/formats/expected-dataset';
import { optionSets } from '../harness/written-and-read';

// The page of formats is made from the registry, the golden datasets and what other projects' readers said, so that it
// cannot say what is not so. `npx vitest run test/conformance/formats-page.test.ts -u` writes it anew.

const root = path.resolve(import.meta.dirname, '../..');

const ConsumerResult = z.object({
  format: z.string(),
  consumer: z.string(),
  version: z.string(),
  passed: z.boolean(),
  says: z.string(),
});
const results = z
  .array(ConsumerResult)
  .parse(JSON.parse(readFileSync(path.join(root, 'test/consumers/results.json'), 'utf8')));

/** Why no other project's reader reads a format here. */
const WITHOUT_CONSUMER: Readonly<Record<string, string>> = {
  gmk: 'Groundmark’s own; read by Groundmark alone',
  mots: 'no reader of it is in the list of packages asked; its rows and PNG files are checked against Datumaro’s example',
  supervisely: 'its own kit is a client of its server; files are checked against hand-made expectations',
  via: 'VIA is a web page; no package reads its projects',
  'yolo-classify': 'folders of pictures; nothing but folder names to read',
};

/** Random datasets of each property; see test/property/formats-round-trip.test.ts. */
const PROPERTIES = SHAPE_TYPES.length + 6;

const SIGNS: Readonly<Record<Fidelity, string>> = { exact: '●', rounded: '◐', lossy: '○', dropped: '–' };

const TRAITS = [
  ['attributes', 'attributes'],
  ['isCrowd', 'crowd'],
  ['score', 'score'],
  ['groups', 'groups'],
  ['tracks', 'tracks'],
  ['notes', 'notes'],
  ['emptyImages', 'empty images'],
  ['imageAttributes', 'image attributes'],
  ['frames', 'frames'],
  ['splits', 'splits'],
  ['classIndex', 'class numbers'],
  ['unusedLabels', 'unused labels'],
] as const satisfies readonly (readonly [keyof FidelityTable, string])[];

const formats: readonly DatasetFormat[] = Object.values(FORMATS);
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [
  row(...head),
  row(...head.map((_, at) => (at === 0 ? '---' : ':---:'))),
  ...rows.map((cells) => row(...cells)),
];

function readCell({ id }: DatasetFormat): string {
  const golden = GOLDEN_DATASETS.filter((dataset) => dataset.formatId === id).length;
  const real = existsSync(path.join(root, `test/conformance/real-data/${id}.test.ts`));
  return `${golden} golden${real ? ', real data' : '; no real data to be had'}`;
}

function consumerCell({ id }: DatasetFormat): string {
  const own = results.filter((result) => result.format === id);
  if (own.length === 0) return WITHOUT_CONSUMER[id] ?? '';
  return own
    .map(({ consumer, version, passed, says }) => `${passed ? '' : 'FAILED '}${consumer} ${version}: ${says}`)
    .join('; ');
}

function optionLines(what: string, options: readonly FormatOption[]): readonly string[] {
  return options.map(
    ({ id, title, choices, defaultChoice }) =>
      `- ${what} option \`${id}\` (${title}): ${choices
        .map((choice) => `\`${choice.id}\` ${choice.title}${choice.id === defaultChoice ? ' (default)' : ''}`)
        .join(', ')}`,
  );
}

function formatSection(format: DatasetFormat): readonly string[] {
  const { remarks, coordinateErrorInImagePx } = format.fidelity();
  return [
    '',
    `### ${format.title} (\`${format.id}\`)`,
    '',
    format.description,
    '',
    ...optionLines('Read', format.readOptions),
    ...optionLines('Write', format.writeOptions),
    ...remarks.map((remark) => `- ${remark}`),
    `- Coordinates come back ${coordinateErrorInImagePx === 0 ? 'exactly' : `within ${coordinateErrorInImagePx} px`} (pictures of 10,000 px a side).`,
  ];
}

function page(): string {
  return [
    '# Dataset formats',
    '',
    'Made by the tests (`test/conformance/formats-page.test.ts`); do not edit. Every format reads and writes by',
    '`groundmark inspect`, `convert` and `verify`, and in the app. What a format cannot hold is shown before an export starts',
    'and listed object by object after it.',
    '',
    '## Proof',
    '',
    '- **Read**: golden datasets of our own, read as a hand-written expectation says; where there are any, other people’s',
    '  datasets against counts and boxes worked out by other means.',
    `- **Round trip**: generated datasets of every kind of shape and detail, ${PROPERTIES} properties for each set of options, written, read`,
    '  back and held to the tables below; what is not kept must stand in the report.',
    '- **Fuzz**: damaged and hostile files for each reader in every run; none may throw, hang or give what is unsound.',
    '- **Consumers**: readers of other projects that read our exports of coco-val (`npm run test:consumers`).',
    '',
    ...table(
      ['format', 'read', 'write', 'round trip', 'fuzz', 'consumers'],
      formats.map((format) => [
        `\`${format.id}\``,
        readCell(format),
        'yes',
        `${optionSets(format).length} sets of options`,
        '10,000 cases',
        consumerCell(format),
      ]),
    ),
    '',
    '## What is kept',
    '',
    `${SIGNS.exact} exactly, ${SIGNS.rounded} rounded as the format’s numbers are, ${SIGNS.lossy} in part or as another kind, ${SIGNS.dropped} not. With default options; shapes that a`,
    'format does not hold can be converted on the way out, which is listed object by object.',
    '',
    ...table(
      ['format', ...SHAPE_TYPES],
      formats.map((format) => [
        `\`${format.id}\``,
        ...SHAPE_TYPES.map((type) => SIGNS[format.fidelity().shapes[type]]),
      ]),
    ),
    '',
    ...table(
      ['format', ...TRAITS.map(([, title]) => title)],
      formats.map((format) => [
        `\`${format.id}\``,
        ...TRAITS.map(([trait]) => SIGNS[format.fidelity()[trait]]),
      ]),
    ),
    '',
    '## One by one',
    ...formats.flatMap(formatSection),
    '',
  ].join('\n');
}

it('has no empty cell', () => {
  for (const format of formats) {
    expect([format.id, readCell(format), consumerCell(format)]).not.toContain('');
    expect(GOLDEN_DATASETS.some((dataset) => dataset.formatId === format.id)).toBe(true);
  }
});

it('says what is so', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/formats.md');
});
