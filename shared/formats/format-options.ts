/** One choice that a person may make when reading or writing a format; forms, help and reports are made from it. */
export interface FormatOption {
  /** camelCase, never changes once shipped. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly choices: readonly [FormatChoice, ...FormatChoice[]];
  /** The id of one of the choices. */
  readonly defaultChoice: string;
}

export interface FormatChoice {
  /** Kebab-case, never changes once shipped. */
  readonly id: string;
  readonly title: string;
}

/** Choices by option id. */
export type OptionValues = Readonly<Record<string, string>>;

export const NO_OPTIONS: OptionValues = {};

/** The choice that stands for an option: the person's, or the default where none or an unknown one was made. */
export function chosen(option: FormatOption, values: OptionValues): string {
  const value = Object.hasOwn(values, option.id) ? values[option.id] : undefined;
  return option.choices.some((choice) => choice.id === value) ? (value ?? '') : option.defaultChoice;
}

/** What is wrong with values that a person typed, in words, or null: an unknown option, or an unknown choice of one. */
export function optionFault(options: readonly FormatOption[], values: OptionValues): string | null {
  for (const [id, value] of Object.entries(values)) {
    const option = options.find((candidate) => candidate.id === id);
    if (option === undefined) {
      const known = options.map((candidate) => candidate.id).join(', ');
      return `There is no option "${id}"${known === '' ? '; this format has none' : `. Options: ${known}`}.`;
    }
    if (!option.choices.some((choice) => choice.id === value)) {
      return `"${id}" cannot be "${value}". Choices: ${option.choices.map((choice) => choice.id).join(', ')}.`;
    }
  }
  return null;
}
