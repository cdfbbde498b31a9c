import { UnstyledButton } from '@mantine/core';
import type { VersionSummary } from '../../shared/schema/dataset-version';
import { byteSize, count } from '../components/quantity';
import { relativeTime } from '../components/relative-time';
import styles from './datasets.module.css';

/** The history of a project's versions, newest first; each knows the one it came from. */
export function VersionList(props: {
  readonly versions: readonly VersionSummary[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
}) {
  return (
    <ol className={styles.timeline} aria-label="Versions, newest first">
      {props.versions.map((version, at) => (
        <li key={version.id}>
          <UnstyledButton
            className={styles.version}
            aria-pressed={version.id === props.selectedId}
            onClick={() => props.onSelect(version.id)}
          >
            <span className={styles.versionHead}>
              <code>{version.id.slice(0, 8)}</code>
              <span className={styles.versionMessage}>
                {version.message === '' ? 'No message' : version.message}
              </span>
              {at === 0 && <span className={styles.tag}>latest</span>}
            </span>
            <span className={styles.versionFacts}>
              {relativeTime(version.publishedAt)} · {version.author} · {count(version.counts.images)} images ·{' '}
              {count(version.counts.annotations)} annotations · {byteSize(version.byteSize)}
              {version.parent !== null && ` · after ${version.parent.slice(0, 8)}`}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}
