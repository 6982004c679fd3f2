import { Command, Option } from 'commander'
import type { CreateCommand } from '../command.ts'
import type { AskOptions } from '../everyday/ask.ts'
import { withLiveOptions } from '../everyday/open.ts'
import { dryRunOption, yesOption } from '../everyday/write.ts'
import { accountOrConversation, contactRef, seconds, visitorId } from '../input.ts'

export const askCommand: CreateCommand = (run) =>
  withLiveOptions(
    new Command('ask')
      .description('ask an agent as a visitor, and print its answer while it arrives')
      .argument('<account-or-conversation>', 'vendor:account, or the ref of a conversation', accountOrConversation)
      .argument('[text]', 'the question; default: the standard input')
      .addOption(
        new Option('--visitor <id>', 'your own id of the visitor; default: a new one, which is printed')
          .argParser(visitorId)
          .conflicts('contact'),
      )
      .addOption(
        new Option(
          '--contact <ref>',
          'ask as this contact, in a new conversation: vendor:account/contact/id',
        ).argParser(contactRef),
      )
      .option('--agent <id>', 'the agent that is to answer: the vendor’s id; default: that of the account')
      .addOption(
        new Option('--timeout <seconds>', 'how long to wait for the answer; default: that of the account').argParser(
          seconds,
        ),
      )
      .addOption(yesOption())
      .addOption(dryRunOption()),
  )
    .addHelpText(
      'after',
      `
At some vendors, the answer also reaches a real person on their own channel. There, it asks before, unless --yes or --contact is given.
Ends with 0 if the agent answered, 1 if it failed or does not answer, and 4 if there is no answer yet or the question may have
arrived: then do not ask again before you know. The standard error has what "parley reconcile" takes to find out.`,
    )
    .action(async (where: string, text: string | undefined, options: AskOptions) => {
      const { askAgent } = await import('../everyday/ask.ts')
      await askAgent(where, text, options, run)
    })
