import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '../../shared/result/app-error';
import type { AttributeDefinition, LabelDefinition } from '../../shared/schema/label-schema';
import styles from './schema-editor.module.css';
import { useSchemaEdits } from './schema-edits';
import { useField } from './use-field';

/** The fields of one attribute; what is wrong stands beside the field it is about. */
export function AttributeEditor(props: {
  readonly label: LabelDefinition;
  readonly attribute: AttributeDefinition;
}) {
  const { label, attribute } = props;
  const { apply } = useSchemaEdits();
  const [failure, setFailure] = useState<AppError | null>(null);
  const save = async (changed: AttributeDefinition): Promise<AppError | null> => {
    const error = await apply(
      'schema.edit-attribute',
      { labelId: label.id, attribute: changed },
      `Edit attribute ${attribute.name}`,
    );
    setFailure(error);
    return error;
  };
  const errorOf = (field: string): string | null =>
    failure?.details.field === field ? failure.message : null;
  const name = useField(attribute.name, (value) => save({ ...attribute, name: value.trim() }));
  const description = useField(attribute.description, (value) => save({ ...attribute, description: value }));

  return (
    <div className={styles.attributeEditor}>
      <TextInput label="Name" maxLength={100} {...name} />
      <TextInput label="Question" placeholder="Shown to labellers" maxLength={1000} {...description} />
      {attribute.kind === 'select' && <SelectFields attribute={attribute} save={save} errorOf={errorOf} />}
      {attribute.kind === 'checkbox' && (
        <Select
          label="Default"
          data={[
            { value: 'none', label: 'Not answered' },
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          allowDeselect={false}
          value={attribute.defaultValue === null ? 'none' : String(attribute.defaultValue)}
          onChange={(value) =>
            void save({ ...attribute, defaultValue: value === 'none' ? null : value === 'true' })
          }
        />
      )}
      {attribute.kind === 'number' && (
        <>
          <NumberField
            label="Smallest"
            value={attribute.min}
            error={errorOf('min')}
            onSave={(min) => void save({ ...attribute, min })}
          />
          <NumberField
            label="Largest"
            value={attribute.max}
            error={errorOf('max')}
            onSave={(max) => void save({ ...attribute, max })}
          />
          <NumberField
            label="Default"
            value={attribute.defaultValue}
            error={errorOf('defaultValue')}
            onSave={(defaultValue) => void save({ ...attribute, defaultValue })}
          />
        </>
      )}
      {attribute.kind === 'text' && <TextFields attribute={attribute} save={save} errorOf={errorOf} />}
      <Checkbox
        className={styles.required}
        label="Must be answered"
        checked={attribute.isRequired}
        onChange={(event) => void save({ ...attribute, isRequired: event.currentTarget.checked })}
      />
    </div>
  );
}

type Kind<K extends AttributeDefinition['kind']> = Extract<AttributeDefinition, { kind: K }>;

interface KindFields<K extends AttributeDefinition['kind']> {
  readonly attribute: Kind<K>;
  readonly save: (changed: AttributeDefinition) => Promise<AppError | null>;
  readonly errorOf: (field: string) => string | null;
}

function SelectFields({ attribute, save, errorOf }: KindFields<'select'>) {
  const options = useField(
    attribute.options.join('\n'),
    (value) => {
      const lines = value
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      const { defaultValue } = attribute;
      // A default whose option is gone is no default any more.
      const kept = defaultValue !== null && lines.includes(defaultValue) ? defaultValue : null;
      return save({ ...attribute, options: lines, defaultValue: kept });
    },
    true,
  );
  return (
    <>
      <Textarea label="Options, one a line" autosize minRows={3} maxRows={10} {...options} />
      <Select
        label="Default"
        data={attribute.options}
        clearable
        placeholder="Not answered"
        value={attribute.defaultValue}
        error={errorOf('defaultValue')}
        onChange={(defaultValue) => void save({ ...attribute, defaultValue })}
      />
    </>
  );
}

function TextFields({ attribute, save, errorOf }: KindFields<'text'>) {
  const defaultValue = useField(attribute.defaultValue ?? '', (value) =>
    save({ ...attribute, defaultValue: value === '' ? null : value }),
  );
  return (
    <>
      <NumberField
        label="Longest answer, in characters"
        value={attribute.maxLength}
        error={errorOf('maxLength')}
        onSave={(maxLength) => void save({ ...attribute, maxLength: maxLength ?? 500 })}
      />
      <TextInput label="Default" {...defaultValue} />
    </>
  );
}

function NumberField(props: {
  readonly label: string;
  readonly value: number | null;
  readonly error: string | null;
  readonly onSave: (value: number | null) => void;
}) {
  const field = useField(props.value === null ? '' : String(props.value), (value) => {
    const number = value.trim() === '' ? null : Number(value);
    if (number === null || Number.isFinite(number)) props.onSave(number);
    return Promise.resolve(null);
  });
  return (
    <NumberInput
      label={props.label}
      hideControls
      placeholder="none"
      value={field.value}
      error={props.error ?? field.error}
      onChange={(value) => field.onChange({ currentTarget: { value: String(value) } })}
      onBlur={field.onBlur}
      onKeyDown={field.onKeyDown}
    />
  );
}
