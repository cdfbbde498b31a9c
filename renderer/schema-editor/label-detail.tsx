import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { Archive, ArchiveRestore, Merge } from 'lucide-react';
import { useState } from 'react';
import type { AppError } from '../../shared/result/app-error';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelDefinition } from '../../shared/schema/label-schema';
import { SHAPE_TYPES, type ShapeType } from '../../shared/schema/shapes';
import { plural } from '../components/quantity';
import { AttributeList } from './attribute-list';
import { ColorField } from './color-field';
import styles from './schema-editor.module.css';
import { useSchemaEdits } from './schema-edits';
import { SkeletonTemplate } from './skeleton-template';
import { useField } from './use-field';

const SHAPE_WORDS: Readonly<Record<ShapeType, string>> = {
  box: 'Box',
  'rotated-box': 'Rotated box',
  polygon: 'Polygon',
  polyline: 'Polyline',
  points: 'Points',
  skeleton: 'Skeleton',
  ellipse: 'Ellipse',
  mask: 'Mask',
  cuboid: 'Cuboid',
  tag: 'Image tag',
};

/** Everything about one label. Fields are stored when they are left; there is no save button to forget. */
export function LabelDetail(props: {
  readonly label: LabelDefinition;
  readonly onGoTo: (id: LabelId) => void;
}) {
  const { label } = props;
  const { apply, countOf, schema } = useSchemaEdits();
  const [failure, setFailure] = useState<string | null>(null);
  const show = (error: AppError | null) => setFailure(error?.message ?? null);

  const name = useField(label.name, (value) =>
    apply('schema.rename-label', { labelId: label.id, name: value }, `Rename ${label.name}`),
  );
  const shortcut = useField(label.shortcut ?? '', (value) =>
    apply(
      'schema.set-shortcut',
      { labelId: label.id, shortcut: value.trim() === '' ? null : value.trim().toLowerCase() },
      `Set the key of ${label.name}`,
    ),
  );
  const description = useField(
    label.description,
    (value) =>
      apply('schema.describe-label', { labelId: label.id, description: value }, `Describe ${label.name}`),
    true,
  );
  const into = schema.labels.find((one) => one.id === label.mergedIntoId);
  const isInUse = !label.isRetired && label.mergedIntoId === null;

  return (
    <section className={styles.detail} aria-label={`Label ${label.name}`}>
      {!isInUse && (
        <p className={styles.notice}>
          {into === undefined
            ? 'Retired: it stays on what carries it and in exports, but cannot be given to new annotations.'
            : `Merged: its annotations count as “${into.name}”.`}
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<ArchiveRestore size={13} aria-hidden />}
            onClick={async () =>
              show(await apply('schema.restore-label', { labelId: label.id }, `Restore ${label.name}`))
            }
          >
            Restore
          </Button>
        </p>
      )}
      <div className={styles.grid}>
        <TextInput label="Name" maxLength={100} {...name} />
        <TextInput label="Key" placeholder="none" maxLength={1} disabled={!isInUse} {...shortcut} />
        <ColorField label={label} />
      </div>
      <p className={styles.facts}>
        Class number <strong>{label.classIndex}</strong> in every export, for good
        {countOf !== null && <> · {plural(countOf[label.id] ?? 0, 'annotation')}</>}
        {label.supercategory !== null && <> · {label.supercategory}</>}
        {label.formerNames.length > 0 && <> · formerly {label.formerNames.join(', ')}</>}
      </p>
      <Checkbox.Group
        size="xs"
        label="Shapes that may carry it"
        value={label.allowedShapes.length === 0 ? [...SHAPE_TYPES] : label.allowedShapes}
        onChange={async (values) => {
          const shapes = SHAPE_TYPES.filter((shape) => values.includes(shape));
          // No shape at all would be a label that nobody can use; all of them is stored as "any".
          if (shapes.length === 0) return setFailure('A label needs at least one shape.');
          show(
            await apply(
              'schema.set-allowed-shapes',
              { labelId: label.id, shapes: shapes.length === SHAPE_TYPES.length ? [] : shapes },
              `Set the shapes of ${label.name}`,
            ),
          );
        }}
      >
        <div className={styles.shapes}>
          {SHAPE_TYPES.map((shape) => (
            <Checkbox key={shape} value={shape} label={SHAPE_WORDS[shape]} />
          ))}
        </div>
      </Checkbox.Group>
      <Textarea
        label="When to use it"
        placeholder="What counts and what does not, for everybody who labels"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        {...description}
      />
      {(label.allowedShapes.length === 0 || label.allowedShapes.includes('skeleton')) && (
        <SkeletonTemplate label={label} />
      )}
      <AttributeList label={label} />
      {isInUse && <PutAway label={label} onFailure={show} onGoTo={props.onGoTo} />}
      {failure !== null && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
    </section>
  );
}

/** Taking a label out of use, by retiring it or by letting another stand for it. Both can be undone. */
function PutAway(props: {
  readonly label: LabelDefinition;
  readonly onFailure: (error: AppError | null) => void;
  readonly onGoTo: (id: LabelId) => void;
}) {
  const { label, onFailure } = props;
  const { apply, countOf, schema } = useSchemaEdits();
  const [intoId, setIntoId] = useState<string | null>(null);
  const used = countOf?.[label.id] ?? 0;
  const targets = schema.labels.filter(
    (one) => one.id !== label.id && !one.isRetired && one.mergedIntoId === null,
  );
  const merge = async () => {
    const into = targets.find((one) => one.id === intoId);
    if (into === undefined) return;
    const failure = await apply(
      'schema.merge-labels',
      { fromId: label.id, intoId: into.id },
      `Merge ${label.name} into ${into.name}`,
    );
    onFailure(failure);
    if (failure === null) props.onGoTo(into.id);
  };
  return (
    <section className={styles.putAway} aria-label="Take out of use">
      <h2>Take out of use</h2>
      <p className="dim">
        Nothing that was drawn is changed, numbers stay, and undo brings the label back.
        {used > 0 && ` It is on ${plural(used, 'annotation')}.`}
      </p>
      <div className={styles.putAwayRow}>
        <Select
          aria-label={`Merge ${label.name} into`}
          placeholder="Merge into…"
          searchable
          clearable
          data={targets.map((one) => ({ value: one.id, label: one.name }))}
          value={intoId}
          onChange={setIntoId}
        />
        <Button
          variant="default"
          leftSection={<Merge size={14} aria-hidden />}
          disabled={intoId === null}
          onClick={() => void merge()}
        >
          Merge
        </Button>
        <span className={styles.gap} />
        <Button
          variant="default"
          leftSection={<Archive size={14} aria-hidden />}
          onClick={async () =>
            onFailure(await apply('schema.retire-label', { labelId: label.id }, `Retire ${label.name}`))
          }
        >
          Retire
        </Button>
      </div>
    </section>
  );
}
