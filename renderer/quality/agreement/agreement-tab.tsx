import { Button } from '@mantine/core';
import { UsersRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Interval } from '../../../shared/quality/agreement/bootstrap-interval';
import type { ImageId } from '../../../shared/schema/ids';
import { useServices } from '../../app/services';
import { EmptyNotice } from '../../components/empty-notice';
import { count, plural } from '../../components/quantity';
import { Defined } from '../defined';
import type { AgreementFigures } from '../engine/agreement-figures';
import { coefficient } from '../figure-words';
import styles from '../quality.module.css';
import type { QualityTab } from '../quality-tab';
import { MergePart } from './merge-part';

/** How far those agree who answered for the same images, and the way from several answers to one. */
export function AgreementTab(props: QualityTab & { readonly onSetUp: () => void }) {
  const { figures } = props.state;
  if (figures === null) return null;
  const { agreement } = figures;
  if (agreement.images === 0) {
    return (
      <EmptyNotice
        icon={<UsersRound size={20} />}
        title="No image has two answers yet"
        message="Give the same images to several people: each labels them without seeing the others. Once two have handed in, their agreement stands here, and their answers can be merged."
      >
        <Button size="xs" onClick={props.onSetUp}>
          Give images to several people
        </Button>
      </EmptyNotice>
    );
  }
  return (
    <div className={styles.overview}>
      <p className={styles.line}>
        <strong>{plural(agreement.images, 'image')} with several answers</strong>
        <span className="dim">
          {plural(agreement.units, 'thing')} drawn by {agreement.people.join(', ')}
        </span>
      </p>
      <Figures agreement={agreement} />
      <div className={styles.columns}>
        <section className={styles.part} aria-label="Agreement of two">
          <h2>
            <Defined is="kappa">Two by two (Cohen’s kappa)</Defined>
          </h2>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">People</th>
                <th scope="col">Images</th>
                <th scope="col">Cases</th>
                <th scope="col">Agree</th>
                <th scope="col">Kappa</th>
              </tr>
            </thead>
            <tbody>
              {agreement.pairs.map(({ first, second, images, kappa }) => (
                <tr key={`${first} ${second}`}>
                  <th scope="row">
                    {first} and {second}
                  </th>
                  <td>{count(images)}</td>
                  <td>{count(kappa.cases)}</td>
                  <td>{coefficient(kappa.observed)}</td>
                  <td>{coefficient(kappa.kappa)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <Disputed agreement={agreement} />
      </div>
      <MergePart {...props} />
    </div>
  );
}

function Figures({ agreement }: { readonly agreement: AgreementFigures }) {
  const { labels, objects, fleiss } = agreement;
  return (
    <dl className={styles.figures}>
      <div>
        <dt>
          <Defined is="alphaLabels">Alpha, labels</Defined>
        </dt>
        <dd>
          {coefficient(labels?.alpha ?? null)}
          <Bounds interval={labels?.interval ?? null} />
        </dd>
      </div>
      <div>
        <dt>
          <Defined is="alphaObjects">Alpha, objects</Defined>
        </dt>
        <dd>
          {coefficient(objects?.alpha ?? null)}
          <Bounds interval={objects?.interval ?? null} />
        </dd>
      </div>
      <div>
        <dt>
          <Defined is="fleiss">Fleiss’ kappa</Defined>
        </dt>
        <dd>{coefficient(fleiss)}</dd>
      </div>
    </dl>
  );
}

function Bounds({ interval }: { readonly interval: Interval | null }) {
  if (interval === null) return null;
  return (
    <span className={styles.interval}>
      {interval.low.toFixed(2)} – {interval.high.toFixed(2)}
    </span>
  );
}

function Disputed({ agreement }: { readonly agreement: AgreementFigures }) {
  const { persistence, navigation } = useServices();
  const [names, setNames] = useState<ReadonlyMap<ImageId, string>>(new Map());
  const { disputed } = agreement;
  useEffect(() => {
    let isCurrent = true;
    void Promise.all(disputed.map(({ imageId }) => persistence.images.get(imageId))).then((images) => {
      if (!isCurrent) return;
      setNames(new Map(images.flatMap((image) => (image.ok ? [[image.value.id, image.value.key]] : []))));
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, disputed]);
  return (
    <section className={styles.part} aria-label="Most disputed images">
      <h2>
        <Defined is="disagreement">Most disputed images</Defined>
      </h2>
      {disputed.length === 0 && <p className="dim">All answers agree.</p>}
      <ul className={styles.plainList}>
        {disputed.map(({ imageId, disagreement }) => (
          <li key={imageId}>
            <button
              type="button"
              className={styles.rowButton}
              onClick={() => navigation.go({ screen: 'label', imageId })}
            >
              {names.get(imageId) ?? '…'}
            </button>
            <span>{disagreement.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
