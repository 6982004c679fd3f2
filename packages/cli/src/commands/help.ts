import { Argument, Command } from 'commander'

/** Made last, with all other commands. The one that commander brings shows the general help for a command that it does not know. */
export const helpCommand = (commands: readonly Command[]): Command =>
  new Command('help')
    .description('print the help of a command')
    .addArgument(new Argument('[command]', 'one of the commands').choices(commands.map((command) => command.name())))
    .action((name: string | undefined, _options: unknown, { parent }: Command) =>
      (commands.find((command) => command.name() === name) ?? parent)?.help(),
    )
