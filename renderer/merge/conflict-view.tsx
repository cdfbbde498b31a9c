import { Button, Kbd, Radio } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import {
  differingFields,
  type FieldName,
  fieldsOf,
  isSameValue,
  withFields,
} from '../../shared/merge/annotation-fields';
import type { Annotation } from '../../shared/schema/annotation';
import type { Project } from '../../shared/schema/project';
import type { RecordOf } from '../../shared/schema/project-records';
import { resolveLabel } from '../../shared/schema/resolve-label';
import { useServices } from '../app/services';
import { undoGroup } from '../app/undo-group';
import { findingsOf } from '../workspace/findings';
import { useImage } from './conflicts';
import { fieldName, fieldValue } from './field-words';
import styles from './merge.module.css';
import { useSideCrops } from './use-side-crops';

/** Of a crop, in CSS px. */
const CROP_SIDE = 260;

/** One version of the object: what all started from, this project's own, or one that came back. */
interface Version {
  readonly name: string;
  /** The key that chooses it. */
  readonly key: string;
  readonly annotation: Annotation | null;
}

function versionsOf({ base, sides }: RecordOf<'conflict'>): readonly Version[] {
  let returned = 0;
  return [
    { name: 'Base', key: 'B', annotation: base },
    ...sides.map(({ annotation, by, packageId }): Version => {
      if (packageId === null) return { name: `Ours (${by.name})`, key: 'O', annotation };
      returned += 1;
      return { name: `Theirs (${by.name})`, key: returned === 1 ? 'T' : String(returned), annotation };
    }),
  ];
}

/** Every side and the base of one object, side by side, with their differences named; one key chooses. */
export function ConflictView(props: {
  readonly project: Project;
  readonly conflict: RecordOf<'conflict'>;
  readonly mayDecide: boolean;
  readonly onDecided: () => void;
}) {
  const { project, conflict, mayDecide } = props;
  const services = useServices();
  const image = useImage(conflict.imageId);
  const versions = versionsOf(conflict);
  const fields = fieldsInQuestion(versions);
  const [mix, setMix] = useState<ReadonlyMap<FieldName, number>>(() => mergedChoice(versions, fields));
  const [isBusy, setBusy] = useState(false);
  const canMix = versions.every(({ annotation }, index) => annotation !== null || index === 0);
  const crops = useSideCrops(
    image,
    versions.map(({ annotation }) => ({ annotation, color: colorOf(annotation, project) })),
    conflict.id,
    Math.round(CROP_SIDE * window.devicePixelRatio),
  );

  async function decide(chosen: Annotation | null, words: string) {
    if (!mayDecide || isBusy) return;
    setBusy(true);
    const { editor, persistence, rules, toasts } = services;
    const settled = await editor.settled();
    const resolved = settled.ok
      ? await persistence.packages.resolve({
          projectId: project.id,
          conflictId: conflict.id,
          chosen,
          hasFinding: (document) => findingsOf(document, project.schema, rules).length > 0,
        })
      : settled;
    setBusy(false);
    if (!resolved.ok) return void toasts.show({ tone: 'error', message: resolved.error.message });
    props.onDecided();
    const { changeId } = resolved.value;
    if (changeId === null) return void toasts.show({ tone: 'success', message: `Decided: ${words}.` });
    toasts.show({
      tone: 'success',
      message: `Decided: ${words}.`,
      action: {
        label: 'Undo',
        run: () =>
          void undoGroup(services, { projectId: project.id, changeId, name: 'the decision' }).then(
            (undone) => {
              if (!undone.ok) toasts.show({ tone: 'error', message: undone.error.message });
            },
          ),
      },
    });
  }

  const choose = ({ annotation, name }: Version) => decide(annotation, name);
  const chooseMix = () => {
    if (canMix) void decide(mixed(versions, fields, mix), 'a mix of the sides');
  };
  useKeys((key) => {
    const version = versions.find((one) => one.key === key.toUpperCase());
    if (version !== undefined) void choose(version);
    else if (key.toUpperCase() === 'M') chooseMix();
    else return false;
    return true;
  });

  return (
    <section className={styles.conflict} aria-label="Conflict">
      <p className={styles.where}>
        <strong>{image?.key ?? '…'}</strong>
        <span className="dim"> · until you decide, the project shows its own side</span>
      </p>
      <div className={styles.cards}>
        {versions.map((version, index) => (
          <figure key={version.key} className={styles.card}>
            <figcaption>
              {version.name}
              {version.annotation === null && (
                <span className="dim"> · {index === 0 ? 'not there' : 'deleted'}</span>
              )}
            </figcaption>
            <Crop bitmap={crops.bitmaps[index] ?? null} problem={crops.problem} name={version.name} />
            <Button
              size="xs"
              variant="default"
              disabled={!mayDecide}
              loading={isBusy}
              rightSection={<Kbd size="xs">{version.key}</Kbd>}
              title={`Take this (${version.key})`}
              onClick={() => void choose(version)}
            >
              {version.annotation === null ? 'Take: no object' : 'Take this'}
            </Button>
          </figure>
        ))}
      </div>
      <Differences
        versions={versions}
        fields={fields}
        project={project}
        mix={mix}
        onMix={canMix ? setMix : null}
      />
      {canMix && (
        <div className={styles.mix}>
          <Button
            size="xs"
            disabled={!mayDecide}
            loading={isBusy}
            rightSection={<Kbd size="xs">M</Kbd>}
            title="Take what is marked (M)"
            onClick={chooseMix}
          >
            Take what is marked
          </Button>
          <span className="dim">Field by field: what only one side changed is marked already.</span>
        </div>
      )}
      {!mayDecide && <p className="dim">Leads and admins decide conflicts.</p>}
    </section>
  );
}

