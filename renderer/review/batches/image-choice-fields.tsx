import { NumberInput, Select, TextInput } from '@mantine/core';
import type { Batch } from '../../../shared/schema/batch';
import { BatchId } from '../../../shared/schema/ids';
import { personKey } from '../../persistence/review-marks';
import styles from './batches.module.css';
import { IMAGE_KINDS, type ImageChoice, type ImageKind } from './image-choice';
import { useKnownPeople } from './use-known-people';

const MOST_IMAGES = 1_000_000;

/** Which images: of a state, of a labeller, with something in their name, and how many. */
export function ImageChoiceFields(props: {
  readonly choice: ImageChoice;
  readonly onChoice: (choice: ImageChoice) => void;
  /** Offered to choose from, where images of batches can be chosen. */
  readonly batches?: readonly Batch[];
  /** Kinds that make no sense here. */
  readonly without?: readonly ImageKind[];
}) {
  const { choice, onChoice, batches = [], without = [] } = props;
  const people = useKnownPeople();
  const change = (part: Partial<ImageChoice>) => onChoice({ ...choice, ...part });
  return (
    <>
      <Select
        label="Images"
        allowDeselect={false}
        data={Object.entries(IMAGE_KINDS)
          .filter(([value]) => !without.includes(value as ImageKind))
          .map(([value, { label }]) => ({ value, label }))}
        value={choice.kind}
        onChange={(kind) => change({ kind: (kind ?? 'all') as ImageKind })}
      />
      {batches.length > 0 && (
        <Select
          label="Of batch"
          placeholder="Any or none"
          clearable
          searchable
          data={batches.map(({ id, name }) => ({ value: id, label: name }))}
          value={choice.batchId}
          onChange={(id) => change({ batchId: id === null ? null : BatchId.parse(id) })}
        />
      )}
      <Select
        label="Labelled by, or assigned to"
        placeholder="Anybody"
        clearable
        searchable
        data={[
          ...people.map((person) => ({ value: personKey(person), label: person.name })),
          { value: 'nobody', label: 'Nobody' },
        ]}
        value={choice.labeller}
        onChange={(labeller) => change({ labeller })}
      />
      <div className={styles.pair}>
        <TextInput
          label="Name contains"
          placeholder="Anything"
          value={choice.nameContains}
          onChange={(event) => change({ nameContains: event.currentTarget.value })}
        />
        <NumberInput
          label="How many"
          placeholder="All"
          min={1}
          max={MOST_IMAGES}
          allowDecimal={false}
          thousandSeparator=","
          value={choice.most ?? ''}
          onChange={(most) => change({ most: typeof most === 'number' && most >= 1 ? most : null })}
        />
      </div>
    </>
  );
}
