import { ActionIcon, CopyButton } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import styles from './people.module.css';
import { useOwnKey } from './use-own-key';

/** The key that a person tells to whoever hands work to them. */
export function OwnKey() {
  const key = useOwnKey();
  if (key === null) return null;
  return (
    <div className={styles.ownKey}>
      <p>
        <code className="selectable">{key}</code>
        <CopyButton value={key}>
          {({ copied, copy }) => (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={copied ? 'Copied' : 'Copy your key'}
              title="Copy your key"
              onClick={copy}
            >
              {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      </p>
      <p className="dim">
        Tell it to whoever hands work to you: then nobody else’s work is taken for yours. It is no secret.
      </p>
    </div>
  );
}
