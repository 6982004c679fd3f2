import type { AuditQuery, DeskFilter, SendQuery, SendState } from '@parley/inbox'
import { Argument, Command, Option } from 'commander'
import { type CreateCommand, limitOption, type Run, withStoreOptions } from '../command.ts'
import { accountsOption } from '../everyday/open.ts'
import { confirm, dryRunOption, yesOption } from '../everyday/write.ts'
import type { ServeOptions } from '../inbox/serve.ts'
import type { ListOptions, WriteOptions } from '../inbox/work.ts'
import {
  another,
  conversationArgument,
  conversationRef,
  instant,
  portNumber,
  seenMessage,
  sendId,
  serverAddress,
  wakeTime,
} from '../input.ts'

/**
 * Alone, it serves the inbox. Its commands are parts that are alike: each opens the desk, runs one command of it, and prints the
 * result.
 */
export const inboxCommand: CreateCommand = (run) => {
  const inbox = new Command('inbox')
    .description('open the inbox for a browser, or read and answer conversations with one of its commands')
    .helpCommand(false)
    .addOption(
      new Option('--port <number>', 'the port of the page; default: 8642, or the next free one').argParser(portNumber),
    )
    .option('--host <address>', 'the address to listen on; default: 127.0.0.1, which only this machine reaches')
    .addOption(
      new Option('--public-url <url>', 'the address under which browsers reach the page, for another --host').argParser(
        serverAddress,
      ),
    )
    .hook('preSubcommand', (self, command) => {
      const given = Object.keys(self.opts()).some((name) => self.getOptionValueSource(name) === 'cli')
      if (given) self.error(`error: the options of '${command.name()}' must come after its name`)
    })
    .action(async (options: ServeOptions) => {
      // Commander itself only says so of a command that does nothing alone.
      if (inbox.args.length > 0) (inbox as Command & { unknownCommand(): never }).unknownCommand()
      const { serveInbox } = await import('../inbox/serve.ts')
      await serveInbox(options, run)
    })
  withDeskOptions(inbox).addHelpText(
    'after',
    `
Without a command, it reads all accounts into the store, keeps it up to date, and serves the page until Ctrl-C. It prints the address
and a link to sign in with, which is valid once: Enter prints another one. With --sandbox, customers go on writing, and the store is
in memory: each start begins anew.

Each command has --json: one JSON document, or of a list a line for each item. "(here)" marks what only this store has, not the vendor.
Times are in the zone of this machine, unless they name another one.
"parley --help" lists the exit codes. "parley conversations", "messages" and "reply" do without a store.`,
  )
  for (const create of parts) inbox.addCommand(create(run))
  return inbox
}

/** Loaded when a command runs. */
const code = () => Promise.all([import('../inbox/work.ts'), import('../inbox/render.ts')])

/** Adds the options that all of them have. */
const withDeskOptions = (command: Command): Command =>
  withStoreOptions(
    command.option(
      '--as <id>',
      'who acts: one of the people of the configuration, or without them any id; default: its operator',
    ),
  )

/** Of a command that changes something. */
const withWriteOptions = (command: Command): Command => withDeskOptions(command.addOption(dryRunOption()))

const send = (): Argument => new Argument('<send>', 'the id of the send, as "sends" shows it').argParser(sendId)

const several = (flags: string, description: string): Option =>
  new Option(flags, `${description}; can be given several times`).argParser(another)

const since = (): Option => new Option('--since <time>', 'only from then on, ISO 8601').argParser(instant)

const until = (): Option => new Option('--until <time>', 'only up to then, ISO 8601').argParser(instant)

const expectOption = (): Option =>
  new Option(
    '--expect <message>',
    'send nothing if there is something newer than this message, the last thing that "show" shows (none: no message)',
  ).argParser(seenMessage)

interface FilterOptions extends ListOptions {
  status?: 'open' | 'closed'
  assignee?: readonly string[]
  unread?: true
  snoozed?: true | 'any'
  tag?: readonly string[]
  account?: readonly string[]
  search?: string
  channel?: readonly string[]
  control?: 'agent' | 'operator' | 'unknown'
  agent?: readonly string[]
  contact?: readonly string[]
  starred?: true
  waiting?: true
  since?: string
  until?: string
  unknown: 'include' | 'exclude'
}

