import { MultiSelect, SegmentedControl, Select } from '@mantine/core';
import { AQLS } from '../../../shared/review/sampling/iso-2859';
import { INSPECTION_LEVELS, type SamplingPlan } from '../../../shared/schema/batch';
import { LabelId } from '../../../shared/schema/ids';
import type { LabelSchema } from '../../../shared/schema/label-schema';
import { NumberField } from '../../components/number-field';
import styles from './batches.module.css';
import type { PlanDraft } from './plan-draft';
import { PLAN_KINDS } from './plan-words';

/** Above 10 the standard's limits are nonconformities per 100 items, not nonconforming items. */
const LARGEST_AQL = 10;

const LEVEL_WORDS: Readonly<Record<PlanDraft['level'], string>> = {
  'S-1': 'S-1, fewest images',
  'S-2': 'S-2',
  'S-3': 'S-3',
  'S-4': 'S-4',
  I: 'I, fewer images',
  II: 'II, the usual',
  III: 'III, more images',
};

const WEIGHTS: readonly (readonly [keyof PlanDraft['weights'], string])[] = [
  ['disagreement', 'Disagreement'],
  ['findings', 'Findings of rules'],
  ['labeller', 'Labeller’s rejections'],
];

/** How the sample is drawn. */
export function PlanFields(props: {
  readonly draft: PlanDraft;
  readonly onDraft: (draft: PlanDraft) => void;
  readonly schema: LabelSchema;
}) {
  const { draft, onDraft, schema } = props;
  const change = (part: Partial<PlanDraft>) => onDraft({ ...draft, ...part });
  return (
    <>
      <Select
        label="Which of them are reviewed"
        description={PLAN_KINDS[draft.kind].does}
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        data={Object.entries(PLAN_KINDS).map(([value, { label }]) => ({ value, label }))}
        value={draft.kind}
        onChange={(kind) => change({ kind: (kind ?? 'all') as SamplingPlan['kind'] })}
      />
      {(draft.kind === 'random' || draft.kind === 'risk') && (
        <NumberField
          label="Sample"
          suffix=" images"
          min={1}
          max={1_000_000}
          allowDecimal={false}
          value={draft.count}
          onValue={(count) => change({ count })}
        />
      )}
      {draft.kind === 'stratified' && (
        <>
          <NumberField
            label="Of each label"
            suffix=" images"
            min={1}
            max={1_000_000}
            allowDecimal={false}
            value={draft.perLabel}
            onValue={(perLabel) => change({ perLabel })}
          />
          <MultiSelect
            size="xs"
            label="Labels"
            placeholder={draft.labelIds.length === 0 ? 'Every label' : ''}
            searchable
            data={schema.labels
              .filter(({ mergedIntoId }) => mergedIntoId === null)
              .map(({ id, name }) => ({ value: id, label: name }))}
            value={[...draft.labelIds]}
            onChange={(ids) => change({ labelIds: ids.map((id) => LabelId.parse(id)) })}
          />
        </>
      )}
      {draft.kind === 'aql' && <AqlFields draft={draft} change={change} />}
      {draft.kind === 'risk' && (
        <fieldset className={styles.weights}>
          <legend>How much each weighs</legend>
          {WEIGHTS.map(([weight, label]) => (
            <NumberField
              key={weight}
              label={label}
              min={0}
              max={100}
              decimalScale={1}
              value={draft.weights[weight]}
              onValue={(value) => change({ weights: { ...draft.weights, [weight]: value } })}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}

function AqlFields(props: {
  readonly draft: PlanDraft;
  readonly change: (part: Partial<PlanDraft>) => void;
}) {
  const { draft, change } = props;
  return (
    <>
      <Select
        label="Acceptance quality limit"
        description="The worst share of nonconforming images that is still fine on average"
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        data={AQLS.filter((aql) => aql <= LARGEST_AQL).map((aql) => ({
          value: String(aql),
          label: `${aql}%`,
        }))}
        value={String(draft.aql)}
        onChange={(aql) => change({ aql: Number(aql) })}
      />
      <Select
        label="Inspection level"
        allowDeselect={false}
        data={INSPECTION_LEVELS.map((level) => ({ value: level, label: LEVEL_WORDS[level] }))}
        value={draft.level}
        onChange={(level) => change({ level: (level ?? 'II') as PlanDraft['level'] })}
      />
      <div>
        <SegmentedControl
          fullWidth
          aria-label="Severity of the inspection"
          data={[
            { value: 'normal', label: 'Normal' },
            { value: 'tightened', label: 'Tightened' },
          ]}
          value={draft.severity}
          onChange={(severity) => change({ severity: severity as PlanDraft['severity'] })}
        />
        <p className={styles.hint}>Tighten after two of five batches in a row were rejected.</p>
      </div>
    </>
  );
}
