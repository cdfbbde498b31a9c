import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { Focus, Tag, X } from 'lucide-react';
import { useMemo } from 'react';
import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import { resolveMergedLabels } from '../../../shared/schema/resolve-label';
import { useServices } from '../../app/services';
import { runAction } from '../../commands/run-action';
import { ColorSwatch } from '../../components/color-swatch';
import { count } from '../../components/quantity';
import { useEditorValue } from '../use-editor-value';
import styles from './canvas-area.module.css';
import { OtherSetChip } from './other-set-chip';

/** More would cover the picture; all are in the list of objects. */
const MOST_TAGS_SHOWN = 12;

/** What holds for the picture as a whole, over its upper edge: that only some objects are shown, and its tags. */
export function CanvasChips() {
  return (
    <div className={styles.chips}>
      <OtherSetChip />
      <IsolationChip />
      <TagChips />
    </div>
  );
}

function IsolationChip() {
  const { editor } = useServices();
  const isolated = useEditorValue((one) => one.session.isolated);
  const total = useEditorValue((one) => one.document?.annotations.size ?? 0);
  if (isolated === null) return null;
  return (
    <div className={styles.chip} role="status">
      <Focus size={14} aria-hidden />
      <span>
        Showing {count(isolated.size)} of {count(total)}
      </span>
      <Button variant="subtle" size="compact-xs" onClick={() => editor.isolate(null)}>
        Show all
      </Button>
    </div>
  );
}

function TagChips() {
  const services = useServices();
  const { editor } = services;
  const document = useEditorValue((one) => one.document);
  const schema = useEditorValue((one) => one.schema);
  const selection = useEditorValue((one) => one.session.selection);
  const isReadOnly = useEditorValue((one) => one.session.readOnlyReason !== null);
  const tags = useMemo(() => {
    const labels = resolveMergedLabels(schema);
    return [...(document?.annotations.values() ?? [])].flatMap((one) =>
      one.shape.type === 'tag' ? [{ id: one.id, label: labels.get(one.labelId) }] : [],
    );
  }, [document, schema]);
  const chips = tags.slice(0, MOST_TAGS_SHOWN).map(({ id, label }) => {
    const name = label?.name ?? 'Unknown label';
    return (
      <div key={id} className={styles.chip} data-selected={selection.has(id) || undefined}>
        <Tag size={14} aria-hidden />
        <ColorSwatch color={label?.color ?? '#808080'} />
        <UnstyledButton
          aria-label={`Image tag ${name}: select it`}
          aria-pressed={selection.has(id)}
          onClick={() => editor.select([id])}
        >
          {name}
        </UnstyledButton>
        <ActionIcon
          size="sm"
          aria-label={`Remove the image tag ${name}`}
          disabled={isReadOnly}
          onClick={() => runAction(services, deleteAnnotations, { ids: [id] })}
        >
          <X size={12} />
        </ActionIcon>
      </div>
    );
  });
  return (
    <>
      {chips}
      {tags.length > MOST_TAGS_SHOWN && (
        <div className={styles.chip}>{count(tags.length - MOST_TAGS_SHOWN)} more in the list of objects</div>
      )}
    </>
  );
}
