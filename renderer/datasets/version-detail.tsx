import { Tabs } from '@mantine/core';
import { SPLITS, type VersionSummary } from '../../shared/schema/dataset-version';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { count } from '../components/quantity';
import { CoverageFigures } from './coverage-figures';
import styles from './datasets.module.css';
import { VersionCompare } from './version-compare';
import { VersionExport } from './version-export';

/** One version: what it holds, what changed, and the way out of the app. */
export function VersionDetail(props: {
  readonly version: VersionSummary;
  readonly versions: readonly VersionSummary[];
  readonly schema: LabelSchema;
}) {
  const { version, schema } = props;
  return (
    <section className={styles.detail} aria-label={`Version ${version.id.slice(0, 8)}`}>
      <Tabs defaultValue="export" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="export">Export</Tabs.Tab>
          <Tabs.Tab value="compare">Compare</Tabs.Tab>
          <Tabs.Tab value="content">Content</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="export" pt={12}>
          <VersionExport version={version} />
        </Tabs.Panel>
        <Tabs.Panel value="compare" pt={12}>
          <VersionCompare version={version} versions={props.versions} />
        </Tabs.Panel>
        <Tabs.Panel value="content" pt={12}>
          {version.review !== undefined && (
            <CoverageFigures coverage={version.review.coverage} review={version.review} />
          )}
          <table className={styles.figures} aria-label="Content">
            <tbody>
              {SPLITS.map((split) => (
                <tr key={split}>
                  <th scope="row">Images in {split}</th>
                  <td className="numeric">{count(version.counts.bySplit[split] ?? 0)}</td>
                </tr>
              ))}
              {Object.entries(version.counts.byLabel).map(([labelId, total]) => (
                <tr key={labelId}>
                  <th scope="row">{schema.labels.find((label) => label.id === labelId)?.name ?? labelId}</th>
                  <td className="numeric">{count(total)}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">Id</th>
                <td className={`${styles.id} selectable`}>{version.id}</td>
              </tr>
            </tbody>
          </table>
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
