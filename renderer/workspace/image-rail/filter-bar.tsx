import {
  ActionIcon,
  Button,
  Checkbox,
  Indicator,
  Popover,
  Select,
  Stack,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { ChevronsRight, ListFilter, Search, X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { IMAGE_STATES, type ImageState } from '../../../shared/schema/annotation';
import type { LabelId } from '../../../shared/schema/ids';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { focusCanvas } from '../../commands/focus-canvas';
import type { ImageFilter } from '../../persistence/ports';
import { useSeenCounts } from '../../quality/answers/use-seen-counts';
import { IMAGE_STATE_WORDS } from '../image-state-glyph';
import { useWorkspace } from '../workspace-context';
import { GivenBack } from './given-back';
import styles from './image-rail.module.css';
import { ReviewSelect } from './review-select';

const whole = new Intl.NumberFormat('en');

/** A name is looked for once typing pauses. */
const TYPING_PAUSE_IN_MS = 150;

/** Leaves out what is not asked for, so that an empty filter is `{}`. */
function withPart(
  filter: ImageFilter,
  part: { readonly [K in keyof ImageFilter]?: ImageFilter[K] | undefined },
): ImageFilter {
  const entries = Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as ImageFilter;
}

/** Name, state, label and problems; counts of what is shown; the way to the next unlabelled image. */
export function FilterBar({ searchRef }: { readonly searchRef: RefObject<HTMLInputElement | null> }) {
  const { commands } = useServices();
  const workspace = useWorkspace();
  const { filter, list } = useObservable(workspace.rail);
  const project = useObservable(workspace.project);
  const counts = useSeenCounts(project);
  const [name, setName] = useState(filter.nameContains ?? '');

  useEffect(() => {
    const timer = setTimeout(() => {
      const wanted = name.trim() === '' ? undefined : name.trim();
      const current = workspace.rail.get().filter;
      if (current.nameContains !== wanted) workspace.setFilter(withPart(current, { nameContains: wanted }));
    }, TYPING_PAUSE_IN_MS);
    return () => clearTimeout(timer);
  }, [name, workspace]);

  const set = (part: Parameters<typeof withPart>[1]) => workspace.setFilter(withPart(filter, part));
  const isReviewing = workspace.kind === 'review';
  const { isReviewed } = useObservable(workspace.review.policy);
  // A queue of reviewers is where one works, not a filter that one sets.
  const parts = Object.keys(filter).filter((key) => !(isReviewing && key === 'review'));
  const active = parts.filter((key) => key !== 'nameContains').length;
  const isFiltered = parts.length > 0;
  const unlabelled = counts === null ? 'Unlabelled' : `${whole.format(counts.unlabelled)} unlabelled`;
  const clear = () => {
    setName('');
    workspace.setFilter(isReviewing && filter.review !== undefined ? { review: filter.review } : {});
  };

  return (
    <search className={styles.filter} aria-label="Filter images" data-region="filter">
      <div className={styles.filterRow}>
        <TextInput
          ref={searchRef}
          className={styles.grow}
          aria-label="Find by name"
          placeholder="Find by name"
          title={commands.tooltip('image.filter')}
          leftSection={<Search size={14} aria-hidden />}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') focusCanvas();
            else if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault();
              event.currentTarget.closest('aside')?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
            }
          }}
        />
        <Popover position="bottom-start" trapFocus withinPortal>
          <Popover.Target>
            <Tooltip label="Filter by state, label and problems">
              <Indicator disabled={active === 0} label={active} size={14} offset={4}>
                <ActionIcon
                  aria-label={`Filter by state, label and problems${active === 0 ? '' : `: ${active} set`}`}
                >
                  <ListFilter size={16} aria-hidden />
                </ActionIcon>
              </Indicator>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown p="md" w={264}>
            <Stack gap="sm">
              <Select
                label="State"
                placeholder="Any"
                clearable
                comboboxProps={{ withinPortal: false }}
                data={IMAGE_STATES.map((state) => ({
                  value: state,
                  label:
                    counts === null
                      ? IMAGE_STATE_WORDS[state]
                      : `${IMAGE_STATE_WORDS[state]} (${whole.format(counts[state])})`,
                }))}
                value={filter.states?.[0] ?? null}
                onChange={(value) => set({ states: value === null ? undefined : [value as ImageState] })}
              />
              <Select
                label="Label"
                placeholder="Any"
                clearable
                searchable
                comboboxProps={{ withinPortal: false }}
                data={project.schema.labels.map((label) => ({ value: label.id, label: label.name }))}
                value={filter.labelId ?? null}
                onChange={(value) => set({ labelId: value === null ? undefined : (value as LabelId) })}
              />
              {isReviewed && !isReviewing && (
                <ReviewSelect filter={filter.review} onFilter={(review) => set({ review })} />
              )}
              <Checkbox
                label="Has findings"
                checked={filter.hasFinding === true}
                onChange={(event) => set({ hasFinding: event.currentTarget.checked || undefined })}
              />
              <Checkbox
                label="File is missing"
                checked={filter.isMissing === true}
                onChange={(event) => set({ isMissing: event.currentTarget.checked || undefined })}
              />
              <Checkbox
                label="Same bytes as another image"
                checked={filter.isDuplicate === true}
                onChange={(event) => set({ isDuplicate: event.currentTarget.checked || undefined })}
              />
            </Stack>
          </Popover.Dropdown>
        </Popover>
      </div>
      <div className={styles.filterRow}>
        <span className={styles.counts} role="status">
          {list === null
            ? 'Counting…'
            : isFiltered
              ? `${whole.format(list.total)} of ${whole.format(project.counts.images)}`
              : isReviewing
                ? `${whole.format(list.total)} in this queue`
                : `${whole.format(list.total)} images`}
        </span>
        {isFiltered ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<X size={12} />}
            fw={400}
            onClick={clear}
          >
            Clear filter
          </Button>
        ) : isReviewing ? null : (
          <Tooltip label={commands.tooltip('image.nextUnlabelled')}>
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              rightSection={<ChevronsRight size={14} />}
              fw={400}
              aria-label={`${unlabelled}, go to the next`}
              onClick={() => void commands.run('image.nextUnlabelled')}
            >
              {unlabelled}
            </Button>
          </Tooltip>
        )}
      </div>
      {isReviewed && !isReviewing && (
        <GivenBack filter={filter.review} onFilter={(review) => set({ review })} />
      )}
    </search>
  );
}
