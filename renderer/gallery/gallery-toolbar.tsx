import {
  ActionIcon,
  Button,
  Checkbox,
  Indicator,
  Popover,
  Select,
  Slider,
  Stack,
  Tooltip,
} from '@mantine/core';
import { ArrowDownNarrowWide, ArrowUpNarrowWide, ListFilter, X } from 'lucide-react';
import type { ANNOTATION_ORIGINS, ImageState } from '../../shared/schema/annotation';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { ShapeType } from '../../shared/schema/shapes';
import { SHAPES } from '../../shared/shapes';
import { count } from '../components/quantity';
import { IMAGE_STATE_WORDS } from '../workspace/image-state-glyph';
import { labelFinder } from './cell-words';
import type { GalleryState } from './create-gallery';
import styles from './gallery.module.css';
import { CROP_SIDES, FIRST_VIEW, type GalleryView, isFiltered } from './gallery-view';

const ORDER_WORDS: Readonly<Record<GalleryView['order'], string>> = {
  image: 'Image order',
  size: 'Size',
  aspect: 'Width to height',
  score: 'Score of the model',
  position: 'Place in the image',
  time: 'Last changed',
  disagreement: 'Disagreement',
  look: 'Look',
};

const ORIGIN_WORDS: Readonly<Record<(typeof ANNOTATION_ORIGINS)[number], string>> = {
  person: 'Drawn by a person',
  import: 'Imported',
  model: 'From a model',
  sample: 'Sample',
};

/** What is shown, in which order, how large. */
export function GalleryToolbar(props: {
  readonly state: GalleryState;
  readonly schema: LabelSchema;
  readonly onChange: (part: Partial<GalleryView>) => void;
}) {
  const { state, schema, onChange } = props;
  const { view, facets, rows } = state;
  const isGrouped = view.order === 'look';
  const DirectionIcon = view.isDescending ? ArrowDownNarrowWide : ArrowUpNarrowWide;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="What is shown">
      <h1>Gallery</h1>
      <Select
        aria-label="Label"
        placeholder="All labels"
        clearable
        searchable
        w={220}
        data={labelChoices(state, schema)}
        value={view.labelId}
        onChange={(value) => onChange({ labelId: value as LabelId | null })}
      />
      <Filters state={state} onChange={onChange} />
      <Select
        aria-label="Order"
        w={190}
        allowDeselect={false}
        data={Object.entries(ORDER_WORDS).map(([value, label]) => ({
          value,
          label,
          disabled:
            (value === 'score' && facets?.hasScores === false) ||
            (value === 'disagreement' && facets?.hasDisagreement !== true),
        }))}
        value={view.order}
        onChange={(value) => value !== null && onChange({ order: value as GalleryView['order'] })}
      />
      {isGrouped ? (
        <Checkbox
          label="Odd ones first"
          title="In each group: objects of another label than most, then those that look least like the others"
          checked={view.isOddFirst}
          onChange={(event) => onChange({ isOddFirst: event.currentTarget.checked })}
        />
      ) : (
        <Tooltip label={view.isDescending ? 'Greatest first' : 'Least first'}>
          <ActionIcon
            aria-label={view.isDescending ? 'Greatest first, turn round' : 'Least first, turn round'}
            onClick={() => onChange({ isDescending: !view.isDescending })}
          >
            <DirectionIcon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <span id="crop-count" className={styles.count} role="status">
        {rows === null ? 'Counting…' : countWords(rows.length, facets?.size ?? rows.length)}
      </span>
      {isFiltered(view) && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          fw={400}
          leftSection={<X size={12} />}
          onClick={() => onChange({ ...FIRST_VIEW, ...keptWhenCleared(view) })}
        >
          Clear filter
        </Button>
      )}
      <span className={styles.gap} />
      <Slider
        className={styles.size}
        thumbLabel="Size of the crops"
        label={null}
        size="sm"
        min={0}
        max={CROP_SIDES.length - 1}
        step={1}
        value={Math.max(0, CROP_SIDES.indexOf(view.cropSide))}
        onChange={(at) => onChange({ cropSide: CROP_SIDES[at] ?? FIRST_VIEW.cropSide })}
      />
    </div>
  );
}

function countWords(shown: number, total: number): string {
  return shown === total ? `${count(total)} objects` : `${count(shown)} of ${count(total)} objects`;
}

function keptWhenCleared({ order, isDescending, isOddFirst, cropSide }: GalleryView) {
  return { order, isDescending, isOddFirst, cropSide };
}

/** Labels in schema order with how many objects have them; what was merged counts where it went. */
function labelChoices({ facets }: GalleryState, schema: LabelSchema) {
  const labelOf = labelFinder(schema);
  const counts = new Map<LabelId, number>();
  for (const { value, count: objects } of facets?.labels ?? []) {
    const id = labelOf(value)?.id ?? value;
    counts.set(id, (counts.get(id) ?? 0) + objects);
  }
  return schema.labels
    .filter(({ id, mergedIntoId }) => mergedIntoId === null || counts.has(id))
    .map(({ id, name }) => ({ value: id, label: `${name} (${count(counts.get(id) ?? 0)})` }));
}

function Filters({ state, onChange }: Pick<Parameters<typeof GalleryToolbar>[0], 'state' | 'onChange'>) {
  const { view, facets } = state;
  const set = [view.shapeType, view.imageState, view.person, view.origin].filter((part) => part !== null);
  const active = set.length + (view.hasFinding ? 1 : 0);
  const choices = <Value extends string>(
    found: readonly { readonly value: Value; readonly count: number }[] | undefined,
    words: (value: Value) => string,
  ) =>
    (found ?? []).map(({ value, count: objects }) => ({
      value,
      label: `${words(value)} (${count(objects)})`,
    }));
  const common = { placeholder: 'Any', clearable: true, comboboxProps: { withinPortal: false } };
  return (
    <Popover position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label="Filter by shape, image, person and origin">
          <Indicator disabled={active === 0} label={active} size={14} offset={4}>
            <ActionIcon
              aria-label={`Filter by shape, image, person and origin${active === 0 ? '' : `: ${active} set`}`}
            >
              <ListFilter size={16} aria-hidden />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="md" w={264}>
        <Stack gap="sm">
          <Select
            {...common}
            label="Shape"
            data={choices(facets?.shapeTypes, (type) => SHAPES[type].title)}
            value={view.shapeType}
            onChange={(value) => onChange({ shapeType: value as ShapeType | null })}
          />
          <Select
            {...common}
            label="State of the image"
            data={choices(facets?.imageStates, (state) => IMAGE_STATE_WORDS[state])}
            value={view.imageState}
            onChange={(value) => onChange({ imageState: value as ImageState | null })}
          />
          <Select
            {...common}
            label="Made by"
            searchable
            data={choices(facets?.people, (name) => name)}
            value={view.person}
            onChange={(person) => onChange({ person })}
          />
          <Select
            {...common}
            label="Origin"
            data={choices(facets?.origins, (origin) => ORIGIN_WORDS[origin])}
            value={view.origin}
            onChange={(value) => onChange({ origin: value as GalleryView['origin'] })}
          />
          <Checkbox
            label="Has findings"
            checked={view.hasFinding}
            onChange={(event) => onChange({ hasFinding: event.currentTarget.checked })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
