import { SegmentedControl, Switch } from '@mantine/core';
import { useServices } from '../../app/services';
import { NO_ADJUSTMENTS, type PictureAdjustments } from '../../editor/display-settings';
import { useEditorValue } from '../use-editor-value';
import styles from './display-panel.module.css';
import { SampleWindowSettings } from './sample-window-settings';
import { SettingSlider } from './setting-slider';

const CHANNELS = [
  { value: 'all', label: 'All' },
  { value: 'red', label: 'R' },
  { value: 'green', label: 'G' },
  { value: 'blue', label: 'B' },
];

/** Adjustments of the pixels as they are shown; the file stays as it is. */
export function PictureSettings() {
  const { editor } = useServices();
  const adjustments = useEditorValue((one) => one.session.display.adjustments);
  const set = (changes: Partial<PictureAdjustments>) =>
    editor.setDisplay({ adjustments: { ...adjustments, ...changes } });
  const percent = (key: 'brightness' | 'contrast' | 'saturation', label: string) => (
    <SettingSlider
      label={label}
      value={adjustments[key]}
      least={-100}
      most={100}
      step={1}
      fallback={0}
      text={signed(adjustments[key])}
      onChange={(value) => set({ [key]: value })}
    />
  );
  return (
    <div className={styles.group}>
      {percent('brightness', 'Brightness')}
      {percent('contrast', 'Contrast')}
      <SettingSlider
        label="Gamma"
        // The slider moves by powers, so that 1 lies in the middle between a fifth and five.
        value={Math.log(adjustments.gamma) / Math.log(5)}
        least={-1}
        most={1}
        step={0.02}
        fallback={0}
        text={adjustments.gamma.toFixed(2)}
        onChange={(value) => set({ gamma: value === 0 ? NO_ADJUSTMENTS.gamma : round(5 ** value) })}
      />
      {percent('saturation', 'Saturation')}
      <SampleWindowSettings window={adjustments.window} onChange={(window) => set({ window })} />
      <div className={styles.wide}>
        <span className={styles.name}>Channel</span>
        <SegmentedControl
          aria-label="Channel"
          fullWidth
          data={CHANNELS}
          value={adjustments.channel}
          onChange={(value) => set({ channel: channelOf(value) })}
        />
      </div>
      <div className={styles.switches}>
        <Switch
          label="Invert"
          checked={adjustments.isInverted}
          onChange={(event) => set({ isInverted: event.currentTarget.checked })}
        />
        <Switch
          label="Equalise"
          title="Evens out contrast place by place (CLAHE)"
          checked={adjustments.isEqualised}
          onChange={(event) => set({ isEqualised: event.currentTarget.checked })}
        />
      </div>
      {adjustments.isEqualised && (
        <SettingSlider
          label="Clip limit"
          value={adjustments.equaliseLimit}
          least={1}
          most={10}
          step={0.5}
          fallback={NO_ADJUSTMENTS.equaliseLimit}
          text={adjustments.equaliseLimit.toFixed(1)}
          onChange={(equaliseLimit) => set({ equaliseLimit })}
        />
      )}
    </div>
  );
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value).replace('-', '−');
}

/** Two digits are what the panel shows; a value that reads 1.00 is 1. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function channelOf(value: string): PictureAdjustments['channel'] {
  return value === 'red' || value === 'green' || value === 'blue' ? value : 'all';
}
