import { Tabs } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { ReviewPanel } from '../review/review-panel';
import { useOpenReview } from '../review/use-open-review';
import { useWorkspace } from '../workspace-context';
import { AttributesPanel } from './attributes-panel';
import { FindingsPanel, useFindings } from './findings-panel';
import { HistoryPanel } from './history-panel';
import { ImageFacts } from './image-facts';
import styles from './inspector.module.css';
import { LabelPalette } from './label-palette';
import { ObjectList } from './object-list';

/** Tabs have no room for more, and from there on it is many. */
function shortCount(findings: number): string {
  return findings > 99 ? '99+' : String(findings);
}

/** The right rail: labels, objects and their attributes; findings; history; facts about the image. */
export function Inspector({ labelsRef }: { readonly labelsRef: RefObject<HTMLDivElement | null> }) {
  const [tab, setTab] = useState<string | null>(useWorkspace().kind === 'review' ? 'review' : 'objects');
  const { isShown, open } = useOpenReview();
  const findings = useFindings();
  return (
    <Tabs
      className={styles.inspector}
      classNames={{ list: styles.tabs ?? '', tab: styles.tab ?? '', panel: styles.panel ?? '' }}
      value={tab}
      onChange={setTab}
      keepMounted={false}
      data-region="inspector"
    >
      <Tabs.List aria-label="Inspector">
        {isShown && (
          <Tabs.Tab value="review">
            Review
            {open > 0 && <span className={styles.tabCount}>{shortCount(open)}</span>}
          </Tabs.Tab>
        )}
        <Tabs.Tab value="objects">Objects</Tabs.Tab>
        <Tabs.Tab value="findings">
          Findings
          {findings.length > 0 && <span className={styles.tabCount}>{shortCount(findings.length)}</span>}
        </Tabs.Tab>
        <Tabs.Tab value="history">History</Tabs.Tab>
        <Tabs.Tab value="image">Image</Tabs.Tab>
      </Tabs.List>
      {isShown && (
        <Tabs.Panel value="review" className={styles.scroll}>
          <ReviewPanel />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="objects">
        <LabelPalette labelsRef={labelsRef} />
        <ObjectList />
        <AttributesPanel />
      </Tabs.Panel>
      <Tabs.Panel value="findings">
        <FindingsPanel findings={findings} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <HistoryPanel />
      </Tabs.Panel>
      <Tabs.Panel value="image">
        <ImageFacts />
      </Tabs.Panel>
    </Tabs>
  );
}
