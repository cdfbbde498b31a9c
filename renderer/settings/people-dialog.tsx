import { Button, Group, Modal, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { checkPassphrase, SHORTEST_PASSPHRASE } from '../../shared/people/passphrase';
import type { AppError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import { type Person, ROLES, type Role } from '../../shared/schema/person';
import { useServices } from '../app/services';
import type { Bridge } from '../bridge/bridge';
import { ROLE_DUTIES, ROLE_NAMES } from '../people/role-names';
import styles from './settings.module.css';

/** What is asked about a profile. */
export type PeopleQuestion =
  | { readonly kind: 'create'; readonly isFirst: boolean }
  | { readonly kind: 'rename' | 'resetPassphrase'; readonly person: Person }
  | { readonly kind: 'changePassphrase' };

interface Answers {
  readonly name: string;
  readonly role: Role;
  readonly current: string;
  readonly passphrase: string;
  readonly repeated: string;
}

type FieldId = keyof Answers;

/** One question after another shares a form: each says which of its fields it asks, what they do, and how to do it. */
interface Form {
  readonly title: string;
  readonly note: string;
  readonly fields: readonly FieldId[];
  readonly button: string;
  readonly done: (answers: Answers) => string;
  readonly run: (bridge: Bridge, answers: Answers) => Promise<Result<unknown>>;
}

function formOf(question: PeopleQuestion): Form {
  switch (question.kind) {
    case 'create':
      return {
        title: question.isFirst ? 'The first profile' : 'A new profile',
        note: question.isFirst
          ? 'It is the admin’s: only admins make and change profiles. From now on, everyone signs in, and the app locks when nobody uses it. A forgotten passphrase cannot be read by anybody; another admin can set a new one, so make two admins.'
          : 'Let the person type the passphrase themselves. They can change it at any time.',
        fields: question.isFirst
          ? ['name', 'passphrase', 'repeated']
          : ['name', 'role', 'passphrase', 'repeated'],
        button: 'Create the profile',
        done: ({ name }) => (question.isFirst ? `You are signed in as ${name}.` : `${name} can sign in now.`),
        run: (bridge, { name, role, passphrase }) =>
          bridge.invoke('people.create', { name, role: question.isFirst ? 'admin' : role, passphrase }),
      };
    case 'rename':
      return {
        title: `Rename ${question.person.name}`,
        note: 'What is in the history keeps the name of its time.',
        fields: ['name'],
        button: 'Rename',
        done: ({ name }) => `Renamed to ${name}.`,
        run: (bridge, { name }) => bridge.invoke('people.rename', { personId: question.person.id, name }),
      };
    case 'resetPassphrase':
      return {
        title: `New passphrase for ${question.person.name}`,
        note: `${question.person.name} gets a new key with it, because the old one opens with the old passphrase alone. What they signed before stays theirs; others who know their old key see a new one.`,
        fields: ['passphrase', 'repeated'],
        button: 'Set passphrase and make a new key',
        done: () => `${question.person.name} signs in with the new passphrase from now on.`,
        run: (bridge, { passphrase }) =>
          bridge.invoke('people.resetPassphrase', { personId: question.person.id, passphrase }),
      };
    case 'changePassphrase':
      return {
        title: 'Change my passphrase',
        note: 'Your key stays the same, and with it what you signed.',
        fields: ['current', 'passphrase', 'repeated'],
        button: 'Change',
        done: () => 'Your passphrase was changed.',
        run: (bridge, { current, passphrase }) =>
          bridge.invoke('people.changePassphrase', { current, next: passphrase }),
      };
  }
}

/** Asks about profiles; what is wrong stands beside its field. */
export function PeopleDialog(props: {
  readonly question: PeopleQuestion | null;
  readonly onClose: () => void;
}) {
  const { question, onClose } = props;
  return (
    <Modal
      opened={question !== null}
      onClose={onClose}
      title={question === null ? '' : formOf(question).title}
      size={440}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {question !== null && <QuestionForm question={question} onClose={onClose} />}
    </Modal>
  );
}

function QuestionForm({
  question,
  onClose,
}: {
  readonly question: PeopleQuestion;
  readonly onClose: () => void;
}) {
  const { bridge, people, toasts } = useServices();
  const form = formOf(question);
  const [answers, setAnswers] = useState<Answers>({
    name: 'person' in question && question.kind === 'rename' ? question.person.name : '',
    role: 'labeller',
    current: '',
    passphrase: '',
    repeated: '',
  });
  const [problem, setProblem] = useState<{ readonly field: FieldId | null; readonly text: string } | null>(
    null,
  );
  const [isBusy, setIsBusy] = useState(false);
  const change = (part: Partial<Answers>) => {
    setAnswers({ ...answers, ...part });
    setProblem(null);
  };
  const errorOf = (field: FieldId) => (problem?.field === field ? problem.text : undefined);
  const nameOf = () =>
    'person' in question ? question.person.name : (people.state.get().session?.name ?? answers.name);

  const submit = async () => {
    const wrong = firstWrong(form, answers, question.kind === 'create' ? answers.name : nameOf());
    if (wrong !== null) return setProblem(wrong);
    setIsBusy(true);
    const done = await form.run(bridge, { ...answers, name: answers.name.trim() });
    setIsBusy(false);
    if (!done.ok) return setProblem({ field: fieldOf(done.error), text: done.error.message });
    toasts.show({ tone: 'success', message: form.done(answers) });
    onClose();
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void submit();
      }}
    >
      <p className={styles.note}>{form.note}</p>
      {form.fields.map((field, at) => {
        const autoFocus = at === 0 ? { 'data-autofocus': true } : {};
        if (field === 'name') {
          return (
            <TextInput
              key={field}
              {...autoFocus}
              label="Name"
              description="Stands beside every change"
              maxLength={200}
              value={answers.name}
              error={errorOf('name')}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          );
        }
        if (field === 'role') {
          return (
            <Select
              key={field}
              label="Role"
              allowDeselect={false}
              description={ROLE_DUTIES[answers.role]}
              data={ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))}
              value={answers.role}
              onChange={(role) => change({ role: (role ?? 'labeller') as Role })}
            />
          );
        }
        return (
          <PasswordInput
            key={field}
            {...autoFocus}
            size="xs"
            label={LABELS[field]}
            description={field === 'passphrase' ? STRENGTH : undefined}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            value={answers[field]}
            error={errorOf(field)}
            onChange={(event) => change({ [field]: event.currentTarget.value })}
          />
        );
      })}
      {problem !== null && problem.field === null && (
        <p className={styles.failure} role="alert">
          {problem.text}
        </p>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isBusy}>
          {form.button}
        </Button>
      </Group>
    </form>
  );
}

