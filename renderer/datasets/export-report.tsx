import { Button } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import type { Grant } from '../../shared/ipc/channels/files';
import { useServices } from '../app/services';
import { byteSize, count, plural } from '../components/quantity';
import { ProblemLines } from '../imports/problem-lines';
import styles from './datasets.module.css';
import { explainExport } from './explain-export';

type Tone = 'error' | 'warning' | null;

/** What the written files said when they were read back and compared with the version, loss by loss. */
export function ExportReportView(props: {
  readonly report: ExportReport;
  readonly formatTitle: string;
  readonly destination: Grant;
}) {
  const { report, destination } = props;
  const { bridge, toasts } = useServices();
  const [shownCode, setShownCode] = useState<string | null>(null);
  const section = useRef<HTMLElement>(null);
  // It appears below the form, where nobody may be looking.
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), []);
  const { readBack } = report;
  const { inVersion, missing, isAllThere, losses, differences } = explainExport(report, props.formatTitle);
  const isSame = isAllThere && losses.length === 0;

  const reveal = async () => {
    const shown = await bridge.invoke('app.reveal', { sourceId: destination.id, key: null });
    if (!shown.ok) toasts.show({ tone: 'error', message: shown.error.message });
  };
  const save = async () => {
    const saved = await bridge.invoke('files.saveText', {
      title: 'Save the export report',
      suggestedName: `${report.name.replace(/\.zip$/, '')}-report.json`,
      extension: 'json',
      text: `${JSON.stringify(report, null, 2)}\n`,
    });
    if (!saved.ok) toasts.show({ tone: 'error', message: saved.error.message });
    else if (saved.value !== null) toasts.show({ message: `The report is in “${saved.value.name}”.` });
  };

  const rows: readonly (readonly [string, string, Tone])[] = [
    ['Annotations matched', `${count(readBack.matched)} of ${count(inVersion)}`, null],
    ...(readBack.inPart > 0 ? [['Kept in part', count(readBack.inPart), 'warning'] as const] : []),
    ...(readBack.leftOut > 0
      ? [['Left out, as announced', count(readBack.leftOut), 'warning'] as const]
      : []),
    ['Missing', count(missing), errorIf(missing)],
    ['Extra', count(readBack.extra), errorIf(readBack.extra)],
    ['Moved', count(readBack.moved), errorIf(readBack.moved)],
    ['Relabelled', count(readBack.relabelled), errorIf(readBack.relabelled)],
    ...differences.map(({ fact, count: times }) => [fact, count(times), 'error'] as const),
    ['Largest difference of a coordinate', `${readBack.largestCoordinateError.toPrecision(2)} px`, null],
    ...(readBack.iou === null
      ? []
      : [
          [
            'Overlap of areas (IoU), mean and least',
            `${share(readBack.iou.mean)}, ${share(readBack.iou.least)}`,
            null,
          ] as const,
        ]),
  ];
  const all = useLosses(report, destination);
  const shown = useMemo(
    () => all.filter((loss) => shownCode === null || loss.code === shownCode),
    [all, shownCode],
  );
  const total = Object.values(report.lossCountByCode).reduce((sum, times) => sum + times, 0);
  return (
    <section ref={section} className={styles.report} aria-label="Export report">
      <div className={styles.verdict} data-tone={isSame ? 'success' : isAllThere ? 'warning' : 'error'}>
        {isSame ? <CircleCheck size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
        <span>
          {isSame
            ? 'Read back and compared: the files say exactly what the version says.'
            : isAllThere
              ? 'Read back and compared: all that was written is there. What the format cannot hold is listed.'
              : 'Read back and compared: the files differ from the version as listed.'}
        </span>
        <Button size="compact-xs" variant="default" onClick={() => void save()}>
          Save as JSON…
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => void reveal()}>
          Show in folder
        </Button>
      </div>
      <p className={styles.nothing}>
        <strong>{report.name}</strong>: {plural(report.filesWritten, 'file')}, {byteSize(report.byteSize)},{' '}
        {plural(report.images, 'image')}.
      </p>
      {report.notes.length > 0 && (
        <ul className={styles.remarks}>
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className={styles.reportColumns}>
        <table className={styles.figures} aria-label="Read back">
          <tbody>
            {rows.map(([what, value, tone]) => (
              <tr key={what} data-tone={tone ?? undefined}>
                <th scope="row">{what}</th>
                <td className="numeric">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {losses.length > 0 && (
          <ul className={styles.losses} aria-label="Losses by kind">
            {losses.map((loss) => (
              <li key={loss.code}>
                <button
                  type="button"
                  className={styles.loss}
                  aria-pressed={shownCode === loss.code}
                  onClick={() => setShownCode((code) => (code === loss.code ? null : loss.code))}
                >
                  <span>{loss.fact}</span>
                  <span className="numeric">{count(loss.count)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <ProblemLines
        title="What was dropped, clipped or rounded"
        lines={shown.map((loss) => ({ place: loss.path, reason: loss.message }))}
      />
      {report.lossFile !== null && (
        <p className={styles.nothing}>
          {total > all.length
            ? `The first ${count(all.length)} of ${count(total)} are listed here; all of them are in ${report.lossFile}, beside the export.`
            : `The same list is in ${report.lossFile}, beside the export.`}
        </p>
      )}
    </section>
  );
}

/** Every loss from the list beside the export; the report's own samples until it is read. */
function useLosses(report: ExportReport, destination: Grant): ExportReport['losses'] {
  const { bridge } = useServices();
  const [losses, setLosses] = useState(report.losses);
  useEffect(() => {
    let isCurrent = true;
    if (report.lossFile === null) return;
    const asked = { destinationId: destination.id, file: report.lossFile };
    void bridge.invoke('lake.losses', asked).then((answer) => {
      if (isCurrent && answer.ok) setLosses(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, report, destination]);
  return losses;
}

function errorIf(times: number): Tone {
  return times > 0 ? 'error' : null;
}

/** `99.98 %`, rounded down: what differs at all is never said to be whole. */
function share(value: number): string {
  return value === 1 ? '100 %' : `${(Math.floor(value * 10_000) / 100).toFixed(2)} %`;
}
