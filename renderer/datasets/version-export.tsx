import { Button, SegmentedControl, Select, Text } from '@mantine/core';
import { FolderOutput } from 'lucide-react';
import { useState } from 'react';
import { EXPORT_OPTIONS } from '../../shared/exports/export-options';
import type { OptionValues } from '../../shared/formats/format-options';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import type { Grant } from '../../shared/ipc/channels/files';
import type { VersionSummary } from '../../shared/schema/dataset-version';
import type { JobId } from '../../shared/schema/ids';
import { useServices } from '../app/services';
import { OptionFields } from '../components/option-fields';
import { plural } from '../components/quantity';
import styles from './datasets.module.css';
import { ExportOutlook } from './export-outlook-view';
import { ExportReportView } from './export-report';
import { useContents, useFidelity, useFormats } from './use-export-formats';

type Pictures = 'none' | 'copy' | 'link';
type Container = 'folder' | 'zip';

const PICTURES: readonly { readonly value: Pictures; readonly label: string }[] = [
  { value: 'none', label: 'Leave where they are' },
  { value: 'copy', label: 'Copy' },
  { value: 'link', label: 'Link' },
];
const CONTAINERS: readonly { readonly value: Container; readonly label: string }[] = [
  { value: 'folder', label: 'Folder' },
  { value: 'zip', label: 'Zip file' },
];

