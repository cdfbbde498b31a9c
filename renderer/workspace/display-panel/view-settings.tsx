import { NumberInput, Switch } from '@mantine/core';
import { useServices } from '../../app/services';
import type { DisplaySettings } from '../../editor/display-settings';
import { useEditorValue } from '../use-editor-value';
import styles from './display-panel.module.css';

type Toggle = Extract<keyof DisplaySettings, `is${string}` | `are${string}`>;

const SWITCHES: readonly (readonly [Toggle, string])[] = [
  ['areNamesShown', 'Names'],
  ['isCrosshairShown', 'Crosshair'],
  ['isMinimapShown', 'Minimap'],
  ['isPixelReadoutShown', 'Pixel values'],
  ['isGridShown', 'Grid'],
];

export function ViewSettings() {
  const { editor } = useServices();
  const display = useEditorValue((one) => one.session.display);
  return (
    <div className={styles.group}>
      <div className={styles.switches}>
        {SWITCHES.map(([key, label]) => (
          <Switch
            key={key}
            label={label}
            checked={display[key]}
            onChange={(event) => editor.setDisplay({ [key]: event.currentTarget.checked })}
          />
        ))}
      </div>
      {display.isGridShown && (
        <div className={styles.wide}>
          <span className={styles.name}>Grid step</span>
          <NumberInput
            aria-label="Grid step"
            min={1}
            max={10_000}
            suffix=" px"
            value={display.gridStep}
            onChange={(value) => {
              if (typeof value === 'number' && value >= 1) editor.setDisplay({ gridStep: value });
            }}
          />
        </div>
      )}
    </div>
  );
}
