import { Button, Select, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import styles from './findings.module.css';

const DAY_IN_MS = 24 * 60 * 60 * 1000;

/** How long a waiver may hold; by days, null for ever. */
const TERMS = [
  { value: 'never', label: 'For good', days: null },
  { value: '30', label: 'For 30 days', days: 30 },
  { value: '90', label: 'For 90 days', days: 90 },
] as const;

/** Asks why a finding is right as it is, and for how long that holds. */
export function WaiveForm(props: {
  readonly onWaive: (reason: string, expiresAt: string | null) => void;
  readonly onCancel: () => void;
}) {
  const [reason, setReason] = useState('');
  const [term, setTerm] = useState<string>('never');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return;
    const days = TERMS.find(({ value }) => value === term)?.days ?? null;
    props.onWaive(
      reason.trim(),
      days === null ? null : new Date(Date.now() + days * DAY_IN_MS).toISOString(),
    );
  };
  return (
    <form className={styles.waive} aria-label="Waive the finding" onSubmit={submit}>
      <Textarea
        className={styles.why}
        size="xs"
        label="Why it is right as it is"
        data-autofocus
        autosize
        minRows={1}
        maxRows={3}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Select
        className={styles.term}
        size="xs"
        label="Holds"
        allowDeselect={false}
        data={TERMS.map(({ value, label }) => ({ value, label }))}
        value={term}
        onChange={(value) => setTerm(value ?? 'never')}
      />
      <span className={styles.actions}>
        <Button size="compact-sm" type="submit" disabled={reason.trim() === ''}>
          Waive
        </Button>
        <Button size="compact-sm" variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
      </span>
    </form>
  );
}
