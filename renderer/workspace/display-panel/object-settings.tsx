import { Select } from '@mantine/core';
import { useServices } from '../../app/services';
import { DEFAULT_DISPLAY_SETTINGS, type DisplaySettings } from '../../editor/display-settings';
import { useEditorValue } from '../use-editor-value';
import styles from './display-panel.module.css';
import { SettingSlider } from './setting-slider';

const COLOURS: readonly { readonly value: DisplaySettings['colourBy']; readonly label: string }[] = [
  { value: 'label', label: 'Label' },
  { value: 'object', label: 'Object' },
  { value: 'person', label: 'Person' },
  { value: 'state', label: 'State' },
];

export function ObjectSettings() {
  const { editor } = useServices();
  const { fillOpacity, outlineWidth, colourBy } = useEditorValue((one) => one.session.display);
  return (
    <div className={styles.group}>
      <SettingSlider
        label="Fill"
        value={Math.round(fillOpacity * 100)}
        least={0}
        most={100}
        step={1}
        fallback={Math.round(DEFAULT_DISPLAY_SETTINGS.fillOpacity * 100)}
        text={`${Math.round(fillOpacity * 100)} %`}
        onChange={(value) => editor.setDisplay({ fillOpacity: value / 100 })}
      />
      <SettingSlider
        label="Outline"
        value={outlineWidth}
        least={1}
        most={6}
        step={0.5}
        fallback={DEFAULT_DISPLAY_SETTINGS.outlineWidth}
        text={`${outlineWidth} px`}
        onChange={(value) => editor.setDisplay({ outlineWidth: value })}
      />
      <div className={styles.wide}>
        <span className={styles.name}>Colour by</span>
        <Select
          aria-label="Colour by"
          allowDeselect={false}
          data={COLOURS}
          value={colourBy}
          onChange={(value) => {
            const chosen = COLOURS.find((colour) => colour.value === value);
            if (chosen !== undefined) editor.setDisplay({ colourBy: chosen.value });
          }}
        />
      </div>
    </div>
  );
}
