import { Button, Checkbox, Select } from '@mantine/core';
import { FolderOutput } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import type { Grant } from '../../shared/ipc/channels/files';
import type { ChannelResult } from '../../shared/ipc/contract';
import type { VersionSummary } from '../../shared/schema/dataset-version';
import type { JobId } from '../../shared/schema/ids';
import { useServices } from '../app/services';
import { plural } from '../components/quantity';
import styles from './datasets.module.css';
import { ExportReportView } from './export-report';

type Formats = ChannelResult<'formats.list'>;

/** Writes a version to a folder in a trainer's format and shows what came back when the files were read again. */
export function VersionExport({ version }: { readonly version: VersionSummary }) {
  const { bridge, jobs, persistence } = useServices();
  const [formats, setFormats] = useState<Formats>([]);
  const [formatId, setFormatId] = useState<string>(() =>
    persistence.preferences.get('datasets.exportFormat', 'coco'),
  );
  const [includesImages, setIncludesImages] = useState(false);
  const [isRunning, setIsRunning] = useState(false);
  const [outcome, setOutcome] = useState<{
    readonly report: ExportReport;
    readonly formatTitle: string;
    readonly destination: Grant;
  } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    let isCurrent = true;
    void bridge.invoke('formats.list', {}).then((answer) => {
      if (!isCurrent || !answer.ok) return;
      setFormats(answer.value);
      setFormatId((id) =>
        answer.value.some((format) => format.id === id) ? id : (answer.value[0]?.id ?? id),
      );
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge]);
  const format = formats.find((one) => one.id === formatId);

  const run = async () => {
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
      title: `Exporting ${version.id.slice(0, 8)} as ${format?.title ?? formatId}`,
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
      formatId,
      destinationId: folder.id,
      includesImages,
    });
    stopListening();
    setIsRunning(false);
    if (report.ok) {
      const message = `Wrote ${plural(report.value.filesWritten, 'file')} to ${folder.displayName}.`;
      line.done(message);
      setOutcome({ report: report.value, formatTitle: format?.title ?? formatId, destination: folder });
    } else if (isCancelled || report.error.code === 'job.cancelled') {
      line.done('Stopped; nothing was left in the folder.');
    } else {
      line.fail(report.error);
      setFailure(report.error.message);
    }
  };

  return (
    <div className={styles.export}>
      <div className={styles.exportForm}>
        <Select
          label="Format"
          allowDeselect={false}
          data={formats.map((one) => ({ value: one.id, label: one.title }))}
          value={formatId}
          onChange={(id) => {
            if (id === null) return;
            setFormatId(id);
            persistence.preferences.set('datasets.exportFormat', id);
          }}
        />
        <Checkbox
          label="Copy the pictures too"
          checked={includesImages}
          onChange={(event) => setIncludesImages(event.currentTarget.checked)}
        />
        <Button
          leftSection={<FolderOutput size={14} aria-hidden />}
          onClick={() => void run()}
          loading={isRunning}
          disabled={format === undefined}
        >
          Export…
        </Button>
      </div>
      {format !== undefined && <p className={styles.nothing}>{format.description}</p>}
      {failure !== null && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      {/* Beside another format's name a report would be taken for that format's. */}
      {outcome?.report.formatId === formatId && <ExportReportView {...outcome} />}
    </div>
  );
}
