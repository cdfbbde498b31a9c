import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useServices } from '../../app/services';
import { openProposal, refuseProposal } from '../review/decide-proposal';
import { judge } from '../review/judge';
import { whereOf } from '../review/review-words';
import { proposeSuggestion } from '../review/suggestion';
import { type RemarkTarget, targetOfRemark } from '../review/target-of-remark';
import { useWorkspace } from '../workspace-context';
import styles from './questions.module.css';

const WORDS = {
  reject: { label: 'What is to be mended', button: 'Give back', isNeeded: true },
  comment: { label: 'Say or ask something', button: 'Begin the thread', isNeeded: true },
  propose: { label: 'What you changed, and why', button: 'Propose', isNeeded: false },
  refuse: { label: 'Why not', button: 'Refuse', isNeeded: false },
} as const;

/** A few words that go with something that is done in a review. */
export function RemarkForm(props: { readonly kind: keyof typeof WORDS; readonly onClose: () => void }) {
  const services = useServices();
  const workspace = useWorkspace();
  // What was selected or pointed at when it was asked for: the pointer goes elsewhere to write.
  const [target] = useState(() => targetOfRemark(services.editor));
  const [text, setText] = useState('');
  const { label, button, isNeeded } = WORDS[props.kind];
  const note = text.trim();
  const send = async () => {
    if (isNeeded && note === '') return;
    props.onClose();
    if (props.kind === 'reject') await judge(services, workspace, 'rejected', note);
    else if (props.kind === 'propose') await proposeSuggestion(services, workspace, note);
    else if (props.kind === 'refuse') {
      const proposal = openProposal(workspace);
      if (proposal !== undefined) await refuseProposal(workspace, proposal, note);
    } else {
      await workspace.review.act(
        [{ kind: 'threadOpened', threadId: crypto.randomUUID(), ...target, text: note }],
        { code: 'review.openThread', label: 'Begin a thread' },
        null,
      );
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void send();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        label={label}
        description={describe(props.kind, target)}
        data-autofocus
        autosize
        minRows={3}
        maxRows={8}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.buttons}>
        <Button variant="default" onClick={props.onClose}>
          Cancel
        </Button>
        <Button type="submit" aria-disabled={isNeeded && note === ''}>
          {button}
        </Button>
      </div>
    </form>
  );
}

function describe(kind: keyof typeof WORDS, target: RemarkTarget): string {
  if (kind === 'reject') {
    return 'No defect is marked yet: mark one, or say here what is wrong. Enter sends it.';
  }
  if (kind !== 'comment') return 'May stay empty. Enter sends it, Shift+Enter begins a new line.';
  return `About ${whereOf(target)}. Enter sends it, Shift+Enter begins a new line.`;
}
