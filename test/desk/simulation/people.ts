import { isParleyError } from '@parley/core'
import type { CommandResult, Desk, PersonalDesk, Send } from '../../../packages/inbox/src/desk/desk.ts'
import type { Database } from '../../sync/simulation/database.ts'
import type { Machine, Process } from '../../sync/simulation/machine.ts'
import type { Random } from '../../sync/simulation/random.ts'
import type { VendorAccount } from '../../sync/simulation/vendors.ts'
import { type Arrivals, textOf } from './arrivals.ts'

/** A process with a desk, and who works at it. */
export interface Worker {
  readonly process: Process
  readonly desk: Desk
  readonly people: readonly PersonalDesk[]
}

/** A call of a command that sends something, and what became of it. */
export interface Call {
  readonly what: 'reply' | 'note' | 'retry'
  readonly text: string
  readonly key: string | undefined
  readonly process: Process
  result?: Send
  error?: unknown
}

export interface People {
  readonly calls: readonly Call[]
  /** What commands said wrongly about where they went. */
  readonly misplaced: readonly string[]
  /** A person does something, and may not wait for its end. */
  act(worker: Worker): Promise<void>
  /** The ref of the conversation to which a text is sent. */
  conversationOf(text: string): string | undefined
}

interface Input {
  text: string
  expectLastMessage?: string | null
  key?: string
  takeOver?: 'if-needed'
}

interface World {
  machine: Machine
  database: Database
  accounts: readonly VendorAccount[]
  arrivals: ReadonlyMap<string, Arrivals>
  conversations: readonly string[]
  random: Random
  count: (what: string) => void
}

interface StoredSend {
  id: string
  text: string
  state: Send['state']
  conversation: string
}

const minute = 60_000

