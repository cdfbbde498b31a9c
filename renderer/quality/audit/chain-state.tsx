import { ActionIcon, Button, CopyButton, Progress } from '@mantine/core';
import { Check, Copy, ShieldAlert, ShieldCheck } from 'lucide-react';
import { type ChainBreak, intactInWords } from '../../../shared/audit/chain-audit';
import { count, plural } from '../../components/quantity';
import { dateAndTime } from '../../components/relative-time';
import styles from './audit.module.css';
import type { WalkedJournal } from './walk-journal';

/** Characters of a hash that a person compares; the whole is copied. */
const SHOWN_HASH = 16;

/** Whether the journal holds, up to which line, and what is wrong with it if it does not. */
export function ChainState(props: {
  readonly walked: WalkedJournal | null;
  readonly checkedAt: string | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Number of the newest line. */
  readonly newest: number;
  readonly onCheck: () => void;
}) {
  const { walked, checkedAt, progress } = props;
  if (walked === null || progress !== null) {
    const share = progress === null || progress.total === 0 ? 0 : (progress.done / progress.total) * 100;
    return (
      <div className={styles.state} role="status">
        <div className={styles.stateText}>
          <p className={styles.stateTitle}>Checking the journal…</p>
          <Progress value={share} size="xs" aria-label="Lines checked" />
          <p className={styles.stateDetail}>
            {count(progress?.done ?? 0)} of {count(progress?.total ?? 0)} lines
          </p>
        </div>
      </div>
    );
  }
  const { verdict } = walked;
  const { firstBreak, head } = verdict;
  const isBroken = firstBreak !== null;
  const later = props.newest - head.seq;
  return (
    <div className={styles.state} data-broken={isBroken || undefined} role={isBroken ? 'alert' : 'status'}>
      {isBroken ? <ShieldAlert size={20} aria-hidden /> : <ShieldCheck size={20} aria-hidden />}
      <div className={styles.stateText}>
        <p className={styles.stateTitle}>
          {isBroken
            ? `The journal is broken at line ${count(firstBreak.line)}`
            : verdict.lines === 0
              ? 'The journal is empty'
              : `The journal holds up to line ${count(head.seq)}`}
        </p>
        {isBroken ? (
          <p className={`${styles.stateDetail} selectable`}>
            {breakInWords(firstBreak)}. {intactInWords(verdict)}
            {verdict.breaks > 1 && ` ${plural(verdict.breaks, 'break')} in all.`} The labels themselves are
            kept apart from it. Make a backup now and compare with an earlier one.
          </p>
        ) : (
          <p className={styles.stateDetail}>
            {checkedAt !== null && `Checked ${dateAndTime(checkedAt)}. `}
            {later > 0 && `${plural(later, 'line')} came since. `}
            {verdict.clocks.count > 0 &&
              `${plural(verdict.clocks.count, 'line')} out of time order: a clock was set. `}
          </p>
        )}
      </div>
      {head.hash !== null && (
        <span className={styles.hash}>
          <span className="dim">Head</span> <code>{head.hash.slice(0, SHOWN_HASH)}</code>
          <CopyButton value={head.hash}>
            {({ copied, copy }) => (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={copied ? 'Copied' : 'Copy the whole hash'}
                title="Copy the whole hash"
                onClick={copy}
              >
                {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
              </ActionIcon>
            )}
          </CopyButton>
        </span>
      )}
      <Button size="compact-sm" variant="default" onClick={props.onCheck}>
        Check again
      </Button>
    </div>
  );
}

/** `line 5 (Anna, Mar 1, 2026, 12:05, “Draw Car”): it was altered after it was written`. */
export function breakInWords({ line, reason, who, at, what }: ChainBreak): string {
  const isTime = at !== null && !Number.isNaN(Date.parse(at));
  const by = who === null ? '' : ` (by its own words ${who}, ${isTime ? dateAndTime(at) : at}, “${what}”)`;
  return `Line ${line}${by}: ${reason}`;
}
