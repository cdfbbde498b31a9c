import { Checkbox, SegmentedControl, Slider } from '@mantine/core';
import {
  ChevronsDown,
  ChevronsUp,
  Combine,
  Copy,
  Focus,
  Forward,
  Group,
  Pin,
  Split,
  Trash,
  TriangleAlert,
  Ungroup,
} from 'lucide-react';
import type { ShapeType } from '../../../shared/schema/shapes';
import { useServices } from '../../app/services';
import { focusCanvas } from '../../commands/focus-canvas';
import { ColorSwatch } from '../../components/color-swatch';
import { CommandButton } from '../../components/command-button';
import { NumberField } from '../../components/number-field';
import { plural } from '../../components/quantity';
import type { ToolOptions } from '../../editor/tool-options';
import { reasonNotToDraw } from '../../tools/parts/reason-not-to-draw';
import { useEditorValue } from '../use-editor-value';
import { OPTIONS_OF_TOOL, type ToolOptionId } from './options-of-tool';
import styles from './tool-options-bar.module.css';

const SIZE = 16;

/** What the tool at hand can be told, and for the select tool what can be done with the selection. Never moves the canvas. */
export function ToolOptionsBar() {
  const toolId = useEditorValue((one) => one.session.toolId);
  const { title, options, draws } = OPTIONS_OF_TOOL[toolId] ?? { title: '', options: [], draws: null };
  return (
    <div className={styles.bar} role="toolbar" aria-label="Tool options" data-region="tool-options">
      <span className={styles.tool}>{title}</span>
      {draws !== null && <ActiveLabel draws={draws} />}
      {options.length > 0 && <span className={styles.separator} aria-hidden />}
      {options.map((option) => (
        <Option key={option} option={option} />
      ))}
      {toolId === 'select' && <SelectionCommands />}
    </div>
  );
}

/** The label that the next object gets, or why it cannot get it: known before anything is drawn. */
function ActiveLabel({ draws }: { readonly draws: ShapeType }) {
  const labelId = useEditorValue((one) => one.session.activeLabelId);
  const label = useEditorValue((one) => one.schema.labels.find(({ id }) => id === labelId) ?? null);
  const reason = useEditorValue((one) =>
    one.document === null || one.session.readOnlyReason !== null ? null : reasonNotToDraw(one, draws),
  );
  if (label === null) return <span className={styles.caption}>No label to draw with</span>;
  return (
    <span className={styles.label} title={reason ?? `New objects are ${label.name}`}>
      <ColorSwatch color={label.color} />
      <span>{label.name}</span>
      {reason !== null && (
        <TriangleAlert size={14} role="img" aria-label={reason} className={styles.warning} />
      )}
    </span>
  );
}

function SelectionCommands() {
  const count = useEditorValue((one) => one.session.selection.size);
  // Decide which buttons are available.
  useEditorValue((one) => one.document);
  useEditorValue((one) => one.session.readOnlyReason);
  useEditorValue((one) => one.session.isolated);
  if (count === 0) return <span className={styles.caption}>Nothing selected</span>;
  return (
    <>
      <span className={styles.caption}>{plural(count, 'object')}</span>
      <span className={styles.separator} aria-hidden />
      <div className={styles.commands}>
        <CommandButton commandId="annotation.duplicate" icon={<Copy size={SIZE} />} />
        <CommandButton commandId="annotation.propagate" icon={<Forward size={SIZE} />} />
        <CommandButton commandId="annotation.group" icon={<Group size={SIZE} />} />
        <CommandButton commandId="annotation.ungroup" icon={<Ungroup size={SIZE} />} />
        <CommandButton commandId="annotation.merge" icon={<Combine size={SIZE} />} />
        <CommandButton commandId="annotation.split" icon={<Split size={SIZE} />} />
        <CommandButton commandId="annotation.front" icon={<ChevronsUp size={SIZE} />} />
        <CommandButton commandId="annotation.back" icon={<ChevronsDown size={SIZE} />} />
        <CommandButton commandId="annotation.pin" icon={<Pin size={SIZE} />} />
        <CommandButton commandId="annotation.isolate" icon={<Focus size={SIZE} />} />
        <CommandButton commandId="annotation.delete" icon={<Trash size={SIZE} />} />
      </div>
    </>
  );
}

