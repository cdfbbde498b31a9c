import { Drawer, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ProjectId } from '../../shared/schema/ids';
import { useServices } from '../app/services';
import { type ProblemLine, ProblemLines } from './problem-lines';

/** Files of a project's folders that could not become images, with the reason. */
export default function ProblemDrawer({ projectId }: { readonly projectId: ProjectId }) {
  const { imports, persistence } = useServices();
  const [lines, setLines] = useState<readonly ProblemLine[] | null>(null);

  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const problems = await persistence.images.problems(projectId);
      if (isCurrent) setLines(problems.map(({ key, reason }) => ({ place: key, reason })));
    };
    void read();
    const stop = persistence.images.observe(projectId, () => void read());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [persistence, projectId]);

  return (
    <Drawer
      opened
      onClose={() => imports.showProblems(null)}
      position="right"
      size={520}
      title="Files with problems"
      closeButtonProps={{ 'aria-label': 'Close the problem list' }}
    >
      {lines === null && <Skeleton height={120} />}
      {lines !== null && lines.length === 0 && (
        <p className="dim">Every file that was found could be read.</p>
      )}
      {lines !== null && <ProblemLines title="Problems" lines={lines} />}
    </Drawer>
  );
}