/** Without what was not given, because `undefined` is refused in a query. */
const given = <Query extends object>(query: { [Key in keyof Query]: Query[Key] | undefined }): Query =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as Query

const filterOf = (options: FilterOptions): DeskFilter =>
  given<DeskFilter>({
    ...{ status: options.status, unread: options.unread, snoozed: options.snoozed, tag: options.tag },
    ...{ search: options.search, channel: options.channel as DeskFilter['channel'], control: options.control },
    ...{ agentId: options.agent, contactId: options.contact, accounts: options.account },
    ...{ isStarred: options.starred, hasOpenSends: options.waiting, unknown: options.unknown },
    ...{ since: options.since, until: options.until },
    assignee: options.assignee?.map((id) => (id === 'nobody' ? null : id)),
  })

function list(run: Run): Command {
  const command = new Command('list')
    .description('list conversations, those with the newest activity first')
    .addOption(new Option('--status <status>', 'only these').choices(['open', 'closed']))
    .addOption(several('--assignee <who>', 'assigned to me, nobody, or the id of an operator or a person'))
    .option('--unread', 'only with unread messages')
    .addOption(
      new Option('--snoozed [any]', 'only snoozed ones; any: also those, otherwise they are hidden').choices(['any']),
    )
    .addOption(several('--tag <tag>', 'with this tag of the desk'))
    .addOption(accountsOption())
    .option('--search <text>', 'with this text in the title, the names, the addresses or the newest message')
    .addOption(several('--channel <channel>', 'such as web, email or sms'))
    .addOption(new Option('--control <holder>', 'who answers').choices(['agent', 'operator', 'unknown']))
    .addOption(several('--agent <id>', 'the vendor’s id of the agent'))
    .addOption(several('--contact <id>', 'the vendor’s id of the contact'))
    .option('--starred', 'only starred ones')
    .option('--waiting', 'only with a send that failed or may have been sent')
    .addOption(since())
    .addOption(until())
    .addOption(
      new Option('--unknown <what>', 'conversations of which the vendor does not say whether they match')
        .choices(['include', 'exclude'])
        .default('include'),
    )
    .addOption(limitOption('conversations', 20))
    .addHelpText('after', '\nIt asks no vendor and needs no credentials.')
    .action(async (options: FilterOptions) => {
      const [{ printDeskList }, { conversationRows }] = await code()
      const query = filterOf(options)
      const isMine = options.assignee?.includes('me')
      await printDeskList(
        run,
        options,
        ({ desk, mine }, limit) => (isMine ? mine() : desk).conversations({ ...query, limit }),
        conversationRows,
      )
    })
  return withDeskOptions(command)
}

function show(run: Run): Command {
  const command = new Command('show')
    .description('show a conversation with its messages')
    .addArgument(conversationArgument())
    .addOption(limitOption('messages', 30))
    .addHelpText('after', '\nThe vendor is asked if the store does not have all messages yet.')
    .action(async (ref: string, options: ListOptions) => {
      const [{ printConversation }, { conversationText }] = await code()
      await printConversation(run, options, ref, conversationText)
    })
  return withDeskOptions(command)
}

interface SendsOptions extends ListOptions {
  conversation?: string
  state?: SendState
  account?: readonly string[]
}

function sends(run: Run): Command {
  const command = new Command('sends')
    .description('list the replies and notes that were sent from here, the newest first')
    .addOption(new Option('--conversation <ref>', 'only of this conversation').argParser(conversationRef))
    .addOption(
      new Option('--state <state>', 'only these').choices(['recorded', 'claimed', 'sent', 'failed', 'unknown']),
    )
    .addOption(accountsOption())
    .addOption(limitOption('sends', 20))
    .action(async (options: SendsOptions) => {
      const [{ printDeskList }, { sendRows }] = await code()
      const { conversation, state, account } = options
      const query = given<SendQuery>({ conversation, state, accounts: account })
      await printDeskList(run, options, ({ desk }, limit) => desk.sends({ ...query, limit }), sendRows)
    })
  return withDeskOptions(command)
}

interface AuditOptions extends ListOptions {
  target?: string
  by?: string
  action?: string
  since?: string
  until?: string
  account?: readonly string[]
}

