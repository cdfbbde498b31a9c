import { Button } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import type { Grant } from '../../shared/ipc/channels/files';
import { useServices } from '../app/services';
import { byteSize, count, plural } from '../components/quantity';
import { ProblemLines } from '../imports/problem-lines';
import styles from './datasets.module.css';
import { explainExport } from './explain-export';

/** What the written files said when they were read back and compared with the version, loss by loss. */
export function ExportReportView(props: {
  readonly report: ExportReport;
  readonly formatTitle: string;
  readonly destination: Grant;
}) {
  const { report, destination } = props;
  const { bridge, toasts } = useServices();
  const { readBack } = report;
  const { inVersion, missing, isAllThere, losses } = explainExport(report, props.formatTitle);
  const isSame = isAllThere && losses.length === 0;

  const reveal = async () => {
    const shown = await bridge.invoke('app.reveal', { sourceId: destination.id, key: null });
    if (!shown.ok) toasts.show({ tone: 'error', message: shown.error.message });
  };
  const rows: readonly (readonly [string, string, 'error' | 'warning' | null])[] = [
    ['Annotations matched', `${count(readBack.matched)} of ${count(inVersion)}`, null],
    ...losses.map(({ fact, count: times }) => [fact, count(times), 'warning'] as const),
    ['Missing', count(missing), errorIf(missing)],
    ['Extra', count(readBack.extra), errorIf(readBack.extra)],
    ['Moved', count(readBack.moved), errorIf(readBack.moved)],
    ['Relabelled', count(readBack.relabelled), errorIf(readBack.relabelled)],
    ['Largest difference of a coordinate', `${readBack.largestCoordinateError.toPrecision(2)} px`, null],
  ];
  return (
    <section className={styles.report} aria-label="Export report">
      <div className={styles.verdict} data-tone={isSame ? 'success' : isAllThere ? 'warning' : 'error'}>
        {isSame ? <CircleCheck size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
        <span>
          {isSame
            ? 'Read back and compared: the files say exactly what the version says.'
            : isAllThere
              ? 'Read back and compared: all that was written is there. What the format cannot hold is listed.'
              : 'Read back and compared: the files differ from the version as listed.'}
        </span>
        <Button size="compact-xs" variant="default" onClick={() => void reveal()}>
          Show in folder
        </Button>
      </div>
      <p className={styles.nothing}>
        {plural(report.filesWritten, 'file')}, {byteSize(report.byteSize)}, {plural(report.images, 'image')}.
      </p>
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
      <ProblemLines
        title="What was dropped, clipped or rounded"
        lines={report.losses.map((loss) => ({ place: loss.path, reason: loss.message }))}
      />
    </section>
  );
}

function errorIf(times: number): 'error' | null {
  return times > 0 ? 'error' : null;
}
