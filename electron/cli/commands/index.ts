import type { CliCommand } from '../command';
import { audit } from './audit';
import { convert } from './convert';
import { diff } from './diff';
import { exportCommand } from './export';
import { formats } from './formats';
import { inspect } from './inspect';
import { publish } from './publish';
import { verify } from './verify';
import { versions } from './versions';

/** Every command, in the order in which help shows them. */
export const COMMANDS = {
  inspect,
  convert,
  verify,
  formats,
  versions,
  diff,
  publish,
  export: exportCommand,
  audit,
} as const satisfies Record<string, CliCommand>;
