import { Button } from '@mantine/core';
import { useServices } from '../app/services';
import styles from './settings.module.css';
import { useAppInfo } from './use-app-info';

/** Versions, and the log file that a person can send. */
export function About() {
  const { commands } = useServices();
  const info = useAppInfo();
  return (
    <div className={styles.row}>
      <span className="selectable">
        Groundmark {info?.version ?? '…'}
        {info !== null && (
          <span className="dim">
            {' '}
            · Electron {info.electronVersion} · Chromium {info.chromeVersion} · {info.platform}
          </span>
        )}
      </span>
      <span className={styles.gap} />
      <Button variant="default" onClick={() => void commands.run('log.reveal')}>
        Show the log file
      </Button>
    </div>
  );
}
