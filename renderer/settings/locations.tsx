import { useEffect, useState } from 'react';
import type { Grant } from '../../shared/ipc/channels/files';
import { useServices } from '../app/services';
import styles from './settings.module.css';
import { useAppInfo } from './use-app-info';

const PURPOSES: Readonly<Record<Grant['purpose'], string>> = {
  images: 'pictures, never changed',
  labels: 'labels, read only',
  export: 'exports',
};

/** Where things are on this computer, and which folders the app was given. */
export function Locations() {
  const { bridge } = useServices();
  const info = useAppInfo();
  const [grants, setGrants] = useState<readonly Grant[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void bridge.invoke('grants.list', {}).then((read) => {
      if (isCurrent && read.ok) setGrants(read.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge]);
  return (
    <>
      <dl className={styles.facts}>
        <dt>Dataset versions, backups, log</dt>
        <dd className="selectable">{info?.dataHomeForDisplay ?? '…'}</dd>
        <dt>Annotations</dt>
        <dd>In the app’s own database on this computer, saved with every edit</dd>
        <dt>Thumbnails</dt>
        <dd>Up to 1 GB, the oldest go first; made again when needed</dd>
      </dl>
      <h3>Folders you opened</h3>
      {grants.length === 0 ? (
        <p className={styles.note}>None yet. The app reads only folders that you choose or drop.</p>
      ) : (
        <ul className={styles.grants}>
          {grants.map((grant) => (
            <li key={grant.id}>
              <span>{grant.displayName}</span>
              <span className="dim">{PURPOSES[grant.purpose]}</span>
              <span className={grant.isAvailable ? 'dim' : styles.warning}>
                {grant.isAvailable ? 'there' : 'not there now'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
