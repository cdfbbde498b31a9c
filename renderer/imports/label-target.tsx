import { Select, type SelectProps } from '@mantine/core';
import { ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import styles from './imports.module.css';

type Choices = NonNullable<SelectProps['data']>;

/**
 * A list of choices in a row of a long table. A whole `Select` costs some ms, and a table shows twenty at once: until
 * one is focused it is a field that looks and is announced the same.
 */
export function LabelTarget(props: {
  readonly label: string;
  readonly value: string | null;
  /** The words of the value. */
  readonly text: string;
  readonly choices: Choices;
  readonly onChange: (value: string) => void;
}) {
  const [isActive, setIsActive] = useState(false);
  const [isOpened, setIsOpened] = useState(false);
  if (!isActive) {
    return (
      <span className={styles.targetField}>
        <input
          readOnly
          role="combobox"
          aria-label={props.label}
          aria-expanded={false}
          aria-haspopup="listbox"
          aria-invalid={props.value === null}
          placeholder="Choose a label"
          value={props.text}
          onFocus={() => setIsActive(true)}
          onMouseDown={() => setIsOpened(true)}
        />
        <ChevronsUpDown size={12} aria-hidden />
      </span>
    );
  }
  return (
    <Select
      className={styles.targetSelect}
      aria-label={props.label}
      placeholder="Choose a label"
      searchable
      autoFocus
      allowDeselect={false}
      error={props.value === null}
      dropdownOpened={isOpened}
      onDropdownOpen={() => setIsOpened(true)}
      onDropdownClose={() => setIsOpened(false)}
      comboboxProps={{ width: 260, position: 'bottom-start' }}
      maxDropdownHeight={280}
      data={props.choices}
      value={props.value}
      onChange={(value) => {
        if (value !== null) props.onChange(String(value));
      }}
    />
  );
}
