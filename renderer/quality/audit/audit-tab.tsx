import { Button } from '@mantine/core';
import { Download, ScrollText } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { AuditFilter } from '../../../shared/audit/audit-filter';
import type { AppError } from '../../../shared/result/app-error';
import type { ProjectId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import { useServices } from '../../app/services';
import { EmptyNotice } from '../../components/empty-notice';
import { ErrorNotice } from '../../components/error-notice';
import { count, plural } from '../../components/quantity';
import { databaseError } from '../../persistence/database-error';
import styles from './audit.module.css';
import { AuditFilters } from './audit-filters';
import { AuditList } from './audit-list';
import { auditRows } from './audit-rows';
import { breakInWords, ChainState } from './chain-state';
import { exportAudit } from './export-audit';
import { findLines, verifyJournal, type WalkedJournal } from './walk-journal';

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Who did what in a project: whether its journal holds, its lines by filter, and the signed way out. */
export function AuditTab({ project }: { readonly project: Project }) {
  const services = useServices();
  const { persistence } = services;
  const [filter, setFilter] = useState<AuditFilter>({});
  const journal = useVerifiedJournal(project.id);
  const found = useFoundLines(project.id, filter, journal.newest);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [isExporting, setIsExporting] = useState(false);
  const isFiltered = Object.keys(filter).length > 0;
  const total = isFiltered ? (found.lines?.length ?? 0) : journal.newest;
  const rows = useMemo(
    () =>
      auditRows(
        persistence,
        { id: project.id, schema: project.schema },
        isFiltered ? (found.lines ?? []) : { newest: journal.newest },
      ),
    [persistence, project.id, project.schema, isFiltered, found.lines, journal.newest],
  );

  const exportLines = async () => {
    if (journal.walked === null) return;
    setFailure(null);
    setIsExporting(true);
    const stop = new AbortController();
    const line = services.jobs.start({
      title: `Exporting the audit trail of ${project.name}`,
      cancel: () => stop.abort(),
    });
    const { newest } = journal;
    const lines = isFiltered
      ? (found.lines ?? [])
      : Array.from({ length: newest }, (_, index) => newest - index);
    const { firstBreak } = journal.walked.verdict;
    const exported = await exportAudit(services, project, {
      lines,
      filter,
      journal: journal.walked,
      breakInWords: firstBreak === null ? null : breakInWords(firstBreak),
      signal: stop.signal,
      onProgress: (done, all) =>
        line.progress({ done, total: all, unit: 'rows', perSecond: 0, secondsLeft: null }, 'reading'),
    });
    setIsExporting(false);
    if (!exported.ok && exported.error.code !== 'job.cancelled') {
      setFailure(exported.error);
      line.fail(exported.error);
    } else if (exported.ok && exported.value !== null) {
      line.done(`${plural(exported.value.entries, 'line')} exported to ${exported.value.name}, signed.`);
    } else line.done('Nothing was exported.');
  };

  if (journal.error !== null) {
    return <ErrorNotice title="The journal could not be read" message={journal.error.message} />;
  }
  return (
    <section className={styles.tab} aria-label="Audit">
      <ChainState
        walked={journal.walked}
        checkedAt={journal.checkedAt}
        progress={journal.progress}
        newest={journal.newest}
        onCheck={journal.check}
      />
      <div className={styles.bar}>
        <AuditFilters
          projectId={project.id}
          people={journal.walked?.people ?? []}
          filter={filter}
          onChange={setFilter}
        />
        <span className={styles.total} role="status">
          {found.progress !== null && isFiltered
            ? `Looking through ${count(found.progress.done)} of ${count(found.progress.total)} lines…`
            : plural(total, 'line')}
        </span>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
          disabled={journal.walked === null || total === 0 || found.progress !== null}
          loading={isExporting}
          onClick={() => void exportLines()}
          title="These lines as JSON Lines, signed with the key of this installation"
        >
          Export signed…
        </Button>
      </div>
      {failure !== null && (
        <p className={styles.failure} role="alert">
          {failure.message}
        </p>
      )}
      {total > 0 ? (
        <AuditList source={rows} />
      ) : (
        found.progress === null && (
          <EmptyNotice
            icon={<ScrollText size={20} />}
            title={isFiltered ? 'No line fits' : 'Nothing was done yet'}
            message={
              isFiltered
                ? 'Widen the filter, or take it away, to see more of the journal.'
                : 'Every change of the project becomes a line here: who, when, what it was and what it became.'
            }
          >
            {isFiltered && (
              <Button size="compact-sm" variant="default" onClick={() => setFilter({})}>
                Show everything
              </Button>
            )}
          </EmptyNotice>
        )
      )}
    </section>
  );
}

/** Walks the journal when the tab is opened and when asked; the number of its lines follows every edit. */
function useVerifiedJournal(projectId: ProjectId) {
  const { persistence } = useServices();
  const [walked, setWalked] = useState<WalkedJournal | null>(null);
  const [checkedAt, setCheckedAt] = useState<string | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [newest, setNewest] = useState(0);
  const [error, setError] = useState<AppError | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    const read = () =>
      void persistence.journal.head(projectId).then((head) => {
        if (isCurrent) setNewest(head?.seq ?? 0);
      });
    read();
    const stop = persistence.images.observe(projectId, read);
    return () => {
      isCurrent = false;
      stop();
    };
  }, [persistence, projectId]);

  useEffect(() => {
    const stop = new AbortController();
    void round;
    setProgress({ done: 0, total: 0 });
    verifyJournal(persistence.journal, projectId, {
      signal: stop.signal,
      onProgress: (done, total) => setProgress({ done, total }),
    }).then(
      (read) => {
        if (read === null || stop.signal.aborted) return;
        setWalked(read);
        setCheckedAt(new Date().toISOString());
        setProgress(null);
      },
      (thrown: unknown) => {
        if (!stop.signal.aborted) setError(databaseError(thrown, 'checking the journal'));
      },
    );
    return () => stop.abort();
  }, [persistence, projectId, round]);

  return { walked, checkedAt, progress, newest, error, check: () => setRound((before) => before + 1) };
}

function useFoundLines(projectId: ProjectId, filter: AuditFilter, newest: number) {
  const { persistence } = useServices();
  const [lines, setLines] = useState<readonly number[] | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    // New lines may fit as well.
    void newest;
    if (Object.keys(filter).length === 0) {
      setLines(null);
      setProgress(null);
      return;
    }
    setProgress({ done: 0, total: 0 });
    void findLines(persistence.journal, projectId, filter, {
      signal: stop.signal,
      onProgress: (done, total) => setProgress({ done, total }),
    }).then((found) => {
      if (found === null) return;
      setLines(found);
      setProgress(null);
    });
    return () => stop.abort();
  }, [persistence, projectId, filter, newest]);
  return { lines, progress };
}
