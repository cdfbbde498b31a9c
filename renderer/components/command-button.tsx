import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useServices } from '../app/services';

/**
 * A toolbar button of a command. Its tooltip names the key; while the command is not available the button stays
 * reachable and says why (aria-disabled, not disabled).
 */
export function CommandButton(props: {
  readonly commandId: string;
  readonly icon: ReactNode;
  readonly isPressed?: boolean;
  /** Pressed without the accent: something is shown or hidden, not chosen. */
  readonly isQuiet?: boolean;
  /** -1 where arrow keys lead to the button, as within a tool rail. */
  readonly tabIndex?: 0 | -1;
}) {
  const { commands } = useServices();
  const command = commands.get(props.commandId);
  const availability = commands.availability(props.commandId);
  const tooltip = commands.tooltip(props.commandId);
  return (
    <Tooltip label={availability === true ? tooltip : `${tooltip}: ${availability}`}>
      <ActionIcon
        aria-label={command?.label ?? props.commandId}
        aria-pressed={props.isPressed}
        aria-disabled={availability !== true}
        aria-keyshortcuts={commands.keysForDisplay(props.commandId) || undefined}
        variant={props.isPressed === true && props.isQuiet !== true ? 'light' : 'subtle'}
        color={props.isPressed === true && props.isQuiet !== true ? 'accent' : 'gray'}
        tabIndex={props.tabIndex}
        data-unavailable={availability !== true || undefined}
        onClick={() => void commands.run(props.commandId)}
      >
        {props.icon}
      </ActionIcon>
    </Tooltip>
  );
}