function audit(run: Run): Command {
  const command = new Command('audit')
    .description('list who did what, when, and with which outcome, the newest first')
    .option('--target <ref>', 'only what was done to this ref')
    .option('--by <who>', 'only what this person did: me, or an id')
    .option('--action <name>', 'only this action, such as reply or take-over')
    .addOption(since())
    .addOption(until())
    .addOption(accountsOption())
    .addOption(limitOption('entries', 50))
    .action(async (options: AuditOptions) => {
      const [{ printDeskList }, { actionOf, auditRows }] = await code()
      const { target, by, action, since, until, account } = options
      const named = { target, action: action && actionOf(action), since, until, accounts: account }
      await printDeskList(
        run,
        options,
        ({ desk, mine }, limit) =>
          desk.audit({ ...given<AuditQuery>({ ...named, by: by === 'me' ? mine().person.id : by }), limit }),
        auditRows,
      )
    })
  return withDeskOptions(command)
}

interface MessageOptions extends WriteOptions {
  text?: string
  expect?: string
  key?: string
  attach?: readonly string[]
  takeOver?: true
}

const keyOption = (): Option =>
  new Option('--key <key>', 'makes it safe to repeat the command: with the same key, it sends nothing a second time')

const textOption = (): Option => new Option('--text <text>', 'the text; default: the standard input')

const guardOf = (expect: string | undefined) =>
  expect === undefined ? {} : { expectLastMessage: expect === 'none' ? null : expect }

/** Sends a reply or a note. What earlier runs left behind is ended first, so that the same key finds how its send ended. */
async function sendMessage(kind: 'reply' | 'note', run: Run, ref: string, options: MessageOptions): Promise<void> {
  const [[{ act, endOthers }], { filesOf, textOf }] = await Promise.all([code(), import('../inbox/reply-input.ts')])
  const { expect, key, attach = [], takeOver } = options
  const attachments = await filesOf(attach)
  const input = {
    text: await textOf(options, run.terminal),
    ...guardOf(expect),
    ...(key !== undefined && { key }),
    ...(attachments.length > 0 && { attachments }),
    ...(takeOver && { takeOver: 'if-needed' as const }),
  }
  const { attachments: _, ...planned } = { attachments, ...input }
  const plan = { action: kind, target: ref, input: { ...planned, ...(attach.length > 0 && { files: attach }) } }
  await act(run, options, plan, async (desk, signal, opened) => {
    await endOthers(opened, signal)
    // Ctrl-C ends the wait, but not the send, which needs the store. So it is not passed on.
    return desk[kind](ref, input)
  })
}

function reply(run: Run): Command {
  const command = new Command('reply')
    .description('reply to the contact')
    .addArgument(conversationArgument())
    .addOption(textOption())
    .addOption(expectOption())
    .addOption(keyOption())
    .addOption(several('--attach <file>', 'send this file with it'))
    .option('--take-over', 'take the conversation over first, if the vendor demands it')
    .addHelpText(
      'after',
      `
Ends with 0 if it was sent, 1 if it was certainly not, 3 if there is something newer than --expect, which it then shows, and 4 if it
may have been sent. Such a send is never sent again by itself: "parley sync" and the next reply look for it.`,
    )
    .action((ref: string, options: MessageOptions) => sendMessage('reply', run, ref, options))
  return withWriteOptions(command)
}

function note(run: Run): Command {
  const command = new Command('note')
    .description('write a note for colleagues; it stays here if the vendor has none')
    .addArgument(conversationArgument())
    .addOption(textOption())
    .addOption(keyOption())
    .action((ref: string, options: MessageOptions) => sendMessage('note', run, ref, options))
  return withWriteOptions(command)
}

function retry(run: Run): Command {
  const command = new Command('retry')
    .description('send a failed reply or note again')
    .addArgument(send())
    .addOption(expectOption())
    .action(async (id: string, { expect, ...options }: MessageOptions) => {
      const [{ act, endOthers }] = await code()
      const plan = { action: 'retry', target: id, input: guardOf(expect) }
      await act(run, options, plan, async (desk, signal, opened) => {
        await endOthers(opened, signal)
        return desk.retry(id, guardOf(expect))
      })
    })
  return withWriteOptions(command)
}

