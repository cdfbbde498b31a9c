import { Copy, FileWarning, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { ImageRecord } from '../../../shared/schema/image';
import { ImageStateGlyph } from '../image-state-glyph';
import styles from './image-rail.module.css';
import { Thumbnail } from './thumbnail';

function nameOf(image: ImageRecord): string {
  return image.key.slice(image.key.lastIndexOf('/') + 1);
}

/** One image of the list. Memoised: while scrolling only the rows that come in are made. */
export const ImageRow = memo(function ImageRow(props: {
  readonly index: number;
  readonly total: number;
  /** Distance from the top of the list in CSS px. */
  readonly top: number;
  readonly image: ImageRecord | null;
  readonly isOpen: boolean;
  readonly onOpen: (index: number) => Promise<void>;
}) {
  const { image } = props;
  return (
    <div
      id={`image-row-${props.index}`}
      className={styles.row}
      style={{ transform: `translateY(${props.top}px)` }}
      role="option"
      tabIndex={-1}
      aria-selected={props.isOpen}
      aria-setsize={props.total}
      aria-posinset={props.index + 1}
      data-image-id={image?.id}
      onClick={() => void props.onOpen(props.index)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void props.onOpen(props.index);
      }}
    >
      {image === null ? (
        <span className={styles.waiting} />
      ) : (
        <>
          <Thumbnail key={image.contentHash} image={image} />
          <span className={styles.text}>
            <span className={styles.name} title={image.key}>
              {nameOf(image)}
            </span>
            <span className={styles.facts}>
              <ImageStateGlyph state={image.state} />
              <span className={styles.count}>
                {image.annotationCount === 0 ? 'no objects' : objectsIn(image.annotationCount)}
              </span>
              {image.duplicateOfId !== null && (
                <Badge icon={<Copy size={12} aria-hidden />} words="Same bytes as another image" />
              )}
              {image.isMissing === 1 && (
                <Badge icon={<FileWarning size={12} aria-hidden />} words="File is missing" isWarning />
              )}
              {image.hasFinding === 1 && (
                <Badge icon={<TriangleAlert size={12} aria-hidden />} words="Has findings" isWarning />
              )}
            </span>
          </span>
        </>
      )}
    </div>
  );
});

function objectsIn(count: number): string {
  return count === 1 ? '1 object' : `${count} objects`;
}

function Badge(props: {
  readonly icon: React.ReactNode;
  readonly words: string;
  readonly isWarning?: boolean;
}) {
  return (
    <span
      className={props.isWarning === true ? styles.warning : styles.badge}
      title={props.words}
      role="img"
      aria-label={props.words}
    >
      {props.icon}
    </span>
  );
}
