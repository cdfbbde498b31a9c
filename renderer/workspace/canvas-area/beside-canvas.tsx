import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { appError } from '../../../shared/result/app-error';
import { err, ok } from '../../../shared/result/result';
import type { Annotation } from '../../../shared/schema/annotation';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { schemeOf } from '../../app/themed';
import { DARK_CANVAS_THEME, LIGHT_CANVAS_THEME } from '../../canvas/canvas-theme';
import { mountCanvas } from '../../canvas/mount-canvas';
import { createEditor } from '../../editor/create-editor';
import type { Editor } from '../../editor/editor';
import type { AnnotationRepository } from '../../persistence/ports';
import { useWorkspace } from '../workspace-context';
import styles from './canvas-area.module.css';

/** A second set of annotations of the open picture, beside it: to look at. Both canvases look at the same place. */
export function BesideCanvas() {
  const workspace = useWorkspace();
  const beside = useObservable(workspace.beside);
  if (beside === null) return null;
  return (
    <section className={styles.beside} aria-label={`Beside: ${beside.title}`}>
      <Pane key={beside.title} />
      <div className={styles.besideHead}>
        <span>{beside.title}</span>
        <ActionIcon
          size="sm"
          aria-label="Close what is shown beside the labels"
          onClick={() => workspace.beside.set(null)}
        >
          <X size={12} />
        </ActionIcon>
      </div>
    </section>
  );
}

function Pane() {
  const { editor, frame, persistence } = useServices();
  const workspace = useWorkspace();
  const container = useRef<HTMLDivElement>(null);
  const theme = useObservable(frame.theme);
  const beside = useObservable(workspace.beside);
  const shown = beside?.annotations ?? NONE;
  const other = useMemo(() => {
    const annotations = heldOnly(persistence.annotations, shown);
    return createEditor({ ...LOOKING, annotations, schema: editor.schema });
  }, [persistence, editor, shown]);

  useEffect(() => {
    const { document } = editor;
    const picture = workspace.picture.get();
    if (container.current === null || document === null || beside === null) return;
    const view = mountCanvas(container.current, other, {
      label: beside.title,
      theme: schemeOf(theme) === 'dark' ? DARK_CANVAS_THEME : LIGHT_CANVAS_THEME,
    });
    const bitmap = picture?.result.ok === true ? picture.result.value : null;
    view.setPicture(bitmap, document.size);
    let stop: () => void = () => undefined;
    let isGone = false;
    void other.open(document.imageId, document.size).then(async (opened) => {
      if (!opened.ok || isGone) return;
      other.setReadOnly('This is shown to compare with; the labels beside it can be changed.');
      stop = keepTogether(editor, other);
    });
    return () => {
      isGone = true;
      stop();
      view.destroy();
      void other.close();
    };
  }, [editor, other, workspace, beside, theme]);

  // What is beside belongs to the picture that was open.
  useEffect(() => {
    const idOf = () => {
      const state = workspace.openImage.get();
      return state.kind === 'none' ? null : (state.image?.id ?? null);
    };
    const shownFor = idOf();
    return workspace.openImage.subscribe(() => {
      if (idOf() !== shownFor) workspace.beside.set(null);
    });
  }, [workspace]);

  return <div ref={container} className={styles.host} />;
}

/** Whichever is moved takes the other along. */
function keepTogether(one: Editor, two: Editor): () => void {
  const follow = (from: Editor, to: Editor) => () => {
    const { camera } = from.session;
    const now = to.session.camera;
    const isThere =
      camera.scale === now.scale && camera.offsetX === now.offsetX && camera.offsetY === now.offsetY;
    if (!isThere) to.setCamera(camera);
  };
  const stops = [one.subscribe(follow(one, two)), two.subscribe(follow(two, one))];
  follow(one, two)();
  return () => {
    for (const stop of stops) stop();
  };
}

const NONE: readonly Annotation[] = [];

/** Nothing is ever drawn in an editor that is looked through. */
const LOOKING = {
  journal: { stacks: async () => ({ undo: [], redo: [] }) },
  actor: () => 'nobody',
  newId: () => crypto.randomUUID(),
  now: () => new Date().toISOString(),
};

/** Records that hold these annotations for every picture, and take none. */
function heldOnly(records: AnnotationRepository, annotations: readonly Annotation[]): AnnotationRepository {
  return {
    ...records,
    async load(imageId) {
      const set = await records.load(imageId);
      return set.ok ? ok({ ...set.value, annotations: [...annotations] }) : set;
    },
    commit: async () =>
      err(appError('usage.bad-arguments', 'What is shown beside the labels is not stored.')),
  };
}
