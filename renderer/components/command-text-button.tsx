import { Button, Tooltip } from '@mantine/core';
import { useServices } from '../app/services';
import { Keys } from './keys';

/**
 * A command as a button with words and its key. While the command is not available the button stays reachable and its
 * tooltip says why; whoever renders it follows what availability depends on.
 */
export function CommandTextButton(props: {
  readonly commandId: string;
  /** Shorter than the command's own label, which is in the tooltip. */
  readonly words: string;
  readonly isMain?: boolean;
  readonly isWide?: boolean;
}) {
  const { commands } = useServices();
  const { commandId, words } = props;
  const availability = commands.availability(commandId);
  const tooltip = commands.tooltip(commandId);
  const keys = commands.keysForDisplay(commandId);
  return (
    <Tooltip label={availability === true ? tooltip : `${tooltip}: ${availability}`} multiline maw={320}>
      <Button
        size="compact-sm"
        variant={props.isMain === true ? 'filled' : 'default'}
        fullWidth={props.isWide === true}
        aria-disabled={availability !== true}
        aria-keyshortcuts={keys || undefined}
        data-unavailable={availability !== true || undefined}
        rightSection={keys === '' ? undefined : <Keys text={keys} />}
        onClick={() => void commands.run(commandId)}
      >
        {words}
      </Button>
    </Tooltip>
  );
}
