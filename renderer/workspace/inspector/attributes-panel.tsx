import { Checkbox } from '@mantine/core';
import { useMemo } from 'react';
import { setAttributes } from '../../../shared/actions/set-attributes';
import { type AnnotationFlag, setFlags } from '../../../shared/actions/set-flags';
import type { Annotation } from '../../../shared/schema/annotation';
import type { AttributeValue } from '../../../shared/schema/label-schema';
import { useServices } from '../../app/services';
import { runAction } from '../../commands/run-action';
import { SectionHeader } from '../../components/section-header';
import { useEditorValue } from '../use-editor-value';
import { AttributeField } from './attribute-field';
import styles from './inspector.module.css';
import { ObjectFacts } from './object-facts';
import { type SharedQuestion, sharedQuestions } from './shared-questions';
import { sharedValue } from './shared-value';

const FLAGS: readonly { readonly flag: AnnotationFlag; readonly label: string }[] = [
  { flag: 'isOccluded', label: 'Occluded' },
  { flag: 'isTruncated', label: 'Truncated' },
  { flag: 'isCrowd', label: 'Crowd' },
  { flag: 'isPinned', label: 'Pinned' },
  { flag: 'isLocked', label: 'Locked' },
  { flag: 'isHidden', label: 'Hidden' },
];

/** About the screen rather than the picture, so a lock does not stop it. */
const ALLOWED_ON_LOCKED: ReadonlySet<AnnotationFlag> = new Set(['isLocked', 'isHidden']);

/** The questions that every selected object's label asks, with the answers they share, and all else said of them. */
export function AttributesPanel() {
  const services = useServices();
  const document = useEditorValue((one) => one.document);
  const selection = useEditorValue((one) => one.session.selection);
  const schema = useEditorValue((one) => one.schema);
  const isReadOnly = useEditorValue((one) => one.session.readOnlyReason !== null);

  const selected = useMemo(
    () => [...selection].flatMap((id) => document?.annotations.get(id) ?? []),
    [selection, document],
  );
  const questions = useMemo(() => sharedQuestions(selected, schema), [selected, schema]);

  const chosen = useMemo(() => nonEmpty(selected), [selected]);
  const ids = selected.map(({ id }) => id);
  const areAllLocked = selected.every((one) => one.isLocked);
  const setValue = (question: SharedQuestion, value: AttributeValue | null) =>
    runAction(services, setAttributes, { ids, values: new Map(question.ids.map((id) => [id, value])) });

  return (
    <section className={styles.attributes} aria-label="Attributes">
      <SectionHeader
        title="Attributes"
        {...(selected.length > 1 ? { detail: `of ${selected.length} objects` } : {})}
      />
      {chosen === null ? (
        <p className={styles.empty}>Select an object to see and answer its attributes.</p>
      ) : (
        <div className={styles.fields}>
          <div className={styles.flags}>
            {FLAGS.map(({ flag, label }) => {
              const shared = sharedValue<Annotation, boolean>(chosen, (one) => one[flag] ?? false);
              return (
                <Checkbox
                  key={flag}
                  label={label}
                  disabled={isReadOnly || (areAllLocked && !ALLOWED_ON_LOCKED.has(flag))}
                  checked={shared.kind === 'same' && shared.value}
                  indeterminate={shared.kind === 'mixed'}
                  onChange={() =>
                    runAction(services, setFlags, {
                      ids,
                      flag,
                      isOn: !(shared.kind === 'same' && shared.value),
                    })
                  }
                />
              );
            })}
          </div>
          {questions.map((question) => (
            <AttributeField
              key={`${question.key} ${ids.slice(0, 5).join(' ')} ${ids.length}`}
              definition={question.definition}
              shared={sharedValue<Annotation, AttributeValue | null>(chosen, question.answerOf)}
              isDisabled={isReadOnly || areAllLocked}
              onChange={(value) => setValue(question, value)}
            />
          ))}
          <ObjectFacts selected={chosen} isDisabled={isReadOnly || areAllLocked} />
        </div>
      )}
    </section>
  );
}

function nonEmpty<T>(items: readonly T[]): readonly [T, ...T[]] | null {
  const [head, ...tail] = items;
  return head === undefined ? null : [head, ...tail];
}
