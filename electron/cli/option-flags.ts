import { type Command, Option } from 'commander';
import { EXPORT_OPTIONS } from '../../shared/exports/export-options';
import type { FormatOption, OptionValues } from '../../shared/formats/format-options';
import { optionFault } from '../../shared/formats/format-options';
import { FORMATS } from '../../shared/formats/index';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';

/** Ids of all formats, for help texts: `coco, voc, yolo`. */
export function formatIds(): string {
  return Object.keys(FORMATS).join(', ');
}

/** `--option id=value`, once for each. Not variadic: it would take the arguments behind it as well. */
export function collectPairs(pair: string, before: readonly string[] = []): readonly string[] {
  return [...before, pair];
}

/**
 * `id=value` pairs as option values, held to the table they belong to.
 *
 * @param flag what the person typed, for the message: `--option`.
 */
export function pairsAsValues(
  pairs: readonly string[],
  options: readonly FormatOption[],
  flag: string,
): Result<OptionValues> {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1)
      return err(fault(`${flag} takes id=value, not "${pair}". groundmark formats lists them.`));
    values.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  const given = Object.fromEntries(values);
  const wrong = optionFault(options, given);
  return wrong === null ? ok(given) : err(fault(`${flag}: ${wrong}`));
}

/** A flag for each export option, with its choices and default. */
export function addExportFlags(command: Command): Command {
  for (const option of EXPORT_OPTIONS) {
    const choices = option.choices.map(({ id }) => id);
    command.addOption(
      new Option(`--${option.id} <choice>`, option.title.toLowerCase())
        .choices(choices)
        .default(option.defaultChoice),
    );
  }
  return command;
}

/** What was chosen by the flags of `addExportFlags`. */
export function exportValues(flags: Readonly<Record<string, unknown>>): OptionValues {
  return Object.fromEntries(
    EXPORT_OPTIONS.map(({ id, defaultChoice }) => [id, String(flags[id] ?? defaultChoice)]),
  );
}

function fault(message: string) {
  return appError('usage.bad-arguments', message);
}
