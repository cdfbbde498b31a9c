import { Button, Checkbox, Select } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useServices } from '../../app/services';
import { EmptyNotice } from '../../components/empty-notice';
import { count, plural } from '../../components/quantity';
import type { ErrorFilter, ErrorKind } from '../engine/list-errors';
import { ERROR_KINDS } from '../engine/list-errors';
import styles from '../quality.module.css';
import type { QualityTab } from '../quality-tab';
import { ErrorList } from './error-list';
import { ERROR_WORDS } from './error-words';

interface Found {
  readonly query: number;
  readonly listed: number;
  readonly total: number;
}

/** Everything that differs from the ground truth, image by image. */
export function ErrorsTab(
  props: QualityTab & {
    readonly filter: ErrorFilter;
    readonly onFilter: (filter: ErrorFilter) => void;
  },
) {
  const { filter, onFilter, nameOf, state } = props;
  const { quality, figures } = state;
  const { toasts } = useServices();
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    // New figures mean that something changed.
    void figures;
    let isCurrent = true;
    void quality.ask({ kind: 'errors', filter }).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setFound(answer.value);
      else toasts.show({ tone: 'error', message: answer.error.message });
    });
    return () => {
      isCurrent = false;
    };
  }, [quality, figures, filter, toasts]);
  const people = figures?.subjects[filter.subject].byPerson.map(({ key }) => key) ?? [];
  const source = useMemo(
    () =>
      found === null
        ? null
        : {
            total: found.listed,
            window: async (from: number, to: number) => {
              const answer = await quality.ask({ kind: 'details', query: found.query, from, to });
              return answer.ok ? answer.value.details : [];
            },
          },
    [quality, found],
  );
  return (
    <div className={styles.errors}>
      <aside className={styles.errorFilters} aria-label="Which errors">
        <Checkbox.Group
          label="Kinds"
          value={[...filter.kinds]}
          onChange={(kinds) => onFilter({ ...filter, kinds: kinds as ErrorKind[], cell: undefined })}
        >
          <div className={styles.checks}>
            {ERROR_KINDS.map((kind) => (
              <Checkbox key={kind} size="xs" value={kind} label={ERROR_WORDS[kind]} />
            ))}
          </div>
        </Checkbox.Group>
        <Select
          size="xs"
          label="Label"
          clearable
          placeholder="All labels"
          data={props.project.schema.labels.map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.labelId ?? null}
          onChange={(labelId) =>
            onFilter({
              ...filter,
              labelId: (labelId ?? undefined) as ErrorFilter['labelId'],
              cell: undefined,
            })
          }
        />
        <Select
          size="xs"
          label="Person"
          clearable
          placeholder="Everybody"
          data={people}
          value={filter.person ?? null}
          onChange={(person) => onFilter({ ...filter, person: person ?? undefined })}
        />
        <Select
          size="xs"
          label="Compare"
          allowDeselect={false}
          data={[
            { value: 'labels', label: 'Labels with ground truth' },
            { value: 'honeypot', label: 'Honeypot answers' },
          ]}
          value={filter.subject}
          onChange={(subject) =>
            onFilter({ ...filter, subject: (subject ?? 'labels') as ErrorFilter['subject'] })
          }
        />
        {filter.cell !== undefined && (
          <Button
            size="xs"
            variant="default"
            rightSection={<X size={12} />}
            onClick={() => onFilter({ ...filter, cell: undefined })}
          >
            {`${filter.cell.truth === null ? 'nothing' : nameOf(filter.cell.truth)} labelled as ${filter.cell.label === null ? 'nothing' : nameOf(filter.cell.label)}`}
          </Button>
        )}
      </aside>
      <div className={styles.errorsBody}>
        <p className={styles.errorsHead} role="status">
          {found === null ? 'Looking…' : plural(found.total, 'object')}
          {found !== null && found.listed < found.total && ` · the first ${count(found.listed)} are listed`}
          <span className="dim"> · Enter opens the image with its ground truth over it</span>
        </p>
        {found?.total === 0 && (
          <EmptyNotice
            icon={null}
            title="Nothing of this kind"
            message="Choose other kinds on the left, or be glad."
          />
        )}
        {source !== null && source.total > 0 && (
          <ErrorList source={source} version={found?.query ?? 0} nameOf={nameOf} project={props.project} />
        )}
      </div>
    </div>
  );
}
