import { ActionIcon, Button, Menu } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AttributeId } from '../../shared/schema/ids';
import type { AttributeDefinition, AttributeKind, LabelDefinition } from '../../shared/schema/label-schema';
import { AttributeEditor } from './attribute-editor';
import styles from './schema-editor.module.css';
import { useSchemaEdits } from './schema-edits';

export const KIND_WORDS: Readonly<Record<AttributeKind, string>> = {
  select: 'List',
  checkbox: 'Checkbox',
  number: 'Number',
  text: 'Text',
};

/** The questions asked of each annotation of a label. */
export function AttributeList({ label }: { readonly label: LabelDefinition }) {
  const { apply } = useSchemaEdits();
  const [openId, setOpenId] = useState<AttributeId | null>(null);

  const add = async (kind: AttributeKind) => {
    const attribute = freshAttribute(kind, label);
    const failure = await apply(
      'schema.add-attribute',
      { labelId: label.id, attribute },
      `Add attribute to ${label.name}`,
    );
    if (failure === null) setOpenId(attribute.id);
  };
  const move = (attribute: AttributeDefinition, toIndex: number) =>
    void apply(
      'schema.move-attribute',
      { labelId: label.id, attributeId: attribute.id, toIndex },
      `Move attribute ${attribute.name}`,
    );

  return (
    <section className={styles.attributes} aria-label="Attributes">
      <div className={styles.attributesHead}>
        <h2>Attributes</h2>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="compact-xs" leftSection={<Plus size={13} aria-hidden />}>
              Add attribute
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(Object.keys(KIND_WORDS) as AttributeKind[]).map((kind) => (
              <Menu.Item key={kind} onClick={() => void add(kind)}>
                {KIND_WORDS[kind]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {label.attributes.length === 0 && (
        <p className={styles.nothing}>None. Occluded and truncated are on every annotation anyway.</p>
      )}
      <ul className={styles.attributeRows}>
        {label.attributes.map((attribute, at) => (
          <li key={attribute.id}>
            <div className={styles.attributeRow}>
              <button
                type="button"
                className={styles.attributeOpen}
                aria-expanded={attribute.id === openId}
                onClick={() => setOpenId(attribute.id === openId ? null : attribute.id)}
              >
                <span>{attribute.name}</span>
                <span className="dim">
                  {KIND_WORDS[attribute.kind]}
                  {attribute.kind === 'select' && `: ${attribute.options.join(', ')}`}
                  {attribute.isRequired && ' · required'}
                </span>
              </button>
              <ActionIcon
                variant="transparent"
                aria-label={`Move ${attribute.name} up`}
                disabled={at === 0}
                onClick={() => move(attribute, at - 1)}
              >
                <ArrowUp size={14} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="transparent"
                aria-label={`Move ${attribute.name} down`}
                disabled={at === label.attributes.length - 1}
                onClick={() => move(attribute, at + 1)}
              >
                <ArrowDown size={14} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="transparent"
                aria-label={`Remove ${attribute.name}`}
                onClick={() =>
                  void apply(
                    'schema.remove-attribute',
                    { labelId: label.id, attributeId: attribute.id },
                    `Remove attribute ${attribute.name}`,
                  )
                }
              >
                <Trash2 size={14} aria-hidden />
              </ActionIcon>
            </div>
            {attribute.id === openId && <AttributeEditor label={label} attribute={attribute} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A new attribute that is valid as it stands, under a name that the label does not have yet. */
function freshAttribute(kind: AttributeKind, label: LabelDefinition): AttributeDefinition {
  const taken = new Set(label.attributes.map((attribute) => attribute.name.toLowerCase()));
  let name = 'new attribute';
  for (let n = 2; taken.has(name); n += 1) name = `new attribute ${n}`;
  const base = { id: crypto.randomUUID() as AttributeId, name, isRequired: false, description: '' };
  switch (kind) {
    case 'select':
      return { ...base, kind, options: ['first', 'second'], defaultValue: null };
    case 'checkbox':
      return { ...base, kind, defaultValue: null };
    case 'number':
      return { ...base, kind, min: null, max: null, defaultValue: null };
    case 'text':
      return { ...base, kind, maxLength: 500, defaultValue: null };
  }
}
