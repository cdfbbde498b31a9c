import {
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Skeleton,
  Textarea,
  TextInput,
} from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { PublishRequest } from '../../shared/ipc/channels/datasets';
import type { AppError } from '../../shared/result/app-error';
import { IMAGE_STATES, type ImageState } from '../../shared/schema/annotation';
import { SPLITS } from '../../shared/schema/dataset-version';
import type { LabelId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import { useServices } from '../app/services';
import { ColorSwatch } from '../components/color-swatch';
import { count, plural } from '../components/quantity';
import { IMAGE_STATE_WORDS } from '../workspace/image-state-glyph';
import { CoverageFigures } from './coverage-figures';
import styles from './datasets.module.css';
import { PublishFailure } from './publish-failure';
import { gateObstacle, needsReason, PublishGateView, usePublishGate } from './publish-gate';
import { NOT_MEASURED, usePublishQuality } from './publish-quality';
import {
  keepPublishSettings,
  type PublishSettings,
  readPublishSettings,
  splitRuleOf,
} from './publish-settings';
import { type PublishFigures, publishVersion, unfinishedPublish } from './publish-version';
import { QualityRows } from './quality-rows';
import type { Survey } from './survey';
import { previewVersion, type VersionPreview } from './version-preview';

/** What goes into the next version, with the counts it would have, before anything is written. */
export function PublishPanel(props: {
  readonly project: Project;
  readonly survey: Survey | null;
  /** Why the project could not be looked through; then nothing can be published either. */
  readonly surveyError: AppError | null;
  readonly onPublished: (versionId: string) => void;
}) {
  const { project, survey } = props;
  const services = useServices();
  const { persistence } = services;
  const [settings, setSettings] = useState(() => readPublishSettings(persistence.preferences, project.id));
  const [message, setMessage] = useState('');
  const [gateReason, setGateReason] = useState('');
  const gate = usePublishGate(project);
  const measured = usePublishQuality(project);
  const [isPublishing, setIsPublishing] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [unfinished, setUnfinished] = useState<PublishRequest | null>(null);

  useEffect(() => {
    let isCurrent = true;
    void unfinishedPublish(services, project.id).then((found) => {
      if (isCurrent) setUnfinished(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [services, project.id]);

  const change = (part: Partial<PublishSettings>) => {
    const next = { ...settings, ...part };
    setSettings(next);
    keepPublishSettings(persistence.preferences, project.id, next);
  };
  const request = useMemo(() => requestOf(project, settings), [project, settings]);
  const preview = useMemo(
    () =>
      survey === null ? null : previewVersion(survey, project.schema, request.filter, request.splitRule),
    [survey, project.schema, request],
  );
  // A project without review has nothing to tell, and is not asked to.
  const isReviewed =
    survey?.images.some(({ review }) => review.stage !== 'annotation' || review.verdict !== null) ?? false;
  const sum = settings.train + settings.val + settings.test;
  const shownFailure = failure ?? props.surveyError;
  const obstacle =
    props.surveyError === null
      ? (obstacleOf(settings, sum, preview) ??
        gateObstacle(gate, gateReason) ??
        (measured.kind === 'measuring' ? 'Measuring how right the labels are…' : null))
      : 'Not every image can be read.';

  const publish = async (asked: PublishRequest, figures?: PublishFigures) => {
    setIsPublishing(true);
    setFailure(null);
    setUnfinished(null);
    const published = await publishVersion(services, asked, figures);
    setIsPublishing(false);
    setUnfinished(await unfinishedPublish(services, project.id));
    if (!published.ok) {
      if (published.error.code !== 'job.cancelled') setFailure(published.error);
      return;
    }
    setMessage('');
    setGateReason('');
    props.onPublished(published.value.version.id);
  };

  return (
    <form
      className={styles.publish}
      aria-label="Publish a version"
      onSubmit={(event) => {
        event.preventDefault();
        if (obstacle === null)
          void publish(
            { ...request, message: message.trim(), author: persistence.actor() },
            {
              ...(measured.kind === 'measured' ? measured.figures : NOT_MEASURED),
              gate: needsReason(gate) ? { reason: gateReason.trim() } : null,
            },
          );
      }}
    >
      <h2>Publish a version</h2>
      {shownFailure !== null && <PublishFailure error={shownFailure} projectId={project.id} />}
      <div className={styles.publishBody}>
        {unfinished !== null && !isPublishing && (
          <div className={styles.notice} role="status">
            <span>A publish was cut off. The lake is as it was before.</span>
            <span className={styles.noticeActions}>
              <Button size="compact-xs" onClick={() => void publish(unfinished)}>
                Go on
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => {
                  void services.bridge.invoke('lake.forgetUnfinished', { projectId: project.id });
                  setUnfinished(null);
                }}
              >
                Forget it
              </Button>
            </span>
          </div>
        )}
        <Checkbox.Group
          size="xs"
          label="Images"
          value={[...settings.states]}
          onChange={(states) => change({ states: states as ImageState[] })}
        >
          <div className={styles.states}>
            {IMAGE_STATES.map((state) => (
              <Checkbox
                key={state}
                value={state}
                label={`${IMAGE_STATE_WORDS[state]} (${count(project.counts[state])})`}
              />
            ))}
          </div>
        </Checkbox.Group>
        {(isReviewed || settings.isAcceptedOnly) && (
          <Checkbox
            label="Only accepted images"
            checked={settings.isAcceptedOnly}
            onChange={(event) => change({ isAcceptedOnly: event.currentTarget.checked })}
          />
        )}
        <MultiSelect
          label="Labels"
          placeholder={settings.labelIds.length === 0 ? 'All labels' : ''}
          size="xs"
          searchable
          clearable
          data={project.schema.labels
            .filter((label) => label.mergedIntoId === null)
            .map((label) => ({ value: label.id, label: label.name }))}
          value={[...settings.labelIds]}
          onChange={(labelIds) => change({ labelIds: labelIds as LabelId[] })}
        />
        <div className={styles.shares}>
          {SPLITS.map((split) => (
            <NumberInput
              key={split}
              label={`${split[0]?.toUpperCase()}${split.slice(1)}, %`}
              min={0}
              max={100}
              allowDecimal={false}
              value={settings[split]}
              onChange={(value) => change({ [split]: typeof value === 'number' ? value : 0 })}
            />
          ))}
          <TextInput
            label="Seed"
            maxLength={200}
            value={settings.seed}
            onChange={(event) => change({ seed: event.currentTarget.value })}
          />
        </div>
        <div className={styles.grouping}>
          <span id="group-by">Never part</span>
          <SegmentedControl
            aria-labelledby="group-by"
            value={settings.groupBy}
            onChange={(groupBy) => change({ groupBy: groupBy as PublishSettings['groupBy'] })}
            data={[
              { value: 'image', label: 'Copies of an image' },
              { value: 'folder', label: 'Images of a folder' },
            ]}
          />
        </div>
        <Checkbox
          label="Keep each label’s share alike in every split"
          checked={settings.isStratified}
          onChange={(event) => change({ isStratified: event.currentTarget.checked })}
        />
        <Textarea
          label="Message"
          placeholder="What is new in this version"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={2000}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        {preview === null && props.surveyError === null && <Skeleton height={120} />}
        {preview !== null && <Preview preview={preview} />}
        {preview !== null && isReviewed && <CoverageFigures coverage={preview.coverage} />}
        {measured.kind === 'measured' && (
          <table className={styles.figures} aria-label="Quality">
            <tbody>
              <QualityRows {...measured.figures} />
            </tbody>
          </table>
        )}
        {measured.kind === 'failed' && (
          <p className={styles.warning}>
            <TriangleAlert size={14} aria-hidden />
            The version will say nothing of how right its labels are. {measured.reason}
          </p>
        )}
        {preview !== null && preview.images > 0 && emptySplits(settings, preview) !== '' && (
          <p className={styles.warning}>
            <TriangleAlert size={14} aria-hidden />
            The {emptySplits(settings, preview)} split would be empty. Give it a larger share, another seed,
            or keep the shares alike.
          </p>
        )}
        <PublishGateView gate={gate} reason={gateReason} onReason={setGateReason} />
      </div>
      <div className={styles.submit}>
        <span className="dim" role="status">
          {obstacle ?? ''}
        </span>
        <Button type="submit" disabled={obstacle !== null} loading={isPublishing}>
          Publish
        </Button>
      </div>
    </form>
  );
}

function Preview({ preview }: { readonly preview: VersionPreview }) {
  return (
    <section aria-label="What it would hold">
      <table className={styles.figures}>
        <thead>
          <tr>
            <th scope="col">
              {plural(preview.images, 'image')}
              {preview.leftOut > 0 && <span className="dim">, {count(preview.leftOut)} left out</span>}
            </th>
            {SPLITS.map((split) => (
              <th key={split} scope="col" className="numeric">
                {split}
              </th>
            ))}
            <th scope="col" className="numeric">
              all
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Images</th>
            {SPLITS.map((split) => (
              <td key={split} className="numeric">
                {count(preview.bySplit[split].images)}
              </td>
            ))}
            <td className="numeric">{count(preview.images)}</td>
          </tr>
          <tr>
            <th scope="row">Annotations</th>
            {SPLITS.map((split) => (
              <td key={split} className="numeric">
                {count(preview.bySplit[split].annotations)}
              </td>
            ))}
            <td className="numeric">{count(preview.annotations)}</td>
          </tr>
          {preview.byLabel.map((label) => (
            <tr key={label.labelId} className={styles.labelFigures}>
              <th scope="row">
                <ColorSwatch color={label.color} /> {label.name}
              </th>
              {SPLITS.map((split) => (
                <td key={split} className="numeric">
                  {count(label.bySplit[split])}
                </td>
              ))}
              <td className="numeric">{count(label.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Splits that were given a share and got no image, which trainers stumble over. */
function emptySplits(settings: PublishSettings, preview: VersionPreview): string {
  return SPLITS.filter((split) => settings[split] > 0 && preview.bySplit[split].images === 0).join(' and ');
}

function requestOf(project: Project, settings: PublishSettings): PublishRequest {
  return {
    project: { id: project.id, name: project.name },
    labelSchema: project.schema,
    filter: {
      states: [...settings.states],
      labelIds: [...settings.labelIds],
      ...(settings.isAcceptedOnly ? { stages: ['accepted'] } : {}),
    },
    splitRule: splitRuleOf(settings),
    author: 'unknown',
    message: '',
  };
}

function obstacleOf(settings: PublishSettings, sum: number, preview: VersionPreview | null): string | null {
  if (settings.states.length === 0) return 'Choose at least one state.';
  if (sum !== 100) return `The shares add up to ${sum} %, not 100 %.`;
  if (preview === null) return 'Counting…';
  if (preview.images === 0) return 'No image fits this choice.';
  return null;
}
