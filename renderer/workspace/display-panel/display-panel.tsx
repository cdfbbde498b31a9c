import { Button, CloseButton } from '@mantine/core';
import { RotateCcw, RotateCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { CommandButton } from '../../components/command-button';
import { DEFAULT_DISPLAY_SETTINGS } from '../../editor/display-settings';
import { useEditorValue } from '../use-editor-value';
import styles from './display-panel.module.css';
import { ObjectSettings } from './object-settings';
import { PictureSettings } from './picture-settings';
import { ViewSettings } from './view-settings';

const ICON_SIZE = 16;

/** How picture and objects are shown; stays open while one works. Escape closes it and goes back to the canvas. */
export function DisplayPanel() {
  const { frame } = useServices();
  return useObservable(frame.isDisplayPanelOpen) ? <Panel /> : null;
}

function Panel() {
  const { frame, editor } = useServices();
  const panel = useRef<HTMLElement>(null);
  const turns = useEditorValue((one) => one.session.quarterTurns);
  const display = useEditorValue((one) => one.session.display);
  const isDefault = JSON.stringify(display) === JSON.stringify(DEFAULT_DISPLAY_SETTINGS);
  useEffect(() => {
    // Opened by key, it is worked by keys at once.
    panel.current?.querySelector<HTMLElement>('[role="slider"]')?.focus();
  }, []);
  const close = () => {
    frame.isDisplayPanelOpen.set(false);
    document.querySelector<HTMLElement>('[data-canvas]')?.focus();
  };
  return (
    <section
      ref={panel}
      className={styles.panel}
      aria-label="Display"
      data-region="display"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <header className={styles.header}>
        <h2>Display</h2>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          disabled={isDefault}
          onClick={() => editor.setDisplay(DEFAULT_DISPLAY_SETTINGS)}
        >
          Reset all
        </Button>
        <CloseButton size="sm" aria-label="Close" onClick={close} />
      </header>
      <PictureSettings />
      <ObjectSettings />
      <ViewSettings />
      <div className={styles.group}>
        <div className={styles.wide}>
          <span className={styles.name}>Turn view</span>
          <span className={styles.turns}>
            <CommandButton commandId="view.turnLeft" icon={<RotateCcw size={ICON_SIZE} />} />
            <CommandButton commandId="view.turnRight" icon={<RotateCw size={ICON_SIZE} />} />
            <span className={styles.turned}>{turns * 90}°</span>
          </span>
        </div>
      </div>
    </section>
  );
}