/** Writes a version in another tool's format: what it will keep before, what came back after. */
export function VersionExport({ version }: { readonly version: VersionSummary }) {
  const { bridge, jobs, persistence } = useServices();
  const { preferences } = persistence;
  const formats = useFormats();
  const { contents, error } = useContents(version.id);
  const [wanted, setWanted] = useState<string>(() => preferences.get('datasets.exportFormat', 'coco'));
  const [optionsByFormat, setOptionsByFormat] = useState<Readonly<Record<string, OptionValues>>>({});
  const [exportOptions, setExportOptions] = useState<OptionValues>({});
  const [pictures, setPictures] = useState<Pictures>('none');
  const [container, setContainer] = useState<Container>('folder');
  const [isRunning, setIsRunning] = useState(false);
  const [outcome, setOutcome] = useState<{
    readonly report: ExportReport;
    readonly formatTitle: string;
    readonly destination: Grant;
  } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const format = formats.find((one) => one.id === wanted) ?? formats[0];
  /** By what it is called and by what it says of itself. */
  const isFound = ({ value }: { readonly value: string }, search: string) => {
    const one = formats.find((candidate) => candidate.id === value);
    return `${one?.title} ${one?.description}`.toLowerCase().includes(search.trim().toLowerCase());
  };
  const options = optionsByFormat[format?.id ?? ''] ?? NO_VALUES;
  const fidelity = useFidelity(format, options);
  // A zip holds bytes and no links.
  const images = container === 'zip' && pictures === 'link' ? 'copy' : pictures;

  const run = async () => {
    if (format === undefined) return;
    const destination = await bridge.invoke('grants.pickFolder', { purpose: 'export' });
    if (!destination.ok) return setFailure(destination.error.message);
    if (destination.value === null) return;
    const folder = destination.value;
    const jobId = crypto.randomUUID() as JobId;
    setIsRunning(true);
    setFailure(null);
    setOutcome(null);
    let isCancelled = false;
    const line = jobs.start({
      title: `Exporting ${version.id.slice(0, 8)} as ${format.title}`,
      cancel() {
        isCancelled = true;
        void bridge.invoke('job.cancel', { jobId });
      },
    });
    const stopListening = bridge.subscribe('job.progress', (event) => {
      if (event.jobId === jobId) line.progress(event.progress, event.note);
    });
    const report = await bridge.invoke('lake.export', {
      jobId,
      versionId: version.id,
      formatId: format.id,
      destinationId: folder.id,
      includesImages: images !== 'none',
      images,
      container,
      options: { ...options },
      exportOptions: { ...exportOptions },
    });
    stopListening();
    setIsRunning(false);
    if (report.ok) {
      line.done(`Wrote ${plural(report.value.filesWritten, 'file')} to ${folder.displayName}.`);
      setOutcome({ report: report.value, formatTitle: format.title, destination: folder });
    } else if (isCancelled || report.error.code === 'job.cancelled') {
      line.done('Stopped; nothing was left in the folder.');
    } else {
      line.fail(report.error);
      setFailure(report.error.message);
    }
  };

  return (
    <div className={styles.export}>
      <div className={styles.exportColumns}>
        <div className={styles.exportForm}>
          <Select
            label="Format"
            searchable
            allowDeselect={false}
            nothingFoundMessage="No format is called so or does that"
            filter={({ options, search }) =>
              options.filter((option) => 'value' in option && isFound(option, search))
            }
            maxDropdownHeight={360}
            comboboxProps={{ width: 420, position: 'bottom-start' }}
            data={formats.map((one) => ({ value: one.id, label: one.title }))}
            renderOption={({ option }) => (
              <div className={styles.formatOption}>
                <span>{option.label}</span>
                <Text size="xs" c="dimmed" lineClamp={2}>
                  {formats.find((one) => one.id === option.value)?.description}
                </Text>
              </div>
            )}
            value={format?.id ?? null}
            onChange={(id) => {
              if (id === null) return;
              setWanted(id);
              preferences.set('datasets.exportFormat', id);
            }}
          />
          {format !== undefined && <p className={styles.nothing}>{format.description}</p>}
          {format !== undefined && format.writeOptions.length > 0 && (
            <fieldset className={styles.optionGroup}>
              <legend>{format.title}</legend>
              <OptionFields
                options={format.writeOptions}
                values={options}
                onChange={(values) => setOptionsByFormat((before) => ({ ...before, [format.id]: values }))}
              />
            </fieldset>
          )}
          <fieldset className={styles.optionGroup}>
            <legend>What is written</legend>
            <OptionFields options={EXPORT_OPTIONS} values={exportOptions} onChange={setExportOptions} />
          </fieldset>
          <fieldset className={styles.optionGroup}>
            <legend>Pictures and place</legend>
            <div className={styles.places}>
              <SegmentedControl
                aria-label="Pictures"
                value={images}
                onChange={(value) => setPictures(value as Pictures)}
                data={PICTURES.map((one) => ({
                  ...one,
                  disabled: one.value === 'link' && container === 'zip',
                }))}
              />
              <SegmentedControl
                aria-label="Written as"
                value={container}
                onChange={(value) => setContainer(value as Container)}
                data={[...CONTAINERS]}
              />
            </div>
            <p className={styles.nothing}>{aboutPictures(images)}</p>
          </fieldset>
        </div>
        <div className={styles.exportSide}>
          {error === null ? (
            <ExportOutlook contents={contents} fidelity={fidelity} exportOptions={exportOptions} />
          ) : (
            <p className={styles.failure}>{error.message}</p>
          )}
          <Button
            leftSection={<FolderOutput size={14} aria-hidden />}
            onClick={() => void run()}
            loading={isRunning}
            disabled={format === undefined}
          >
            Export…
          </Button>
          {failure !== null && (
            <p className={styles.failure} role="alert">
              {failure}
            </p>
          )}
        </div>
      </div>
      {/* Beside another format's name a report would be taken for that format's. */}
      {outcome !== null && outcome.report.formatId === format?.id && <ExportReportView {...outcome} />}
    </div>
  );
}

const NO_VALUES: OptionValues = {};

function aboutPictures(pictures: Pictures): string {
  switch (pictures) {
    case 'none':
      return 'Only labels are written; they name the pictures by their paths.';
    case 'copy':
      return 'Pictures are copied to where this format’s own readers look for them.';
    case 'link':
      return 'Hard links where the disk allows, else copies. A linked picture is the same file: editing one edits both.';
  }
}
