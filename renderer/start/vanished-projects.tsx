import { Button } from '@mantine/core';
import { DatabaseZap } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BackupSummary } from '../../shared/ipc/channels/datasets';
import { listBackups, restoreBackup } from '../app/restore-backup';
import { useServices } from '../app/services';
import { Banner } from '../components/banner';
import { plural } from '../components/quantity';
import { dateAndTime } from '../components/relative-time';
import type { VanishedProject } from '../persistence/ports';
import styles from './start.module.css';

interface Loss extends VanishedProject {
  /** The newest one, or null when there is none. */
  readonly backup: BackupSummary | null;
}

/** Says which projects went with a database that was thrown away, and brings each back from its newest backup. */
export function VanishedProjects() {
  const services = useServices();
  const { bridge, persistence, toasts } = services;
  const [losses, setLosses] = useState<readonly Loss[]>([]);
  const [busyId, setBusyId] = useState<string | null>(null);

  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      const vanished = await persistence.vanishedProjects();
      const backups = vanished.length === 0 ? [] : await listBackups({ bridge, toasts });
      if (!isCurrent) return;
      setLosses(
        vanished.map((project) => ({
          ...project,
          backup: backups.find(({ projectId }) => projectId === project.id) ?? null,
        })),
      );
    };
    // Called at once, and again when a restored project appears in the list, here or in settings.
    const stop = persistence.projects.observeList(() => void look());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [bridge, persistence, toasts]);

  const restore = async (id: string, backup: BackupSummary) => {
    setBusyId(id);
    await restoreBackup(services, backup);
    setBusyId(null);
  };
  const forget = ({ id }: Loss) => {
    persistence.forgetVanished(id);
    setLosses((before) => before.filter((loss) => loss.id !== id));
  };
  if (losses.length === 0) return null;
  return (
    <section className={styles.vanished} aria-label="Lost with the database">
      <p>
        The app’s database was damaged and had to be started anew. {plural(losses.length, 'project')} went
        with it; picture files, published versions and backups are untouched.
      </p>
      {losses.map((loss) => {
        const { backup } = loss;
        return (
          <Banner
            key={loss.id}
            icon={<DatabaseZap size={16} aria-hidden />}
            message={
              <>
                <strong>{loss.name}</strong>{' '}
                <span className="dim">
                  {backup === null
                    ? 'has no backup on this computer'
                    : `${plural(backup.images, 'image')} · ${plural(backup.annotations, 'annotation')} in the newest backup`}
                </span>
              </>
            }
          >
            {backup !== null && (
              <Button
                size="compact-xs"
                loading={busyId === loss.id}
                onClick={() => void restore(loss.id, backup)}
              >
                Restore from the backup of {dateAndTime(backup.madeAt)}
              </Button>
            )}
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Forget ${loss.name}`}
              onClick={() => forget(loss)}
            >
              Forget
            </Button>
          </Banner>
        );
      })}
    </section>
  );
}
