import { useEffect, useState } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import type { PictureAdjustments } from '../../editor/display-settings';
import { useWorkspace } from '../workspace-context';
import styles from './display-panel.module.css';
import { SettingSlider } from './setting-slider';

type SampleWindow = NonNullable<PictureAdjustments['window']>;

const MOST = 65_535;
const STEP = 16;

/** Which sample values are black and white; only for pictures with 16 bits a channel. */
export function SampleWindowSettings(props: {
  readonly window: SampleWindow | null;
  onChange(window: SampleWindow | null): void;
}) {
  const fitting = useFittingWindow();
  if (fitting === null) return null;
  const { low, high } = props.window ?? fitting;
  const set = (next: SampleWindow) =>
    props.onChange(next.low === fitting.low && next.high === fitting.high ? null : next);
  return (
    <>
      <p className={styles.note}>
        16 bits a channel{props.window === null ? ', window fitted to the picture' : ''}
      </p>
      <SettingSlider
        label="Black at"
        value={low}
        least={0}
        most={MOST}
        step={STEP}
        fallback={fitting.low}
        text={String(low)}
        onChange={(value) => set({ low: Math.min(value, MOST - 1), high: Math.max(high, value + 1) })}
      />
      <SettingSlider
        label="White at"
        value={high}
        least={0}
        most={MOST}
        step={STEP}
        fallback={fitting.high}
        text={String(high)}
        onChange={(value) => set({ low: Math.min(low, Math.max(value - 1, 0)), high: Math.max(value, 1) })}
      />
    </>
  );
}

/** The window that fits the open picture, null for pictures of 8 bits. */
function useFittingWindow(): SampleWindow | null {
  const { pixels } = useServices();
  const picture = useObservable(useWorkspace().picture);
  const [fitting, setFitting] = useState<SampleWindow | null>(null);
  useEffect(() => {
    setFitting(null);
    const format = picture?.image.format;
    // Other formats have 8 bits, which need not be read to be known.
    if (format !== 'png' && format !== 'tiff') return;
    let isCurrent = true;
    void pixels.facts().then((facts) => {
      if (isCurrent && facts.ok) setFitting(facts.value.fittingWindow);
    });
    return () => {
      isCurrent = false;
    };
  }, [pixels, picture]);
  return fitting;
}
