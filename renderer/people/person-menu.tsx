import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { LockKeyhole, LogOut, Settings } from 'lucide-react';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';
import { Avatar } from './avatar';
import styles from './people.module.css';
import { ROLE_NAMES } from './role-names';

/** Who is signed in, at the foot of the activity bar; nothing where there are no profiles. */
export default function PersonMenu() {
  const { commands, navigation, people } = useServices();
  const { session } = useObservable(people.state);
  if (session === null) return null;
  const role = ROLE_NAMES[session.role];
  return (
    <Menu position="right-end" width={240}>
      <Menu.Target>
        <Tooltip label={`${session.name}, ${role.toLowerCase()}`} position="right">
          <UnstyledButton
            className={styles.person}
            aria-label={`Signed in as ${session.name}, ${role.toLowerCase()}`}
          >
            <Avatar name={session.name} />
          </UnstyledButton>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.name} · {role}
        </Menu.Label>
        <Menu.Item
          leftSection={<LockKeyhole size={14} />}
          rightSection={<span className="dim">{commands.keysForDisplay('person.lock')}</span>}
          onClick={() => void commands.run('person.lock')}
        >
          Lock
        </Menu.Item>
        <Menu.Item
          leftSection={<LogOut size={14} />}
          rightSection={<span className="dim">{commands.keysForDisplay('person.signOut')}</span>}
          onClick={() => void commands.run('person.signOut')}
        >
          Sign out or switch person
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Settings size={14} />} onClick={() => navigation.go({ screen: 'settings' })}>
          My settings
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
