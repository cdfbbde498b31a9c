import { Tooltip, UnstyledButton } from '@mantine/core';
import {
  Command as CommandIcon,
  Database,
  FolderOpen,
  LayoutGrid,
  ListChecks,
  type LucideIcon,
  Settings,
  Split,
  SquarePen,
  Tags,
  Target,
} from 'lucide-react';
import { loadedLater, ShownWhenLoaded } from '../components/loaded-later';
import styles from './activity-bar.module.css';
import type { ScreenId } from './navigation';
import { useObservable } from './observable';
import { useRoute, useServices } from './services';

const PLACES: readonly {
  readonly screen: ScreenId;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly needsProject: boolean;
}[] = [
  { screen: 'start', name: 'Projects', icon: FolderOpen, needsProject: false },
  { screen: 'label', name: 'Label', icon: SquarePen, needsProject: true },
  { screen: 'review', name: 'Review', icon: ListChecks, needsProject: true },
  { screen: 'gallery', name: 'Gallery', icon: LayoutGrid, needsProject: true },
  { screen: 'quality', name: 'Quality', icon: Target, needsProject: true },
  { screen: 'packages', name: 'Apart', icon: Split, needsProject: true },
  { screen: 'schema', name: 'Schema', icon: Tags, needsProject: true },
  { screen: 'datasets', name: 'Datasets', icon: Database, needsProject: true },
];

/** Only where there are profiles, so that nobody else's start pays for it. */
const PERSON_MENU = loadedLater(() => import('../people/person-menu'));

/** The screens of the app, down the left edge, and who is signed in. */
export function ActivityBar() {
  const { commands, navigation, people } = useServices();
  const route = useRoute();
  const { session } = useObservable(people.state);
  return (
    <nav className={styles.bar} aria-label="Screens" data-region="screens">
      {PLACES.map((place) => (
        <Entry
          key={place.screen}
          name={place.name}
          icon={place.icon}
          tooltip={commands.tooltip(`screen.${place.screen}`)}
          isCurrent={route.screen === place.screen}
          isDisabled={place.needsProject && route.projectId === null}
          onSelect={() => navigation.go({ screen: place.screen })}
        />
      ))}
      <div className={styles.gap} />
      <Entry
        name="Actions"
        icon={CommandIcon}
        tooltip={commands.tooltip('palette.open')}
        isCurrent={false}
        isDisabled={false}
        onSelect={() => void commands.run('palette.open')}
      />
      {session !== null && <ShownWhenLoaded part={PERSON_MENU} />}
      <Entry
        name="Settings"
        icon={Settings}
        tooltip={commands.tooltip('screen.settings')}
        isCurrent={route.screen === 'settings'}
        isDisabled={false}
        onSelect={() => navigation.go({ screen: 'settings' })}
      />
    </nav>
  );
}

function Entry(props: {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly tooltip: string;
  readonly isCurrent: boolean;
  readonly isDisabled: boolean;
  readonly onSelect: () => void;
}) {
  const Icon = props.icon;
  return (
    <Tooltip
      label={props.isDisabled ? `${props.tooltip}: open a project first` : props.tooltip}
      position="right"
    >
      <UnstyledButton
        className={styles.entry}
        aria-current={props.isCurrent ? 'page' : undefined}
        aria-disabled={props.isDisabled || undefined}
        onClick={() => {
          if (!props.isDisabled) props.onSelect();
        }}
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden />
        <span className={styles.name}>{props.name}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
