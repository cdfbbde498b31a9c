import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { useObservable } from '../../app/observable';
import type { WorkspaceQuestion } from '../workspace';
import { useWorkspace } from '../workspace-context';
import { ConvertForm } from './convert-form';
import { DefectForm } from './defect-form';
import { NoteForm } from './note-form';
import { PropagateForm } from './propagate-form';
import styles from './questions.module.css';
import { RemarkForm } from './remark-form';
import { TagPicker } from './tag-picker';
import { useDefectDigits } from './use-defect-digits';

const FORMS: Readonly<Record<WorkspaceQuestion, (close: () => void) => ReactNode>> = {
  propagate: (close) => <PropagateForm onClose={close} />,
  note: (close) => <NoteForm onClose={close} />,
  tag: (close) => <TagPicker onClose={close} />,
  convert: (close) => <ConvertForm onClose={close} />,
  reject: (close) => <RemarkForm kind="reject" onClose={close} />,
  comment: (close) => <RemarkForm kind="comment" onClose={close} />,
  propose: (close) => <RemarkForm kind="propose" onClose={close} />,
  refuse: (close) => <RemarkForm kind="refuse" onClose={close} />,
  defect: (close) => <DefectForm onClose={close} />,
};

const NAMES: Readonly<Record<WorkspaceQuestion, string>> = {
  propagate: 'Propagate objects',
  note: 'Note',
  tag: 'Tag the image',
  convert: 'Convert objects',
  reject: 'Give the image back',
  comment: 'Begin a thread',
  propose: 'Propose the suggestion',
  refuse: 'Refuse the proposal',
  defect: 'Mark a defect',
};

/** Small things that a command asks, over the canvas's upper edge. Escape, or a click beside it, asks no more. */
export function Questions() {
  const { question } = useWorkspace();
  const asked = useObservable(question);
  useDefectDigits(asked === 'defect');
  const close = () => {
    question.set(null);
    // Back to the work: the canvas hears the keys again.
    document.querySelector<HTMLElement>('[data-canvas]')?.focus();
  };
  return (
    <Popover
      opened={asked !== null}
      onChange={(isOpen) => {
        if (!isOpen) close();
      }}
      position="bottom"
      trapFocus
      closeOnEscape
      withRoles={false}
    >
      <Popover.Target>
        <div className={styles.anchor} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={asked === null ? undefined : NAMES[asked]}>
        {asked !== null && FORMS[asked](close)}
      </Popover.Dropdown>
    </Popover>
  );
}
