import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { count, plural } from '../../components/quantity';
import { Defined } from '../defined';
import type { PrecisionFigures } from '../engine/average-precision';
import type { QualityFigures } from '../engine/quality-messages';
import type { OpenQuality } from '../engine/quality-source';
import { coefficient } from '../figure-words';
import styles from '../quality.module.css';

/** COCO's average precision, worked out when somebody asks and kept up to date from then on. */
export function PrecisionPart(props: {
  readonly quality: OpenQuality;
  readonly figures: QualityFigures;
  readonly nameOf: (labelId: string) => string;
}) {
  const { quality, figures } = props;
  const [isAsked, setIsAsked] = useState(false);
  const [found, setFound] = useState<PrecisionFigures | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    // New figures mean that something changed.
    void figures;
    if (!isAsked) return;
    let isCurrent = true;
    void quality.ask({ kind: 'precision' }).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setFound(answer.value.figures);
      setFailure(answer.ok ? null : answer.error.message);
    });
    return () => {
      isCurrent = false;
    };
  }, [quality, isAsked, figures]);
  return (
    <section className={styles.part} aria-label="Average precision">
      <h2>
        <Defined is="ap">Average precision (COCO)</Defined>
      </h2>
      {failure !== null && <p className={styles.failure}>{failure}</p>}
      {found === null && failure === null && (
        <p className={styles.line}>
          <Button size="xs" variant="default" loading={isAsked} onClick={() => setIsAsked(true)}>
            Work out
          </Button>
          <span className="dim">
            Ranks boxes by score. Labels drawn by people have none: all count as sure, so that the figure only
            says how many are right at each overlap.
          </span>
        </p>
      )}
      {found !== null && (
        <>
          <dl className={styles.figures}>
            <div>
              <dt>
                <Defined is="ap">AP</Defined>
              </dt>
              <dd>{coefficient(found.overall.ap)}</dd>
            </div>
            <div>
              <dt>
                <Defined is="ap50">AP50</Defined>
              </dt>
              <dd>{coefficient(found.overall.ap50)}</dd>
            </div>
            <div>
              <dt>
                <Defined is="ap75">AP75</Defined>
              </dt>
              <dd>{coefficient(found.overall.ap75)}</dd>
            </div>
          </dl>
          <p className="dim">
            {`${plural(found.images, 'image')}; ${count(found.scored)} of ${plural(found.detections, 'object')} with a score. `}
            {found.scored < found.detections && 'Those without count as sure, in the order of images.'}
          </p>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Label</th>
                <th scope="col">AP</th>
                <th scope="col">AP50</th>
                <th scope="col">AP75</th>
              </tr>
            </thead>
            <tbody>
              {found.byLabel.map(({ labelId, figures: own }) => (
                <tr key={labelId}>
                  <th scope="row">{props.nameOf(labelId)}</th>
                  <td>{coefficient(own.ap)}</td>
                  <td>{coefficient(own.ap50)}</td>
                  <td>{coefficient(own.ap75)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
