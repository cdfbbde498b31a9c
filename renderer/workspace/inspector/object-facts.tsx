import { Button, Select } from '@mantine/core';
import { useMemo } from 'react';
import { relabelAnnotations } from '../../../shared/actions/relabel-annotations';
import type { Annotation } from '../../../shared/schema/annotation';
import { resolveMergedLabels } from '../../../shared/schema/resolve-label';
import { behaviourOf } from '../../../shared/shapes';
import { useServices } from '../../app/services';
import { usableLabels } from '../../commands/label-for-key';
import { runAction } from '../../commands/run-action';
import { count, plural } from '../../components/quantity';
import { useEditorValue } from '../use-editor-value';
import styles from './inspector.module.css';
import { sharedValue } from './shared-value';

interface Props {
  readonly selected: readonly [Annotation, ...Annotation[]];
  readonly isDisabled: boolean;
}

/** Label, note, group and measures of the selected objects, and what they can be turned into. */
export function ObjectFacts({ selected, isDisabled }: Props) {
  const measure = useMemo(() => measureOf(selected), [selected]);
  return (
    <>
      <LabelOfMany selected={selected} isDisabled={isDisabled} />
      <Note selected={selected} />
      <Grouped selected={selected} />
      <div className={styles.line}>
        <span className={`${styles.detail} ${styles.measure} selectable`}>{measure}</span>
        <Convert />
      </div>
    </>
  );
}

function LabelOfMany({ selected, isDisabled }: Props) {
  const services = useServices();
  const schema = useEditorValue((one) => one.schema);
  const labels = useMemo(() => usableLabels(schema), [schema]);
  const counted = useMemo(() => resolveMergedLabels(schema), [schema]);
  const shared = sharedValue<Annotation, string>(
    selected,
    ({ labelId }) => counted.get(labelId)?.id ?? labelId,
  );
  const relabel = (id: string | null) => {
    const label = labels.find((one) => one.id === id);
    if (label === undefined) return;
    runAction(services, relabelAnnotations, { ids: selected.map((one) => one.id), labelId: label.id });
  };
  const current = shared.kind === 'same' ? shared.value : null;
  const isUsable = labels.some(({ id }) => id === current);
  return (
    <Select
      label="Label"
      data={labels.map(({ id, name }) => ({ value: id, label: name }))}
      searchable={labels.length > 8}
      allowDeselect={false}
      disabled={isDisabled}
      placeholder={
        shared.kind === 'mixed'
          ? 'Different labels'
          : (counted.get(selected[0].labelId)?.name ?? 'Unknown label')
      }
      value={isUsable ? current : null}
      onChange={relabel}
    />
  );
}

function Note({ selected }: Pick<Props, 'selected'>) {
  const { commands } = useServices();
  const shared = sharedValue<Annotation, string>(selected, ({ note }) => note ?? '');
  const text = shared.kind === 'mixed' ? 'Different notes' : shared.value;
  return (
    <div className={styles.line}>
      <span
        className={`${text === '' || shared.kind === 'mixed' ? styles.detail : ''} ${styles.note} selectable`}
      >
        {text === '' ? 'No note' : text}
      </span>
      <Button
        variant="subtle"
        size="compact-xs"
        title={commands.tooltip('annotation.note')}
        onClick={() => void commands.run('annotation.note')}
      >
        {text === '' ? 'Add a note' : 'Edit note'}
      </Button>
    </div>
  );
}

function Grouped({ selected }: Pick<Props, 'selected'>) {
  const { commands } = useServices();
  const document = useEditorValue((one) => one.document);
  const shared = sharedValue<Annotation, string | null>(selected, ({ groupId }) => groupId ?? null);
  if (shared.kind === 'same' && shared.value === null) return null;
  const members =
    shared.kind === 'mixed'
      ? null
      : [...(document?.annotations.values() ?? [])].filter(({ groupId }) => groupId === shared.value).length;
  return (
    <div className={styles.line}>
      <span className={`${styles.detail} ${styles.lineText}`}>
        {members === null ? 'Different groups' : `Group of ${members}`}
      </span>
      <Button
        variant="subtle"
        size="compact-xs"
        title={commands.tooltip('annotation.selectGroup')}
        onClick={() => void commands.run('annotation.selectGroup')}
      >
        Select all
      </Button>
      <Button
        variant="subtle"
        size="compact-xs"
        title={commands.tooltip('annotation.ungroup')}
        onClick={() => void commands.run('annotation.ungroup')}
      >
        Ungroup
      </Button>
    </div>
  );
}

/** Opens the choice of what the selection can become, with what each would lose. */
function Convert() {
  const { commands } = useServices();
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      title={commands.tooltip('annotation.convert')}
      onClick={() => void commands.run('annotation.convert')}
    >
      Convert…
    </Button>
  );
}

/** `Bounding box, 120 × 40 at 12, 30, 4,800 px²`; for many the sum of what they cover. */
function measureOf(selected: readonly [Annotation, ...Annotation[]]): string {
  const [first] = selected;
  const area = selected.reduce((sum, { shape }) => sum + behaviourOf(shape).area(shape), 0);
  const areaText = area > 0 ? [`${count(Math.round(area))} px²`] : [];
  if (selected.length > 1) return [plural(selected.length, 'object'), ...areaText].join(', ');
  const behaviour = behaviourOf(first.shape);
  return [behaviour.title, behaviour.describe(first.shape), ...areaText]
    .filter((part) => part !== '')
    .join(', ');
}
