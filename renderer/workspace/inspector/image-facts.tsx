import { Button } from '@mantine/core';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { IMAGE_STATE_WORDS } from '../image-state-glyph';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import styles from './inspector.module.css';

const whole = new Intl.NumberFormat('en');
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** What is known of the open image's file and of who decided on it. */
export function ImageFacts() {
  const { bridge, toasts } = useServices();
  const workspace = useWorkspace();
  const open = useObservable(workspace.openImage);
  const project = useObservable(workspace.project);
  const status = useEditorValue((one) => one.document?.status ?? null);
  const image = open.kind === 'none' ? null : open.image;
  if (image === null) return <p className={styles.empty}>No image is open.</p>;
  const source = project.sources.find(({ id }) => id === image.sourceId);
  const facts: readonly (readonly [string, string])[] = [
    ['File', image.key],
    ['Folder', source?.displayName ?? 'Unknown'],
    ['Size', `${image.width} × ${image.height} px`],
    ['Bytes', whole.format(image.byteSize)],
    ['Format', image.format.toUpperCase()],
    ['EXIF orientation', String(image.exifOrientation)],
    ['Taken', image.capturedAt === null ? 'Not recorded' : time.format(new Date(image.capturedAt))],
    ['Changed', time.format(new Date(image.modifiedAt))],
    ['State', IMAGE_STATE_WORDS[status?.state ?? image.state]],
    ...(status?.decidedBy != null && status.decidedAt !== null
      ? ([['Decided by', `${status.decidedBy}, ${time.format(new Date(status.decidedAt))}`]] as const)
      : []),
    ['SHA-256', image.contentHash],
  ];
  const reveal = async () => {
    const result = await bridge.invoke('app.reveal', { sourceId: image.sourceId, key: image.key });
    if (!result.ok) toasts.show({ tone: 'error', message: result.error.message });
  };
  return (
    <div className={styles.scroll}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="selectable">{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        <Button variant="default" onClick={() => void reveal()}>
          Show in folder
        </Button>
      </div>
    </div>
  );
}
