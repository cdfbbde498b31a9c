import os from 'node:os';
import path from 'node:path';

/** Folders that belong to the person and outlive the browser profile. */
export interface DataHome {
  readonly root: string;
  readonly lake: string;
  readonly backups: string;
  /** Pictures that came in bundles. */
  readonly bundles: string;
  readonly sample: string;
  readonly logs: string;
}

/** GROUNDMARK_HOME, or `Groundmark` in the person's home folder. Nothing is created here. */
export function dataHome(env: NodeJS.ProcessEnv = process.env, userHome: string = os.homedir()): DataHome {
  const root = path.resolve(env.GROUNDMARK_HOME || path.join(userHome, 'Groundmark'));
  const below = (name: string): string => path.join(root, name);
  return {
    root,
    lake: below('lake'),
    backups: below('backups'),
    bundles: below('bundles'),
    sample: below('sample'),
    logs: below('logs'),
  };
}
