import { ActionIcon, Tooltip } from '@mantine/core';
import { Eye, EyeOff, Lock, LockOpen } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { type AnnotationFlag, setFlags } from '../../../shared/actions/set-flags';
import type { Annotation } from '../../../shared/schema/annotation';
import { resolveLabel } from '../../../shared/schema/resolve-label';
import { behaviourOf } from '../../../shared/shapes';
import { useServices } from '../../app/services';
import { runAction } from '../../commands/run-action';
import { ColorSwatch } from '../../components/color-swatch';
import { SectionHeader } from '../../components/section-header';
import { type RowGesture, VirtualList } from '../../components/virtual-list';
import { useEditorValue } from '../use-editor-value';
import styles from './inspector.module.css';

const ROW_HEIGHT = 28;

/** The objects of the open image, topmost first; its selection and the canvas's are one. */
export function ObjectList() {
  const services = useServices();
  const { editor } = services;
  const document = useEditorValue((one) => one.document);
  const selection = useEditorValue((one) => one.session.selection);
  const schema = useEditorValue((one) => one.schema);
  const anchor = useRef(0);

  const rows = useMemo(() => [...(document?.annotations.values() ?? [])].reverse(), [document]);
  const labels = useMemo(() => {
    const byId = new Map<string, { name: string; color: string }>();
    for (const { id } of schema.labels) {
      const label = resolveLabel(schema, id);
      if (label !== null) byId.set(id, label);
    }
    return byId;
  }, [schema]);

  const choose = (row: Annotation, index: number, gesture: RowGesture) => {
    if (gesture.isRange) {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      editor.select(rows.slice(from, to + 1).map(({ id }) => id));
      return;
    }
    anchor.current = index;
    if (!gesture.isAdditive) return editor.select([row.id]);
    const next = new Set(selection);
    if (!next.delete(row.id)) next.add(row.id);
    editor.select(next);
  };
  const allIds = (flag: AnnotationFlag, isOn: boolean) =>
    runAction(services, setFlags, { ids: rows.map(({ id }) => id), flag, isOn });
  const hiddenCount = rows.filter((row) => row.isHidden).length;

  return (
    <section className={styles.objects} aria-label="Objects">
      <SectionHeader
        title="Objects"
        detail={selection.size > 0 ? `${selection.size} of ${rows.length} selected` : String(rows.length)}
      >
        <FlagButton
          label={hiddenCount > 0 ? 'Show all objects' : 'Hide all objects'}
          icon={hiddenCount > 0 ? <EyeOff size={14} /> : <Eye size={14} />}
          isDisabled={rows.length === 0}
          onClick={() => allIds('isHidden', hiddenCount === 0)}
        />
      </SectionHeader>
      {rows.length === 0 && (
        <p className={styles.empty}>
          {document === null
            ? 'No image is open.'
            : document.status.state === 'confirmedEmpty'
              ? 'Confirmed: nothing to label in this image.'
              : 'Nothing labelled yet. Draw a box (R), or confirm that there is nothing (E).'}
        </p>
      )}
      <VirtualList
        id="objects"
        className={styles.fill ?? ''}
        label="Objects, topmost first"
        rows={rows}
        keyOf={(row) => row.id}
        rowHeight={ROW_HEIGHT}
        isMultiSelect
        isSelected={(row) => selection.has(row.id)}
        activeIndex={rows.findIndex((row) => selection.has(row.id))}
        onChoose={choose}
        onAction={(row, action) => {
          const flag = action === 'isLocked' ? 'isLocked' : 'isHidden';
          runAction(services, setFlags, { ids: [row.id], flag, isOn: !row[flag] });
        }}
        onHover={(row) => editor.setHovered(row?.id ?? null)}
      >
        {(row) => {
          const label = labels.get(row.labelId);
          const name = label?.name ?? 'Unknown label';
          return (
            <>
              <ColorSwatch color={label?.color ?? '#808080'} />
              <span className={row.isHidden ? styles.hiddenName : styles.name}>{name}</span>
              <span className={styles.size} title={behaviourOf(row.shape).describe(row.shape)}>
                {sizeOf(row)}
              </span>
              <RowFlag
                flag="isHidden"
                isOn={row.isHidden}
                words="hidden"
                action={`${row.isHidden ? 'Show' : 'Hide'} ${name}`}
                icon={row.isHidden ? <EyeOff size={14} /> : <Eye size={14} />}
              />
              <RowFlag
                flag="isLocked"
                isOn={row.isLocked}
                words="locked"
                action={`${row.isLocked ? 'Unlock' : 'Lock'} ${name}`}
                icon={row.isLocked ? <Lock size={14} /> : <LockOpen size={14} />}
              />
            </>
          );
        }}
      </VirtualList>
    </section>
  );
}

/** Whole image px: the list is for telling objects apart; the exact numbers are in the tooltip. */
function sizeOf({ shape }: Annotation): string {
  const { width, height } = behaviourOf(shape).bounds(shape);
  return `${Math.round(width)} × ${Math.round(height)}`;
}

function FlagButton(props: {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
}) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon size="sm" aria-label={props.label} aria-disabled={props.isDisabled} onClick={props.onClick}>
        {props.icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** For the pointer; the keyboard has H and L for the selection. */
function RowFlag(props: {
  readonly flag: AnnotationFlag;
  readonly isOn: boolean;
  readonly words: string;
  readonly action: string;
  readonly icon: React.ReactNode;
}) {
  return (
    <span className={props.isOn ? styles.flagOn : styles.flag} title={props.action} data-action={props.flag}>
      {props.icon}
      {props.isOn && <span className="visually-hidden">{props.words}</span>}
    </span>
  );
}
