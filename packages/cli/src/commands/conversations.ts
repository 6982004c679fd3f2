import { type ConversationQuery, requireOperation } from '@parley/core'
import { Command, Option } from 'commander'
import { type CreateCommand, limitOption, type Run } from '../command.ts'
import {
  accountsOption,
  type LiveOptions,
  withLiveAccount,
  withLiveAccounts,
  withLiveOptions,
} from '../everyday/open.ts'
import { pageSizeFor, printList, printOne } from '../everyday/print.ts'
import { conversationArgument, instant } from '../input.ts'

export const conversationsCommand: CreateCommand = (run) => {
  const group = new Command('conversations')
    .description('list conversations of one or all accounts, or show one; it asks the vendors')
    .helpCommand(false)
    .addHelpText('after', '\n"parley inbox list" lists those in the store, with what only the store has.')
  return group.addCommand(list(run), { isDefault: true }).addCommand(show(run))
}

interface ListOptions extends LiveOptions {
  limit: number
  account?: readonly string[]
  status?: 'open' | 'closed'
  channel?: ConversationQuery['channel']
  agent?: string
  contact?: string
  assignee?: string
  unread?: boolean
  starred?: boolean
  search?: string
  since?: string
  until?: string
  order?: 'asc' | 'desc'
  unknown?: 'include' | 'exclude'
}

function queryOf(options: ListOptions): Omit<ConversationQuery, 'order'> {
  const { status, channel, agent, contact, assignee, unread, starred, search, since, until, unknown } = options
  return {
    ...(status && { status }),
    ...(channel && { channel }),
    ...(agent !== undefined && { agentId: agent }),
    ...(contact !== undefined && { contactId: contact }),
    ...(assignee !== undefined && { assigneeId: assignee === 'nobody' ? null : assignee }),
    ...(unread && { unread }),
    ...(starred && { isStarred: starred }),
    ...(search !== undefined && { search }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(unknown && { unknown }),
    limit: pageSizeFor(options.limit),
  }
}

function list(run: Run): Command {
  const command = new Command('list')
    .description('list conversations, those with the newest activity first')
    .addOption(accountsOption())
    .addOption(new Option('--status <status>', 'only these').choices(['open', 'closed']))
    .option('--channel <channel>', 'only this channel, such as web, email or sms')
    .option('--agent <id>', 'only with this agent: the vendor’s id')
    .option('--contact <id>', 'only of this contact: the vendor’s id')
    .option('--assignee <id>', 'only assigned to this operator: the vendor’s id, or nobody')
    .option('--unread', 'only with unread messages')
    .option('--starred', 'only starred ones')
    .option('--search <text>', 'free text; the vendor decides where it looks')
    .addOption(new Option('--since <time>', 'only with activity from then on, ISO 8601').argParser(instant))
    .addOption(new Option('--until <time>', 'only with activity up to then, ISO 8601').argParser(instant))
    .addOption(new Option('--order <order>', 'by last activity; asc needs a single account').choices(['asc', 'desc']))
    .addOption(
      new Option('--unknown <what>', 'conversations of which the vendor does not say whether they match').choices([
        'include',
        'exclude',
      ]),
    )
    .addOption(limitOption('conversations', 20))
    .addHelpText('after', '\nEnds with 1 if an account could not be read; the others are shown all the same.')
    .action(async (options: ListOptions) => {
      const [{ createInbox }, { conversationRows }] = await Promise.all([
        import('@parley/inbox'),
        import('../everyday/render.ts'),
      ])
      const query = queryOf(options)
      if (options.order !== 'asc')
        return withLiveAccounts(run, options, options.account, (accounts, { signal }) =>
          printList(run, options, createInbox({ accounts }).conversations.list(query, { signal }), conversationRows),
        )
      // Over several accounts, only the newest come first.
      const [only, ...more] = options.account ?? []
      if (more.length > 0) command.error("error: '--order asc' needs a single '--account'")
      return withLiveAccount(run, options, only, (adapter, { signal }) => {
        const conversations = requireOperation(adapter, 'conversations.list')
        return printList(run, options, conversations({ ...query, order: 'asc' }, { signal }), conversationRows)
      })
    })
  return withLiveOptions(command)
}

function show(run: Run): Command {
  const command = new Command('show')
    .description('show one conversation; "parley messages" shows its messages')
    .addArgument(conversationArgument())
    .action(async (ref: string, options: LiveOptions) => {
      const [{ createInbox }, { conversationText }] = await Promise.all([
        import('@parley/inbox'),
        import('../everyday/render.ts'),
      ])
      await withLiveAccount(run, options, ref, async (adapter, { signal }) => {
        const { get } = createInbox({ accounts: [adapter] }).conversations
        await printOne(run, options, await get(ref, { signal, withContact: true }), conversationText)
      })
    })
  return withLiveOptions(command)
}
