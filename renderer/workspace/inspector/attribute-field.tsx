import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AttributeDefinition, AttributeValue } from '../../../shared/schema/label-schema';
import type { SharedValue } from './shared-value';

const MIXED = 'Different values';

interface Props<D extends AttributeDefinition = AttributeDefinition> {
  readonly definition: D;
  readonly shared: SharedValue<AttributeValue | null>;
  readonly isDisabled: boolean;
  /** Null takes the answer away. One call is one undoable change, so texts call when the field is left. */
  readonly onChange: (value: AttributeValue | null) => void;
}

/** The field for one attribute; the schema decides which. */
export function AttributeField(props: Props) {
  const { definition } = props;
  switch (definition.kind) {
    case 'select':
      return (
        <Select
          {...common(props)}
          data={definition.options}
          clearable={!definition.isRequired}
          searchable={definition.options.length > 8}
          value={textOf(props.shared)}
          onChange={props.onChange}
        />
      );
    case 'checkbox':
      return (
        <Checkbox
          label={definition.name}
          title={definition.description}
          disabled={props.isDisabled}
          checked={props.shared.kind === 'same' && props.shared.value === true}
          indeterminate={props.shared.kind === 'mixed'}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
      return <NumberField {...props} definition={definition} />;
    case 'text':
      return <TextField {...props} definition={definition} />;
  }
}

function common({ definition, shared, isDisabled }: Props) {
  const isMissing = definition.isRequired && shared.kind === 'same' && shared.value === null;
  return {
    label: definition.name,
    description: definition.description === '' ? undefined : definition.description,
    withAsterisk: definition.isRequired,
    disabled: isDisabled,
    placeholder: shared.kind === 'mixed' ? MIXED : isMissing ? 'Needs an answer' : 'Not set',
    error: isMissing,
  };
}

function textOf(shared: SharedValue<AttributeValue | null>): string | null {
  return shared.kind === 'same' && shared.value !== null ? String(shared.value) : null;
}

function NumberField(props: Props<Extract<AttributeDefinition, { kind: 'number' }>>) {
  const stored = textOf(props.shared) ?? '';
  const [draft, setDraft] = useState<string | number>(stored);
  useEffect(() => setDraft(stored), [stored]);
  const save = () => {
    if (String(draft) === stored) return;
    props.onChange(draft === '' ? null : Number(draft));
  };
  const { min, max } = props.definition;
  return (
    <NumberInput
      {...common(props)}
      {...(min === null ? {} : { min })}
      {...(max === null ? {} : { max })}
      clampBehavior="blur"
      value={draft}
      onChange={setDraft}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}

function TextField(props: Props<Extract<AttributeDefinition, { kind: 'text' }>>) {
  const stored = textOf(props.shared) ?? '';
  const [draft, setDraft] = useState(stored);
  useEffect(() => setDraft(stored), [stored]);
  const save = () => {
    if (draft !== stored) props.onChange(draft === '' ? null : draft);
  };
  return (
    <TextInput
      {...common(props)}
      maxLength={props.definition.maxLength}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
