import { Command, Option } from 'commander'
import { type CreateCommand, limitOption, type Run } from '../command.ts'
import { type LiveOptions, withLiveAccount, withLiveOptions } from '../everyday/open.ts'
import { pageSizeFor, printList } from '../everyday/print.ts'
import { conversationArgument } from '../input.ts'

interface MessagesOptions extends LiveOptions {
  limit: number
  order: 'asc' | 'desc'
}

export const messagesCommand: CreateCommand = (run) =>
  withLiveOptions(
    new Command('messages')
      .description('show the newest messages of a conversation; it asks the vendor')
      .addArgument(conversationArgument())
      .addOption(
        new Option('--order <order>', 'asc: the oldest messages in place of the newest')
          .choices(['asc', 'desc'])
          .default('desc'),
      )
      .addOption(limitOption('messages', 30)),
  )
    .addHelpText(
      'after',
      `
For people, the newest message is the last one, and below it is what --expect of "parley reply" takes. With --json, the messages come
in the order of --order.`,
    )
    .action((ref: string, options: MessagesOptions) => showMessages(ref, options, run))

async function showMessages(ref: string, options: MessagesOptions, run: Run): Promise<void> {
  const [{ createInbox }, { messagesText }] = await Promise.all([
    import('@parley/inbox'),
    import('../everyday/render.ts'),
  ])
  const { order, limit } = options
  await withLiveAccount(run, options, ref, (adapter, { signal }) => {
    const { list } = createInbox({ accounts: [adapter] }).messages
    const messages = list(ref, { order, limit: pageSizeFor(limit) }, { signal })
    return printList(run, options, messages, (items, width) => messagesText(items, width, order === 'asc'))
  })
}
