import { Box, Select, Table } from '@mantine/core';
import { useMemo } from 'react';
import {
  type AttributeDecision,
  attributeName,
  attributeNames,
  type Flag,
} from '../../shared/imports/import-decisions';
import type { SurveyedAttribute } from '../../shared/ipc/channels/label-imports';
import { count } from '../components/quantity';
import styles from './imports.module.css';
import type { LabelProposal } from './label-proposal';
import type { ImportChoice } from './use-import-plan';

const FLAG_TITLES: Readonly<Record<Flag, string>> = {
  isOccluded: 'Flag: occluded',
  isTruncated: 'Flag: truncated',
  isCrowd: 'Flag: crowd',
};
const LEAVE = 'leave';
const FLAG_PREFIX = 'flag:';
const NAME_PREFIX = 'name:';

/** What becomes of the attributes that annotations carry, one line for each name. */
export function AttributeMapping({
  proposal,
  choice,
}: {
  readonly proposal: LabelProposal;
  readonly choice: ImportChoice;
}) {
  const { survey } = proposal.dataset;
  const { decisions, plan } = choice;
  const rows = useMemo(() => attributeNames(survey), [survey]);
  const classNames = useMemo(
    () => new Map(survey.classes.map((one) => [one.classIndex, one.name])),
    [survey],
  );
  const known = useMemo(() => {
    const labels = plan.schemaAfter.labels.filter((label) => plan.labelIds.includes(label.id));
    return [...new Set(labels.flatMap((label) => label.attributes.map((attribute) => attribute.name)))];
  }, [plan]);
  const isNew = new Set(plan.newAttributes.map(({ attribute }) => attribute.name));
  const decide = (name: string, decision: AttributeDecision) => {
    const next = new Map(decisions.attributes);
    next.set(name, decision);
    choice.setDecisions({ ...decisions, attributes: next });
  };

  if (rows.length === 0) return <p className={styles.note}>The annotations carry no attributes.</p>;
  return (
    // A scrolling list must be reachable by keyboard, hence the tab stop.
    <Box component="section" className={styles.attributes} tabIndex={0} aria-label="Attributes, list">
      <Table aria-label="What becomes of attributes" stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>In the files</Table.Th>
            <Table.Th>Of</Table.Th>
            <Table.Th>Values</Table.Th>
            <Table.Th>In this project</Table.Th>
            <Table.Th className="numeric">Annotations</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, all }) => {
            const decision = decisions.attributes.get(name) ?? { to: 'leave' };
            const own = attributeName(name);
            const names = [...new Set([own, ...known])];
            return (
              <Table.Tr key={name}>
                <Table.Td className={styles.attributeName}>{name}</Table.Td>
                <Table.Td className="dim">
                  {firstOf(
                    all.map((one) => classNames.get(one.classIndex) ?? ''),
                    3,
                  )}
                </Table.Td>
                <Table.Td className="dim">{describeValues(all)}</Table.Td>
                <Table.Td>
                  <Select
                    aria-label={`What becomes of ${name}`}
                    searchable
                    allowDeselect={false}
                    comboboxProps={{ width: 260, position: 'bottom-end' }}
                    data={[
                      {
                        group: 'Attribute',
                        items: names.map((one) => ({
                          value: `${NAME_PREFIX}${one}`,
                          label: isNew.has(one) || !known.includes(one) ? `${one} (new)` : one,
                        })),
                      },
                      {
                        group: 'Of every annotation',
                        items: Object.entries(FLAG_TITLES).map(([flag, label]) => ({
                          value: `${FLAG_PREFIX}${flag}`,
                          label,
                        })),
                      },
                      { value: LEAVE, label: 'Leave out' },
                    ]}
                    value={selected(decision)}
                    onChange={(value) => {
                      if (value !== null) decide(name, decisionOf(value));
                    }}
                  />
                </Table.Td>
                <Table.Td className="numeric">
                  {count(all.reduce((sum, one) => sum + one.annotations, 0))}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function selected(decision: AttributeDecision): string {
  if (decision.to === 'leave') return LEAVE;
  return decision.to === 'flag' ? `${FLAG_PREFIX}${decision.flag}` : `${NAME_PREFIX}${decision.name}`;
}

function decisionOf(value: string): AttributeDecision {
  if (value.startsWith(FLAG_PREFIX)) return { to: 'flag', flag: value.slice(FLAG_PREFIX.length) as Flag };
  return value.startsWith(NAME_PREFIX)
    ? { to: 'attribute', name: value.slice(NAME_PREFIX.length) }
    : { to: 'leave' };
}

function describeValues(all: readonly SurveyedAttribute[]): string {
  const values = [...new Set(all.flatMap((one) => one.values.map(String)))];
  const isOpen = all.some((one) => one.hasMoreValues);
  const shown = firstOf(values, 4);
  return isOpen ? `${shown} …` : shown;
}

function firstOf(items: readonly string[], most: number): string {
  const distinct = [...new Set(items)];
  const shown = distinct.slice(0, most).map((item) => (item.length > 24 ? `${item.slice(0, 23)}…` : item));
  return distinct.length > most ? `${shown.join(', ')} +${distinct.length - most}` : shown.join(', ');
}
