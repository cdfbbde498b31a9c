import type { Command } from 'commander';
import type { Result } from '../../shared/result/result';
import type { CliAnswer, CliIo } from './cli-io';

/** What a command is given to work with. */
export interface CommandContext {
  readonly io: CliIo;
  /**
   * Runs the command's work and reports it: the answer on stdout (as JSON with `--json`), an error as one line on stderr
   * (and as `{"error": …}` on stdout with `--json`) with exit code 2. Nothing that is thrown inside escapes. Once `signal`
   * is aborted, work undoes what it began and ends soon with an error, and the exit code is 130.
   */
  run(
    options: { readonly json?: boolean },
    work: (signal: AbortSignal) => Promise<Result<CliAnswer>>,
  ): Promise<void>;
}

/**
 * One command of `groundmark`, in a file of its own under commands/ and one line in commands/index.ts. `add` gives the
 * program its command with arguments, options, examples and exit codes, and an action that ends in `context.run`.
 */
export interface CliCommand {
  readonly name: string;
  add(program: Command, context: CommandContext): void;
}
