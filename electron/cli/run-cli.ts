import { Command, CommanderError } from 'commander';
import type { AppError } from '../../shared/result/app-error';
import { appError, unexpectedError } from '../../shared/result/app-error';
import { type CliIo, EXIT } from './cli-io';
import type { CommandContext } from './command';
import { COMMANDS } from './commands/index';

const DESCRIPTION = `Reads, converts and compares labelled image datasets, and works on the lake that the Groundmark app publishes to.`;

const EXAMPLES = `
Examples:
  groundmark inspect dataset/                        what is it, and is it sound?
  groundmark convert in.zip --to yolo out/           any format into any other
  groundmark verify in.zip out/                      prove that nothing was lost
  groundmark formats                                 what is read and written, and what each keeps
  groundmark audit "Street scenes"                   does the journal hold, and who did what?

Exit codes:
  0    done; the same; clean
  1    different (verify, diff); broken (audit)
  2    bad input or wrong usage; nothing was written
  3    written, with losses that the report names (convert, export, publish)
  130  interrupted with Ctrl+C; nothing is left behind

Results go to stdout, everything else to stderr. --json prints one JSON object.
"groundmark help COMMAND" tells more about one command.`;

/**
 * The whole command line as a function: arguments in, exit code out.
 * @param args without the program's name.
 * @param signal aborted when the person presses Ctrl+C.
 */
export async function runCli(
  args: readonly string[],
  io: CliIo,
  version: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  let exitCode: number = EXIT.ok;
  const isJson = args.includes('--json');
  const fail = (error: AppError) => {
    io.stderr(`groundmark: ${oneLine(error.message)}\n`);
    if (isJson)
      io.stdout(
        `${JSON.stringify({ error: { code: error.code, message: error.message, details: shownDetails(error) } })}\n`,
      );
    exitCode = EXIT.badInput;
  };
  const interrupted = () => {
    fail(appError('job.cancelled', 'Interrupted; nothing was left behind.'));
    exitCode = EXIT.interrupted;
  };
  const context: CommandContext = {
    io,
    async run(options, work) {
      try {
        const answer = await work(signal);
        if (!answer.ok) {
          if (signal.aborted) interrupted();
          else fail(answer.error);
          return;
        }
        for (const note of answer.value.notes ?? []) io.stderr(`${oneLine(note)}\n`);
        const { json, text } = answer.value;
        io.stdout(options.json === true ? `${JSON.stringify(json)}\n` : `${text.trimEnd()}\n`);
        exitCode = answer.value.exitCode;
      } catch (thrown) {
        if (signal.aborted) interrupted();
        else fail(unexpectedError(thrown, 'this command'));
      }
    },
  };

  const program = new Command('groundmark')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLES);
  for (const command of Object.values(COMMANDS)) command.add(program, context);
  for (const command of withSubcommands(program)) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => io.stdout(text),
      writeErr: (text) => io.stderr(text),
      // Reported below, once and in one line.
      outputError: () => {},
    });
  }
  if (args.length === 0) {
    io.stderr(program.helpInformation());
    return EXIT.badInput;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) fail(unexpectedError(thrown, 'the command line'));
    else if (thrown.exitCode !== 0) {
      const reason = thrown.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
      fail(appError('usage.bad-arguments', `${reason}. See groundmark --help.`, { reason: thrown.code }));
    }
  }
  return exitCode;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}

/** A stack trace belongs in a log, not in what a person or a script reads. */
function shownDetails({ details }: AppError): AppError['details'] {
  const { stack: _stack, ...shown } = details;
  return shown;
}
