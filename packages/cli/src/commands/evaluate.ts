import { Command, InvalidArgumentError, Option } from 'commander'
import { type CreateCommand, storeOption } from '../command.ts'
import type { EvaluateCommandOptions } from '../everyday/evaluate.ts'
import { withLiveOptions } from '../everyday/open.ts'
import { dryRunOption, yesOption } from '../everyday/write.ts'
import { another, instant, path, wholeNumber } from '../input.ts'

const scorers = ['exact', 'contains', 'cites-source']

function scorer(name: string, before: readonly string[] = []): readonly string[] {
  if (scorers.includes(name)) return [...before, name]
  throw new InvalidArgumentError(`It must be one of ${scorers.join(', ')}.`)
}

export const evaluateCommand: CreateCommand = (run) => {
  const command = new Command('evaluate')
    .description('put your questions to several agents, and show their answers side by side')
    .argument('[file]', 'the questions, CSV or JSON Lines; - reads the standard input', path)
    .addOption(
      new Option(
        '--agent <name>',
        'an account (vendor:account), or the ref of one of its agents; can be given several times; default: all accounts',
      ).argParser(another),
    )
    .addOption(
      new Option(
        '--test-contact <account=id>',
        'who asks at an account whose answers reach a person: an id of your own that is no customer; can be given several times',
      ).argParser(another),
    )
    .addOption(new Option('--format <format>', 'of the file; default: by its name').choices(['csv', 'jsonl']))
    .addOption(
      new Option(
        '--sample <number>',
        'in place of a file: so many questions of customers in the store, without their details',
      ).argParser(wholeNumber),
    )
    .addOption(new Option('--seed <number>', 'which questions --sample chooses').argParser(wholeNumber).default(1))
    .addOption(
      new Option('--since <time>', 'only conversations from then on, with --sample, ISO 8601').argParser(instant),
    )
    .addOption(storeOption())
    .addOption(
      new Option(
        '--score <scorer>',
        'how answers are scored: exact, contains, cites-source; can be given several times; default: by the columns of the file',
      ).argParser(scorer),
    )
    .addOption(
      new Option('--concurrency <number>', 'how many questions an agent gets at a time')
        .argParser(wholeNumber)
        .default(4),
    )
    .addOption(new Option('--html <file>', 'also write a page with all answers').argParser(path))
    .option('--markdown', 'print all answers as Markdown')
    .addOption(
      new Option(
        '--keep <folder>',
        'keep the answers there: the same questions are never asked again; default: only until the end',
      ).argParser(path),
    )
    .addOption(dryRunOption())
    .addOption(yesOption())
    .addHelpText(
      'after',
      `
A CSV file has a line of titles: question, and if you want id, expected, contains, source. Each question is asked once at each agent, by
a visitor of its own. First it shows what it will take, and asks. After Ctrl-C, the same command goes on where it was.
Ends with 1 if a question has no answer.`,
    )
    .action(async (file: string | undefined, options: EvaluateCommandOptions) => {
      const { evaluateQuestions } = await import('../everyday/evaluate.ts')
      await evaluateQuestions(file, options, run)
    })
  return withLiveOptions(command)
}
