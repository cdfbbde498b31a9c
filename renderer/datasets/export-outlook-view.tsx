import { Skeleton } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { FidelityTable } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import type { VersionContents } from '../../shared/ipc/channels/version-contents';
import { count } from '../components/quantity';
import styles from './datasets.module.css';
import { exportOutlook, type Fate } from './export-outlook';

const FATES: Readonly<Record<Fate, string>> = {
  kept: 'kept',
  rounded: 'rounded',
  converted: 'converted',
  'in-part': 'in part',
  dropped: 'dropped',
};

/** What the export will keep, round, convert and drop of this version, before it starts. */
export function ExportOutlook(props: {
  readonly contents: VersionContents | null;
  readonly fidelity: FidelityTable | null;
  readonly exportOptions: OptionValues;
}) {
  const { contents, fidelity, exportOptions } = props;
  const outlook = useMemo(
    () => (contents === null || fidelity === null ? null : exportOutlook(contents, fidelity, exportOptions)),
    [contents, fidelity, exportOptions],
  );
  return (
    <section className={styles.outlook} aria-label="What this export keeps">
      {outlook === null ? (
        <Skeleton height={160} />
      ) : (
        <>
          <div className={styles.verdict} data-tone={outlook.keepsAll ? 'success' : 'warning'}>
            {outlook.keepsAll ? (
              <CircleCheck size={16} aria-hidden />
            ) : (
              <TriangleAlert size={16} aria-hidden />
            )}
            <span>
              {outlook.keepsAll
                ? 'Everything that this version holds will be kept.'
                : 'This version holds things that will not come out as they are. Each one will be listed in the report.'}
            </span>
          </div>
          <table className={styles.figures} aria-label="What this export keeps">
            <thead>
              <tr>
                <th scope="col">In this version</th>
                <th scope="col" className="numeric">
                  Count
                </th>
                <th scope="col">In the export</th>
              </tr>
            </thead>
            <tbody>
              {outlook.rows.map((row) => (
                <tr key={row.what} data-tone={toneOf(row.fate)}>
                  <th scope="row">{row.what}</th>
                  <td className="numeric">{count(row.count)}</td>
                  <td className={styles.fate}>
                    <strong>{FATES[row.fate]}</strong>, {row.how}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {outlook.remarks.length > 0 && (
            <ul className={styles.remarks}>
              {outlook.remarks.map((remark) => (
                <li key={remark}>{remark}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

function toneOf(fate: Fate): 'warning' | 'error' | undefined {
  if (fate === 'dropped') return 'error';
  return fate === 'in-part' || fate === 'converted' ? 'warning' : undefined;
}
