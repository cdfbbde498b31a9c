import { Button } from '@mantine/core';
import { Check, CircleAlert, Loader } from 'lucide-react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import type { Editor, SaveState } from '../../editor/editor';
import { onlySelected } from '../../editor/operations/chosen-vertices';
import { verticesOf } from '../../editor/operations/shape-vertices';
import { IMAGE_STATE_WORDS, ImageStateGlyph } from '../image-state-glyph';
import { useEditorValue } from '../use-editor-value';
import type { ShownSet } from '../workspace';
import { useWorkspace } from '../workspace-context';
import { PixelReadout } from './pixel-readout';
import styles from './status-line.module.css';
import { type SelectionKind, toolHint } from './tool-hint';

/** What is on the canvas when it is not the image's own labels; these have no state of their own. */
const SHOWN_SET_WORDS: Readonly<Record<Exclude<ShownSet, 'own'>, string>> = {
  groundTruth: 'Ground truth',
  proposal: 'Suggestion',
  person: 'Somebody’s own labels',
};

const whole = new Intl.NumberFormat('en');

/** What is true right now: saved or not and how we know, where the pointer is, how near we look, what keys do. */
export function StatusLine() {
  const workspace = useWorkspace();
  const { index, list } = useObservable(workspace.rail);
  const scale = useEditorValue((one) => one.session.camera.scale);
  const status = useEditorValue((one) => one.document?.status ?? null);
  const shownSet = useObservable(workspace.shownSet);
  const toolState = useEditorValue((one) => one.session.toolState);
  const hint = toolHint(toolState, useEditorValue(selectionKind));
  return (
    <section className={styles.line} aria-label="Status" data-region="status">
      <Saved />
      {shownSet !== 'own' && <span className={styles.part}>{SHOWN_SET_WORDS[shownSet]}</span>}
      {status !== null && shownSet === 'own' && (
        <span className={styles.part}>
          <ImageStateGlyph state={status.state} />
          {IMAGE_STATE_WORDS[status.state]}
        </span>
      )}
      <span className={styles.hint} title={hint}>
        {hint}
      </span>
      <PixelReadout />
      <PointerPosition />
      <span className={styles.zoom} data-testid="zoom">
        {formatZoom(scale)}
      </span>
      <span className={styles.place}>
        {list === null || index < 0 ? '' : `${whole.format(index + 1)} of ${whole.format(list.total)}`}
      </span>
    </section>
  );
}

function selectionKind(editor: Editor): SelectionKind {
  if (editor.session.selection.size === 0) return 'none';
  const only = onlySelected(editor);
  if (only === null) return 'whole';
  const { type } = only.shape;
  if (type === 'skeleton') return 'joints';
  if (type === 'box' || type === 'rotated-box') return 'edges';
  return verticesOf(only.shape).length > 0 ? 'points' : 'whole';
}

function formatZoom(scale: number): string {
  const percent = scale * 100;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

function PointerPosition() {
  const pointer = useEditorValue((one) => one.session.keyboardCursor ?? one.session.pointer);
  return (
    <span className={styles.pointer}>
      {pointer === null ? '' : `${Math.floor(pointer.x)}, ${Math.floor(pointer.y)} px`}
    </span>
  );
}

function Saved() {
  const { editor } = useServices();
  const state = useEditorValue((one) => one.session.saveState);
  return (
    <span
      className={styles.saved}
      data-kind={state.kind}
      role="status"
      aria-live="polite"
      data-testid="save-state"
    >
      <SavedIcon state={state} />
      {savedText(state)}
      {state.kind === 'failed' && (
        <>
          <Button size="compact-xs" variant="light" onClick={() => editor.retrySave()}>
            Try again
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => void editor.reload()}>
            Drop and reload
          </Button>
        </>
      )}
    </span>
  );
}

function SavedIcon({ state }: { readonly state: SaveState }) {
  if (state.kind === 'saving') return <Loader size={14} aria-hidden />;
  if (state.kind === 'failed') return <CircleAlert size={14} aria-hidden />;
  return state.kind === 'saved' ? <Check size={14} aria-hidden /> : null;
}

/** The receipt is what was read back from disk: how many objects, and the first digits of their hash. */
function savedText(state: SaveState): string {
  switch (state.kind) {
    case 'idle':
      return 'Nothing to save';
    case 'saving':
      return 'Saving…';
    case 'saved': {
      if (state.receipt === null) return 'Saved';
      const { count, hash } = state.receipt;
      return `Saved: ${count === 1 ? '1 object' : `${whole.format(count)} objects`}, ${hash.slice(0, 8)}`;
    }
    case 'failed':
      return `Not saved: ${state.error.message}`;
  }
}
