import type {Command, Config} from '@oclif/core'
import {OpError} from '../core/errors'
import {stringifyExact} from '../core/json'
import {failureText, toFailure} from './failure'
import {findRequest} from './find-request'
import type {BaseCommand} from './base-command'

type CommandTable = Readonly<Record<string, Command.Class>>
/** A command class that can be made: every class of the table is one. */
type Runnable = new (argv: string[], config: Config) => BaseCommand

/**
 * Finds what the words ask for and does it: a command, help, the version. Sets `process.exitCode` and never throws.
 * A command reports its own errors; what goes wrong before it starts is reported here in the same form.
 */
export async function runTool(
  argv: readonly string[],
  commands: CommandTable,
  loadConfig: () => Promise<Config>,
): Promise<void> {
  try {
    const config = await loadConfig()
    await answer(argv, commands, config)
  } catch (error) {
    await report(error, argv)
  }
}

async function answer(argv: readonly string[], commands: CommandTable, config: Config): Promise<void> {
  const topics = config.topics.map((topic) => topic.name)
  const request = findRequest(argv, config.commandIDs, topics)
  if (request.kind === 'version') {
    process.stdout.write(`${config.userAgent}\n`)
  } else if (request.kind === 'help') {
    await showHelp(config, request.subject)
  } else {
    await runCommand(commands, request.id, request.rest, config)
  }
}

async function runCommand(commands: CommandTable, id: string, rest: string[], config: Config): Promise<void> {
  const command = commands[id]
  if (!command) throw new OpError('bug', 'BUG', `The command table has no "${id}"; it was built without it.`)
  command.id = id
  await new (command as unknown as Runnable)(rest, config).start()
}

async function showHelp(config: Config, subject: string[]): Promise<void> {
  const {Help} = await import('@oclif/core/help')
  await new Help(config, config.pjson.oclif.helpOptions).showHelp(subject)
}

async function report(error: unknown, argv: readonly string[]): Promise<void> {
  const failure = await toFailure(error, 'usage-tracker --help')
  process.exitCode = failure.exitCode
  if (process.env['DEBUG']?.includes('usage-tracker') && error instanceof Error) {
    process.stderr.write(`${error.stack ?? error.message}\n`)
  }
  if (argv.includes('--json')) process.stdout.write(`${stringifyExact({error: failure.body})}\n`)
  else process.stderr.write(`${failureText(failure.body)}\n`)
}
