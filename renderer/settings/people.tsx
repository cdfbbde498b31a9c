import { Button, Menu, Select, Skeleton, Table } from '@mantine/core';
import { CircleAlert, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { isPermitted } from '../../shared/people/permissions';
import { type Person, ROLES, type Role } from '../../shared/schema/person';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { relativeTime } from '../components/relative-time';
import { OwnKey } from '../people/own-key';
import { ROLE_DUTIES, ROLE_NAMES } from '../people/role-names';
import { PeopleDialog, type PeopleQuestion } from './people-dialog';
import styles from './settings.module.css';

/** Profiles of this computer: who may sign in and what they may do. */
export function PeopleSettings() {
  const { people } = useServices();
  const state = useObservable(people.state);
  const list = useObservable(people.list);
  const [question, setQuestion] = useState<PeopleQuestion | null>(null);
  const mayManage = state.session !== null && isPermitted(state.session.role, 'people.manage');

  return (
    <>
      {state.problem !== null && (
        <p className={`${styles.note} ${styles.warning} selectable`} role="alert">
          <CircleAlert size={13} aria-hidden /> {state.problem.message}
        </p>
      )}
      {state.kind === 'open' ? (
        <NoProfiles onCreate={() => setQuestion({ kind: 'create', isFirst: true })} />
      ) : (
        <>
          {list.length === 0 ? (
            <Skeleton height={96} />
          ) : (
            <PeopleTable list={list} mayManage={mayManage} onAsk={setQuestion} />
          )}
          <div className={styles.row}>
            <Button
              variant="default"
              disabled={!mayManage}
              onClick={() => setQuestion({ kind: 'create', isFirst: false })}
            >
              Add a profile…
            </Button>
            <Button variant="default" onClick={() => setQuestion({ kind: 'changePassphrase' })}>
              Change my passphrase…
            </Button>
            {!mayManage && <span className={styles.note}>Only admins add and change profiles.</span>}
          </div>
          <dl className={styles.facts}>
            {ROLES.map((role) => (
              <RoleFact key={role} role={role} />
            ))}
          </dl>
          <ProtectionNote />
        </>
      )}
      <h3>Your key for work packages</h3>
      <OwnKey />
      <PeopleDialog question={question} onClose={() => setQuestion(null)} />
    </>
  );
}

function NoProfiles({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <>
      <p className={styles.lead}>
        Everybody who opens the app on this computer is its owner and may do everything.
      </p>
      <p className={styles.note}>
        With profiles, everyone signs in with a passphrase; labellers, reviewers and leads may do what their
        role allows, and each change carries who made it.
      </p>
      <ProtectionNote />
      <div className={styles.row}>
        <Button variant="default" onClick={onCreate}>
          Create the first profile…
        </Button>
      </div>
    </>
  );
}

function ProtectionNote() {
  return (
    <p className={styles.note}>
      Profiles keep colleagues who share this app apart, and show who did what. They do not keep out somebody
      who can open your files: whoever uses the same account of this computer can read and change them. For
      that, use an account a person and an encrypted disk.
    </p>
  );
}

function RoleFact({ role }: { readonly role: Role }) {
  return (
    <>
      <dt>{ROLE_NAMES[role]}</dt>
      <dd className="dim">{ROLE_DUTIES[role]}</dd>
    </>
  );
}

function PeopleTable(props: {
  readonly list: readonly Person[];
  readonly mayManage: boolean;
  readonly onAsk: (question: PeopleQuestion) => void;
}) {
  const { bridge, toasts } = useServices();
  const report = (reply: { readonly ok: boolean; readonly error?: { readonly message: string } }) => {
    if (!reply.ok) toasts.show({ tone: 'error', message: reply.error?.message ?? '' });
  };
  const setRole = async (person: Person, role: Role) =>
    report(await bridge.invoke('people.setRole', { personId: person.id, role }));
  const setRetired = async (person: Person, isRetired: boolean) => {
    const changed = await bridge.invoke('people.retire', { personId: person.id, isRetired });
    if (!changed.ok) return report(changed);
    toasts.show({
      message: isRetired ? `${person.name} cannot sign in any more.` : `${person.name} can sign in again.`,
      action: { label: 'Undo', run: () => setRetired(person, !isRetired) },
    });
  };

  return (
    <Table.ScrollContainer minWidth={480} mah={320} type="native">
      <Table stickyHeader aria-label="Profiles">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Role</Table.Th>
            <Table.Th>Made</Table.Th>
            <Table.Th>
              <span className={styles.hidden}>Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.list.map((person) => (
            <Table.Tr key={person.id}>
              <Table.Td className={person.isRetired ? 'dim' : undefined}>
                {person.name}
                {person.isRetired && ' (retired)'}
              </Table.Td>
              <Table.Td>
                {props.mayManage && !person.isRetired ? (
                  <Select
                    className={styles.role}
                    aria-label={`Role of ${person.name}`}
                    allowDeselect={false}
                    data={ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))}
                    value={person.role}
                    onChange={(role) => {
                      if (role !== null) void setRole(person, role as Role);
                    }}
                  />
                ) : (
                  ROLE_NAMES[person.role]
                )}
              </Table.Td>
              <Table.Td title={person.createdAt}>{relativeTime(person.createdAt)}</Table.Td>
              <Table.Td className="numeric">
                {props.mayManage && (
                  <Menu position="bottom-end" width={200}>
                    <Menu.Target>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        color="gray"
                        aria-label={`Change ${person.name}`}
                      >
                        <Ellipsis size={14} aria-hidden />
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item onClick={() => props.onAsk({ kind: 'rename', person })}>Rename…</Menu.Item>
                      <Menu.Item onClick={() => props.onAsk({ kind: 'resetPassphrase', person })}>
                        Reset passphrase…
                      </Menu.Item>
                      <Menu.Item onClick={() => void setRetired(person, !person.isRetired)}>
                        {person.isRetired ? 'Take back' : 'Retire'}
                      </Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
