import type { Activity } from '../../shared/schema/activity';
import type { ImageId, LabelId, ProjectId } from '../../shared/schema/ids';

export type Work = Omit<Activity, 'personKey' | 'personName'>;

/** What was measured since it was taken last, image by image. */
export interface WorkRecord {
  /** Active time on an image, in labelling or in review. */
  addTime(place: WorkPlace, ms: number, kind: WorkKind): void;
  /** Objects of one label that were drawn, and the active time since the last one. */
  addShapes(place: WorkPlace, labelId: LabelId, shapes: number, ms: number): void;
  /** Everything so far; afterwards there is nothing. */
  take(): readonly Work[];
}

/** The screen that somebody works on. */
export type WorkKind = 'label' | 'review';

export interface WorkPlace {
  readonly projectId: ProjectId;
  readonly imageId: ImageId;
  /** `2026-11-30`, where the person is. */
  readonly day: string;
}

export function createWorkRecord(): WorkRecord {
  let pieces = new Map<string, Work>();
  const change = (place: WorkPlace, next: (piece: Work) => Work) => {
    const key = `${place.day} ${place.imageId}`;
    pieces.set(key, next(pieces.get(key) ?? { ...place, activeMs: 0, byLabel: {} }));
  };
  return {
    addTime(place, ms, kind) {
      if (ms <= 0) return;
      change(place, (piece) =>
        kind === 'label'
          ? { ...piece, activeMs: piece.activeMs + ms }
          : { ...piece, reviewMs: (piece.reviewMs ?? 0) + ms },
      );
    },
    addShapes(place, labelId, shapes, ms) {
      change(place, (piece) => {
        const known = piece.byLabel[labelId] ?? { shapes: 0, ms: 0 };
        const byLabel = { ...piece.byLabel, [labelId]: { shapes: known.shapes + shapes, ms: known.ms + ms } };
        return { ...piece, byLabel };
      });
    },
    take() {
      const taken = [...pieces.values()];
      pieces = new Map();
      return taken;
    },
  };
}

/** The day of a time where the person is. */
export function localDay(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
