import { Option } from 'commander'
import { CommandError, type Run } from '../command.ts'
import { asJson, forPeople, wrap } from '../text.ts'
import type { PrintOptions } from './print.ts'

// What every command has that changes something: it can be tried, and before a loss it asks.

export const dryRunOption = (): Option =>
  new Option('--dry-run', 'only print what would be done; nothing is written and nothing is sent')

export const yesOption = (): Option =>
  new Option('--yes', 'do not ask; needed where nobody can be asked, as in a script')

/** What a command would do. */
export interface Plan {
  /** The command's name, such as `reply`. */
  action: string
  /** Sentences for people: what would be done, to what, and with which effect. */
  sentences: readonly string[]
  /** What would be passed to the vendor or the store, for `--json`. */
  input: object
}

/**
 * Prints what a command with `--dry-run` would do: sentences for people, or the JSON `{ "dryRun": true, "action", "sentences",
 * "input" }`.
 */
export async function printPlan({ terminal }: Run, { json }: PrintOptions, plan: Plan): Promise<void> {
  const lines = ['This was a dry run. Nothing was done.', ...plan.sentences].flatMap((line) =>
    wrap(line, terminal.width),
  )
  await terminal.print(json ? asJson({ dryRun: true, ...plan }) : forPeople(`${lines.join('\n')}\n`))
}

/**
 * Asks before something is lost or reaches a real person. Returns if the person agrees or `--yes` was given.
 *
 * @param what says what will happen, in sentences. Name the thing and how much of it: `It deletes the agent Nia (a7).`
 * @throws CommandError with the exit code 2 where nobody can be asked, and 1 if the person does not agree.
 */
export async function confirm(
  { terminal }: Run,
  { yes = false }: { yes?: boolean },
  what: string,
  signal?: AbortSignal,
): Promise<void> {
  if (yes) return
  if (!terminal.ask) throw new CommandError(`${what} Pass --yes to agree, because nobody can be asked here.`, 2)
  const answer = await terminal.ask(`${wrap(what, terminal.width).join('\n')}\nGo on? [y/N] `, signal)
  if (!/^y(?:es)?$/i.test(answer?.trim() ?? '')) throw new CommandError('Nothing was done.')
}
