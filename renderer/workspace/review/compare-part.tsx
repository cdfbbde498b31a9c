import { ActionIcon, Tooltip } from '@mantine/core';
import { ArrowLeftRight, Columns2, Layers2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ImageReview } from '../../../shared/review/fold-review';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { SectionHeader } from '../../components/section-header';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import { type ComparedSet, comparedSets, overlayOf, readComparedSet } from './compared-sets';
import styles from './review.module.css';

/** Other sets of annotations of the open image: over the labels, beside them, or in their place. */
export function ComparePart({ review }: { readonly review: ImageReview }) {
  const services = useServices();
  const { editor, persistence, toasts } = services;
  const workspace = useWorkspace();
  const { id: projectId } = useObservable(workspace.project);
  const [sets, setSets] = useState<readonly ComparedSet[]>([]);
  const shown = useEditorValue((one) => one.session.comparison?.title ?? null);
  const setId = useEditorValue((one) => one.document?.imageId ?? null);
  const beside = useObservable(workspace.beside);

  useEffect(() => {
    let isCurrent = true;
    void comparedSets({ persistence }, projectId, review).then((found) => {
      if (!isCurrent) return;
      if (found.ok) setSets(found.value);
      else toasts.show({ tone: 'error', message: found.error.message });
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, toasts, projectId, review]);

  if (sets.length === 0) return null;
  const read = async (set: ComparedSet) => {
    const found = await readComparedSet(services, review.imageId, set);
    if (found.ok) return found.value;
    toasts.show({ tone: 'error', message: found.error.message });
    return null;
  };
  const overlay = async (set: ComparedSet) => {
    if (shown === set.title) return editor.setComparison(null);
    const theirs = await read(set);
    const labels = editor.document?.annotations.values();
    if (theirs === null || labels === undefined) return;
    editor.setComparison(await overlayOf(set, theirs, [...labels], workspace.review.policy.get()));
  };
  const sideBySide = async (set: ComparedSet) => {
    if (beside?.title === set.title) return workspace.beside.set(null);
    const theirs = await read(set);
    if (theirs !== null) workspace.beside.set({ title: set.title, annotations: theirs });
  };
  return (
    <section className={styles.part} aria-label="Compare">
      <SectionHeader title="Compare with" />
      <ul className={styles.list}>
        {sets.map((set) => (
          <li key={set.id} className={styles.row}>
            <div className={styles.rowLine}>
              <span className={styles.rowText} title={set.title}>
                {set.title}
              </span>
              <Toggle
                label={`${set.title}: show over the labels`}
                isOn={shown === set.title}
                icon={<Layers2 size={14} />}
                onClick={() => void overlay(set)}
              />
              <Toggle
                label={`${set.title}: show beside the labels`}
                isOn={beside?.title === set.title}
                icon={<Columns2 size={14} />}
                onClick={() => void sideBySide(set)}
              />
              {set.layerId !== null && !set.isEarlier && set.title !== 'Ground truth' && (
                <Toggle
                  label={`${set.title}: look at them in place of the labels`}
                  isOn={setId === set.layerId}
                  icon={<ArrowLeftRight size={14} />}
                  onClick={() => void workspace.showSet(setId === set.layerId ? null : set.layerId, 'person')}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Toggle(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly icon: React.ReactNode;
  readonly onClick: () => void;
}) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon
        size="sm"
        aria-label={props.label}
        aria-pressed={props.isOn}
        variant={props.isOn ? 'light' : 'subtle'}
        color={props.isOn ? 'accent' : 'gray'}
        onClick={props.onClick}
      >
        {props.icon}
      </ActionIcon>
    </Tooltip>
  );
}
