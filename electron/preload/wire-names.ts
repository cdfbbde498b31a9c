import { NAMES_ARGUMENT, type WireNames } from '../../shared/ipc/wire';

/** The names of the table, as main passed them on the command line of this process; none when they are absent. */
export function readWireNames(argv: readonly string[]): {
  readonly channels: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
} {
  const argument = argv.find((candidate) => candidate.startsWith(NAMES_ARGUMENT));
  const names: WireNames =
    argument === undefined
      ? { channels: [], events: [] }
      : JSON.parse(decodeURIComponent(argument.slice(NAMES_ARGUMENT.length)));
  return { channels: new Set(names.channels), events: new Set(names.events) };
}
