import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import styles from './resize-handle.module.css';

const KEY_STEP_IN_PX = 16;

/** The edge between a rail and its neighbour: dragged, or moved with the arrow keys. */
export function ResizeHandle(props: {
  readonly label: string;
  /** On which side of the handle the rail lies. */
  readonly railSide: 'left' | 'right';
  readonly width: number;
  readonly narrowest: number;
  readonly widest: number;
  readonly onResize: (width: number) => void;
}) {
  const drag = useRef<{ startX: number; startWidth: number } | null>(null);
  const grows = props.railSide === 'left' ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLHRElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { startX: event.clientX, startWidth: props.width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current === null) return;
    props.onResize(drag.current.startWidth + grows * (event.clientX - drag.current.startX));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -KEY_STEP_IN_PX, ArrowRight: KEY_STEP_IN_PX }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    props.onResize(props.width + grows * step);
  };
  return (
    <hr
      className={styles.handle}
      aria-label={props.label}
      aria-orientation="vertical"
      aria-valuenow={props.width}
      aria-valuemin={props.narrowest}
      aria-valuemax={props.widest}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
