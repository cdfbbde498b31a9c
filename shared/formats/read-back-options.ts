import type { DatasetFormat } from './format';
import { chosen, type OptionValues } from './format-options';

/**
 * The read options that fit what was written: an option of the same id that knows the same choice takes it, so that what a
 * writer was told (a convention of coordinates, a numbering) is not guessed when its files are read back.
 */
export function readBackOptions(
  { readOptions, writeOptions }: Pick<DatasetFormat, 'readOptions' | 'writeOptions'>,
  written: OptionValues,
): OptionValues {
  return Object.fromEntries(
    writeOptions.flatMap((option) => {
      const value = chosen(option, written);
      const twin = readOptions.find(({ id }) => id === option.id);
      return twin?.choices.some((choice) => choice.id === value) === true
        ? [[option.id, value] as const]
        : [];
    }),
  );
}
