import { Box } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { LabelImportPlan } from '../../shared/imports/plan-label-import';
import type { SurveyedSample } from '../../shared/ipc/channels/label-imports';
import type { ImageRecord } from '../../shared/schema/image';
import { useServices } from '../app/services';
import { plural } from '../components/quantity';
import { drawShapes } from './draw-shapes';
import styles from './imports.module.css';
import type { LabelProposal } from './label-proposal';

const MOST_PICTURES = 12;

/** Some pictures with what would come in, so that a wrong frame, order or class is seen before it is stored. */
export function ImportPreview({
  proposal,
  plan,
}: {
  readonly proposal: LabelProposal;
  readonly plan: LabelImportPlan;
}) {
  const samples = proposal.dataset.survey.samples
    .filter((sample) => proposal.match.targetByKey.has(sample.key))
    .slice(0, MOST_PICTURES);
  if (samples.length === 0) {
    return (
      <p className={styles.note}>
        None of the pictures that were looked at is in this project, so there is nothing to show.
      </p>
    );
  }
  return (
    // A scrolling list must be reachable by keyboard, hence the tab stop.
    <Box
      component="section"
      className={styles.pictures}
      tabIndex={0}
      aria-label="Pictures with the labels to come"
    >
      {samples.map((sample) => (
        <PreviewPicture key={sample.key} sample={sample} proposal={proposal} plan={plan} />
      ))}
    </Box>
  );
}

function PreviewPicture({
  sample,
  proposal,
  plan,
}: {
  readonly sample: SurveyedSample;
  readonly proposal: LabelProposal;
  readonly plan: LabelImportPlan;
}) {
  const { persistence, thumbnails } = useServices();
  const target = proposal.match.targetByKey.get(sample.key);
  const [image, setImage] = useState<ImageRecord | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const id = target?.id;
  useEffect(() => {
    let isCurrent = true;
    if (id === undefined) return;
    void persistence.images.get(id).then((found) => {
      if (isCurrent && found.ok) setImage(found.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, id]);
  useEffect(() => (image === null ? undefined : thumbnails.request(image, setUrl)), [thumbnails, image]);
  useEffect(() => {
    if (canvas.current === null || image === null) return;
    const colorByClass = new Map(
      plan.mapping.labels.map(([classIndex, label]) => [
        classIndex,
        plan.schemaAfter.labels.find((one) => one.id === plan.labelIds[label])?.color ?? '#808080',
      ]),
    );
    drawShapes(
      canvas.current,
      image,
      sample.annotations.flatMap(({ classIndex, shape }) => {
        const color = colorByClass.get(classIndex);
        return color === undefined ? [] : [{ color, shape }];
      }),
    );
  }, [image, plan, sample]);

  return (
    <figure className={styles.picture}>
      <span
        className={styles.frame}
        style={image === null ? undefined : { aspectRatio: `${image.width} / ${image.height}` }}
      >
        {url !== null && <img src={url} alt="" decoding="async" draggable={false} />}
        <canvas ref={canvas} aria-hidden />
      </span>
      <figcaption title={sample.key}>
        <span className={styles.pictureName}>{sample.key.slice(sample.key.lastIndexOf('/') + 1)}</span>
        <span className="dim">{plural(sample.annotations.length, 'object')}</span>
      </figcaption>
    </figure>
  );
}
