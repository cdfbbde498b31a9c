import { Button, Modal, SegmentedControl, Skeleton, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ConflictRule } from '../../shared/imports/conflict-rule';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { count, plural } from '../components/quantity';
import { useSecondLook } from '../components/use-second-look';
import { AttributeMapping } from './attribute-mapping';
import { ClassMapping } from './class-mapping';
import { FormatChoice } from './format-choice';
import { ImportPreview } from './import-preview';
import styles from './imports.module.css';
import type { LabelProposal } from './label-proposal';
import { ProblemLines } from './problem-lines';
import { thingsToKnow } from './things-to-know';
import { type ImportChoice, useImportPlan } from './use-import-plan';

const RULES: readonly { readonly value: ConflictRule; readonly label: string }[] = [
  { value: 'addNew', label: 'Add what is new' },
  { value: 'addAll', label: 'Add all' },
  { value: 'replace', label: 'Replace theirs' },
  { value: 'keep', label: 'Keep theirs' },
];

/** Says what an import would add, where it meets earlier work, and what it could not read, before anything is stored. */
export default function LabelImportDialog({ proposal }: { readonly proposal: LabelProposal }) {
  const { labels } = useServices().imports;
  const { isReading } = useObservable(labels.state);
  const choice = useImportPlan(proposal);
  const isDue = useSecondLook();
  const { figures, plan, outcome } = choice;
  const [isBeginning, setIsBeginning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const problems = useMemo(() => thingsToKnow(proposal, plan), [proposal, plan]);
  const { request, dataset, match } = proposal;

  const conflicting = figures.conflicts.length > 0;
  const toAdd = outcome === null ? null : figures.fresh.annotations + outcome.added;
  const toConfirm = figures.emptyImages;
  const isNothing = toAdd === 0 && toConfirm === 0 && (outcome?.removed ?? 0) === 0;
  const hindrance = hindranceOf(choice, isNothing);

  const apply = async () => {
    setIsBeginning(true);
    setFailure(null);
    const applied = await labels.apply(proposal, plan, choice.rule);
    setIsBeginning(false);
    if (!applied.ok) setFailure(applied.error.message);
  };
  const readAgain = async (as: Parameters<typeof labels.read>[2]) => {
    setFailure(null);
    const source = { id: request.sourceId, displayName: request.sourceName };
    const read = await labels.read(proposal.project.id, source, as, proposal.detected);
    if (!read.ok && read.error.code !== 'job.cancelled') setFailure(read.error.message);
  };

  return (
    <Modal
      opened
      onClose={labels.dismiss}
      title={`Labels found in ${request.sourceName}`}
      size={1040}
      closeButtonProps={{ 'aria-label': 'Close without importing' }}
      classNames={{ body: styles.importBody ?? '' }}
    >
      <FormatChoice
        detected={proposal.detected}
        initial={request}
        action="Read again"
        isFirst={false}
        isReading={isReading}
        onRead={(as) => void readAgain(as)}
      />
      <dl className={styles.figures}>
        <Figure term="Annotations to add" value={toAdd} isMain />
        <Figure term="Images matched" value={figures.matchedImages} of={dataset.images.length} />
        <Figure term="Confirmed empty" value={toConfirm} />
        <Figure term="New labels" value={plan.newLabels.length} />
        <Figure
          term="Not matched"
          value={match.unmatchedKeys.length + match.ambiguousKeys.length}
          isWarning
        />
        <Figure term="Problems" value={dataset.survey.problems} isWarning />
      </dl>

      {conflicting && (
        <section className={styles.conflicts} aria-label="Images that have annotations already">
          <div className={styles.conflictRow}>
            <h3>{plural(figures.conflicts.length, 'image')} already with annotations</h3>
            <SegmentedControl
              aria-label="What to do with them"
              value={choice.rule}
              onChange={(value) => choice.setRule(value as ConflictRule)}
              data={[...RULES]}
            />
          </div>
          <p className={styles.note}>{describeRule(choice)}</p>
        </section>
      )}

      <Tabs
        defaultValue="labels"
        keepMounted={false}
        className={styles.tabs}
        classNames={{ panel: styles.tabPanel ?? '' }}
      >
        <Tabs.List>
          <Tabs.Tab value="labels">Labels {count(dataset.survey.classes.length)}</Tabs.Tab>
          <Tabs.Tab value="attributes">
            Attributes {count(new Set(dataset.survey.attributes.map((one) => one.name)).size)}
          </Tabs.Tab>
          <Tabs.Tab value="pictures">Pictures</Tabs.Tab>
          <Tabs.Tab value="problems" data-warning={problems.length > 0 || undefined}>
            What to look at {count(problems.length)}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="labels">
          {isDue ? <ClassMapping proposal={proposal} choice={choice} /> : <Skeleton height={200} />}
        </Tabs.Panel>
        <Tabs.Panel value="attributes">
          <AttributeMapping proposal={proposal} choice={choice} />
        </Tabs.Panel>
        <Tabs.Panel value="pictures">
          <ImportPreview proposal={proposal} plan={plan} />
        </Tabs.Panel>
        <Tabs.Panel value="problems">
          {problems.length === 0 ? (
            <p className={styles.note}>Everything in the files was understood and has its place.</p>
          ) : (
            <ProblemLines title="What to look at" lines={problems} />
          )}
        </Tabs.Panel>
      </Tabs>

      {failure !== null && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      <div className={styles.actions}>
        <span className={hindrance === null || isNothing ? 'dim' : styles.hindrance}>
          {hindrance ?? 'One change; Undo takes all of it back.'}
        </span>
        <Button variant="default" onClick={labels.dismiss}>
          Do not import
        </Button>
        <Button
          data-autofocus
          onClick={() => void apply()}
          disabled={hindrance !== null || isReading}
          loading={isBeginning}
        >
          {importWords(toAdd, toConfirm)}
        </Button>
      </div>
    </Modal>
  );
}

function Figure(props: {
  readonly term: string;
  /** Null while it is being counted. */
  readonly value: number | null;
  readonly of?: number;
  readonly isMain?: boolean;
  readonly isWarning?: boolean;
}) {
  const isWarning = props.isWarning === true && (props.value ?? 0) > 0;
  return (
    <div data-main={props.isMain} data-warning={isWarning || undefined}>
      <dt>{props.term}</dt>
      <dd>
        {props.value === null ? '…' : count(props.value)}
        {props.of !== undefined && props.of !== props.value && (
          <span className="dim"> of {count(props.of)}</span>
        )}
      </dd>
    </div>
  );
}

/** Why nothing can be imported as things stand, in words; null when it can. */
function hindranceOf({ plan }: ImportChoice, isNothing: boolean): string | null {
  const [undecided] = plan.undecided;
  if (undecided !== undefined) {
    const others = plan.undecided.length - 1;
    const rest = others > 0 ? ` and ${plural(others, 'other')}` : '';
    return `The files give no name for “${undecided.name}”${rest}: choose the label under Labels.`;
  }
  const [fault] = plan.faults;
  if (fault !== undefined) return fault;
  return isNothing ? 'There is nothing to import with this choice.' : null;
}

function importWords(toAdd: number | null, toConfirm: number): string {
  if (toAdd === null) return 'Import';
  if (toAdd > 0) return `Import ${plural(toAdd, 'annotation')}`;
  return toConfirm > 0 ? `Import ${plural(toConfirm, 'empty image')}` : 'Import';
}

function describeRule({ rule, figures, outcome }: ImportChoice): string {
  const existing = figures.conflicts.reduce((sum, conflict) => sum + conflict.target.annotationCount, 0);
  const incoming = figures.conflicts.reduce((sum, conflict) => sum + conflict.incoming, 0);
  switch (rule) {
    case 'addNew':
      if (outcome === null) return `Looking which of the ${count(incoming)} are there already …`;
      return outcome.duplicates > 0
        ? `${plural(outcome.duplicates, 'annotation')} that are there already are left out; ${count(outcome.added)} are added.`
        : `Theirs are kept and ${count(outcome.added)} are added; none is there already.`;
    case 'addAll':
      return `Theirs are kept and all ${count(incoming)} are added, also those that are there already.`;
    case 'replace':
      return `${plural(outcome?.removed ?? existing, 'annotation')} of these images give way to ${count(incoming)} imported ones. Undo brings them back.`;
    case 'keep':
      return `Nothing is imported for these images; ${count(incoming)} are left out.`;
  }
}
