import { ActionIcon, Slider } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import styles from './display-panel.module.css';

interface SettingSliderProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly fallback: number;
  /** The value as it is read: `40 %`. */
  readonly text: string;
  onChange(value: number): void;
}

/** A value by slider: arrow keys change it by a step, the button on the right puts it back. */
export function SettingSlider(props: SettingSliderProps) {
  const { label, value, least, most, step, fallback, text, onChange } = props;
  const id = useId();
  return (
    <div className={styles.row}>
      <span id={id} className={styles.name}>
        {label}
      </span>
      <Slider
        className={styles.slider}
        size={4}
        thumbSize={14}
        label={null}
        min={least}
        max={most}
        step={step}
        value={value}
        onChange={onChange}
        thumbProps={{ 'aria-labelledby': id, 'aria-valuetext': text }}
      />
      <span className={styles.value}>{text}</span>
      <ActionIcon
        size="xs"
        aria-label={`Reset ${label.toLowerCase()}`}
        style={{ visibility: value === fallback ? 'hidden' : 'visible' }}
        onClick={() => onChange(fallback)}
      >
        <RotateCcw size={12} />
      </ActionIcon>
    </div>
  );
}
