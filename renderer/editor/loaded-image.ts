import { documentFromSet } from '../../shared/document/image-document';
import type { Size } from '../../shared/geometry/rect';
import { unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { AnnotationRepository, JournalRepository } from '../persistence/ports';
import type { SaveState } from './editor';
import { createHistory, type History } from './history';
import { type OpenDocument, openDocument } from './open-document';
import { createSaveQueue, type SaveQueue } from './save-queue';
import { whenIdle } from './when-idle';

/** All that belongs to one open picture and goes with it: its document, its undo stacks and its way to disk. */
export interface LoadedImage {
  readonly projectId: ProjectId;
  readonly open: OpenDocument;
  readonly history: History;
  readonly queue: SaveQueue;
  /**
   * Ends when `history` also holds what was done before the picture was opened; never fails. Nobody waits for it to see
   * a picture, which may have been edited a thousand times.
   */
  readonly historyRead: Promise<Result<null>>;
  isHistoryRead: boolean;
}

/** Reads a picture's annotations and then, from the journal, what undo and redo may reach. */
export async function loadImage(
  ports: { readonly annotations: AnnotationRepository; readonly journal: Pick<JournalRepository, 'stacks'> },
  imageId: ImageId,
  size: Size,
  onState: (from: LoadedImage, state: SaveState) => void,
): Promise<Result<LoadedImage>> {
  const set = await ports.annotations.load(imageId);
  if (!set.ok) return set;
  const history = createHistory();
  // Asked for before the picture is there to be edited, so that it is read as it was then.
  const historyRead = ports.journal.stacks(`image:${imageId}`).then(
    (stacks) => {
      loaded.isHistoryRead = true;
      history.attach(stacks);
      return ok(null);
    },
    (thrown) => {
      loaded.isHistoryRead = true;
      return err(unexpectedError(thrown, 'reading what can be undone'));
    },
  );
  const loaded: LoadedImage = {
    projectId: set.value.projectId,
    open: openDocument(documentFromSet(set.value, size)),
    history,
    historyRead,
    isHistoryRead: false,
    queue: createSaveQueue({
      annotations: ports.annotations,
      imageId,
      projectId: set.value.projectId,
      revision: set.value.revision,
      whenIdle,
      onState: (state) => onState(loaded, state),
    }),
  };
  return ok(loaded);
}
