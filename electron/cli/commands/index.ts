import type { CliCommand } from '../command';
import { convert } from './convert';
import { inspect } from './inspect';
import { verify } from './verify';

/** Every command, in the order in which help shows them. */
export const COMMANDS = { inspect, convert, verify } as const satisfies Record<string, CliCommand>;
