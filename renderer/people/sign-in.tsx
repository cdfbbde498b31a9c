import { Button, PasswordInput, Radio, TextInput } from '@mantine/core';
import { CircleAlert, LockKeyhole } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PersonId } from '../../shared/schema/ids';
import type { Person } from '../../shared/schema/person';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { Avatar } from './avatar';
import styles from './people.module.css';
import { ROLE_NAMES } from './role-names';
import { useSecondsUntil } from './use-seconds-until';

const LAST_KEY = 'people.last';
/** More than this and one would look for a name longer than type it. */
const MOST_WITHOUT_FILTER = 10;

/** Who is working, and their passphrase. Enter signs in; arrow keys choose. */
export default function SignIn() {
  const { people, persistence } = useServices();
  const { preferences } = persistence;
  const { kind, session, problem } = useObservable(people.state);
  const everyone = useObservable(people.list);
  const active = everyone.filter(({ isRetired }) => !isRetired);
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [filter, setFilter] = useState('');
  const [failure, setFailure] = useState<{ readonly message: string; readonly until: string | null } | null>(
    null,
  );
  const [isBusy, setIsBusy] = useState(false);
  const passphraseField = useRef<HTMLInputElement>(null);
  const seconds = useSecondsUntil(failure?.until ?? null);

  const isActive = (id: string | null | undefined) => active.some((person) => person.id === id);
  const first = [chosen, session?.personId, preferences.get<string>(LAST_KEY, '')].find(isActive);
  const person = active.find(({ id }) => id === first) ?? (active.length === 1 ? active[0] : undefined);
  const isUnlocking = kind === 'locked' && person !== undefined && person.id === session?.personId;
  const isWaiting = seconds > 0;

  const submit = async () => {
    if (person === undefined) return setFailure({ message: 'Choose who you are.', until: null });
    if (passphrase === '') return setFailure({ message: 'Type your passphrase.', until: null });
    setIsBusy(true);
    const signedIn = await people.signIn(person.id, passphrase);
    setPassphrase('');
    setIsBusy(false);
    if (signedIn.ok) return preferences.set(LAST_KEY, person.id);
    const { until } = signedIn.error.details;
    setFailure({ message: signedIn.error.message, until: typeof until === 'string' ? until : null });
  };

  return (
    <form
      className={styles.signIn}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && !isWaiting) void submit();
      }}
    >
      <h1 className={styles.title}>
        {kind === 'locked' && <LockKeyhole size={16} aria-hidden />}
        {kind === 'locked' ? `Locked by ${session?.name ?? 'somebody'}` : 'Who is working?'}
      </h1>
      {kind === 'locked' && (
        <p className={styles.note}>Everything is saved, and what was open is behind this.</p>
      )}
      {problem !== null && (
        <p className={styles.problem} role="alert">
          <CircleAlert size={16} aria-hidden />
          <span className="selectable">{problem.message}</span>
        </p>
      )}
      {active.length > MOST_WITHOUT_FILTER && (
        <TextInput
          aria-label="Find a name"
          placeholder="Find a name"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      )}
      {active.length === 0 ? (
        <p className={styles.note}>There is no profile to sign in with.</p>
      ) : (
        <Radio.Group
          aria-label="Profile"
          value={person?.id ?? null}
          onChange={(id) => {
            setChosen(id as PersonId);
            setPassphrase('');
            setFailure(null);
          }}
          onClick={({ detail }) => {
            // Chosen by pointer, one types next; arrow keys go on choosing. Later, because the label takes the focus now.
            if (detail > 0) setTimeout(() => passphraseField.current?.focus());
          }}
        >
          <div className={styles.choices}>
            {active
              .filter((candidate) => matches(candidate, filter))
              .map((candidate, at) => (
                <Choice
                  key={candidate.id}
                  person={candidate}
                  isBelieved={problem?.kind !== 'safeMode'}
                  isFirst={person === undefined && at === 0}
                />
              ))}
          </div>
        </Radio.Group>
      )}
      {active.length > 0 && (
        <>
          <PasswordInput
            ref={passphraseField}
            size="xs"
            label="Passphrase"
            autoFocus={person !== undefined}
            autoComplete="off"
            value={passphrase}
            visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <p className={styles.failure} role="alert">
            {failure === null
              ? ''
              : isWaiting
                ? waitingWords(seconds)
                : failure.until === null
                  ? failure.message
                  : 'You can try again now.'}
          </p>
          <Button type="submit" loading={isBusy} disabled={isWaiting}>
            {isUnlocking ? 'Unlock' : 'Sign in'}
          </Button>
          <p className={styles.note}>
            Forgotten? An admin sets a new one in the settings; nobody can read the old one.
          </p>
        </>
      )}
    </form>
  );
}

function Choice(props: {
  readonly person: Person;
  readonly isBelieved: boolean;
  /** Has the focus when nobody is chosen yet. */
  readonly isFirst: boolean;
}) {
  const { person, isBelieved } = props;
  return (
    <div className={styles.choice}>
      <Avatar name={person.name} />
      <Radio
        className={styles.grows}
        size="xs"
        labelPosition="left"
        autoFocus={props.isFirst}
        value={person.id}
        label={person.name}
        description={isBelieved ? ROLE_NAMES[person.role] : ROLE_NAMES.labeller}
      />
    </div>
  );
}

function matches(person: Person, filter: string): boolean {
  return person.name.toLowerCase().includes(filter.trim().toLowerCase());
}

function waitingWords(seconds: number): string {
  const left = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `There were several wrong passphrases. Try again in ${left}.`;
}