function settle(run: Run): Command {
  const command = new Command('settle')
    .description('say what you found out about a send whose outcome is unknown')
    .addArgument(send())
    .addArgument(new Argument('<outcome>', 'failed allows a retry').choices(['sent', 'failed']))
    .action(async (id: string, outcome: 'sent' | 'failed', options: WriteOptions) => {
      const [{ act }] = await code()
      await act(run, options, { action: 'settle', target: id, input: { outcome } }, (desk) => desk.settle(id, outcome))
    })
  return withWriteOptions(command)
}

function dismiss(run: Run): Command {
  const command = new Command('dismiss')
    .description('put a failed send away, with its files; it cannot be retried any more')
    .addArgument(send())
    .addOption(yesOption())
    .action(async (id: string, options: WriteOptions & { yes?: boolean }) => {
      const [{ act }] = await code()
      if (!options.dryRun)
        await confirm(run, options, `The send ${id} is put away with its files. It cannot be retried any more.`)
      await act(run, options, { action: 'dismiss', target: id }, (desk) => desk.dismiss(id))
    })
  return withWriteOptions(command)
}

type SimpleCommand = 'takeOver' | 'release' | 'close' | 'reopen' | 'markRead'

/** A command that takes only a conversation. */
const simple =
  (name: string, description: string, method: SimpleCommand): CreateCommand =>
  (run) =>
    withWriteOptions(
      new Command(name)
        .description(description)
        .addArgument(conversationArgument())
        .action(async (ref: string, options: WriteOptions) => {
          const [{ act }] = await code()
          await act(run, options, { action: name, target: ref }, (desk, signal) => desk[method](ref, { signal }))
        }),
    )

function assign(run: Run): Command {
  const command = new Command('assign')
    .description('assign a conversation')
    .addArgument(conversationArgument())
    .argument('<who>', 'me, nobody, one of the people of the configuration, or the vendor’s id of an operator')
    .action(async (ref: string, who: string, options: WriteOptions) => {
      const [{ act }] = await code()
      await act(run, options, { action: 'assign', target: ref, input: { who } }, async (desk, signal, { assigneeOf }) =>
        desk.assign(ref, await assigneeOf(ref, who), { signal }),
      )
    })
  return withWriteOptions(command)
}

/** Why this store has what `snooze` and `tag` change. */
const onlyHere = 'no vendor has this.'

function snooze(run: Run): Command {
  const command = new Command('snooze')
    .description('hide a conversation until a time, or until the contact’s next message')
    .addArgument(conversationArgument())
    .argument('<until>', 'how long (30m, 2h, 3d, 1w), a time in ISO 8601, or none to wake it', wakeTime)
    .action(async (ref: string, until: string | null, options: WriteOptions) => {
      const [{ act }] = await code()
      const plan = { action: 'snooze', target: ref, input: { until } }
      await act(run, options, plan, (desk) => desk.snooze(ref, until), onlyHere)
    })
  return withWriteOptions(command)
}

interface TagOptions extends WriteOptions {
  add?: readonly string[]
  remove?: readonly string[]
}

function tag(run: Run): Command {
  const command = new Command('tag')
    .description('add and remove tags, which only this store has')
    .addArgument(conversationArgument())
    .addOption(several('--add <tag>', 'add this tag'))
    .addOption(several('--remove <tag>', 'remove this tag'))
    .action(async (ref: string, { add = [], remove = [], ...options }: TagOptions, command: Command) => {
      if (add.length + remove.length === 0) command.error("error: 'tag' needs '--add' or '--remove'")
      const [{ act }] = await code()
      const change = { add, remove }
      const plan = { action: 'tag', target: ref, input: change }
      await act(run, options, plan, (desk) => desk.tag(ref, change), onlyHere)
    })
  return withWriteOptions(command)
}

const parts: readonly CreateCommand[] = [
  ...[list, show, reply, note],
  simple('take-over', 'take a conversation over from the vendor’s agent', 'takeOver'),
  simple('release', 'let the vendor’s agent answer again', 'release'),
  assign,
  simple('close', 'close a conversation', 'close'),
  simple('reopen', 'open a closed conversation again', 'reopen'),
  ...[snooze, tag],
  simple('mark-read', 'mark all messages of a conversation as read', 'markRead'),
  ...[sends, retry, settle, dismiss, audit],
]
