import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { CircleCheck, CircleX, Ellipsis, ListChecks, Trash2, Undo2, UserPlus } from 'lucide-react';
import type { Batch } from '../../../shared/schema/batch';
import { count } from '../../components/quantity';
import { dateAndTime } from '../../components/relative-time';
import styles from './batches.module.css';
import { planWords, seedOf, standingWords } from './plan-words';
import type { BatchRow } from './use-batches';

export interface BatchActions {
  readonly onReview: (batch: Batch) => void;
  readonly onVerdict: (batch: Batch, verdict: 'accepted' | 'rejected') => void;
  readonly onTakeBack: (batch: Batch) => void;
  readonly onAssign: (batch: Batch) => void;
  readonly onRemove: (batch: Batch) => void;
}

/** Every batch in a line: what is drawn of it, where it stands, and what is next. */
export function BatchTable(props: {
  readonly rows: readonly BatchRow[];
  readonly actions: BatchActions;
  readonly mayJudge: boolean;
  readonly mayAssign: boolean;
  /** While a verdict is stored no second one is given. */
  readonly isBusy: boolean;
}) {
  const { rows } = props;
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label="Batches">
        <thead>
          <tr>
            <th scope="col">Batch</th>
            <th scope="col">Sample</th>
            <th scope="col" className={styles.number}>
              Images
            </th>
            <th scope="col" className={styles.number}>
              Judged
            </th>
            <th scope="col" className={styles.number}>
              Nonconforming
            </th>
            <th scope="col">People</th>
            <th scope="col">Verdict</th>
            <th scope="col">
              <span className={styles.forReaders}>More</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.batch.id} {...props} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: {
  readonly row: BatchRow;
  readonly actions: BatchActions;
  readonly mayJudge: boolean;
  readonly mayAssign: boolean;
  readonly isBusy: boolean;
}) {
  const { batch, standing, labellers, reviewers } = props.row;
  const seed = seedOf(batch.plan);
  return (
    <tr>
      <th scope="row">
        <span className={styles.name}>{batch.name}</span>
        <span className="dim" title={dateAndTime(batch.createdAt)}>
          by {batch.createdBy.name}
        </span>
      </th>
      <td title={seed === null ? undefined : `Drawn with the seed ${seed}`}>{planWords(batch.plan)}</td>
      <td className={styles.number}>{count(batch.imageIds.length)}</td>
      <td className={styles.number}>
        {count(standing.judged)} of {count(standing.sampled)}
      </td>
      <td className={styles.number}>
        {count(standing.nonconforming)}
        {batch.acceptanceNumber !== null && ` of ${count(batch.acceptanceNumber)} allowed`}
      </td>
      <td>
        <span className={styles.person}>
          <span className="dim">Labels</span> {listed(labellers)}
        </span>
        <span className={styles.person}>
          <span className="dim">Reviews</span> {listed(reviewers)}
        </span>
      </td>
      <td>
        <VerdictCell {...props} />
      </td>
      <td className={styles.more}>
        <RowMenu {...props} />
      </td>
    </tr>
  );
}

function VerdictCell(props: {
  readonly row: BatchRow;
  readonly actions: BatchActions;
  readonly mayJudge: boolean;
  readonly isBusy: boolean;
}) {
  const { row, actions, mayJudge, isBusy } = props;
  const { batch, standing } = row;
  if (batch.verdict !== null) {
    const Glyph = batch.verdict === 'accepted' ? CircleCheck : CircleX;
    return (
      <span className={styles.verdict} data-verdict={batch.verdict}>
        <Glyph size={14} aria-hidden /> {batch.verdict === 'accepted' ? 'Accepted' : 'Rejected'}
      </span>
    );
  }
  const isJudged = standing.judged === standing.sampled;
  const offered = standing.verdict === null ? (isJudged ? VERDICTS : []) : [standing.verdict];
  return (
    <div className={styles.next}>
      <span>{standingWords(batch, standing)}</span>
      <span className={styles.buttons}>
        {mayJudge &&
          offered.map((verdict) => (
            <Tooltip key={verdict} label={VERDICT_DOES[verdict]} multiline w={260}>
              <Button
                size="compact-xs"
                variant={offered.length === 1 ? 'filled' : 'default'}
                disabled={isBusy}
                onClick={() => actions.onVerdict(batch, verdict)}
              >
                {verdict === 'accepted' ? 'Accept the batch' : 'Give the batch back'}
              </Button>
            </Tooltip>
          ))}
        {!isJudged && mayJudge && (
          <Button size="compact-xs" variant="default" onClick={() => actions.onReview(batch)}>
            Review the sample
          </Button>
        )}
      </span>
    </div>
  );
}

const VERDICTS = ['accepted', 'rejected'] as const;
const VERDICT_DOES = {
  accepted:
    'Accepts every image of the batch that nobody looked at. What was looked at keeps its own verdict.',
  rejected:
    'Gives every image of the batch back that nobody looked at, to be labelled again. What was looked at keeps its own verdict.',
} as const;

function RowMenu(props: {
  readonly row: BatchRow;
  readonly actions: BatchActions;
  readonly mayJudge: boolean;
  readonly mayAssign: boolean;
}) {
  const { row, actions, mayJudge, mayAssign } = props;
  const { batch } = row;
  if (!mayJudge && !mayAssign) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`More for ${batch.name}`}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<ListChecks size={14} />} onClick={() => actions.onReview(batch)}>
          Review the sample
        </Menu.Item>
        {mayAssign && (
          <Menu.Item leftSection={<UserPlus size={14} />} onClick={() => actions.onAssign(batch)}>
            Assign to people…
          </Menu.Item>
        )}
        {mayJudge && batch.verdict !== null && (
          <Menu.Item leftSection={<Undo2 size={14} />} onClick={() => actions.onTakeBack(batch)}>
            Take the verdict back
          </Menu.Item>
        )}
        {mayAssign && batch.verdict === null && (
          <Menu.Item leftSection={<Trash2 size={14} />} onClick={() => actions.onRemove(batch)}>
            Remove the batch
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A table has no room for all names of a large team. */
const MOST_NAMES = 3;

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nobody';
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${count(more)} more` : names.join(', ');
}
