import { type KeyboardEvent, useMemo, useState } from 'react';
import { CONVERSIONS, type ConversionTarget } from '../../../shared/conversions';
import { SHAPES } from '../../../shared/shapes';
import { useServices } from '../../app/services';
import { convertSelection, lossOfSelection } from '../../commands/convert-selection';
import { selectedAnnotations } from '../../commands/run-action';
import { isMovedByHand } from '../../components/moved-by-hand';
import { plural } from '../../components/quantity';
import styles from './questions.module.css';

/** The losses of more objects than this are worked out only when they are converted. */
const MOST_PREVIEWED = 50;

/** What the selected objects may become, and what each would lose. */
export function ConvertForm({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const [selected] = useState(() => selectedAnnotations(services));
  const [at, setAt] = useState(0);
  const targets = useMemo(
    () =>
      (Object.keys(CONVERSIONS) as ConversionTarget[]).filter((target) =>
        selected.some(({ shape }) => CONVERSIONS[target].from.includes(shape.type)),
      ),
    [selected],
  );
  const active = targets[at];
  const loss = useMemo(
    () =>
      active === undefined || selected.length > MOST_PREVIEWED ? null : lossOfSelection(services, active),
    [services, active, selected],
  );
  const choose = (target: ConversionTarget) => {
    onClose();
    convertSelection(services, target);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && active !== undefined) {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = at + (event.key === 'ArrowDown' ? 1 : -1);
      setAt((next + targets.length) % Math.max(1, targets.length));
    }
  };
  return (
    <div className={styles.form}>
      <h2 className={styles.title} id="convert-title">
        Convert {plural(selected.length, 'object')} to …
      </h2>
      <div
        role="listbox"
        aria-labelledby="convert-title"
        aria-activedescendant={active === undefined ? undefined : `convert-${active}`}
        data-autofocus
        tabIndex={0}
        className={styles.options}
        onKeyDown={onKeyDown}
      >
        {targets.map((target, index) => (
          <div
            key={target}
            id={`convert-${target}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.option}
            onClick={() => choose(target)}
            onKeyDown={onKeyDown}
            onMouseMove={(event) => {
              if (isMovedByHand(event)) setAt(index);
            }}
          >
            <span className={styles.optionText}>{SHAPES[target].title}</span>
          </div>
        ))}
      </div>
      <p className={styles.detail} role="status">
        {targets.length === 0
          ? 'These objects have no other shape to become.'
          : selected.length > MOST_PREVIEWED
            ? 'What is lost is said once they are converted.'
            : (loss ?? 'Nothing is lost.')}
      </p>
    </div>
  );
}
