import { type RefObject, useMemo } from 'react';
import { relabelAnnotations } from '../../../shared/actions/relabel-annotations';
import type { LabelId } from '../../../shared/schema/ids';
import type { LabelDefinition } from '../../../shared/schema/label-schema';
import { useServices } from '../../app/services';
import { keysOfLabels, usableLabels } from '../../commands/label-for-key';
import { runAction, selectedIds } from '../../commands/run-action';
import { selectByLabels } from '../../commands/select-by-labels';
import { ColorSwatch } from '../../components/color-swatch';
import { Keys } from '../../components/keys';
import { SectionHeader } from '../../components/section-header';
import { type RowGesture, VirtualList } from '../../components/virtual-list';
import { useEditorValue } from '../use-editor-value';
import styles from './inspector.module.css';

const ROW_HEIGHT = 26;
const MOST_ROWS_SHOWN = 12;
const BOTTOM_GAP = 4;

/** The labels one draws with. Choosing one makes it active and, when objects are selected, gives it to them. */
export function LabelPalette({ labelsRef }: { readonly labelsRef: RefObject<HTMLDivElement | null> }) {
  const services = useServices();
  const { editor } = services;
  const schema = useEditorValue((one) => one.schema);
  const activeId = useEditorValue((one) => one.session.activeLabelId);
  const document = useEditorValue((one) => one.document);
  const labels = useMemo(() => usableLabels(schema), [schema]);
  const keys = useMemo(() => keysOfLabels(schema), [schema]);
  const counts = useMemo(() => {
    const result = new Map<LabelId, number>();
    for (const { labelId } of document?.annotations.values() ?? []) {
      result.set(labelId, (result.get(labelId) ?? 0) + 1);
    }
    return result;
  }, [document]);

  const choose = (label: LabelDefinition, _index: number, gesture: RowGesture) => {
    if (gesture.isAlternate) return selectByLabels(services, new Set([label.id]));
    editor.setActiveLabel(label.id);
    if (editor.session.selection.size > 0 && editor.session.readOnlyReason === null) {
      runAction(services, relabelAnnotations, { ids: selectedIds(services), labelId: label.id });
    }
  };
  return (
    <section className={styles.labels} aria-label="Labels" ref={labelsRef}>
      <SectionHeader title="Labels" detail={String(labels.length)} />
      {labels.length === 0 && <p className={styles.empty}>No labels yet. Add some in the label schema.</p>}
      <div
        style={{ height: Math.min(labels.length, MOST_ROWS_SHOWN) * ROW_HEIGHT + BOTTOM_GAP }}
        className={styles.labelBox}
      >
        <VirtualList
          id="labels"
          className={styles.fill ?? ''}
          label="Labels"
          rows={labels}
          keyOf={(label) => label.id}
          rowHeight={ROW_HEIGHT}
          isSelected={(label) => label.id === activeId}
          activeIndex={labels.findIndex((label) => label.id === activeId)}
          onChoose={choose}
        >
          {(label) => (
            <>
              <ColorSwatch color={label.color} />
              <span
                className={styles.name}
                title={`${label.description || label.name}. Alt+click selects what has this label`}
              >
                {label.name}
              </span>
              <span className={styles.number}>{counts.get(label.id) ?? ''}</span>
              <span className={styles.keySlot}>
                <Keys text={(keys.get(label) ?? '').toUpperCase()} />
              </span>
            </>
          )}
        </VirtualList>
      </div>
    </section>
  );
}
