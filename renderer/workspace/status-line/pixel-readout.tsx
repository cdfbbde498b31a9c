import { useEffect, useState } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import type { PixelSample } from '../../editor/pixel-services';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import styles from './status-line.module.css';

/** The values of the pixel under the pointer, as they are stored: up to 65,535 in 16-bit pictures. */
export function PixelReadout() {
  const isShown = useEditorValue((one) => one.session.display.isPixelReadoutShown);
  return isShown ? <Values /> : null;
}

function Values() {
  const { editor } = useServices();
  const place = useEditorValue((one) => {
    const at = one.session.keyboardCursor ?? one.session.pointer;
    return at === null ? '' : `${Math.floor(at.x)},${Math.floor(at.y)}`;
  });
  // Its pixels can be read from when it is shown.
  const picture = useObservable(useWorkspace().picture);
  const [sample, setSample] = useState<PixelSample | null>(null);
  useEffect(() => {
    const [x, y] = place.split(',').map(Number);
    if (x === undefined || y === undefined || picture === null || editor.pixels === null) {
      setSample(null);
      return;
    }
    let isCurrent = true;
    void editor.pixels.sample({ x, y }).then((found) => {
      // Nothing is shown of a place that was left; until then the value before stays, so that nothing flickers.
      if (isCurrent) setSample(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [editor, place, picture]);
  return (
    <span className={styles.pixel} title="Values of the pixel under the pointer" data-testid="pixel-readout">
      {sample === null ? '' : textOf(sample)}
    </span>
  );
}

const NAMES: Readonly<Record<number, readonly string[]>> = {
  1: ['Grey'],
  2: ['Grey', 'A'],
  3: ['R', 'G', 'B'],
  4: ['R', 'G', 'B', 'A'],
};

function textOf({ channels }: PixelSample): string {
  const names = NAMES[channels.length] ?? [];
  return channels.map((value, index) => `${names[index] ?? ''} ${value}`).join('  ');
}
