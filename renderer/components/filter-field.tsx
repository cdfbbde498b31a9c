import { TextInput } from '@mantine/core';
import { Search } from 'lucide-react';

/** Narrows a list while one types. */
export function FilterField(props: {
  /** What it looks in, for screen readers. */
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextInput
      aria-label={props.label}
      placeholder={props.placeholder ?? 'Filter'}
      leftSection={<Search size={13} aria-hidden />}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
