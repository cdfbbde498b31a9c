import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ThemeChoice } from '../app/frame-state';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { About } from './about';
import { Backups } from './backups';
import { CONTRAST_KEY, type Contrast, NAME_KEY } from './keep-settings';
import { Keyboard } from './keyboard/keyboard';
import { Locations } from './locations';
import { PeopleSettings } from './people';
import styles from './settings.module.css';
import { usePreference } from './use-preference';

/** Preferences, backups, where data lives, and what the app is. Everything takes effect at once. */
export default function SettingsScreen() {
  return (
    <div className={styles.page}>
      <h1>Settings</h1>
      <Section title="Appearance">
        <Appearance />
      </Section>
      <Section title="You">
        <NameInHistory />
      </Section>
      <Section title="People">
        <PeopleSettings />
      </Section>
      <Section title="Keyboard">
        <Keyboard />
      </Section>
      <Section title="Backups">
        <Backups />
      </Section>
      <Section title="Data">
        <Locations />
      </Section>
      <Section title="About">
        <About />
      </Section>
    </div>
  );
}

function Section(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={props.title}>
      <h2>{props.title}</h2>
      <div className={styles.body}>{props.children}</div>
    </section>
  );
}

function Appearance() {
  const { frame } = useServices();
  const theme = useObservable(frame.theme);
  const [contrast, setContrast] = usePreference<Contrast>(CONTRAST_KEY, 'system');
  return (
    <>
      <div className={styles.row}>
        <span id="theme">Theme</span>
        <SegmentedControl
          aria-labelledby="theme"
          value={theme}
          onChange={(choice) => frame.setTheme(choice as ThemeChoice)}
          data={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
            { value: 'system', label: 'As the system' },
          ]}
        />
      </div>
      <div className={styles.row}>
        <span id="contrast">High contrast</span>
        <Switch
          aria-labelledby="contrast"
          checked={contrast === 'more'}
          onChange={(event) => setContrast(event.currentTarget.checked ? 'more' : 'system')}
          label={contrast === 'more' ? 'On' : 'Follows the system'}
        />
      </div>
    </>
  );
}

/** Of a profile where there are profiles, else as everybody likes. */
function NameInHistory() {
  const { people } = useServices();
  const { session } = useObservable(people.state);
  if (session === null) return <Name />;
  return (
    <>
      <div className={styles.row}>
        <span id="profile-name">Name in the history</span>
        <span className="selectable">{session.name}</span>
      </div>
      <p className={styles.note}>The name of your profile; an admin can change it.</p>
    </>
  );
}

function Name() {
  const { persistence } = useServices();
  const [name, setName] = usePreference<string>(NAME_KEY, '');
  return (
    <>
      <div className={styles.row}>
        <label htmlFor="name">Name in the history</label>
        <TextInput
          id="name"
          className={styles.wide}
          maxLength={200}
          placeholder={persistence.actor()}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <p className={styles.note}>
        Stands beside every edit and version from now on. Empty: your name on this computer.
      </p>
    </>
  );
}
