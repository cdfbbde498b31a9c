import { Select, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { VersionDiff } from '../../shared/ipc/channels/datasets';
import type { VersionSummary } from '../../shared/schema/dataset-version';
import { useServices } from '../app/services';
import { count } from '../components/quantity';
import styles from './datasets.module.css';

const KINDS: Readonly<Record<VersionDiff['samples'][number]['kind'], string>> = {
  added: 'added',
  removed: 'removed',
  moved: 'moved',
  relabelled: 'relabelled',
  attributesChanged: 'attributes',
  imageAdded: 'image added',
  imageRemoved: 'image removed',
  splitChanged: 'other split',
};

type Read = { readonly diff: VersionDiff } | { readonly problem: string } | null;

/** What changed between two versions: complete totals, and the first changes by name. */
export function VersionCompare(props: {
  readonly version: VersionSummary;
  readonly versions: readonly VersionSummary[];
}) {
  const { version, versions } = props;
  const { bridge } = useServices();
  const others = versions.filter((one) => one.id !== version.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const fromId = others.find((one) => one.id === (chosen ?? version.parent))?.id ?? others[0]?.id ?? null;
  const [read, setRead] = useState<Read>(null);

  useEffect(() => {
    if (fromId === null) return;
    let isCurrent = true;
    setRead(null);
    void bridge.invoke('lake.diff', { from: fromId, to: version.id }).then((answer) => {
      if (isCurrent) setRead(answer.ok ? { diff: answer.value } : { problem: answer.error.message });
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, fromId, version.id]);

  if (fromId === null)
    return <p className={styles.nothing}>This is the first version; publish another to compare.</p>;
  return (
    <div className={styles.compare}>
      <Select
        label="Changes since"
        allowDeselect={false}
        value={fromId}
        onChange={setChosen}
        data={others.map((one) => ({
          value: one.id,
          label: `${one.id.slice(0, 8)} ${one.message === '' ? '' : `· ${one.message.slice(0, 60)}`}`,
        }))}
      />
      {read === null && <Skeleton height={140} />}
      {read !== null && 'problem' in read && (
        <p className={styles.failure} role="alert">
          {read.problem}
        </p>
      )}
      {read !== null && 'diff' in read && <Diff diff={read.diff} />}
    </div>
  );
}

function Diff({ diff }: { readonly diff: VersionDiff }) {
  const rows: readonly (readonly [string, number])[] = [
    ['Images added', diff.images.added],
    ['Images removed', diff.images.removed],
    ['Images in another split', diff.images.splitChanged],
    ['Annotations added', diff.annotations.added],
    ['Annotations removed', diff.annotations.removed],
    ['Annotations moved or resized', diff.annotations.moved],
    ['Annotations relabelled', diff.annotations.relabelled],
    ['Attributes changed', diff.annotations.attributesChanged],
    ['Annotations unchanged', diff.annotations.unchanged],
  ];
  return (
    <>
      <table className={styles.figures} aria-label="Totals of the changes">
        <tbody>
          {rows.map(([what, total]) => (
            <tr key={what} data-none={total === 0 || undefined}>
              <th scope="row">{what}</th>
              <td className="numeric">{count(total)}</td>
            </tr>
          ))}
          {diff.labels.map((label) => (
            <tr key={label.classIndex}>
              <th scope="row">Class {label.classIndex}</th>
              <td className="numeric">
                {label.before ?? 'not there'} → {label.after ?? 'gone'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {diff.samples.length > 0 && (
        <details className={styles.details}>
          <summary>First {count(diff.samples.length)} changes</summary>
          <ul className={styles.samples}>
            {diff.samples.map((sample) => (
              <li key={`${sample.kind} ${sample.imageKey} ${sample.description}`}>
                <span className={styles.kind}>{KINDS[sample.kind]}</span>
                <span className="selectable">
                  {sample.imageKey}: {sample.description}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
