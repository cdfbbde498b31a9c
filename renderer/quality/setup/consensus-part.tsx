import { Button, MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import { createRandom } from '../../../shared/random/random';
import type { ImageId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { NumberField } from '../../components/number-field';
import { plural } from '../../components/quantity';
import { personKey } from '../../persistence/review-marks';
import styles from '../quality.module.css';

/** Layers a transaction. */
const LAYERS_PER_BATCH = 200;

/** Gives the same images to several people, each to label from nothing. */
export function ConsensusPart({ project }: { readonly project: Project }) {
  const { persistence, people, toasts, jobs } = useServices();
  const everyone = useObservable(people.list).filter(({ isRetired }) => !isRetired);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [images, setImages] = useState(20);
  const [isBusy, setIsBusy] = useState(false);
  const role = persistence.session()?.role;
  const maySetUp = role !== undefined && isPermitted(role, 'quality.mergeConsensus');

  const give = async () => {
    setIsBusy(true);
    const list = await persistence.images.list(project.id, { states: ['unlabelled'] });
    const existing = await persistence.layers.list(project.id, { purpose: 'consensus' });
    if (!list.ok || !existing.ok) {
      const failed = list.ok ? existing : list;
      if (!failed.ok) toasts.show({ tone: 'error', message: failed.error.message });
      return setIsBusy(false);
    }
    const unlabelled = await list.value.window(0, list.value.total);
    const wanted = drawn(
      unlabelled.map(({ id }) => id),
      images,
    );
    const known = new Set(existing.value.map(({ imageId, owner }) => `${imageId} ${personKey(owner)}`));
    const owners = everyone.filter(({ id }) => chosen.includes(id));
    const starts = wanted.flatMap((imageId) =>
      owners
        .map(({ id, name }) => ({ id, name }))
        .filter((owner) => !known.has(`${imageId} ${personKey(owner)}`))
        .map((owner) => ({ imageId, purpose: 'consensus' as const, owner, from: 'empty' as const })),
    );
    const job = jobs.start({ title: 'Giving images to several people' });
    for (let from = 0; from < starts.length; from += LAYERS_PER_BATCH) {
      const made = await persistence.layers.create(project.id, starts.slice(from, from + LAYERS_PER_BATCH), {
        code: 'layer.giveToSeveral',
        label: 'Give to several people',
      });
      if (!made.ok) {
        job.fail(made.error);
        return setIsBusy(false);
      }
    }
    job.done(
      `${plural(wanted.length, 'image')} for ${plural(owners.length, 'person')}.`.replace(
        'persons',
        'people',
      ),
    );
    setIsBusy(false);
  };
  return (
    <section className={styles.part} aria-label="Consensus">
      <h2>Several people for the same images</h2>
      <p className="dim">
        Each labels the images from nothing and sees only their own labels. The images are drawn at random
        from those that nobody labelled. Agreement is measured, and the answers are merged, under Agreement.
      </p>
      {everyone.length < 2 ? (
        <p>This needs two profiles; they are made in the settings, under People.</p>
      ) : (
        <div className={styles.line}>
          <MultiSelect
            size="xs"
            aria-label="People"
            placeholder={chosen.length === 0 ? 'People' : ''}
            w={320}
            data={everyone.map(({ id, name }) => ({ value: id, label: name }))}
            value={[...chosen]}
            onChange={setChosen}
          />
          <NumberField
            size="xs"
            aria-label="Images"
            suffix=" images"
            w={120}
            min={1}
            max={100_000}
            value={images}
            onValue={setImages}
          />
          <Button
            size="xs"
            loading={isBusy}
            disabled={!maySetUp || chosen.length < 2}
            onClick={() => void give()}
          >
            Give
          </Button>
        </div>
      )}
    </section>
  );
}

/** So many of them, each as likely as any (Fisher and Yates). */
function drawn(ids: readonly ImageId[], wanted: number): readonly ImageId[] {
  const random = createRandom(Date.now());
  const pool = [...ids];
  const most = Math.min(wanted, pool.length);
  for (let index = 0; index < most; index += 1) {
    const other = random.whole(index, pool.length - 1);
    const [a, b] = [pool[index], pool[other]];
    if (a !== undefined && b !== undefined) {
      pool[index] = b;
      pool[other] = a;
    }
  }
  return pool.slice(0, most);
}
