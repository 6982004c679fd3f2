import { Argument, Command, type Option } from 'commander'
import type { CreateCommand } from '../command.ts'

type Shell = 'bash' | 'zsh' | 'fish'

/** The scripts know every command and option, so that a shell completes them without starting Node.js. Only the accounts are asked for. */
export const completionCommand: CreateCommand = ({ terminal }) =>
  new Command('completion')
    .description('print the script that lets a shell complete commands, options, files and accounts')
    .addArgument(
      new Argument('<shell>', 'for bash, add to ~/.bashrc: source <(parley completion bash)').choices([
        'bash',
        'zsh',
        'fish',
      ]),
    )
    .action(async (shell: Shell, _options: unknown, command: Command) => {
      const program = command.parent as Command
      await terminal.print(scripts[shell](program.createHelp().visibleCommands(program)))
    })

const scripts: Record<Shell, (commands: readonly Command[]) => string> = {
  bash: (commands) => `_parley_accounts() {
  local index; local -a from=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      --config) from=(--config "\${COMP_WORDS[index + 1]}") ;;
      --sandbox) from=(--sandbox) ;;
    esac
  done
  parley accounts --names "\${from[@]}" 2>/dev/null
}
_parley() {
  local word=\${COMP_WORDS[COMP_CWORD]} last=\${COMP_WORDS[COMP_CWORD - 1]} before= options= values= files=
  # A colon is a word of its own.
  if [[ $word == : ]]; then before=$last: word= last=\${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ $last == : ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}: last=\${COMP_WORDS[COMP_CWORD - 3]}
  fi
  case $last in
    --account)
      COMPREPLY=($(compgen -W "$(_parley_accounts)" -- "$before$word"))
      COMPREPLY=("\${COMPREPLY[@]#"$before"}")
      compopt +o bashdefault +o default 2>/dev/null
      return ;;
    ${withValue(commands, true).join(' | ')}) return ;;
    ${withValue(commands, false).join(' | ')}) compopt +o bashdefault +o default 2>/dev/null; return ;;
  esac
${bashChoice(commands, 1, '--help --version').replaceAll(/^/gm, '  ')}
  if [[ $word == -* ]]; then values=$options; fi
  COMPREPLY=($(compgen -W "$values" -- "$before$word"))
  if [[ -n $before ]]; then COMPREPLY=("\${COMPREPLY[@]#"$before"}"); fi
  if [[ -z $files ]]; then compopt +o bashdefault +o default 2>/dev/null; fi
}
complete -o bashdefault -o default -F _parley parley
`,

  zsh: (commands) => `#compdef parley
_parley_accounts() {
  local -a from=()
  local at=$words[(i)--config]
  if ((at < $#words)); then from=(--config $words[at+1]); fi
  if ((\${words[(I)--sandbox]})); then from=(--sandbox); fi
  compadd -- \${(f)"$(parley accounts --names $from 2>/dev/null)"}
}
_parley() {
${zshChoice(commands).replaceAll(/^/gm, '  ')}
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _parley "$@"; else compdef _parley parley; fi
`,

  fish: (commands) => `function __parley_accounts
  set -l words (commandline -opc)
  set -l from
  if set -l at (contains -i -- --config $words)
    set from --config $words[(math $at + 1)]
  end
  if contains -- --sandbox $words
    set from --sandbox
  end
  parley accounts --names $from 2>/dev/null
end
${fishChoice(commands, '__fish_use_subcommand', '').join('\n')}\n`,
}

/** Completes one of these commands at this place, and what follows it behind. */
const bashChoice = (
  commands: readonly Command[],
  place: number,
  options: string,
): string => `if ((COMP_CWORD == ${place})); then
  options='${options}' values='${names(commands)}'
else
  case \${COMP_WORDS[${place}]} in
    -*) options='${options}' ;;
${commands.map((command) => `    ${command.name()}) ${bashRest(command, place)} ;;`).join('\n')}
  esac
fi`

function bashRest(command: Command, place: number): string {
  const options = optionsOf(command).map(({ long }) => long)
  if (command.commands.length > 0)
    return `\n${bashChoice(command.commands, place + 1, options.join(' '))}`.replaceAll(/^(?=.)/gm, '      ')
  return `options='${options.join(' ')}' values=${takesAccount(command) ? '$(_parley_accounts)' : `'${valuesOf(command)}'`} files=${takesFile(command) ? 1 : ''}`
}

