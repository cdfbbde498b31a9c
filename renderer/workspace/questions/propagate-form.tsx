import { Button, Checkbox } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { NumberField } from '../../components/number-field';
import { plural } from '../../components/quantity';
import { MOST_PROPAGATED_IMAGES, type PropagateOptions, propagateSelection } from '../propagate';
import { useEditorValue } from '../use-editor-value';
import { useWorkspace } from '../workspace-context';
import styles from './questions.module.css';

const KEY = 'label.propagate';
const DEFAULTS: PropagateOptions = { imageCount: 5, withAttributes: true, skipsLabelled: true };

/** How far the selected objects go, and what goes along; the answers are remembered. */
export function PropagateForm({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const workspace = useWorkspace();
  const { list, index, filter } = useObservable(workspace.rail);
  const selected = useEditorValue((one) => one.session.selection.size);
  const [options, setOptions] = useState(() => ({
    ...DEFAULTS,
    ...services.persistence.preferences.get<Partial<PropagateOptions>>(KEY, {}),
  }));
  const following = Math.max(0, (list?.total ?? 0) - index - 1);
  const most = Math.min(following, MOST_PROPAGATED_IMAGES);
  const imageCount = Math.min(Math.max(1, options.imageCount), Math.max(1, most));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (most === 0) return;
    const chosen = { ...options, imageCount };
    services.persistence.preferences.set(KEY, chosen);
    onClose();
    void propagateSelection(services, workspace, chosen);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <h2 className={styles.title}>Propagate {plural(selected, 'object')}</h2>
      <NumberField
        label="Next images"
        data-autofocus
        min={1}
        max={Math.max(1, most)}
        allowDecimal={false}
        value={imageCount}
        onValue={(value) => setOptions({ ...options, imageCount: value })}
      />
      <p className={styles.detail}>
        {plural(following, 'image')} follow in the list
        {Object.keys(filter).length > 0 ? ' as it is filtered' : ''}.
      </p>
      <Checkbox
        label="Take attributes, flags and notes along"
        checked={options.withAttributes}
        onChange={(event) => setOptions({ ...options, withAttributes: event.currentTarget.checked })}
      />
      <Checkbox
        label="Leave images alone that have objects"
        checked={options.skipsLabelled}
        onChange={(event) => setOptions({ ...options, skipsLabelled: event.currentTarget.checked })}
      />
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={most === 0}>
          Propagate to {plural(imageCount, 'image')}
        </Button>
      </div>
    </form>
  );
}
