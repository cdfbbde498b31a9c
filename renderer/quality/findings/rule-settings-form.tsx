import { Button, MultiSelect, Select, Switch } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useMemo } from 'react';
import { z } from 'zod';
import { ANNOTATION_RULES, type RuleId } from '../../../shared/rules';
import {
  paramsFor,
  type RuleSetting,
  SEVERITIES,
  type Severity,
  severityFor,
} from '../../../shared/rules/rule';
import type { LabelSchema } from '../../../shared/schema/label-schema';
import { NumberField } from '../../components/number-field';
import { SEVERITY_WORDS } from '../../components/severity-glyph';
import styles from './findings.module.css';

/** What the JSON Schema of a rule's parameters says of one of them. */
interface FieldSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly control?: string;
  readonly additionalProperties?: FieldSchema;
}

/** Settings of one rule, asked for as the schema of its parameters describes them. */
export function RuleSettingsForm(props: {
  readonly ruleId: RuleId;
  readonly setting: RuleSetting | undefined;
  readonly schema: LabelSchema;
  readonly isReadOnly: boolean;
  /** Undefined: as the rule comes. */
  readonly onChange: (setting: RuleSetting | undefined) => void;
}) {
  const { ruleId, setting, schema, isReadOnly } = props;
  const rule = ANNOTATION_RULES[ruleId];
  const fields = useMemo(() => {
    const described = z.toJSONSchema(rule.params, { io: 'input' });
    return Object.entries((described.properties ?? {}) as Readonly<Record<string, FieldSchema>>);
  }, [rule]);
  const values = paramsFor(rule, setting) as Readonly<Record<string, unknown>>;
  const isOn = setting !== null;
  const set = (key: string, value: unknown) => props.onChange({ ...setting, [key]: value });
  return (
    <section className={styles.form} aria-label={`Settings of ${rule.title}`}>
      <h2>{rule.title}</h2>
      <p className="dim">{rule.description}</p>
      <Switch
        size="xs"
        label="Checked"
        disabled={isReadOnly}
        checked={isOn}
        onChange={(event) => props.onChange(event.currentTarget.checked ? undefined : null)}
      />
      {isOn && (
        <>
          <Select
            size="xs"
            label="Severity"
            description="Errors hold up publishing."
            allowDeselect={false}
            disabled={isReadOnly}
            data={SEVERITIES.map((severity) => ({ value: severity, label: SEVERITY_WORDS[severity] }))}
            value={severityFor(rule, setting)}
            onChange={(severity) => set('severity', severity as Severity)}
          />
          {fields.map(([key, field]) => (
            <Field
              key={key}
              field={field}
              value={values[key]}
              schema={schema}
              isReadOnly={isReadOnly}
              onChange={(value) => set(key, value)}
            />
          ))}
          {setting !== undefined && !isReadOnly && (
            <Button size="compact-xs" variant="default" onClick={() => props.onChange(undefined)}>
              Back to the defaults
            </Button>
          )}
        </>
      )}
    </section>
  );
}

interface FieldProps {
  readonly field: FieldSchema;
  readonly value: unknown;
  readonly schema: LabelSchema;
  readonly isReadOnly: boolean;
  readonly onChange: (value: unknown) => void;
}

function Field(props: FieldProps) {
  const { field, value, isReadOnly, onChange } = props;
  if (field.control === 'numberByLabel') return <NumberByLabel {...props} />;
  if (field.control === 'labelPairs') return <LabelPairs {...props} />;
  const isWhole = field.type === 'integer';
  return (
    <NumberField
      size="xs"
      label={field.title ?? ''}
      description={field.description ?? ''}
      disabled={isReadOnly}
      {...boundsOf(field)}
      allowDecimal={!isWhole}
      step={isWhole || (field.maximum ?? 2) > 1 ? 1 : 0.05}
      value={typeof value === 'number' ? value : 0}
      onValue={onChange}
    />
  );
}

/** Bounds that a field has; one that it has not is left out. */
function boundsOf({ minimum, maximum }: FieldSchema): { readonly min?: number; readonly max?: number } {
  return {
    ...(minimum === undefined ? {} : { min: minimum }),
    ...(maximum === undefined ? {} : { max: maximum }),
  };
}

const labelsOf = (schema: LabelSchema) =>
  schema.labels
    .filter(({ mergedIntoId }) => mergedIntoId === null)
    .map(({ id, name }) => ({ value: id as string, label: name }));

/** A number for each label that is chosen. */
function NumberByLabel({ field, value, schema, isReadOnly, onChange }: FieldProps) {
  const numbers = (value ?? {}) as Readonly<Record<string, number>>;
  const chosen = Object.keys(numbers);
  const bounds = boundsOf(field.additionalProperties ?? {});
  const nameOf = new Map(labelsOf(schema).map(({ value: id, label }) => [id, label]));
  return (
    <div className={styles.byLabel}>
      <MultiSelect
        size="xs"
        label={field.title ?? ''}
        description={field.description}
        placeholder={chosen.length === 0 ? 'No label' : ''}
        searchable
        disabled={isReadOnly}
        data={labelsOf(schema)}
        value={chosen}
        onChange={(ids) =>
          onChange(Object.fromEntries(ids.map((id) => [id, numbers[id] ?? bounds.max ?? 0])))
        }
      />
      {chosen.map((id) => (
        <NumberField
          key={id}
          size="xs"
          label={nameOf.get(id) ?? 'Unknown label'}
          {...bounds}
          disabled={isReadOnly}
          value={numbers[id] ?? 0}
          onValue={(next) => onChange({ ...numbers, [id]: next })}
        />
      ))}
    </div>
  );
}

function LabelPairs({ field, value, schema, isReadOnly, onChange }: FieldProps) {
  const pairs = (value ?? []) as readonly (readonly [string, string])[];
  const labels = labelsOf(schema);
  const [first, second] = labels;
  const put = (index: number, pair: readonly [string, string]) =>
    onChange(pairs.map((one, at) => (at === index ? pair : one)));
  return (
    <fieldset className={styles.pairs} disabled={isReadOnly}>
      <legend>{field.title}</legend>
      <span className="dim">{field.description}</span>
      {pairs.map(([a, b], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pairs have no other name, and the same one may be there twice
        <span key={index} className={styles.pair}>
          <Select
            size="xs"
            aria-label={`Pair ${index + 1}, one label`}
            allowDeselect={false}
            searchable
            data={labels}
            value={a}
            onChange={(id) => put(index, [id ?? a, b])}
          />
          <Select
            size="xs"
            aria-label={`Pair ${index + 1}, other label`}
            allowDeselect={false}
            searchable
            data={labels}
            value={b}
            onChange={(id) => put(index, [a, id ?? b])}
          />
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Remove pair ${index + 1}`}
            onClick={() => onChange(pairs.filter((_, at) => at !== index))}
          >
            <X size={14} aria-hidden />
          </Button>
        </span>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={isReadOnly || first === undefined || second === undefined}
        onClick={() => onChange([...pairs, [first?.value ?? '', second?.value ?? '']])}
      >
        Add a pair
      </Button>
    </fieldset>
  );
}
