import { ActionIcon, Button, Menu, MultiSelect, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { LabelDefinition } from '../../shared/schema/label-schema';
import type { SkeletonTemplate as Template } from '../../shared/schema/shapes';
import { SKELETON_PRESETS } from '../../shared/templates/skeletons';
import { plural } from '../components/quantity';
import { useSchemaEdits } from './schema-edits';
import {
  areJoined,
  withEdgeToggled,
  withJointAdded,
  withJointRenamed,
  withJointReordered,
  withoutJoint,
} from './skeleton-edits';
import { SkeletonPane } from './skeleton-pane';
import styles from './skeleton-template.module.css';
import { useField } from './use-field';

/** What skeletons of a label are made from: its joints as they lie in a new one, their names, order and edges. */
export function SkeletonTemplate({ label }: { readonly label: LabelDefinition }) {
  const { apply } = useSchemaEdits();
  const [selected, setSelected] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const template = label.skeleton ?? null;
  const chosen = template === null || selected === null ? undefined : template.joints[selected];

  const store = async (after: Template | null, what: string) => {
    const refused = await apply(
      'schema.set-skeleton-template',
      { labelId: label.id, skeleton: after },
      `${what} of ${label.name}`,
    );
    setFailure(refused?.message ?? null);
    return refused;
  };
  const edit = (after: Template | null, what: string) => void store(after, what);

  return (
    <section className={styles.skeleton} aria-label="Skeleton">
      <div className={styles.head}>
        <h2>Skeleton</h2>
        {template !== null && (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<Plus size={13} aria-hidden />}
            onClick={() => {
              setSelected(template.joints.length);
              edit(withJointAdded(template, freePlace(template), selected), 'Add a joint');
            }}
          >
            Add joint
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="compact-xs">
              {template === null ? 'Start from…' : 'Replace…'}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {SKELETON_PRESETS.map((preset) => (
              <Menu.Item
                key={preset.id}
                onClick={() => {
                  setSelected(null);
                  edit(preset.skeleton, 'Set the skeleton');
                }}
              >
                {preset.title}
              </Menu.Item>
            ))}
            {template !== null && (
              <>
                <Menu.Divider />
                <Menu.Item color="red" onClick={() => edit(null, 'Remove the skeleton')}>
                  No skeleton
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {template === null ? (
        <p className={styles.words}>
          None. With one, a dragged box places all joints of a {label.name} at once, to be pulled where they
          belong.
        </p>
      ) : (
        <>
          <p className={styles.words}>
            {plural(template.joints.length, 'joint')}, {plural(template.edges.length, 'edge')}. Click to place
            a joint, drag to move it; Shift and a click joins it with the selected one. Keys: arrows, J,
            Delete. Skeletons that were drawn keep their own joints.
          </p>
          <div className={styles.panes}>
            <div>
              <SkeletonPane
                template={template}
                color={label.color}
                selected={selected}
                onSelect={setSelected}
                onEdit={edit}
              />
              {chosen !== undefined && selected !== null && (
                <MultiSelect
                  size="xs"
                  mt={8}
                  label={`${chosen.name} is joined with`}
                  placeholder={template.edges.some((edge) => edge.includes(selected)) ? '' : 'nothing'}
                  searchable
                  data={template.joints.flatMap(({ name }, index) => (index === selected ? [] : [name]))}
                  value={template.joints.flatMap(({ name }, index) =>
                    areJoined(template, selected, index) ? [name] : [],
                  )}
                  onChange={(names) => {
                    const changed = template.joints.findIndex(
                      ({ name }, index) =>
                        index !== selected && names.includes(name) !== areJoined(template, selected, index),
                    );
                    if (changed >= 0) edit(withEdgeToggled(template, selected, changed), 'Join joints');
                  }}
                />
              )}
            </div>
            <ol className={styles.joints} aria-label="Joints in the order of exports">
              {template.joints.map((joint, index) => (
                <JointRow
                  key={joint.name}
                  template={template}
                  index={index}
                  isSelected={index === selected}
                  onSelect={() => setSelected(index)}
                  onEdit={store}
                  onMoved={setSelected}
                />
              ))}
            </ol>
          </div>
        </>
      )}
      {failure !== null && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
    </section>
  );
}

function JointRow(props: {
  readonly template: Template;
  readonly index: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onEdit: (after: Template | null, what: string) => ReturnType<Parameters<typeof useField>[1]>;
  readonly onMoved: (to: number | null) => void;
}) {
  const { template, index } = props;
  const name = template.joints[index]?.name ?? '';
  const field = useField(name, (value) =>
    props.onEdit(withJointRenamed(template, index, value), `Rename joint ${name}`),
  );
  const move = (to: number) => {
    props.onMoved(to);
    void props.onEdit(withJointReordered(template, index, to), `Reorder joint ${name}`);
  };
  return (
    <li className={styles.row} data-selected={props.isSelected || undefined}>
      <span className={styles.order}>{index + 1}</span>
      <TextInput
        size="xs"
        aria-label={`Name of joint ${index + 1}`}
        maxLength={100}
        onFocus={props.onSelect}
        {...field}
        error={field.error !== null}
      />
      <ActionIcon
        variant="transparent"
        aria-label={`Move ${name} up`}
        disabled={index === 0}
        onClick={() => move(index - 1)}
      >
        <ArrowUp size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="transparent"
        aria-label={`Move ${name} down`}
        disabled={index === template.joints.length - 1}
        onClick={() => move(index + 1)}
      >
        <ArrowDown size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="transparent"
        aria-label={`Remove ${name}`}
        onClick={() => {
          props.onMoved(null);
          void props.onEdit(withoutJoint(template, index), `Remove joint ${name}`);
        }}
      >
        <Trash2 size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}

/** A place that no joint is near, so that a joint added by keyboard is seen: the middle, else the emptiest of a raster. */
function freePlace({ joints }: Template): { readonly x: number; readonly y: number } {
  let best = { x: 0.5, y: 0.5 };
  let reach = -1;
  for (const y of [0.5, 0.3, 0.7, 0.1, 0.9]) {
    for (const x of [0.5, 0.3, 0.7, 0.1, 0.9]) {
      const nearest = Math.min(1, ...joints.map((joint) => Math.hypot(joint.x - x, joint.y - y)));
      if (nearest <= reach) continue;
      reach = nearest;
      best = { x, y };
    }
  }
  return best;
}
