import { useEffect, useState } from 'react';
import type { ProjectId } from '../../shared/schema/ids';
import type { ImageRecord } from '../../shared/schema/image';
import { useServices } from '../app/services';
import styles from './start.module.css';

/** As many as fit beside the name; three range reads of one record each at most. */
const SHOWN = 3;

/** The first pictures of a project, to know it by. Purely decorative: the name beside it says the same. */
export function ThumbnailStrip({
  projectId,
  images,
}: {
  readonly projectId: ProjectId;
  readonly images: number;
}) {
  const { persistence } = useServices();
  const [first, setFirst] = useState<readonly ImageRecord[]>([]);
  const shown = Math.min(SHOWN, images);
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const list = shown === 0 ? null : await persistence.images.list(projectId, {});
      const records = list?.ok === true ? await list.value.window(0, shown) : [];
      if (isCurrent) setFirst(records);
    };
    void read();
    return () => {
      isCurrent = false;
    };
  }, [persistence, projectId, shown]);
  return (
    <div className={styles.strip} aria-hidden>
      {Array.from({ length: SHOWN }, (_, at) => (
        <Thumbnail key={first[at]?.id ?? `place-${at}`} image={first[at] ?? null} />
      ))}
    </div>
  );
}

function Thumbnail({ image }: { readonly image: ImageRecord | null }) {
  const { thumbnails } = useServices();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => (image === null ? undefined : thumbnails.request(image, setUrl)), [thumbnails, image]);
  return <span className={styles.thumb}>{url !== null && <img src={url} alt="" draggable={false} />}</span>;
}
