import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { MAX_NOTE_LENGTH, setNote } from '../../../shared/actions/set-note';
import type { Annotation } from '../../../shared/schema/annotation';
import { useServices } from '../../app/services';
import { runAction, selectedAnnotations } from '../../commands/run-action';
import { plural } from '../../components/quantity';
import { sharedValue } from '../inspector/shared-value';
import styles from './questions.module.css';

/** The note of the selected objects. Notes that differ are kept until something is written over them. */
export function NoteForm({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  // The selection when the note was asked for; a click elsewhere closes the form.
  const [selected] = useState(() => selectedAnnotations(services));
  const [head, ...tail] = selected;
  const shared =
    head === undefined ? null : sharedValue<Annotation, string>([head, ...tail], (one) => one.note ?? '');
  const stored = shared?.kind === 'same' ? shared.value : '';
  const [text, setText] = useState(stored);
  const save = () => {
    if (text !== stored) runAction(services, setNote, { ids: selected.map(({ id }) => id), note: text });
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    save();
  };
  const remove = () => {
    runAction(services, setNote, { ids: selected.map(({ id }) => id), note: '' });
    onClose();
  };
  const hasNote = selected.some(({ note }) => note !== undefined);
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        label={`Note on ${plural(selected.length, 'object')}`}
        description="Enter keeps it, Shift+Enter begins a new line."
        data-autofocus
        autosize
        minRows={3}
        maxRows={8}
        maxLength={MAX_NOTE_LENGTH}
        placeholder={shared?.kind === 'mixed' ? 'Different notes: what you write replaces them' : ''}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.buttons}>
        {hasNote && (
          <Button variant="subtle" color="gray" onClick={remove}>
            Remove
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit">Keep</Button>
      </div>
    </form>
  );
}
