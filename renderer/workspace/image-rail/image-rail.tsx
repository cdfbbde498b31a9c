import { Skeleton } from '@mantine/core';
import { ImageOff } from 'lucide-react';
import type { RefObject } from 'react';
import { useObservable } from '../../app/observable';
import { useWorkspace } from '../workspace-context';
import { FilterBar } from './filter-bar';
import styles from './image-rail.module.css';
import { ImageRows } from './image-rows';

/** The images of the project, however many, and what filters them. */
export function ImageRail({ searchRef }: { readonly searchRef: RefObject<HTMLInputElement | null> }) {
  const { list } = useObservable(useWorkspace().rail);
  return (
    <div className={styles.rail}>
      <FilterBar searchRef={searchRef} />
      {list !== null && list.total === 0 && <NoRows />}
      {list === null && <RowSkeletons />}
      <ImageRows />
    </div>
  );
}

function NoRows() {
  const workspace = useWorkspace();
  const { filter } = useObservable(workspace.rail);
  const hasFilter = Object.entries(filter).some(([part, value]) => part !== 'review' && value !== undefined);
  return (
    <div className={styles.none}>
      <ImageOff size={20} aria-hidden />
      <p>{wordsFor(workspace.kind, hasFilter)}</p>
    </div>
  );
}

function wordsFor(kind: 'label' | 'review', hasFilter: boolean): string {
  if (hasFilter) return 'No image matches this filter.';
  return kind === 'review' ? 'No image is in this queue.' : 'No images yet.';
}

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

function RowSkeletons() {
  return (
    <div className={styles.skeletons} aria-busy="true">
      {SKELETON_ROWS.map((row) => (
        <Skeleton key={row} height={40} animate={false} />
      ))}
    </div>
  );
}