function Option({ option }: { readonly option: ToolOptionId }) {
  const { editor } = useServices();
  const options = useEditorValue((one) => one.session.toolOptions);
  const set = (changes: Partial<ToolOptions>) => editor.setToolOptions(changes);
  switch (option) {
    case 'boxMethod':
      return (
        <SegmentedControl
          aria-label="How boxes are drawn"
          value={options.boxMethod}
          onChange={(value) => set({ boxMethod: value === 'extreme-points' ? value : 'two-points' })}
          data={[
            { value: 'two-points', label: 'Two corners' },
            { value: 'extreme-points', label: 'Four extremes' },
          ]}
        />
      );
    case 'snapping':
      return <Snapping isOn={options.isSnapping} onChange={(isSnapping) => set({ isSnapping })} />;
    case 'simplify':
      return (
        <Measure
          label="Simplify"
          unit="px"
          value={options.simplifyTolerance}
          least={0}
          most={20}
          step={0.5}
          onChange={(simplifyTolerance) => set({ simplifyTolerance })}
        />
      );
    case 'brushMode':
      return (
        <SegmentedControl
          aria-label="What the brush does"
          value={options.brushMode}
          onChange={(value) => set({ brushMode: value === 'erase' ? value : 'paint' })}
          data={[
            { value: 'paint', label: 'Paint' },
            { value: 'erase', label: 'Erase' },
          ]}
        />
      );
    case 'brushShape':
      return (
        <SegmentedControl
          aria-label="Shape of the brush"
          value={options.brushShape}
          onChange={(value) => set({ brushShape: value === 'square' ? value : 'circle' })}
          data={[
            { value: 'circle', label: 'Round' },
            { value: 'square', label: 'Square' },
          ]}
        />
      );
    case 'brushDiameter':
      return (
        <Measure
          label="Size"
          unit="px"
          value={options.brushDiameter}
          least={1}
          most={200}
          mostTyped={2000}
          step={1}
          onChange={(brushDiameter) => set({ brushDiameter })}
        />
      );
    case 'wandTolerance':
      return (
        <Measure
          label="Tolerance"
          unit=""
          value={options.wandTolerance}
          least={0}
          most={255}
          step={1}
          onChange={(wandTolerance) => set({ wandTolerance })}
        />
      );
    case 'wandContiguous':
      return (
        <Checkbox
          label="Connected"
          title="Only pixels that hang together with the one that was clicked"
          checked={options.isWandContiguous}
          onChange={(event) => set({ isWandContiguous: event.currentTarget.checked })}
        />
      );
  }
}

function Snapping(props: { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void }) {
  const { commands } = useServices();
  const keys = commands.keysForDisplay('tool.toggleSnapping');
  return (
    <Checkbox
      label="Snap"
      title={`Points are drawn to vertices, edges and the picture’s border${keys === '' ? '' : ` (${keys})`}. Ctrl held turns it round`}
      checked={props.isOn}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

/** A number by slider for the hand and by field for the exact value. */
function Measure(props: {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly least: number;
  /** Where the slider ends. */
  readonly most: number;
  /** Where the field ends, when further. */
  readonly mostTyped?: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <div className={styles.group}>
      <span className={styles.caption}>{props.label}</span>
      <Slider
        className={styles.slider ?? ''}
        size="xs"
        label={null}
        thumbLabel={props.label}
        min={props.least}
        max={props.most}
        step={props.step}
        value={Math.min(props.value, props.most)}
        onChange={props.onChange}
      />
      <NumberField
        className={styles.number ?? ''}
        aria-label={`${props.label}${props.unit === '' ? '' : ` in ${props.unit}`}`}
        {...(props.unit === '' ? {} : { suffix: ` ${props.unit}` })}
        min={props.least}
        max={props.mostTyped ?? props.most}
        step={props.step}
        value={props.value}
        onValue={props.onChange}
        onLeave={focusCanvas}
      />
    </div>
  );
}
