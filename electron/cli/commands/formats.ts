import type { DatasetFormat, FidelityTable } from '../../../shared/formats/format';
import type { FormatOption } from '../../../shared/formats/format-options';
import { FORMATS, formatById } from '../../../shared/formats/index';
import { err, ok, type Result } from '../../../shared/result/result';
import { SHAPE_TYPES } from '../../../shared/schema/shapes';
import { type CliAnswer, EXIT } from '../cli-io';
import type { CliCommand } from '../command';
import { unknownFormat } from '../open-dataset';
import { textTable } from '../text-table';

interface FormatsOptions {
  readonly json?: boolean;
}

export const formats: CliCommand = {
  name: 'formats',
  add(program, context) {
    program
      .command('formats')
      .summary('list the dataset formats, their options and what each keeps')
      .description(
        'Lists the formats that are read and written. With a format, tells its options and what a write keeps with their defaults.',
      )
      .argument('[format]', 'tell all about this one')
      .option('--json', 'print one JSON object')
      .addHelpText(
        'after',
        `
Examples:
  groundmark formats
  groundmark formats yolo
  groundmark formats --json | jq '.formats[] | {id, shapes: .fidelity.shapes}'

Exit codes:
  0  listed
  2  there is no such format`,
      )
      .action((format: string | undefined, options: FormatsOptions) =>
        context.run(options, async () => listed(format)),
      );
  },
};

function listed(id: string | undefined): Result<CliAnswer> {
  const all: readonly DatasetFormat[] = Object.values(FORMATS);
  if (id === undefined) {
    return ok({
      exitCode: EXIT.ok,
      json: { formats: all.map(asJson) },
      text: [
        textTable(all.map((format) => [format.id, format.title, shapesInWords(format.fidelity())])),
        '',
        'groundmark formats FORMAT tells the options of one and what it keeps.',
      ].join('\n'),
    });
  }
  const format = formatById(id);
  if (format === null) return err(unknownFormat(id));
  return ok({ exitCode: EXIT.ok, json: { formats: [asJson(format)] }, text: inWords(format) });
}

function asJson(format: DatasetFormat) {
  const { id, title, description, readOptions, writeOptions } = format;
  return { id, title, description, readOptions, writeOptions, fidelity: format.fidelity() };
}

function inWords(format: DatasetFormat): string {
  const { shapes, mergedShapes = [], coordinateErrorInImagePx, remarks, ...cells } = format.fidelity();
  const lines = [
    `${format.id}: ${format.title}`,
    format.description,
    ...optionLines('Read options (--read-option id=choice):', format.readOptions),
    ...optionLines('Write options (--option id=choice):', format.writeOptions),
    '',
    'What a write with the defaults keeps:',
    textTable([
      ...SHAPE_TYPES.map((type) => [
        `  ${type}`,
        mergedShapes.includes(type) ? `${shapes[type]}: all of a class become one` : shapes[type],
      ]),
      ...Object.entries(cells).map(([cell, kept]) => [`  ${cell}`, kept]),
    ]),
    ...(coordinateErrorInImagePx > 0
      ? [`Coordinates come back within ${coordinateErrorInImagePx} px for a picture of 10,000 px a side.`]
      : []),
    ...remarks,
  ];
  return lines.join('\n');
}

function optionLines(title: string, options: readonly FormatOption[]): readonly string[] {
  if (options.length === 0) return [];
  return [
    '',
    title,
    ...options.flatMap(({ id, title: what, choices, defaultChoice }) => [
      `  ${id}: ${what}`,
      ...choices.map(
        (choice) => `    ${choice.id}${choice.id === defaultChoice ? ' (default)' : ''}: ${choice.title}`,
      ),
    ]),
  ];
}

function shapesInWords({ shapes }: FidelityTable): string {
  const kept = SHAPE_TYPES.filter((type) => shapes[type] !== 'dropped');
  return kept.length === SHAPE_TYPES.length ? 'all shapes' : kept.join(', ');
}
