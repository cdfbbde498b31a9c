import { Box, Table } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import {
  type ClassDecision,
  type HowFound,
  howFound,
  newLabelName,
} from '../../shared/imports/import-decisions';
import { PICTURE_CLASS, type SurveyedClass } from '../../shared/ipc/channels/label-imports';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { ColorSwatch } from '../components/color-swatch';
import { count } from '../components/quantity';
import styles from './imports.module.css';
import type { LabelProposal } from './label-proposal';
import { LabelTarget } from './label-target';
import type { ImportChoice } from './use-import-plan';

const HOW: Readonly<Record<HowFound, string>> = {
  name: 'same name',
  'former-name': 'an earlier name',
  synonym: 'means the same',
  new: 'new label',
  unnamed: 'no name in the files',
  unused: 'not used',
};

const ROW_HEIGHT_IN_PX = 40;
const NEW = 'new';
const LEAVE = 'leave';

/** Which label each class of the files becomes: suggested, and to be changed. */
export function ClassMapping({
  proposal,
  choice,
}: {
  readonly proposal: LabelProposal;
  readonly choice: ImportChoice;
}) {
  const { schema } = proposal.project;
  const { decisions, figures, plan } = choice;
  const classes = useMemo(() => usedFirst(proposal.dataset.survey.classes), [proposal]);
  const choices = useMemo(() => choicesOf(schema), [schema]);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: classes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_IN_PX,
    overscan: 6,
  });
  const decide = (classIndex: number, decision: ClassDecision) => {
    const next = new Map(decisions.classes);
    next.set(classIndex, decision);
    choice.setDecisions({ ...decisions, classes: next });
  };
  const labelOf = new Map(
    plan.mapping.labels.map(([classIndex, label]) => [
      classIndex,
      plan.schemaAfter.labels.find((one) => one.id === plan.labelIds[label]),
    ]),
  );

  const visible = rows.getVirtualItems();
  const above = visible[0]?.start ?? 0;
  const below = rows.getTotalSize() - (visible.at(-1)?.end ?? 0);
  return (
    // A scrolling list must be reachable by keyboard, hence the tab stop.
    <Box ref={scroller} component="section" className={styles.mapping} tabIndex={0} aria-label="Labels, list">
      <Table
        stickyHeader
        aria-label="How the file’s classes become labels"
        aria-rowcount={classes.length + 1}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="numeric">No.</Table.Th>
            <Table.Th>In the files</Table.Th>
            <Table.Th>In this project</Table.Th>
            <Table.Th>Found by</Table.Th>
            <Table.Th className="numeric">Annotations</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {above > 0 && <tr style={{ height: above }} aria-hidden />}
          {visible.map((item) => {
            const one = classes[item.index];
            if (one === undefined) return null;
            const decision = decisions.classes.get(one.classIndex) ?? { to: 'leave' };
            const label = labelOf.get(one.classIndex);
            return (
              <Table.Tr
                key={one.classIndex}
                aria-rowindex={item.index + 2}
                className={styles.mappingRow}
                data-left={decision.to === 'leave' || undefined}
                style={{ height: ROW_HEIGHT_IN_PX }}
              >
                <Table.Td className="numeric dim">
                  {one.classIndex === PICTURE_CLASS ? '' : one.classIndex}
                </Table.Td>
                <Table.Td title={one.name}>
                  <span className={styles.className}>
                    <span className={styles.classTitle}>
                      {one.classIndex === PICTURE_CLASS ? 'What is said of whole pictures' : one.name}
                    </span>
                    <span className="dim">{describeShapes(one)}</span>
                  </span>
                </Table.Td>
                <Table.Td>
                  <span className={styles.target}>
                    <ColorSwatch color={label?.color ?? 'transparent'} />
                    <LabelTarget
                      label={`Label for ${one.name}`}
                      value={selected(decision)}
                      text={
                        decision.to === 'new'
                          ? 'New label'
                          : decision.to === 'leave'
                            ? 'Leave out'
                            : (label?.name ?? '')
                      }
                      choices={choices}
                      onChange={(value) => decide(one.classIndex, decisionOf(value, one))}
                    />
                    {decision.to === 'new' && (
                      <input
                        className={styles.newName}
                        aria-label={`Name of the new label for ${one.name}`}
                        maxLength={100}
                        value={decision.name}
                        onChange={(event) =>
                          decide(one.classIndex, { to: 'new', name: event.currentTarget.value })
                        }
                      />
                    )}
                  </span>
                </Table.Td>
                <Table.Td className="dim">{HOW[howFound(schema, one)]}</Table.Td>
                <Table.Td className="numeric">
                  {count(figures.annotationsByClass.get(one.classIndex) ?? 0)}
                </Table.Td>
              </Table.Tr>
            );
          })}
          {below > 0 && <tr style={{ height: below }} aria-hidden />}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function usedFirst(classes: readonly SurveyedClass[]): readonly SurveyedClass[] {
  return [...classes.filter((one) => one.annotations > 0), ...classes.filter((one) => one.annotations === 0)];
}

function choicesOf(schema: LabelSchema) {
  const labels = schema.labels
    .filter((label) => label.mergedIntoId === null)
    .map((label) => ({
      value: label.id as string,
      label: label.isRetired ? `${label.name} (retired)` : label.name,
    }));
  return [
    { value: NEW, label: 'New label' },
    { value: LEAVE, label: 'Leave out' },
    { group: 'Labels of this project', items: labels },
  ];
}

function selected(decision: ClassDecision): string | null {
  if (decision.to === 'label') return decision.labelId;
  return decision.to === 'undecided' ? null : decision.to;
}

function decisionOf(value: string, one: SurveyedClass): ClassDecision {
  if (value === NEW) return { to: 'new', name: newLabelName(one) };
  return value === LEAVE ? { to: 'leave' } : { to: 'label', labelId: value as LabelId };
}

/** `1,203 boxes, 12 polygons`; empty when all are boxes, which needs no saying. */
function describeShapes({ shapes }: SurveyedClass): string {
  const entries = Object.entries(shapes).filter(([, times]) => (times ?? 0) > 0);
  if (entries.length === 0 || (entries.length === 1 && entries[0]?.[0] === 'box')) return '';
  return entries
    .map(([type, times]) => (entries.length === 1 ? type : `${count(times ?? 0)} ${type}`))
    .join(', ');
}
