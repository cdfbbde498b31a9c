import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { SkeletonTemplate } from '../../shared/schema/shapes';
import {
  type TemplatePlace,
  withEdgeToggled,
  withJointAdded,
  withJointMoved,
  withoutJoint,
} from './skeleton-edits';
import styles from './skeleton-template.module.css';

/** Units of the drawing; joints stay this far from its edge so that those at 0 and 1 are whole. */
const SIDE = 320;
const MARGIN = 16;
const INNER = SIDE - 2 * MARGIN;

/** Steps of the arrow keys, in parts of the box. */
const STEP = 0.01;
const LARGE_STEP = 0.05;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const drawn = (part: number) => MARGIN + part * INNER;
const inPercent = (part: number) => `${(drawn(part) / SIDE) * 100}%`;

export interface SkeletonPaneProps {
  readonly template: SkeletonTemplate;
  readonly color: string;
  readonly selected: number | null;
  readonly onSelect: (index: number | null) => void;
  /** A finished edit, with what undo calls it. Null: nothing is left of the template. */
  readonly onEdit: (after: SkeletonTemplate | null, what: string) => void;
}

/**
 * The template as it will be laid into a dragged box. A click on an empty place adds a joint (Shift: joined with the
 * selected one), Shift and a click on a joint joins or parts it and the selected one, dragging moves. With the
 * keyboard: arrows move (Shift: further), Enter selects, J joins with the selected one, Delete removes.
 */
export function SkeletonPane(props: SkeletonPaneProps) {
  const { template, selected } = props;
  const pane = useRef<HTMLFieldSetElement>(null);
  const [dragged, setDragged] = useState<{ readonly index: number; readonly at: TemplatePlace } | null>(null);
  const shown = dragged === null ? template : withJointMoved(template, dragged.index, dragged.at);

  const placeOf = (event: PointerEvent): TemplatePlace => {
    const bounds = pane.current?.getBoundingClientRect();
    if (bounds === undefined) return { x: 0.5, y: 0.5 };
    const part = (client: number, start: number, length: number) =>
      (((client - start) / length) * SIDE - MARGIN) / INNER;
    return {
      x: part(event.clientX, bounds.left, bounds.width),
      y: part(event.clientY, bounds.top, bounds.height),
    };
  };
  const nameOf = (index: number) => template.joints[index]?.name ?? '';
  const toggle = (index: number) => {
    if (selected === null || selected === index) return;
    props.onEdit(withEdgeToggled(template, selected, index), `Join ${nameOf(selected)} and ${nameOf(index)}`);
  };

  const pressOnJoint = (event: PointerEvent<HTMLButtonElement>, index: number) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    if (event.shiftKey && selected !== null && selected !== index) return toggle(index);
    event.currentTarget.setPointerCapture(event.pointerId);
    props.onSelect(index);
    const joint = template.joints[index];
    if (joint !== undefined) setDragged({ index, at: joint });
  };
  const letGo = (index: number) => {
    // A press on one joint takes the focus from another, which must not end the drag that begins.
    if (dragged?.index !== index) return;
    const after = withJointMoved(template, dragged.index, dragged.at);
    const [old, now] = [template.joints[dragged.index], after.joints[dragged.index]];
    setDragged(null);
    if (old?.x !== now?.x || old?.y !== now?.y) props.onEdit(after, `Move joint ${nameOf(dragged.index)}`);
  };
  const keyOnJoint = (event: KeyboardEvent<HTMLButtonElement>, index: number) => {
    const joint = template.joints[index];
    if (joint === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      const step = event.shiftKey ? LARGE_STEP : STEP;
      const from = shown.joints[index] ?? joint;
      props.onSelect(index);
      // Stored when the key is let go, so that a held key is one edit.
      setDragged({ index, at: { x: from.x + arrow[0] * step, y: from.y + arrow[1] * step } });
    } else if (event.key === 'Enter' || event.key === ' ') props.onSelect(index);
    else if (event.key.toLowerCase() === 'j') toggle(index);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      // The focus would be lost with the joint it is on.
      const next = event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling;
      if (next instanceof HTMLElement) next.focus();
      props.onSelect(null);
      props.onEdit(withoutJoint(template, index), `Remove joint ${joint.name}`);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <fieldset
      ref={pane}
      className={styles.pane}
      aria-label="Joints in the box that is dragged for a new skeleton"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const joinedWith = event.shiftKey ? selected : null;
        props.onSelect(template.joints.length);
        props.onEdit(withJointAdded(template, placeOf(event), joinedWith), 'Add a joint');
      }}
    >
      <svg viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden>
        <rect className={styles.box} x={MARGIN} y={MARGIN} width={INNER} height={INNER} />
        {shown.edges.map(([from, to]) => {
          const [a, b] = [shown.joints[from], shown.joints[to]];
          if (a === undefined || b === undefined) return null;
          return (
            <line
              key={`${from}-${to}`}
              className={styles.edge}
              style={{ stroke: props.color }}
              x1={drawn(a.x)}
              y1={drawn(a.y)}
              x2={drawn(b.x)}
              y2={drawn(b.y)}
            />
          );
        })}
      </svg>
      {shown.joints.map((joint, index) => (
        <button
          key={joint.name}
          type="button"
          className={styles.joint}
          style={{ left: inPercent(joint.x), top: inPercent(joint.y) }}
          aria-pressed={index === selected}
          aria-label={`${index + 1} ${joint.name}, ${Math.round(joint.x * 100)} % across, ${Math.round(joint.y * 100)} % down`}
          onPointerDown={(event) => pressOnJoint(event, index)}
          onPointerMove={(event) => {
            if (dragged?.index === index) setDragged({ index, at: placeOf(event) });
          }}
          onPointerUp={() => letGo(index)}
          onPointerCancel={() => setDragged(null)}
          onKeyDown={(event) => keyOnJoint(event, index)}
          onKeyUp={() => letGo(index)}
          onBlur={() => letGo(index)}
        >
          <span className={styles.dot} style={{ background: props.color }} />
          <span className={styles.number} data-side={joint.x > 0.7 ? 'left' : undefined}>
            {index === selected ? joint.name : index + 1}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
