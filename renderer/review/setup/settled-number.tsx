import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';

/** A number that counts once it is typed to its end: every change of a setting is a line of the journal. */
export function SettledNumber(props: {
  readonly label: string;
  readonly description?: string;
  readonly suffix: string;
  readonly min: number;
  readonly max: number;
  readonly isDisabled: boolean;
  readonly value: number;
  readonly onValue: (value: number) => void;
}) {
  const { value, onValue, isDisabled, ...rest } = props;
  const [typed, setTyped] = useState<number | string>(value);
  useEffect(() => setTyped(value), [value]);
  const settle = () => {
    // Nothing typed is nothing meant.
    const meant = typeof typed === 'number' ? Math.min(rest.max, Math.max(rest.min, typed)) : value;
    setTyped(meant);
    if (meant !== value) onValue(meant);
  };
  return (
    <NumberInput
      {...rest}
      w={200}
      hideControls
      clampBehavior="none"
      allowDecimal={false}
      allowNegative={false}
      disabled={isDisabled}
      value={typed}
      onChange={setTyped}
      onBlur={settle}
      onKeyDown={({ key }) => {
        if (key === 'Enter') settle();
      }}
    />
  );
}
