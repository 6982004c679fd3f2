import { Argument, Command, type Option } from 'commander'
import type { CreateCommand } from '../command.ts'

type Shell = 'bash' | 'zsh' | 'fish'

/** The scripts know every command and option, so that a shell completes them without starting Node.js. */
export const completionCommand: CreateCommand = ({ terminal }) =>
  new Command('completion')
    .description('print the script that lets a shell complete commands, options and files')
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
  bash: (commands) => `_parley() {
  local word=\${COMP_WORDS[COMP_CWORD]} options= values=
  case \${COMP_WORDS[COMP_CWORD - 1]} in ${withValue(commands).join(' | ')}) return ;; esac
  if ((COMP_CWORD == 1)); then
    options='--help --version' values='${names(commands)}'
  else
    case \${COMP_WORDS[1]} in
${commands
  .map(
    (command) =>
      `      ${command.name()}) options='${optionsOf(command)
        .map(({ long }) => long)
        .join(' ')}' values='${valuesOf(command, commands)}' ;;`,
  )
  .join('\n')}
    esac
  fi
  if [[ $word == -* ]]; then values=$options; fi
  COMPREPLY=($(compgen -W "$values" -- "$word"))
}
complete -o bashdefault -o default -F _parley parley
`,

  zsh: (commands) => `#compdef parley
_parley() {
  if ((CURRENT == 2)); then
    local -a commands=(${commands.map((command) => quoted(`${command.name()}:${command.description()}`)).join(' ')})
    _describe command commands
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
${commands.map((command) => `    ${command.name()}) _arguments ${zshArguments(command, commands)} ;;`).join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _parley "$@"; else compdef _parley parley; fi
`,

  fish: (commands) =>
    commands
      .flatMap((command) => {
        const of = `complete -c parley -n '__fish_seen_subcommand_from ${command.name()}'`
        const values = valuesOf(command, commands)
        return [
          `complete -c parley -n __fish_use_subcommand -f -a ${command.name()} -d ${quoted(command.description())}`,
          ...(values ? [`${of} -f -a '${values}'`] : []),
          ...optionsOf(command).map(
            (option) => `${of} -l ${option.name()}${option.required ? ' -r' : ''} -d ${quoted(option.description)}`,
          ),
        ]
      })
      .join('\n')
      .concat('\n'),
}

const names = (commands: readonly Command[]): string => commands.map((command) => command.name()).join(' ')

const optionsOf = (command: Command): Option[] => command.createHelp().visibleOptions(command)

/** The options that take a value. A shell then completes files. */
const withValue = (commands: readonly Command[]): string[] => [
  ...new Set(commands.flatMap(optionsOf).flatMap(({ required, long }) => (required && long ? [long] : []))),
]

/** What the argument of a command can be, if it is one of a few words. */
const valuesOf = (command: Command, commands: readonly Command[]): string =>
  command.name() === 'help' ? names(commands) : (command.registeredArguments[0]?.argChoices ?? []).join(' ')

function zshArguments(command: Command, commands: readonly Command[]): string {
  const options = optionsOf(command).map(({ long, required, description }) =>
    quoted(`${long}[${description}]${required ? ':file:_files' : ''}`),
  )
  const values = valuesOf(command, commands)
  const files = command.registeredArguments.length > 0 ? [`'*:file:_files'`] : []
  return [...options, ...(values ? [`'1:value:(${values})'`] : files)].join(' ')
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
