import {
  Blend,
  Crop,
  Eye,
  EyeOff,
  Lock,
  LockOpen,
  type LucideIcon,
  Pin,
  StickyNote,
  Users,
} from 'lucide-react';
import type { AnnotationFlag } from '../../../shared/actions/set-flags';
import type { Annotation } from '../../../shared/schema/annotation';
import { behaviourOf } from '../../../shared/shapes';
import { ColorSwatch } from '../../components/color-swatch';
import { SHAPE_ICONS } from '../shape-icons';
import styles from './inspector.module.css';

/** What holds for an object beyond its place, said by a small sign only when it does. */
const SIGNS: readonly {
  readonly icon: LucideIcon;
  readonly words: string;
  holds(one: Annotation): boolean;
}[] = [
  { icon: StickyNote, words: 'has a note', holds: ({ note }) => note !== undefined },
  { icon: Pin, words: 'pinned', holds: ({ isPinned }) => isPinned === true },
  { icon: Blend, words: 'occluded', holds: ({ isOccluded }) => isOccluded },
  { icon: Crop, words: 'truncated', holds: ({ isTruncated }) => isTruncated },
  { icon: Users, words: 'crowd', holds: ({ isCrowd }) => isCrowd },
];

/** One object of the list: label, kind, signs, group and size, and the two flags that the pointer turns. */
export function ObjectRow(props: {
  readonly annotation: Annotation;
  readonly label: { readonly name: string; readonly color: string } | undefined;
  /** Number of its group in this picture, or null. */
  readonly group: number | null;
}) {
  const { annotation, label, group } = props;
  const { shape, isHidden, isLocked, note } = annotation;
  const name = label?.name ?? 'Unknown label';
  const behaviour = behaviourOf(shape);
  const Icon = SHAPE_ICONS[shape.type];
  return (
    <>
      <ColorSwatch color={label?.color ?? '#808080'} />
      <Icon size={14} className={styles.kind} role="img" aria-label={behaviour.title} />
      <span className={isHidden ? styles.hiddenName : styles.name}>{name}</span>
      {SIGNS.filter(({ holds }) => holds(annotation)).map(({ icon: Sign, words }) => (
        <span key={words} className={styles.sign} title={words === 'has a note' ? note : words}>
          <Sign size={12} role="img" aria-label={words} />
        </span>
      ))}
      {group !== null && (
        <span className={styles.group} title={`Group ${group}`}>
          <span className="visually-hidden">group </span>
          {group}
        </span>
      )}
      <span className={styles.size} title={behaviour.describe(shape)}>
        {sizeOf(annotation)}
      </span>
      <RowFlag
        flag="isHidden"
        isOn={isHidden}
        words="hidden"
        action={`${isHidden ? 'Show' : 'Hide'} ${name}`}
        icon={isHidden ? <EyeOff size={14} /> : <Eye size={14} />}
      />
      <RowFlag
        flag="isLocked"
        isOn={isLocked}
        words="locked"
        action={`${isLocked ? 'Unlock' : 'Lock'} ${name}`}
        icon={isLocked ? <Lock size={14} /> : <LockOpen size={14} />}
      />
    </>
  );
}

/** Whole image px: the list is for telling objects apart; the exact numbers are in the tooltip. */
function sizeOf({ shape }: Annotation): string {
  const behaviour = behaviourOf(shape);
  if (behaviour.cover === 'none') return '';
  const { width, height } = behaviour.bounds(shape);
  return `${Math.round(width)} × ${Math.round(height)}`;
}

/** For the pointer; the keyboard has H and L for the selection. */
function RowFlag(props: {
  readonly flag: AnnotationFlag;
  readonly isOn: boolean;
  readonly words: string;
  readonly action: string;
  readonly icon: React.ReactNode;
}) {
  return (
    <span className={props.isOn ? styles.flagOn : styles.flag} title={props.action} data-action={props.flag}>
      {props.icon}
      {props.isOn && <span className="visually-hidden">{props.words}</span>}
    </span>
  );
}
