import { Button, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { AnnotationLayer } from '../../../shared/schema/annotation-layer';
import type { Project } from '../../../shared/schema/project';
import { useServices } from '../../app/services';
import { plural } from '../../components/quantity';
import type { ImageFilter } from '../../persistence/ports';
import { makeGroundTruth, removeLayers } from '../make-ground-truth';
import styles from '../quality.module.css';

const SCOPES = {
  labelled: {
    label: 'All images marked as labelled or empty',
    filter: { states: ['labelled', 'confirmedEmpty'] },
  },
  accepted: {
    label: 'All accepted images',
    filter: { review: { stages: [{ stage: 'accepted', state: 'accepted' }] } },
  },
  worked: {
    label: 'All images that somebody labelled',
    filter: { states: ['inProgress', 'labelled', 'confirmedEmpty'] },
  },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly filter: ImageFilter }>>;
type Scope = keyof typeof SCOPES;

/** Makes labels ground truth, all of a kind at once. */
export function TruthPart({ project }: { readonly project: Project }) {
  const services = useServices();
  const { persistence, toasts } = services;
  const [scope, setScope] = useState<Scope>('labelled');
  const [isBusy, setIsBusy] = useState(false);
  const layers = useTruth(project);
  const role = persistence.session()?.role;
  const mayEdit = role !== undefined && isPermitted(role, 'quality.editGroundTruth');
  const make = async () => {
    setIsBusy(true);
    const list = await persistence.images.list(project.id, SCOPES[scope].filter);
    if (list.ok) {
      const images = await list.value.window(0, list.value.total);
      await makeGroundTruth(
        services,
        project.id,
        images.map(({ id }) => id),
      );
    } else toasts.show({ tone: 'error', message: list.error.message });
    setIsBusy(false);
  };
  return (
    <section className={styles.part} aria-label="Ground truth">
      <h2>Ground truth</h2>
      <p>
        {layers === null ? '…' : `${plural(layers.length, 'image')} with ground truth.`}{' '}
        <span className="dim">
          Ground truth is a copy of labels at a time, kept apart: labels can change, and are compared with it.
          One image gets it from the command “Use as ground truth” on the Label screen, where it is edited,
          too.
        </span>
      </p>
      <div className={styles.line}>
        <Select
          size="xs"
          aria-label="Which images"
          w={280}
          allowDeselect={false}
          data={Object.entries(SCOPES).map(([value, { label }]) => ({ value, label }))}
          value={scope}
          onChange={(value) => setScope((value ?? 'labelled') as Scope)}
        />
        <Button size="xs" loading={isBusy} disabled={!mayEdit} onClick={() => void make()}>
          Use as ground truth
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={!mayEdit || layers === null || layers.length === 0}
          onClick={() =>
            void removeLayers(
              services,
              project.id,
              (layers ?? []).map(({ id }) => id),
            )
          }
        >
          Remove all
        </Button>
      </div>
      {!mayEdit && <p className="dim">Leads and admins change ground truth.</p>}
    </section>
  );
}

/** Null until they are read. */
function useTruth(project: Project): readonly AnnotationLayer[] | null {
  const { persistence } = useServices();
  const [layers, setLayers] = useState<readonly AnnotationLayer[] | null>(null);
  const { id } = project;
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const found = await persistence.layers.list(id, { purpose: 'groundTruth' });
      if (isCurrent && found.ok) setLayers(found.value);
    };
    void read();
    const stop = persistence.images.observe(id, () => void read());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [persistence, id]);
  return layers;
}
