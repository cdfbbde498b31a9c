import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './option-fields.module.css';

/** One choice of several; the form of `FormatOption` in shared/formats and of export options. */
export interface OptionField {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  readonly defaultChoice: string;
}

/** A form made from options, whatever they are: one list of choices for each, with what it means below. */
export function OptionFields(props: {
  readonly options: readonly OptionField[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
  /** Said instead of an option's own description, e.g. the question that it answers. */
  readonly describe?: (option: OptionField) => ReactNode;
  readonly isDisabled?: boolean;
}) {
  if (props.options.length === 0) return null;
  return (
    <div className={styles.fields}>
      {props.options.map((option) => (
        <Select
          key={option.id}
          label={option.title}
          description={props.describe?.(option) ?? option.description}
          inputWrapperOrder={['label', 'input', 'description']}
          classNames={{ description: styles.description ?? '' }}
          allowDeselect={false}
          disabled={props.isDisabled ?? false}
          data={option.choices.map((choice) => ({ value: choice.id, label: choice.title }))}
          value={chosenId(option, props.values)}
          onChange={(value) => {
            if (value !== null) props.onChange({ ...props.values, [option.id]: value });
          }}
        />
      ))}
    </div>
  );
}

function chosenId(option: OptionField, values: Readonly<Record<string, string>>): string {
  const value = Object.hasOwn(values, option.id) ? values[option.id] : undefined;
  return option.choices.some((choice) => choice.id === value) ? (value ?? '') : option.defaultChoice;
}
