import { Button, Textarea, UnstyledButton } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { Comment, Thread } from '../../../shared/review/fold-review';
import { useServices } from '../../app/services';
import { CommandTextButton } from '../../components/command-text-button';
import { plural } from '../../components/quantity';
import { relativeTime } from '../../components/relative-time';
import { SectionHeader } from '../../components/section-header';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import { showRemark } from './go-to-remark';
import styles from './review.module.css';
import { reply } from './threads';
import { useWhere } from './use-where';

/** What was asked and answered; the chosen thread is open, and can be answered and resolved. */
export function ThreadsPart({ threads }: { readonly threads: readonly Thread[] }) {
  const open = threads.filter(({ resolved }) => resolved === null).length;
  return (
    <section className={styles.part} aria-label="Threads">
      <SectionHeader title="Threads" {...(threads.length > 0 ? { detail: `${open} open` } : {})}>
        <CommandTextButton commandId="review.comment" words="Begin" />
      </SectionHeader>
      {threads.length === 0 && <p className={styles.empty}>Nothing is asked about this image.</p>}
      <ol className={styles.list}>
        {threads.map((thread, index) => (
          <ThreadRow key={thread.id} thread={thread} number={index + 1} />
        ))}
      </ol>
    </section>
  );
}

function ThreadRow({ thread, number }: { readonly thread: Thread; readonly number: number }) {
  const services = useServices();
  const chosen = useEditorValue((one) => one.session.chosenPin);
  const isChosen = chosen === thread.id;
  const where = useWhere(thread);
  const [first, ...others] = thread.comments;
  const isResolved = thread.resolved !== null;
  return (
    <li className={styles.row} data-chosen={isChosen || undefined}>
      <UnstyledButton
        className={styles.rowButton}
        aria-expanded={isChosen}
        onClick={() => (isChosen ? services.editor.choosePin(null) : showRemark(services, thread))}
      >
        <span className={styles.number}>{number}</span>
        <span className={styles.rowText} title={first?.text}>
          {first?.text}
        </span>
        <span className={styles.detail}>
          {isResolved ? 'resolved' : others.length > 0 ? plural(others.length, 'reply', 'replies') : where}
        </span>
      </UnstyledButton>
      {isChosen && <OpenThread thread={thread} />}
    </li>
  );
}

function OpenThread({ thread }: { readonly thread: Thread }) {
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const said = text.trim();
  const send = async () => {
    if (said !== '' && (await reply(workspace, thread, said))) setText('');
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
    <form onSubmit={submit}>
      {thread.comments.map((comment) => (
        <Said key={`${comment.at} ${comment.by.name} ${comment.text}`} comment={comment} />
      ))}
      {thread.resolved !== null && (
        <p className={styles.detail}>
          Resolved by {thread.resolved.by.name}, {relativeTime(thread.resolved.at)}
        </p>
      )}
      <Textarea
        size="xs"
        mt={6}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={10_000}
        aria-label="Reply"
        placeholder="Reply; Enter sends it"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.rowLine}>
        <Button size="compact-xs" type="submit" variant="default" aria-disabled={said === ''}>
          Reply
        </Button>
        <CommandTextButton
          commandId="review.resolveThread"
          words={thread.resolved === null ? 'Resolve' : 'Reopen'}
        />
      </div>
    </form>
  );
}

function Said({ comment }: { readonly comment: Comment }) {
  return (
    <div className={styles.comment}>
      <span className={styles.detail}>
        {comment.by.name}, {relativeTime(comment.at)}
      </span>
      <span className={`${styles.commentText} selectable`}>{comment.text}</span>
    </div>
  );
}
