import { Button, NumberInput, Skeleton, Table } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { BackupSummary } from '../../shared/ipc/channels/datasets';
import { listBackups, restoreBackup } from '../app/restore-backup';
import { useServices } from '../app/services';
import { byteSize, count, plural } from '../components/quantity';
import { relativeTime } from '../components/relative-time';
import { BACKUP_MINUTES, BACKUP_MINUTES_KEY, backupMinutes, DEFAULT_BACKUP_MINUTES } from './keep-settings';
import styles from './settings.module.css';
import { usePreference } from './use-preference';

const REASONS: Readonly<Record<BackupSummary['reason'], string>> = {
  timer: 'by the clock',
  exit: 'at exit',
  manual: 'by hand',
  beforeRestore: 'before a restore',
};

/** Copies of every project outside of the app's own database, and the way back from one. */
export function Backups() {
  const services = useServices();
  const { bridge, jobs, persistence, toasts } = services;
  const [minutes, setMinutes] = usePreference<number>(BACKUP_MINUTES_KEY, DEFAULT_BACKUP_MINUTES);
  const [list, setList] = useState<readonly BackupSummary[] | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const reload = useCallback(async () => setList(await listBackups({ bridge, toasts })), [bridge, toasts]);
  useEffect(() => void reload(), [reload]);

  const backUpNow = async () => {
    setBusy('now');
    const projects = await persistence.projects.list();
    const line = jobs.start({ title: 'Backing up' });
    for (const project of projects) {
      line.note(project.name);
      const made = await persistence.backups.backup(project.id, 'manual');
      if (!made.ok) {
        line.fail(made.error);
        setBusy(null);
        return;
      }
    }
    line.done(`Backed up ${plural(projects.length, 'project')}.`);
    setBusy(null);
    await reload();
  };
  const restore = async (backup: BackupSummary) => {
    setBusy(backup.id);
    const isRestored = await restoreBackup(services, backup);
    setBusy(null);
    if (isRestored) await reload();
  };
  const reveal = async () => {
    const shown = await bridge.invoke('backup.reveal', {});
    if (!shown.ok) toasts.show({ tone: 'error', message: shown.error.message });
  };

  return (
    <>
      <div className={styles.row}>
        <label htmlFor="backup-minutes">Back up every</label>
        <NumberInput
          id="backup-minutes"
          className={styles.narrow}
          min={BACKUP_MINUTES.least}
          max={BACKUP_MINUTES.most}
          allowDecimal={false}
          suffix=" min"
          value={backupMinutes(minutes)}
          onChange={(value) => {
            if (typeof value === 'number' && backupMinutes(value) === value) setMinutes(value);
          }}
        />
        <span className="dim">of work, and at exit</span>
        <span className={styles.gap} />
        <Button variant="default" onClick={() => void reveal()}>
          Show in folder
        </Button>
        <Button variant="default" loading={busy === 'now'} onClick={() => void backUpNow()}>
          Back up now
        </Button>
      </div>
      {list === null && <Skeleton height={96} />}
      {list?.length === 0 && (
        <p className={styles.note}>No backups yet. The first one is made after some work.</p>
      )}
      {list !== null && list.length > 0 && (
        <Table.ScrollContainer minWidth={560} mah={280} type="native">
          <Table stickyHeader aria-label="Backups, newest first">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Project</Table.Th>
                <Table.Th>Made</Table.Th>
                <Table.Th className="numeric">Images</Table.Th>
                <Table.Th className="numeric">Annotations</Table.Th>
                <Table.Th className="numeric">Size</Table.Th>
                <Table.Th>
                  <span className={styles.hidden}>Restore</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((backup) => (
                <Table.Tr key={backup.id}>
                  <Table.Td>{backup.projectName}</Table.Td>
                  <Table.Td title={backup.madeAt}>
                    {relativeTime(backup.madeAt)}, {REASONS[backup.reason]}
                  </Table.Td>
                  <Table.Td className="numeric">{count(backup.images)}</Table.Td>
                  <Table.Td className="numeric">{count(backup.annotations)}</Table.Td>
                  <Table.Td className="numeric">{byteSize(backup.byteSize)}</Table.Td>
                  <Table.Td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Restore ${backup.projectName} of ${backup.madeAt}`}
                      loading={busy === backup.id}
                      onClick={() => void restore(backup)}
                    >
                      Restore
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <p className={styles.note}>
        A restore makes a project beside the one there is, or brings back one that is gone; it never
        overwrites work.
      </p>
    </>
  );
}
