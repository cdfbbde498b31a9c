import { ActionIcon, Tooltip } from '@mantine/core';
import { Eye, EyeOff } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { type AnnotationFlag, setFlags } from '../../../shared/actions/set-flags';
import type { Annotation } from '../../../shared/schema/annotation';
import { resolveMergedLabels } from '../../../shared/schema/resolve-label';
import { useServices } from '../../app/services';
import { runAction } from '../../commands/run-action';
import { count } from '../../components/quantity';
import { SectionHeader } from '../../components/section-header';
import { type RowGesture, VirtualList } from '../../components/virtual-list';
import { useEditorValue } from '../use-editor-value';
import { groupNumbers } from './group-numbers';
import styles from './inspector.module.css';
import { ObjectRow } from './object-row';

const ROW_HEIGHT = 28;

/** The objects of the open image, topmost first; its selection and the canvas's are one. */
export function ObjectList() {
  const services = useServices();
  const { editor } = services;
  const document = useEditorValue((one) => one.document);
  const selection = useEditorValue((one) => one.session.selection);
  const schema = useEditorValue((one) => one.schema);
  const anchor = useRef(0);

  const isolated = useEditorValue((one) => one.session.isolated);
  const all = useMemo(() => [...(document?.annotations.values() ?? [])].reverse(), [document]);
  const rows = useMemo(
    () => (isolated === null ? all : all.filter(({ id }) => isolated.has(id))),
    [all, isolated],
  );
  const labels = useMemo(() => resolveMergedLabels(schema), [schema]);
  const groups = useMemo(() => groupNumbers(all), [all]);

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
  const withKey = (commandId: string) => {
    const keys = services.commands.keysForDisplay(commandId);
    return keys === '' ? '' : ` (${keys})`;
  };
  const hiddenCount = rows.filter((row) => row.isHidden).length;

  return (
    <section className={styles.objects} aria-label="Objects">
      <SectionHeader
        title="Objects"
        detail={
          isolated !== null
            ? `${count(rows.length)} of ${count(all.length)} shown`
            : selection.size > 0
              ? `${count(selection.size)} of ${count(rows.length)} selected`
              : count(rows.length)
        }
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
              : `Nothing labelled yet. Draw a box${withKey('tool.box')}, or confirm that there is nothing${withKey('image.confirmEmpty')}.`}
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
        {(row) => (
          <ObjectRow
            annotation={row}
            label={labels.get(row.labelId)}
            group={row.groupId === undefined ? null : (groups.get(row.groupId) ?? null)}
          />
        )}
      </VirtualList>
    </section>
  );
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
