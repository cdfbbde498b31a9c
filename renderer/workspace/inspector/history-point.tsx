import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { restorePoint } from '../../../shared/actions/restore-point';
import {
  type AnnotationDifferences,
  annotationDifferences,
} from '../../../shared/document/annotation-differences';
import type { AppError } from '../../../shared/result/app-error';
import type { Annotation } from '../../../shared/schema/annotation';
import type { AnnotationId, ImageId } from '../../../shared/schema/ids';
import { useServices } from '../../app/services';
import { runAction } from '../../commands/run-action';
import type { Comparison } from '../../editor/comparison';
import { useEditorValue } from '../use-editor-value';
import styles from './inspector.module.css';

interface Point {
  readonly annotations: readonly Annotation[];
  readonly lastRevisions: ReadonlyMap<AnnotationId, number>;
}

/**
 * One point of an image's history, drawn over the picture as long as it is open, and the way back to it. Restoring is an
 * edit like any other: undo takes it back.
 */
export function HistoryPoint(props: {
  readonly imageId: ImageId;
  /** Only this object is shown and restored; null for all. */
  readonly objectId: AnnotationId | null;
  readonly seq: number;
  /** When it was, for people. */
  readonly point: string;
  /** It is the newest line: the picture is as it was then. */
  readonly isNow: boolean;
  readonly onRestored: () => void;
}) {
  const { imageId, objectId, seq, point, isNow } = props;
  const services = useServices();
  const { persistence, editor } = services;
  const document = useEditorValue((one) => one.document);
  const readOnlyReason = useEditorValue((one) => one.session.readOnlyReason);
  const [read, setRead] = useState<Point | null>(null);
  const [error, setError] = useState<AppError | null>(null);

  useEffect(() => {
    let isCurrent = true;
    void persistence.journal.imageAt(imageId, seq).then((found) => {
      if (!isCurrent) return;
      if (found.ok) setRead(found.value);
      else setError(found.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, imageId, seq]);

  const differences = useMemo(() => {
    if (read === null || document === null || document.imageId !== imageId) return null;
    const isMeant = ({ id }: Annotation) => objectId === null || id === objectId;
    return annotationDifferences(
      [...document.annotations.values()].filter(isMeant),
      read.annotations.filter(isMeant),
    );
  }, [read, document, imageId, objectId]);

  useEffect(() => {
    if (differences === null || isSame(differences)) return;
    const shown = comparisonOf(differences, `As of ${point}`);
    editor.setComparison(shown);
    return () => {
      // Somebody else may show something by now.
      if (editor.session.comparison === shown) editor.setComparison(null);
    };
  }, [editor, differences, point]);

  if (error !== null) {
    return (
      <p className={styles.historyProblem} role="alert">
        {error.message}
      </p>
    );
  }
  if (read === null || differences === null) return <p className={styles.detail}>Reading…</p>;
  const isUnchanged = isSame(differences);
  return (
    <div className={styles.historyPoint}>
      <span className={styles.detail}>
        {isUnchanged
          ? isNow
            ? 'This is how it is now.'
            : 'Nothing differs from how it is now.'
          : `Since then ${inWords(differences)}. Shown over the picture.`}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        disabled={isUnchanged || readOnlyReason !== null}
        title={
          readOnlyReason ?? 'Makes it what it was then. Undo takes it back; the history keeps everything.'
        }
        onClick={() => {
          const isDone = runAction(services, restorePoint, {
            annotations: read.annotations,
            ids: objectId === null ? null : [objectId],
            lastRevisions: read.lastRevisions,
            point,
          });
          if (isDone) props.onRestored();
        }}
      >
        {objectId === null ? 'Restore this point' : 'Restore the object'}
      </Button>
    </div>
  );
}

function isSame({ added, removed, changed }: AnnotationDifferences): boolean {
  return added.length + removed.length + changed.length === 0;
}

/** Seen from now: what is only there was removed since. */
function inWords({ added, removed, changed }: AnnotationDifferences): string {
  return [
    removed.length > 0 ? `${removed.length} came` : null,
    changed.length > 0 ? `${changed.length} changed` : null,
    added.length > 0 ? `${added.length} went` : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function comparisonOf({ added, removed, changed }: AnnotationDifferences, title: string): Comparison {
  return {
    title,
    items: [
      ...added.map((annotation) => ({ annotation, as: 'added' as const })),
      ...removed.map((annotation) => ({ annotation, as: 'removed' as const })),
      ...changed.map(([, annotation]) => ({ annotation, as: 'changed' as const })),
    ],
  };
}
