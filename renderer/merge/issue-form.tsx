import { Autocomplete, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ImageState } from '../../shared/schema/annotation';
import { type Person, PublicKey } from '../../shared/schema/person';
import type { Project } from '../../shared/schema/project';
import { useServices } from '../app/services';
import { issuePackage } from '../app/work-packages';
import { plural } from '../components/quantity';
import { SectionHeader } from '../components/section-header';
import type { ImageFilter } from '../persistence/ports';
import styles from './merge.module.css';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly filter: ImageFilter;
}

const OPEN: readonly ImageState[] = ['unlabelled', 'inProgress'];
const EVERYTHING: readonly Choice[] = [
  { value: 'open', label: 'Images that are not labelled yet', filter: { states: OPEN } },
  { value: 'all', label: 'All images', filter: {} },
];

/** Which images go to whom. */
export function IssueForm({ project }: { readonly project: Project }) {
  const services = useServices();
  const people = usePeople();
  const choices = useChoices(project, people);
  const [choice, setChoice] = useState('open');
  const [name, setName] = useState(project.name);
  const [person, setPerson] = useState('');
  const [key, setKey] = useState('');
  const [withPictures, setWithPictures] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const filter = choices.find(({ value }) => value === choice)?.filter ?? {};
  const images = useImageCount(project, filter, choice);
  const known = people.find((one) => one.name === person.trim());
  const toKey = key.trim() === '' ? (known?.publicKey ?? null) : key.trim();
  const isKey = toKey === null || PublicKey.safeParse(toKey).success;
  const canIssue =
    person.trim() !== '' && name.trim() !== '' && isKey && images !== null && images > 0 && !isBusy;

  async function issue() {
    setBusy(true);
    const list = await services.persistence.images.list(project.id, filter);
    const records = list.ok ? await list.value.window(0, list.value.total) : [];
    await issuePackage(services, project, {
      imageIds: records.map(({ id }) => id),
      name: name.trim(),
      to: { id: known?.id ?? null, name: person.trim() },
      toKey,
      withPictures,
    });
    setBusy(false);
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (canIssue) void issue();
      }}
    >
      <SectionHeader title="Hand out" />
      <Select
        size="xs"
        label="Images"
        data={choices.map(({ value, label }) => ({ value, label }))}
        value={choice}
        onChange={(next) => setChoice(next ?? 'open')}
        description={images === null ? 'Counting…' : plural(images, 'image')}
        allowDeselect={false}
      />
      <TextInput
        size="xs"
        label="Name of the package"
        value={name}
        maxLength={180}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Autocomplete
        size="xs"
        label="For"
        placeholder="Who works on it"
        data={people.map((one) => one.name)}
        value={person}
        maxLength={200}
        onChange={setPerson}
      />
      <TextInput
        size="xs"
        label="Their key"
        placeholder={known?.publicKey ?? 'Not known'}
        description="With it, only what they signed themselves is taken back. Without it, any signature is."
        error={isKey ? null : 'This is no key: 44 characters that end with “=”.'}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label="Include the pictures"
        checked={withPictures}
        onChange={(event) => setWithPictures(event.currentTarget.checked)}
      />
      <Button size="xs" type="submit" disabled={!canIssue} loading={isBusy}>
        Hand out…
      </Button>
    </form>
  );
}

function usePeople(): readonly Person[] {
  const { bridge } = useServices();
  const [people, setPeople] = useState<readonly Person[]>([]);
  useEffect(() => {
    void bridge.invoke('people.list', {}).then((listed) => {
      // Without the list a name can still be typed.
      if (listed.ok) setPeople(listed.value.filter(({ isRetired }) => !isRetired));
    });
  }, [bridge]);
  return people;
}

function useChoices(project: Project, people: readonly Person[]): readonly Choice[] {
  const { persistence } = useServices();
  const [batches, setBatches] = useState<readonly Choice[]>([]);
  useEffect(() => {
    void persistence.records.list(project.id, 'batch').then((listed) => {
      if (!listed.ok) return;
      setBatches(
        listed.value.map(({ value }) => ({
          value: value.id,
          label: `Batch ${value.name}`,
          filter: { review: { batchId: value.id } },
        })),
      );
    });
  }, [persistence, project.id]);
  const assigned = people.map((person) => ({
    value: person.id,
    label: `Assigned to ${person.name}`,
    filter: { review: { labeller: person.id } },
  }));
  return [...EVERYTHING, ...batches, ...assigned];
}

function useImageCount(project: Project, filter: ImageFilter, key: string): number | null {
  const { persistence } = useServices();
  const [images, setImages] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the filter; `project` changes with its images
  useEffect(() => {
    let isCurrent = true;
    setImages(null);
    void persistence.images.list(project.id, filter).then((list) => {
      if (isCurrent) setImages(list.ok ? list.value.total : 0);
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, project, key]);
  return images;
}
