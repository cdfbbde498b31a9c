import { NumberInput, type NumberInputProps } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';

/**
 * A number that can be typed in one go: it is chosen whole when the keyboard comes, may be empty or out of bounds while
 * one types, and is within them afterwards. Enter and Escape leave through `onLeave` where it is given; an Escape that
 * a dialog wants goes on to it.
 */
export function NumberField({
  value,
  onValue,
  onLeave,
  ...rest
}: Omit<NumberInputProps, 'value' | 'onChange'> & {
  readonly value: number;
  readonly onValue: (value: number) => void;
  readonly onLeave?: () => void;
}) {
  const [typed, setTyped] = useState<number | string>(value);
  useEffect(() => setTyped(value), [value]);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = rest;
  return (
    <NumberInput
      {...rest}
      clampBehavior="blur"
      value={typed}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === 'number' && next >= min && next <= max) onValue(next);
      }}
      onFocus={({ currentTarget }) => {
        // The field puts its caret before the unit once more after this.
        setTimeout(() => currentTarget.select());
      }}
      // Nothing typed is nothing meant.
      onBlur={() => setTyped((now) => (typeof now === 'number' && now >= min && now <= max ? now : value))}
      onKeyDown={(event: KeyboardEvent) => {
        if (onLeave === undefined || (event.key !== 'Enter' && event.key !== 'Escape')) return;
        event.preventDefault();
        onLeave();
      }}
    />
  );
}