function Crop(props: {
  readonly bitmap: ImageBitmap | null;
  readonly problem: string | null;
  readonly name: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { bitmap } = props;
  useEffect(() => {
    const element = canvas.current;
    if (element === null || bitmap === null) return;
    element.width = bitmap.width;
    element.height = bitmap.height;
    element.getContext('2d')?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  if (props.problem !== null) return <div className={styles.crop}>{props.problem}</div>;
  return (
    <canvas
      ref={canvas}
      className={styles.crop}
      role="img"
      aria-label={`The object as ${props.name} has it`}
      data-drawn={bitmap !== null}
    />
  );
}

function Differences(props: {
  readonly versions: readonly Version[];
  readonly fields: readonly FieldName[];
  readonly project: Project;
  readonly mix: ReadonlyMap<FieldName, number>;
  readonly onMix: ((mix: ReadonlyMap<FieldName, number>) => void) | null;
}) {
  const { versions, fields, project, mix, onMix } = props;
  const values = versions.map(({ annotation }) => fieldsOf(annotation));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>Differs in</th>
          {versions.map(({ key, name }) => (
            <th key={key}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{fieldName(field, project.schema)}</th>
            {versions.map((version, index) => {
              const said =
                version.annotation === null
                  ? '–'
                  : fieldValue(field, values[index]?.get(field), project.schema);
              const isChanged = !isSameValue(values[index]?.get(field), values[0]?.get(field));
              return (
                <td key={version.key} className={isChanged ? styles.changed : undefined}>
                  {onMix === null || version.annotation === null ? (
                    said
                  ) : (
                    <Radio
                      size="xs"
                      name={field}
                      label={said}
                      checked={mix.get(field) === index}
                      onChange={() => onMix(new Map([...mix, [field, index]]))}
                    />
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Fields in which any version that is there differs from another. */
function fieldsInQuestion(versions: readonly Version[]): readonly FieldName[] {
  const there = versions.flatMap(({ annotation }) => annotation ?? []);
  const [first, ...others] = there;
  if (first === undefined) return [];
  return [...new Set(others.flatMap((other) => differingFields(first, other)))].sort();
}

/** Of each field the version that changed it, ours before others. */
function mergedChoice(
  versions: readonly Version[],
  fields: readonly FieldName[],
): ReadonlyMap<FieldName, number> {
  const values = versions.map(({ annotation }) => fieldsOf(annotation));
  return new Map(
    fields.map((field) => {
      const changed = values.findIndex(
        (value, index) =>
          index > 0 &&
          versions[index]?.annotation !== null &&
          !isSameValue(value.get(field), values[0]?.get(field)),
      );
      return [field, changed === -1 ? 1 : changed];
    }),
  );
}

function mixed(
  versions: readonly Version[],
  fields: readonly FieldName[],
  mix: ReadonlyMap<FieldName, number>,
): Annotation | null {
  const template = versions[1]?.annotation ?? null;
  if (template === null) return null;
  const result = new Map(fieldsOf(template));
  for (const field of fields) {
    const value = fieldsOf(versions[mix.get(field) ?? 1]?.annotation ?? null).get(field);
    if (value === undefined) result.delete(field);
    else result.set(field, value);
  }
  return withFields(template, result);
}

function colorOf(annotation: Annotation | null, project: Project): string {
  const label = annotation === null ? null : resolveLabel(project.schema, annotation.labelId);
  return label?.color ?? '#888888';
}

/** Single keys, wherever the focus is but in a field that takes them. */
function useKeys(onKey: (key: string) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches('input[type=text], textarea');
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