const STRENGTH = `At least ${SHORTEST_PASSPHRASE} characters; several words are easy to remember`;

const LABELS: Readonly<Record<'current' | 'passphrase' | 'repeated', string>> = {
  current: 'Present passphrase',
  passphrase: 'Passphrase',
  repeated: 'The same once more',
};

function firstWrong(form: Form, answers: Answers, name: string) {
  const asks = (field: FieldId) => form.fields.includes(field);
  if (asks('name') && answers.name.trim() === '') {
    return { field: 'name', text: 'Give the profile a name.' } as const;
  }
  if (asks('current') && answers.current === '') {
    return { field: 'current', text: 'Type the passphrase that you have now.' } as const;
  }
  if (!asks('passphrase')) return null;
  const strong = checkPassphrase(answers.passphrase, name);
  if (!strong.ok) return { field: 'passphrase', text: strong.error.message } as const;
  return answers.passphrase === answers.repeated
    ? null
    : ({ field: 'repeated', text: 'The two are not the same.' } as const);
}

/** Where main's refusal belongs. */
function fieldOf({ code }: AppError): FieldId | null {
  if (code === 'people.duplicate-name') return 'name';
  if (code === 'people.weak-passphrase') return 'passphrase';
  return code === 'people.wrong-passphrase' || code === 'people.locked-out' ? 'current' : null;
}
