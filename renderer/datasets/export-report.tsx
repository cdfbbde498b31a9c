import { Button } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import type { Grant } from '../../shared/ipc/channels/files';
import { useServices } from '../app/services';
import { byteSize, count, plural } from '../components/quantity';
import { ProblemLines } from '../imports/problem-lines';
import styles from './datasets.module.css';

/** What the written files said when they were read back and compared with the version, loss by loss. */
export function ExportReportView(props: { readonly report: ExportReport; readonly destination: Grant }) {
  const { report, destination } = props;
  const { bridge, toasts } = useServices();
  const { readBack } = report;
  const inVersion = readBack.matched + readBack.missing + readBack.moved + readBack.relabelled;
  const losses = Object.entries(report.lossCountByCode);
  const isAllThere = readBack.missing + readBack.extra + readBack.moved + readBack.relabelled === 0;
  const isSame = isAllThere && losses.length === 0;

  const reveal = async () => {
    const shown = await bridge.invoke('app.reveal', { sourceId: destination.id, key: null });
    if (!shown.ok) toasts.show({ tone: 'error', message: shown.error.message });
  };
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['Annotations matched', `${count(readBack.matched)} of ${count(inVersion)}`, false],
    ['Missing', count(readBack.missing), readBack.missing > 0],
    ['Extra', count(readBack.extra), readBack.extra > 0],
    ['Moved', count(readBack.moved), readBack.moved > 0],
    ['Relabelled', count(readBack.relabelled), readBack.relabelled > 0],
    ['Largest difference of a coordinate', `${readBack.largestCoordinateError.toPrecision(2)} px`, false],
    ...losses.map(
      ([code, total]) => [`Lost or changed: ${code.replaceAll('-', ' ')}`, count(total), true] as const,
    ),
  ];
  return (
    <section className={styles.report} aria-label="Export report">
      <div className={styles.verdict} data-same={isSame || undefined}>
        {isSame ? <CircleCheck size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
        <span>
          {isSame
            ? 'Read back and compared: the files say exactly what the version says.'
            : isAllThere
              ? 'Read back and compared: every annotation is there. What the format cannot hold is listed.'
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
          {rows.map(([what, value, isWarning]) => (
            <tr key={what} data-warning={isWarning || undefined}>
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