/** What people do at the desk: two of them, with what they saw a moment or some minutes ago. */
export function peopleAt({ machine, database, accounts, arrivals, conversations, random, count }: World): People {
  const calls: Call[] = []
  const misplaced: string[] = []
  const inputs: { what: 'reply' | 'note'; conversation: string; input: Input }[] = []
  const conversationBy = new Map<string, string>()
  /** What each person saw last in a conversation. */
  const seen = new Map<string, string | null>()
  /** The processes in which a command is going on that is no send. */
  const busy = new Set<Process>()
  let made = 0

  const accountOf = (ref: string) => accounts.find(({ name }) => ref.startsWith(`${name}/`)) as VendorAccount

  /** The newest entry of a conversation as a page of the inbox shows it: its sends stand at the end. */
  async function newest(conversation: string): Promise<string | null> {
    const sends = await database.rows<{ id: string }>(
      `select id from parley.outbox as send where conversation = $1 and kind = 'reply' and place = 'vendor'
        and (state in ('recorded', 'claimed', 'unknown') or (state = 'sent'
          and not exists (select from parley.messages where ref = send.message))) order by no desc limit 1`,
      [conversation],
    )
    const messages = await database.rows<{ ref: string }>(
      `select ref from parley.messages where conversation = $1 and deleted_at is null
        order by sort_at desc, position desc, ref limit 1`,
      [conversation],
    )
    const shown = random.chance(0.2) ? undefined : sends[0]?.id
    return shown ?? messages[0]?.ref ?? null
  }

  async function expected(person: PersonalDesk, conversation: string): Promise<string | null> {
    const place = `${person.person.id} ${conversation}`
    const known = seen.get(place)
    if (known !== undefined && random.chance(0.25)) return known
    const now = await newest(conversation)
    seen.set(place, now)
    return now
  }

  const sendsIn = (state: string): Promise<StoredSend[]> =>
    database.rows<StoredSend>(
      `select id, input->>'text' as text, state, conversation from parley.outbox as send where state = $1 and place = 'vendor'
        and not exists (select from parley.outbox as next where next.retry_of = send.id) order by no`,
      [state],
    )

  async function call(
    { process }: Worker,
    { what, text, key }: Pick<Call, 'what' | 'text'> & { key?: string | undefined },
    work: () => Promise<Send>,
  ): Promise<void> {
    const one: Call = { what, text, key, process }
    calls.push(one)
    count(what)
    const end = process.run(work).then(
      (send) => {
        one.result = send
        count(`${what}: ${send.state}`)
      },
      (error: unknown) => {
        one.error = error
        count(`${what}: ${isParleyError(error) ? error.code : 'error'}`)
      },
    )
    // Often someone does the next thing before this one has ended.
    if (random.chance(0.5)) await Promise.race([end, process.death])
  }

  const say = (worker: Worker, person: PersonalDesk, of: (typeof inputs)[number]): Promise<void> =>
    call(worker, { what: of.what, ...of.input }, () => person[of.what](of.conversation, of.input as never))

  /** Does what a person does, with the desk of this process. */
  const things: Record<string, (worker: Worker, person: PersonalDesk) => Promise<void>> = {
    async reply(worker, person) {
      const conversation = random.pick(conversations)
      made += 1
      const text = textOf(made)
      conversationBy.set(text, conversation)
      const isGuarded = random.chance(0.65)
      const input: Input = {
        text,
        ...(isGuarded && { expectLastMessage: await expected(person, conversation) }),
        ...(random.chance(0.4) && { key: `key-${made}` }),
        ...(random.chance(0.5) && { takeOver: 'if-needed' }),
      }
      const of = { what: 'reply', conversation, input } as const
      if (input.key !== undefined) inputs.push(of)
      await say(worker, person, of)
      if (input.key !== undefined && random.chance(0.3)) await say(worker, person, of)
    },
    async 'reply at once'(worker, person) {
      const conversation = random.pick(conversations)
      const [first, second] = [person, worker.people.at(-1) as PersonalDesk]
      const sees = await newest(conversation)
      for (const one of [first, second]) {
        made += 1
        const text = textOf(made)
        conversationBy.set(text, conversation)
        const input = { text, expectLastMessage: sees, takeOver: 'if-needed' } as const
        void say(worker, one, { what: 'reply', conversation, input })
      }
    },
    async 'repeat a call'(worker, person) {
      const of = random.pick(inputs)
      if (of) await say(worker, person, of)
    },
    async note(worker, person) {
      made += 1
      const text = textOf(made)
      const conversation = random.pick(conversations)
      conversationBy.set(text, conversation)
      const of = { what: 'note', conversation, input: { text, key: `key-${made}` } } as const
      inputs.push(of)
      await say(worker, person, of)
    },
    async retry(worker, person) {
      const failed = random.pick(await sendsIn('failed'))
      if (!failed) return
      const { id, text, conversation } = failed
      const guard = random.chance(0.4) ? { expectLastMessage: await expected(person, conversation) } : {}
      const times = random.chance(0.4) ? 2 : 1
      for (let time = 0; time < times; time += 1)
        await call(worker, { what: 'retry', text }, () => person.retry(id, guard))
    },
    async settle(worker, person) {
      const unknown = random.pick(await sendsIn('unknown'))
      if (!unknown) return
      const { id, text, conversation } = unknown
      const own = arrivals.get(accountOf(conversation).name) as Arrivals
      const isThere = own.all.some((one) => one.text === text)
      // They have looked well: nothing of it can come any more.
      if (!isThere && own.isUnderway(text)) return
      count('settle')
      await command(worker, () => person.settle(id, isThere ? 'sent' : 'failed').then(() => undefined))
    },
    command: async (worker, person) => {
      const conversation = random.pick(conversations)
      const commands: Record<string, () => Promise<CommandResult>> = {
        takeOver: () => person.takeOver(conversation),
        release: () => person.release(conversation),
        close: () => person.close(conversation),
        reopen: () => person.reopen(conversation),
        assign: () => person.assign(conversation, random.pick(['me', null] as const)),
        snooze: () => person.snooze(conversation, new Date(machine.now + 30 * minute).toISOString()),
        tag: () => person.tag(conversation, { add: ['vip'] }),
        markRead: () => person.markRead(conversation),
      }
      const [name, run] = random.pick(Object.entries(commands))
      count('command')
      await command(worker, async () => {
        const { process } = worker
        const { writesOf } = arrivals.get(accountOf(conversation).name) as Arrivals
        const before = writesOf(process).length
        const { place } = await run()
        // A reply may take over as well.
        const own = writesOf(process).slice(before)
        const isAtVendor = own.some((path) => /^(?:takeOver|release)$/.test(name) || !path.endsWith('/mode'))
        if (isAtVendor !== (place === 'vendor'))
          misplaced.push(`${name} said that it went to the ${place === 'vendor' ? 'vendor' : 'overlay'}`)
      })
    },
  }

  /** One at a time in a process, so that its requests are known. */
  async function command({ process }: Worker, work: () => Promise<void>): Promise<void> {
    if (busy.has(process)) return
    busy.add(process)
    const end = process.run(work).then(
      () => {},
      () => count('command failed'),
    )
    await Promise.race([end, process.death])
    busy.delete(process)
  }

  const often = ['reply', 'reply', 'reply', 'reply', 'reply at once', 'repeat a call', 'note']
  const names = [...often, 'retry', 'retry', 'settle', 'command', 'command']
  return {
    calls,
    misplaced,
    conversationOf: (text) => conversationBy.get(text),
    async act(worker) {
      await things[random.pick(names)]?.(worker, random.pick(worker.people))
    },
  }
}
