import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { FormatChoice } from './format-choice';
import styles from './imports.module.css';
import type { LabelQuestion } from './label-imports';

/** Asks what label files are where they do not say it themselves: nothing is guessed in silence. */
export default function LabelQuestionDialog({ question }: { readonly question: LabelQuestion }) {
  const { labels } = useServices().imports;
  const { isReading } = useObservable(labels.state);
  const [failure, setFailure] = useState<string | null>(null);
  const { projectId, source, detected } = question;
  const likeliest = detected.filter((one) => one.isLikeliest);
  return (
    <Modal
      opened
      onClose={labels.dismiss}
      title={`Labels in ${source.displayName}`}
      size={760}
      closeButtonProps={{ 'aria-label': 'Close without importing' }}
    >
      <div className={styles.dialog}>
        <p className={styles.lead}>{leadOf(likeliest.map((one) => one.title))}</p>
        <FormatChoice
          detected={detected}
          initial={null}
          action="Read the labels"
          isFirst
          isReading={isReading}
          onRead={async (choice) => {
            setFailure(null);
            const read = await labels.read(projectId, source, choice, detected);
            if (!read.ok) setFailure(read.error.message);
          }}
        />
        {failure !== null && (
          <p className={styles.failure} role="alert">
            {failure}
          </p>
        )}
      </div>
    </Modal>
  );
}

function leadOf(titles: readonly string[]): string {
  if (titles.length === 0) {
    return 'No labels were recognised here. If you know what these files are, say so; otherwise choose another folder.';
  }
  if (titles.length > 1)
    return `These files may be ${titles.slice(0, -1).join(', ')} or ${titles.at(-1)}. Which is it?`;
  return `These files are ${titles[0]}, but they do not say everything that reading them needs.`;
}
