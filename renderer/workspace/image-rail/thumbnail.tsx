import { useEffect, useState } from 'react';
import type { ImageRecord } from '../../../shared/schema/image';
import { useServices } from '../../app/services';
import styles from './image-rail.module.css';

/** Rows that fly by while scrolling ask for nothing. */
const PAUSE_IN_MS = 60;

/**
 * The picture in small, made when the row stays on screen; to be keyed by content hash. Decorative: the name beside it
 * says which image it is. When the record was read again, the old picture stays until the (cached) answer comes.
 */
export function Thumbnail({ image }: { readonly image: ImageRecord }) {
  const { thumbnails } = useServices();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let withdraw: () => void = () => undefined;
    const timer = setTimeout(() => {
      withdraw = thumbnails.request(image, setUrl);
    }, PAUSE_IN_MS);
    return () => {
      clearTimeout(timer);
      withdraw();
    };
  }, [thumbnails, image]);
  return (
    <span className={styles.thumbnail}>
      {url !== null && <img src={url} alt="" decoding="async" draggable={false} />}
    </span>
  );
}
