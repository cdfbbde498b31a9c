import type { ProjectCounts } from '../../shared/schema/project';
import { count } from '../components/quantity';
import styles from './start.module.css';

const PARTS = [
  { key: 'labelled', name: 'labelled' },
  { key: 'confirmedEmpty', name: 'confirmed empty' },
  { key: 'inProgress', name: 'in progress' },
  { key: 'unlabelled', name: 'to do' },
] as const;

/** How far a project is, as a thin bar that is also said in words. */
export function StateBar({ counts }: { readonly counts: ProjectCounts }) {
  const words = PARTS.filter(({ key }) => counts[key] > 0).map(
    ({ key, name }) => `${count(counts[key])} ${name}`,
  );
  return (
    <div className={styles.state}>
      <div className={styles.bar} role="img" aria-label={words.join(', ') || 'no images yet'}>
        {PARTS.map(({ key }) =>
          counts[key] > 0 ? <span key={key} data-part={key} style={{ flexGrow: counts[key] }} /> : null,
        )}
      </div>
      <span className={styles.stateText}>{words.join(' · ') || 'No images yet'}</span>
    </div>
  );
}
