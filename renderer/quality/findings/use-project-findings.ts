import { useEffect, useRef, useState } from 'react';
import type { Project } from '../../../shared/schema/project';
import { useServices } from '../../app/services';
import type { FindingStatus } from '../../findings/finding-messages';
import { openFindings, type ProjectFindings } from '../../findings/finding-source';
import { DATABASE_NAME } from '../../persistence/database';
import { useCheckSettings } from './check-settings';

export interface OpenFindings {
  readonly findings: ProjectFindings;
  readonly status: FindingStatus;
  /** Rises when findings changed. */
  readonly version: number;
}

/** Checks a project for as long as the component is there. `again` begins anew, e.g. after a crash. */
export function useProjectFindings(project: Project): {
  readonly open: OpenFindings | null;
  readonly again: () => void;
} {
  const { persistence } = useServices();
  const settings = useCheckSettings(project);
  const latest = useRef(settings);
  latest.current = settings;
  const [open, setOpen] = useState<OpenFindings | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    // Another attempt is another worker.
    void attempt;
    const findings = openFindings(project.id, latest.current, persistence.images, DATABASE_NAME);
    setOpen({ findings, status: findings.status(), version: 0 });
    const stop = findings.subscribe((news) =>
      setOpen((before) => ({
        findings,
        status: findings.status(),
        version: (before?.version ?? 0) + (news === 'updated' ? 1 : 0),
      })),
    );
    return () => {
      stop();
      findings.close();
    };
  }, [project.id, persistence, attempt]);
  useEffect(() => {
    open?.findings.setUp(settings);
  }, [open?.findings, settings]);
  return { open, again: () => setAttempt((count) => count + 1) };
}
