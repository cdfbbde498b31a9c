import { TextInput } from '@mantine/core';
import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { createAnnotation } from '../../../shared/actions/create-annotation';
import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import type { AnnotationId, LabelId } from '../../../shared/schema/ids';
import type { LabelDefinition } from '../../../shared/schema/label-schema';
import { resolveMergedLabels } from '../../../shared/schema/resolve-label';
import { useServices } from '../../app/services';
import { usableLabels } from '../../commands/label-for-key';
import { runAction } from '../../commands/run-action';
import { ColorSwatch } from '../../components/color-swatch';
import { isMovedByHand } from '../../components/moved-by-hand';
import { useEditorValue } from '../use-editor-value';
import styles from './questions.module.css';

/** Labels that may tag a whole picture; choosing one tags it, choosing it again takes the tag away. */
export function TagPicker({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const document = useEditorValue((one) => one.document);
  const schema = useEditorValue((one) => one.schema);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  const given = useMemo(() => {
    const counted = resolveMergedLabels(schema);
    const tags = new Map<LabelId, AnnotationId>();
    for (const one of document?.annotations.values() ?? []) {
      if (one.shape.type === 'tag') tags.set(counted.get(one.labelId)?.id ?? one.labelId, one.id);
    }
    return tags;
  }, [document, schema]);
  const labels = useMemo(() => {
    const wanted = query.trim().toLowerCase();
    return usableLabels(schema).filter(
      ({ name, allowedShapes }) =>
        (allowedShapes.length === 0 || allowedShapes.includes('tag')) && name.toLowerCase().includes(wanted),
    );
  }, [schema, query]);
  const active = Math.min(at, labels.length - 1);
  useEffect(() => {
    list.current?.querySelector(`[id="tag-option-${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const toggle = (label: LabelDefinition) => {
    const tagId = given.get(label.id);
    if (tagId !== undefined) runAction(services, deleteAnnotations, { ids: [tagId] });
    else runAction(services, createAnnotation, { labelId: label.id, shape: { type: 'tag' } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const label = labels[active];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (label === undefined) return;
      toggle(label);
      if (!event.shiftKey) onClose();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = active + (event.key === 'ArrowDown' ? 1 : -1);
      setAt((next + labels.length) % Math.max(1, labels.length));
    }
  };
  return (
    <div className={styles.form}>
      <TextInput
        label="Tag the image"
        description="Enter tags or untags. Shift+Enter goes on to another."
        placeholder="Label"
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="tag-options"
        aria-activedescendant={labels.length > 0 ? `tag-option-${active}` : undefined}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {labels.length === 0 ? (
        <p className={styles.detail}>
          No label that may tag a picture is called like that. The label schema says which shapes a label
          takes.
        </p>
      ) : (
        <div ref={list} id="tag-options" role="listbox" aria-label="Image tags" className={styles.options}>
          {labels.map((label, index) => (
            <div
              key={label.id}
              id={`tag-option-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              aria-checked={given.has(label.id)}
              className={styles.option}
              onClick={() => toggle(label)}
              onKeyDown={onKeyDown}
              onMouseMove={(event) => {
                if (isMovedByHand(event)) setAt(index);
              }}
            >
              <ColorSwatch color={label.color} />
              <span className={styles.optionText}>{label.name}</span>
              {given.has(label.id) && <Check size={14} aria-hidden />}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
