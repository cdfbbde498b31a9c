import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { AUDIT_KINDS, type AuditKind } from '../../../shared/audit/audit-entry';
import type { AuditFilter } from '../../../shared/audit/audit-filter';
import type { ProjectId } from '../../../shared/schema/ids';
import { useServices } from '../../app/services';
import styles from './audit.module.css';

export const KIND_WORDS: Readonly<Record<AuditKind, string>> = {
  labels: 'Labels',
  import: 'Imports',
  schema: 'Label schema',
  project: 'Project',
  review: 'Review',
  record: 'Settings and records',
  layer: 'Second sets of labels',
};

/** Names of images that are offered while one types. */
const MOST_OFFERED = 8;

/** Ids are UUIDs; half of one finds nothing. */
const IS_ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/** Narrows the lines by who, what, where and when. What is empty does not limit. */
export function AuditFilters(props: {
  readonly projectId: ProjectId;
  /** Everybody who wrote a line. */
  readonly people: readonly string[];
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
}) {
  const { filter, onChange } = props;
  const [object, setObject] = useState('');
  const set = <Key extends keyof AuditFilter>(key: Key, value: AuditFilter[Key] | null) => {
    const { [key]: _, ...rest } = filter;
    onChange(value === null || value === undefined ? rest : { ...rest, [key]: value });
  };
  return (
    <form
      className={styles.filters}
      aria-label="Filter of the journal"
      onSubmit={(event) => event.preventDefault()}
    >
      <Select
        aria-label="Person"
        placeholder="Everybody"
        size="xs"
        clearable
        searchable
        data={[...props.people]}
        value={filter.person ?? null}
        onChange={(person) => set('person', person)}
      />
      <Select
        aria-label="Kind of change"
        placeholder="Every change"
        size="xs"
        clearable
        data={AUDIT_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
        value={filter.kind ?? null}
        onChange={(kind) => set('kind', kind)}
      />
      <ImageField
        projectId={props.projectId}
        isSet={filter.imageId !== undefined}
        onChange={(id) => set('imageId', id)}
      />
      <TextInput
        aria-label="Object, by its id"
        placeholder="Object id"
        size="xs"
        value={object}
        error={object !== '' && !IS_ID.test(object.trim())}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setObject(text);
          const id = text.trim().toLowerCase();
          if (id === '' || IS_ID.test(id)) set('objectId', id === '' ? null : id);
        }}
      />
      <TextInput
        type="date"
        aria-label="From this day on"
        title="From this day on"
        className={styles.day ?? ''}
        leftSection="from"
        leftSectionWidth={40}
        size="xs"
        value={dayOf(filter.since, 0)}
        onChange={(event) => set('since', startOfDay(event.currentTarget.value, 0))}
      />
      <TextInput
        type="date"
        aria-label="Up to and with this day"
        title="Up to and with this day"
        className={styles.day ?? ''}
        leftSection="to"
        leftSectionWidth={28}
        size="xs"
        value={dayOf(filter.until, -1)}
        onChange={(event) => set('until', startOfDay(event.currentTarget.value, 1))}
      />
      {Object.keys(filter).length > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => {
            setObject('');
            onChange({});
          }}
        >
          Clear
        </Button>
      )}
    </form>
  );
}

/** An image by a part of its name. */
function ImageField(props: {
  readonly projectId: ProjectId;
  readonly isSet: boolean;
  readonly onChange: (imageId: string | null) => void;
}) {
  const { persistence } = useServices();
  const [text, setText] = useState('');
  const [offered, setOffered] = useState<ReadonlyMap<string, string>>(new Map());
  const { projectId, isSet } = props;
  useEffect(() => {
    // Cleared from outside.
    if (!isSet) setText('');
  }, [isSet]);
  useEffect(() => {
    let isCurrent = true;
    if (text.trim() === '') return;
    void persistence.images.list(projectId, { nameContains: text.trim() }).then(async (list) => {
      if (!list.ok) return;
      const images = await list.value.window(0, MOST_OFFERED);
      if (isCurrent) setOffered(new Map(images.map(({ key, id }) => [key, id])));
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, projectId, text]);
  return (
    <Autocomplete
      aria-label="Image"
      placeholder="Every image"
      size="xs"
      clearable
      filter={({ options }) => options}
      data={[...offered.keys()]}
      value={text}
      onChange={(value) => {
        setText(value);
        if (value === '') props.onChange(null);
      }}
      onOptionSubmit={(key) => props.onChange(offered.get(key) ?? null)}
    />
  );
}

/** The moment a day begins in the person's time zone, `later` days on; null when the field is empty. */
function startOfDay(day: string, later: number): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  return new Date(year, month - 1, date + later).toISOString();
}

/** `2026-03-01`, as a date field wants it. */
function dayOf(moment: string | undefined, later: number): string {
  if (moment === undefined) return '';
  const date = new Date(moment);
  date.setDate(date.getDate() + later);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
