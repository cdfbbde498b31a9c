import { Button, Select } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { chosen, type FormatOption, type OptionValues } from '../../shared/formats/format-options';
import type { FormatSummary } from '../../shared/ipc/channels/dataset-formats';
import { useServices } from '../app/services';
import { OptionFields } from '../components/option-fields';
import styles from './imports.module.css';
import type { FormatChosen } from './label-imports';
import type { DetectedFormat } from './label-proposal';

/** As what label files are read: the guesses with their reasons, every other format, and how it is read. */
export function FormatChoice(props: {
  readonly detected: readonly DetectedFormat[];
  readonly initial: { readonly formatId: string; readonly options: OptionValues } | null;
  /** The words on the button: `Read the labels`, or `Read again`. */
  readonly action: string;
  /** False: the button shows only once something else is chosen than what was read. */
  readonly isFirst: boolean;
  readonly isReading: boolean;
  readonly onRead: (choice: FormatChosen) => void;
}) {
  const { bridge } = useServices();
  const [formats, setFormats] = useState<readonly FormatSummary[]>([]);
  const [formatId, setFormatId] = useState(props.initial?.formatId ?? props.detected[0]?.formatId ?? null);
  const [options, setOptions] = useState<OptionValues>(props.initial?.options ?? {});
  useEffect(() => {
    let isCurrent = true;
    void bridge.invoke('formats.list', {}).then((answer) => {
      if (isCurrent && answer.ok) setFormats(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge]);

  const guess = props.detected.find((one) => one.formatId === formatId);
  const format = formats.find((one) => one.id === formatId);
  const readOptions = (guess?.readOptions ?? format?.readOptions ?? []) as readonly FormatOption[];
  const title = guess?.title ?? format?.title ?? '';
  const data = useMemo(() => choicesOf(props.detected, formats), [props.detected, formats]);
  const isAsRead =
    formatId === props.initial?.formatId &&
    readOptions.every((option) => chosen(option, options) === chosen(option, props.initial?.options ?? {}));

  return (
    <section className={styles.format} aria-label="Format of the labels">
      <div className={styles.formatRow}>
        <Select
          className={styles.formatSelect}
          label="Read as"
          placeholder="Choose a format"
          searchable
          allowDeselect={false}
          nothingFoundMessage="No format has this name"
          maxDropdownHeight={320}
          data={data}
          value={formatId}
          onChange={(id) => {
            if (id === null) return;
            setFormatId(id);
            setOptions({});
          }}
        />
        <p className={styles.reasons}>
          {guess === undefined ? (
            formatId === null ? (
              'Nothing in these files was recognised.'
            ) : (
              'Chosen by you; nothing in the files speaks for it.'
            )
          ) : (
            <>
              <strong>{Math.round(guess.confidence * 100)} % sure:</strong> {guess.reasons.join('; ')}.
            </>
          )}
        </p>
        {(props.isFirst || !isAsRead) && (
          <Button
            className={styles.readButton}
            loading={props.isReading}
            disabled={formatId === null}
            onClick={() => {
              if (formatId !== null) props.onRead({ formatId, formatTitle: title, options });
            }}
          >
            {props.action}
          </Button>
        )}
      </div>
      <OptionFields
        options={readOptions}
        values={options}
        onChange={setOptions}
        isDisabled={props.isReading}
        describe={(option) => {
          const question = guess?.questions.find((one) => one.optionId === option.id);
          return question === undefined ? (
            option.description
          ) : (
            <span className={styles.question}>{question.question}</span>
          );
        }}
      />
    </section>
  );
}

/** Guesses first, with how sure they are; then everything that can be read. */
function choicesOf(detected: readonly DetectedFormat[], formats: readonly FormatSummary[]) {
  const guessed = new Set(detected.map((one) => one.formatId));
  const guesses = detected.map((one) => ({
    value: one.formatId,
    label: `${one.title} (${Math.round(one.confidence * 100)} %)`,
  }));
  const others = formats
    .filter((format) => !guessed.has(format.id))
    .map((format) => ({ value: format.id, label: format.title }));
  return [
    ...(guesses.length > 0 ? [{ group: 'Recognised', items: guesses }] : []),
    ...(others.length > 0 ? [{ group: 'All other formats', items: others }] : []),
  ];
}
