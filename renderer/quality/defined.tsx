import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { DEFINITIONS, type DefinitionId } from './definitions';
import styles from './quality.module.css';

/** The name of a figure, with what it is in its tooltip and for screen readers. */
export function Defined({ is, children }: { readonly is: DefinitionId; readonly children: ReactNode }) {
  return (
    <Tooltip label={DEFINITIONS[is]} multiline w={320} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a tooltip must be reachable by keyboard (WCAG 1.4.13) */}
      <span className={styles.defined} tabIndex={0} aria-description={DEFINITIONS[is]}>
        {children}
      </span>
    </Tooltip>
  );
}
