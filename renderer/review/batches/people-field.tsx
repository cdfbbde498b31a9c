import { MultiSelect, TagsInput } from '@mantine/core';
import type { Deed } from '../../../shared/people/permissions';
import { Actor } from '../../../shared/schema/ids';
import type { PersonRef } from '../../../shared/schema/person';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { useKnownPeople } from './use-known-people';

/** One or more people: those with a profile, or, where there are none, names as they are typed. */
export function PeopleField(props: {
  readonly label: string;
  /** What they must be allowed to do. */
  readonly deed: Deed;
  readonly value: readonly PersonRef[];
  readonly onValue: (people: readonly PersonRef[]) => void;
}) {
  const { label, deed, value, onValue } = props;
  const hasProfiles = useObservable(useServices().people.list).length > 0;
  const known = useKnownPeople(deed);
  if (hasProfiles) {
    return (
      <MultiSelect
        size="xs"
        label={label}
        placeholder={value.length === 0 ? 'Choose people' : ''}
        searchable
        data={known.flatMap(({ id, name }) => (id === null ? [] : [{ value: id as string, label: name }]))}
        value={value.flatMap(({ id }) => id ?? [])}
        onChange={(ids) => onValue(known.filter(({ id }) => id !== null && ids.includes(id)))}
      />
    );
  }
  return (
    <TagsInput
      size="xs"
      label={label}
      placeholder={value.length === 0 ? 'Type names, Enter after each' : ''}
      data={known.map(({ name }) => name)}
      value={value.map(({ name }) => name)}
      onChange={(names) =>
        onValue(
          names.flatMap((name) => {
            const actor = Actor.safeParse(name.trim());
            return actor.success ? [{ id: null, name: actor.data }] : [];
          }),
        )
      }
      acceptValueOnBlur
    />
  );
}
