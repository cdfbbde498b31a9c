import { Modal } from '@mantine/core';
import { useServices } from '../../app/services';
import { Keys } from '../../components/keys';
import { COMMAND_CATEGORIES } from '../command';
import { CANVAS_GESTURES } from './canvas-gestures';
import styles from './help-overlay.module.css';

/** A row of keys like the ten digits is one key from the first to the last. */
function shortened(keys: readonly string[]): readonly string[] {
  return keys.length <= 4 ? keys : [`${keys[0]} … ${keys.slice(-2).join(' ')}`];
}

/** Every key of every command, from the registry, and what mouse and keyboard do on the canvas. */
export default function HelpOverlay() {
  const { commands, frame } = useServices();
  const groups = COMMAND_CATEGORIES.map((category) => ({
    title: category,
    lines: commands.all
      .filter((command) => command.category === category)
      .map((command) => ({ what: command.label, keys: shortened(commands.allKeysForDisplay(command.id)) }))
      .filter((line) => line.keys.length > 0),
  })).filter((group) => group.lines.length > 0);
  return (
    <Modal
      opened
      onClose={() => frame.setOverlay(null)}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size={1040}
    >
      <div className={styles.columns}>
        {[...groups, { title: 'On the canvas', lines: CANVAS_GESTURES }].map((group) => (
          <section key={group.title} className={styles.group}>
            <h2 className={styles.title}>{group.title}</h2>
            <dl className={styles.lines}>
              {group.lines.map((line) => (
                <div key={line.what} className={styles.line}>
                  <dt>{line.what}</dt>
                  <dd>
                    {line.keys.map((key) => (
                      <Keys key={key} text={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
