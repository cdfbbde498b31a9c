import { Button, type ButtonProps, Popover, Tooltip, UnstyledButton } from '@mantine/core';
import { Ban, ChevronDown, type LucideIcon, Tag, Trash2, X } from 'lucide-react';
import { type Ref, useState, useSyncExternalStore } from 'react';
import type { LabelDefinition, LabelSchema } from '../../shared/schema/label-schema';
import type { DefectCode } from '../../shared/schema/review';
import { keysOfLabels, usableLabels } from '../commands/label-for-key';
import { Keys } from '../components/keys';
import { count, plural } from '../components/quantity';
import type { ObjectDetail } from '../objects/object-messages';
import { DEFECT_WORDS, OBJECT_DEFECTS } from './edit-objects';
import styles from './gallery.module.css';
import { ObjectDetails } from './object-details';
import type { RowSelection } from './row-selection';

const NOTHING = 'Select objects first: click them, or press Space';

/** What one looks at, and what can be done to what is selected. */
export function SelectionBar(props: {
  readonly schema: LabelSchema;
  readonly detail: ObjectDetail | null;
  readonly failure: string | null;
  readonly selection: RowSelection;
  readonly isRejectOpen: boolean;
  readonly onRejectOpen: (isOpen: boolean) => void;
  readonly onRelabel: (label: LabelDefinition) => void;
  readonly onReject: (code: DefectCode) => void;
  readonly onDelete: () => void;
}) {
  const { schema, selection, isRejectOpen, onRejectOpen } = props;
  const [isRelabelOpen, setRelabelOpen] = useState(false);
  const size = useSyncExternalStore(selection.subscribe, () => selection.size);
  const isNone = size === 0;
  const keys = keysOfLabels(schema);
  const tooltip = (words: string) => (isNone ? NOTHING : words);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected objects">
      <ObjectDetails schema={schema} detail={props.detail} failure={props.failure} />
      <span className={styles.selected} role="status">
        {isNone ? 'Nothing selected' : `${count(size)} selected`}
      </span>
      <Menu
        words="Relabel"
        icon={Tag}
        tooltip={tooltip('Give another label (the key of the label)')}
        legend={`Label for ${plural(size, 'object')}`}
        isInert={isNone}
        isOpen={isRelabelOpen}
        onOpen={setRelabelOpen}
      >
        {usableLabels(schema).map((label) => (
          <UnstyledButton
            key={label.id}
            className={styles.label}
            onClick={() => {
              setRelabelOpen(false);
              props.onRelabel(label);
            }}
          >
            <i className={styles.swatch} style={{ background: label.color }} aria-hidden />
            <span>{label.name}</span>
            <Keys text={(keys.get(label) ?? '').toUpperCase()} />
          </UnstyledButton>
        ))}
      </Menu>
      <Menu
        words="Reject"
        icon={Ban}
        tooltip={tooltip('Mark as defective and reject the image (Shift+R)')}
        legend={`What is wrong with ${plural(size, 'object')}`}
        isInert={isNone}
        isOpen={isRejectOpen}
        onOpen={onRejectOpen}
      >
        {OBJECT_DEFECTS.map((code) => (
          <UnstyledButton key={code} className={styles.label} onClick={() => props.onReject(code)}>
            <span>{DEFECT_WORDS[code]}</span>
          </UnstyledButton>
        ))}
      </Menu>
      <Tooltip label={tooltip('Delete the selected objects (Delete)')}>
        <Deed words="Delete" icon={Trash2} isInert={isNone} onRun={props.onDelete} />
      </Tooltip>
      <Tooltip label={tooltip('Select nothing (Escape)')}>
        <Deed words="Clear" icon={X} isInert={isNone} onRun={() => selection.clear()} variant="subtle" />
      </Tooltip>
    </div>
  );
}

/** Choices that open upwards from a button. */
function Menu(props: {
  readonly words: string;
  readonly icon: LucideIcon;
  readonly tooltip: string;
  readonly legend: string;
  readonly isInert: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly children: React.ReactNode;
}) {
  const { isInert, isOpen, onOpen } = props;
  return (
    <Popover position="top-end" trapFocus withinPortal opened={isOpen && !isInert} onChange={onOpen}>
      <Popover.Target>
        <Tooltip label={props.tooltip} disabled={isOpen && !isInert}>
          <Deed
            words={props.words}
            icon={props.icon}
            isInert={isInert}
            onRun={() => onOpen(!isOpen)}
            rightSection={<ChevronDown size={12} aria-hidden />}
          />
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={4} w={240}>
        <fieldset className={styles.labels}>
          <legend className="visually-hidden">{props.legend}</legend>
          {props.children}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A button that stays where the focus finds it when there is nothing to do, and whose tooltip says why. */
function Deed({
  words,
  icon: Icon,
  isInert,
  onRun,
  ref,
  ...button
}: ButtonProps & {
  readonly words: string;
  readonly icon: LucideIcon;
  readonly isInert: boolean;
  readonly onRun: () => void;
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  return (
    <Button
      variant="default"
      size="xs"
      {...button}
      {...(ref === undefined ? {} : { ref })}
      {...(isInert ? { 'data-disabled': true } : {})}
      leftSection={<Icon size={14} aria-hidden />}
      aria-disabled={isInert}
      onClick={() => {
        if (!isInert) onRun();
      }}
    >
      {words}
    </Button>
  );
}