/** @param own completes the options of the command itself. */
const zshChoice = (commands: readonly Command[], own = ''): string => `${own}if ((CURRENT == 2)); then
  local -a commands=(${commands.map((command) => quoted(`${command.name()}:${command.description()}`)).join(' ')})
  _describe command commands
  return
fi
shift words
((CURRENT--))
case $words[1] in
${commands.map((command) => `  ${command.name()}) ${zshRest(command)} ;;`).join('\n')}
esac`

const zshRest = (command: Command): string =>
  command.commands.length > 0
    ? `\n${zshChoice(command.commands, zshOwn(command))}`.replaceAll(/^(?=.)/gm, '    ')
    : `_arguments ${zshArguments(command)}`

const zshOwn = (command: Command): string => `if [[ $words[2] == -* ]]; then
  _arguments ${zshArguments(command)}
  return
fi
`

/**
 * @param isNext the condition under which one of these commands is the next word.
 * @param after the condition of the command before it.
 */
const fishChoice = (commands: readonly Command[], isNext: string, after: string): string[] =>
  commands.flatMap((command) => {
    // "parley inbox reply" is another command than "parley reply".
    const groups = after ? [] : commands.filter((group) => group !== command && hasPart(group, command.name()))
    const others = groups.map((group) => `not __fish_seen_subcommand_from ${group.name()}; and `).join('')
    const isSeen = `${after}${others}__fish_seen_subcommand_from ${command.name()}`
    const of = `complete -c parley -n '${isSeen}'`
    const values = takesAccount(command) ? '(__parley_accounts)' : valuesOf(command)
    const parts = command.commands
    return [
      `complete -c parley -n ${/\s/.test(isNext) ? quoted(isNext) : isNext} -f -a ${command.name()} -d ${quoted(command.description())}`,
      ...(takesFile(command) ? [] : [`${of} -f${values && ` -a '${values}'`}`]),
      ...optionsOf(command).map((option) => {
        const names = option.long === '--account' ? ` -a '(__parley_accounts)'` : ''
        const value = !option.required ? '' : isFile(option.flags) ? ' -r -F' : ` -x${names}`
        return `${of} -l ${option.name()}${value} -d ${quoted(option.description)}`
      }),
      ...fishChoice(parts, `${isSeen}; and not __fish_seen_subcommand_from ${names(parts)}`, `${isSeen}; and `),
    ]
  })

const names = (commands: readonly Command[]): string => commands.map((command) => command.name()).join(' ')

/** The options of a command, and of the one that it stands for alone. */
function optionsOf(command: Command): Option[] {
  const own = command.createHelp().visibleOptions(command)
  const { _defaultCommandName: name } = command as unknown as { _defaultCommandName?: string | null }
  const part = command.commands.find((each) => each.name() === name)
  return part === undefined ? own : [...optionsOf(part).filter(({ long }) => long !== '--help'), ...own]
}

const hasPart = ({ commands }: Command, name: string): boolean => commands.some((part) => part.name() === name)

/** Whether a value that is called so is completed as a file. */
const isFile = (name: string): boolean => /file|folder/.test(name)

const takesFile = (command: Command): boolean => command.registeredArguments.some((argument) => isFile(argument.name()))

const takesAccount = ({ registeredArguments: [first] }: Command): boolean => first?.name() === 'account-or-conversation'

/** The options that take a value: a file, or something else. */
const withValue = (commands: readonly Command[], file: boolean): string[] => {
  const all = commands.flatMap((command) => [command, ...command.commands])
  const options = all.flatMap(optionsOf).filter(({ required, flags }) => required && isFile(flags) === file)
  return [...new Set(options.map(({ long }) => long ?? ''))]
}

/** What the argument of a command can be, if it is one of a few words. */
const valuesOf = ({ registeredArguments: [first, ...others] }: Command): string =>
  others.length > 0 ? '' : (first?.argChoices ?? []).join(' ')

function zshArguments(command: Command): string {
  const options = optionsOf(command).map(({ long, required, flags, description }) =>
    quoted(
      `${long}[${description}]${required ? (isFile(flags) ? ':file:_files' : long === '--account' ? ':account:_parley_accounts' : ':value: ') : ''}`,
    ),
  )
  const values = valuesOf(command)
  return [
    ...options,
    ...(values ? [`'1:value:(${values})'`] : []),
    ...(takesAccount(command) ? [`'1:account:_parley_accounts'`] : []),
    ...(takesFile(command) ? [`'*:file:_files'`] : []),
  ].join(' ')
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
