import { ActionIcon, Tooltip } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { useServices } from '../app/services';

/**
 * A toolbar button of a command. Its tooltip names the key; while the command is not available the button stays
 * reachable and says why (aria-disabled, not disabled).
 */
export function CommandButton(props: {
  readonly commandId: string;
  /** Made once, outside of rendering: buttons that are as they were are then not rendered again with each image. */
  readonly icon: ReactNode;
  readonly isPressed?: boolean;
  /** Pressed without the accent: something is shown or hidden, not chosen. */
  readonly isQuiet?: boolean;
  /** -1 where arrow keys lead to the button, as within a tool rail. */
  readonly tabIndex?: 0 | -1;
}) {
  const { commands } = useServices();
  const availability = commands.availability(props.commandId);
  const tooltip = commands.tooltip(props.commandId);
  return (
    <Button
      {...props}
      label={commands.get(props.commandId)?.label ?? props.commandId}
      tooltip={availability === true ? tooltip : `${tooltip}: ${availability}`}
      keys={commands.keysForDisplay(props.commandId)}
      isAvailable={availability === true}
    />
  );
}

/** Rendering tooltip and button costs a hundred times what asking for their words costs. */
const Button = memo(function Button(
  props: Parameters<typeof CommandButton>[0] & {
    readonly label: string;
    readonly tooltip: string;
    readonly keys: string;
    readonly isAvailable: boolean;
  },
) {
  const { commands } = useServices();
  const isLit = props.isPressed === true && props.isQuiet !== true;
  return (
    <Tooltip label={props.tooltip}>
      <ActionIcon
        aria-label={props.label}
        aria-pressed={props.isPressed}
        aria-disabled={!props.isAvailable}
        aria-keyshortcuts={props.keys || undefined}
        variant={isLit ? 'light' : 'subtle'}
        color={isLit ? 'accent' : 'gray'}
        tabIndex={props.tabIndex}
        data-unavailable={!props.isAvailable || undefined}
        onClick={() => void commands.run(props.commandId)}
      >
        {props.icon}
      </ActionIcon>
    </Tooltip>
  );
});
