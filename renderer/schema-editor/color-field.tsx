import { ColorInput, Popover, UnstyledButton } from '@mantine/core';
import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Color, type LabelDefinition } from '../../shared/schema/label-schema';
import { CONFUSABLE_DISTANCE, leastColorDistance } from '../../shared/templates/color-vision';
import { LABEL_PALETTE } from '../../shared/templates/palette';
import styles from './schema-editor.module.css';
import { useSchemaEdits } from './schema-edits';

/** A label's colour, from the palette that every eye can tell apart or of one's own, with a word when it is easily confused. */
export function ColorField({ label }: { readonly label: LabelDefinition }) {
  const { apply, schema } = useSchemaEdits();
  const [isOpen, setIsOpen] = useState(false);
  const [draft, setDraft] = useState(label.color);
  useEffect(() => setDraft(label.color), [label.color]);

  const set = (color: string) => {
    if (color !== label.color && Color.safeParse(color).success) {
      void apply('schema.recolor-label', { labelId: label.id, color }, `Recolour ${label.name}`);
    }
  };
  const others = schema.labels.filter(
    (one) => one.id !== label.id && !one.isRetired && one.mergedIntoId === null,
  );
  // With more labels than the palette has colours some must look alike; saying so at each would help nobody.
  const isCrowded = others.length >= LABEL_PALETTE.length;
  const twin = isCrowded
    ? undefined
    : others.find((other) => leastColorDistance(other.color, label.color) < CONFUSABLE_DISTANCE);
  const used = new Set(others.map((other) => other.color));
  return (
    <div className={styles.field}>
      <span className={styles.fieldLabel}>Colour</span>
      <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton
            className={styles.colorButton}
            aria-label={`Colour ${label.color}; change`}
            onClick={() => setIsOpen(!isOpen)}
          >
            <span className={styles.bigSwatch} style={{ background: label.color }} />
            {label.color}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <div className={styles.palette}>
            {LABEL_PALETTE.map((color) => (
              <UnstyledButton
                key={color}
                className={styles.paletteColor}
                style={{ background: color }}
                aria-label={used.has(color) ? `${color}, in use` : color}
                aria-pressed={color === label.color}
                data-used={used.has(color) || undefined}
                onClick={() => {
                  set(color);
                  setIsOpen(false);
                }}
              >
                {color === label.color && <Check size={12} aria-hidden />}
              </UnstyledButton>
            ))}
          </div>
          <ColorInput
            size="xs"
            mt={8}
            label="A colour of your own"
            format="hex"
            withEyeDropper={false}
            popoverProps={{ withinPortal: false }}
            value={draft}
            onChange={(color) => setDraft(color.toLowerCase())}
            onChangeEnd={(color) => set(color.toLowerCase())}
            onBlur={() => set(draft)}
          />
        </Popover.Dropdown>
      </Popover>
      {twin !== undefined && (
        <span className={styles.warning}>
          Hard to tell from “{twin.name}”, for colour-blind eyes at least.
        </span>
      )}
    </div>
  );
}
