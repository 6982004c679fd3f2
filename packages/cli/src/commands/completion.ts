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
  local word=\${COMP_WORDS[COMP_CWORD]} options= values= files=
  case \${COMP_WORDS[COMP_CWORD - 1]} in
    ${withValue(commands, true).join(' | ')}) return ;;
    ${withValue(commands, false).join(' | ')}) compopt +o bashdefault +o default 2>/dev/null; return ;;
  esac
  if ((COMP_CWORD == 1)); then
    options='--help --version' values='${names(commands)}'
  else
    case \${COMP_WORDS[1]} in
${commands
  .map(
    (command) =>
      `      ${command.name()}) options='${optionsOf(command)
        .map(({ long }) => long)
        .join(' ')}' values='${valuesOf(command)}' files=${takesFile(command) ? 1 : ''} ;;`,
  )
  .join('\n')}
    esac
  fi
  if [[ $word == -* ]]; then values=$options; fi
  COMPREPLY=($(compgen -W "$values" -- "$word"))
  if [[ -z $files ]]; then compopt +o bashdefault +o default 2>/dev/null; fi
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
${commands.map((command) => `    ${command.name()}) _arguments ${zshArguments(command)} ;;`).join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _parley "$@"; else compdef _parley parley; fi
`,

  fish: (commands) =>
    commands
      .flatMap((command) => {
        const of = `complete -c parley -n '__fish_seen_subcommand_from ${command.name()}'`
        const values = valuesOf(command)
        return [
          `complete -c parley -n __fish_use_subcommand -f -a ${command.name()} -d ${quoted(command.description())}`,
          ...(takesFile(command) ? [] : [`${of} -f${values && ` -a '${values}'`}`]),
          ...optionsOf(command).map((option) => {
            const value = !option.required ? '' : isFile(option.flags) ? ' -r -F' : ' -x'
            return `${of} -l ${option.name()}${value} -d ${quoted(option.description)}`
          }),
        ]
      })
      .join('\n')
      .concat('\n'),
}

const names = (commands: readonly Command[]): string => commands.map((command) => command.name()).join(' ')

const optionsOf = (command: Command): Option[] => command.createHelp().visibleOptions(command)

/** Whether a value that is called so is completed as a file. */
const isFile = (name: string): boolean => /file|folder/.test(name)

const takesFile = (command: Command): boolean => command.registeredArguments.some((argument) => isFile(argument.name()))

/** The options that take a value: a file, or something else. */
const withValue = (commands: readonly Command[], file: boolean): string[] => {
  const options = commands.flatMap(optionsOf).filter(({ required, flags }) => required && isFile(flags) === file)
  return [...new Set(options.map(({ long }) => long ?? ''))]
}

/** What the argument of a command can be, if it is one of a few words. */
const valuesOf = (command: Command): string => (command.registeredArguments[0]?.argChoices ?? []).join(' ')

function zshArguments(command: Command): string {
  const options = optionsOf(command).map(({ long, required, flags, description }) =>
    quoted(`${long}[${description}]${required ? (isFile(flags) ? ':file:_files' : ':value: ') : ''}`),
  )
  const values = valuesOf(command)
  return [
    ...options,
    ...(values ? [`'1:value:(${values})'`] : []),
    ...(takesFile(command) ? [`'*:file:_files'`] : []),
  ].join(' ')
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
