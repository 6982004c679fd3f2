import { wrap } from './text.ts'

/**
 * How a command ended: 0 success, 1 failure, 2 wrong usage or configuration, 3 refused because of what happened meanwhile, 4 it is
 * not known whether it was done, 130 stopped before it was done.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130

interface ExitCodeRow {
  code: ExitCode
  meaning: string
  /** The commands that end with it. Default: every command. */
  commands?: string
}

/** The one table of all exit codes. The README has the same. */
const exitCodes: readonly ExitCodeRow[] = [
  { code: 0, meaning: 'It was done. A command that runs until Ctrl-C also ends with 0 then.' },
  {
    code: 1,
    meaning:
      'It failed, or its result is a failure: an account could not be read, the agent did not answer, it was certainly not sent, a check failed, an agent differs from its file, the person did not agree, nothing was found that was named.',
  },
  {
    code: 2,
    meaning:
      'The usage or the configuration is wrong, or it needs --yes because nobody can be asked. Nothing was done.',
  },
  {
    code: 3,
    meaning:
      'It was refused because of what happened meanwhile: a newer message, another person in control, a changed agent.',
    commands: 'reply, inbox, agents apply',
  },
  {
    code: 4,
    meaning: 'It may have been done, or is not done yet. Do not repeat it before you know.',
    commands: 'ask, reply, reconcile, inbox, agents apply',
  },
  { code: 130, meaning: 'It was stopped before its end, by Ctrl-C or SIGTERM.' },
]

/** The table for the help. */
export function exitCodeText(width: number): string {
  const before = ' '.repeat('  130  '.length)
  const rows = exitCodes.map(({ code, meaning, commands }) => {
    const text = commands === undefined ? meaning : `${meaning} Only ${commands}.`
    const [first = '', ...more] = wrap(text, Math.max(20, width - before.length))
    return [`  ${code}`.padEnd(before.length) + first, ...more.map((line) => before + line)]
  })
  return ['Exit codes:', ...rows.flat()].join('\n')
}
