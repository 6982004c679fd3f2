import { buildRef, type Conversation, type Event, requireOperation, supports } from '@parley/core'
import type { PlantedMessage } from '@parley/sandbox'
import type { Machine } from './machine.ts'
import type { Random } from './random.ts'
import type { VendorAccount } from './vendors.ts'

/** What happens at a vendor while the sync runs, without the sync's doing. */
export interface Happenings {
  /** Lets one thing happen. */
  next(): Promise<void>
  /** What the vendor has deleted. */
  readonly deleted: ReadonlySet<string>
  /** The ids of what was there in the beginning. */
  readonly ids: readonly string[]
  /** The messages that were written, each with its event. */
  readonly said: ReadonlyMap<string, Said>
}

interface Said {
  readonly event: Event
  /** When it was written, and the time that it has, in milliseconds. */
  readonly at: number
  readonly dated: number
  /** Whether no list showed it at first. */
  readonly isUnseen: boolean
}

interface Saying {
  conversation?: Conversation
  /** The time that it has. Default: now. */
  at?: number
  /** For how long no list shows it, in milliseconds. */
  unseenFor?: number
}

interface Outside {
  random: Random
  /** Sends a webhook. */
  announce: (event: Event) => void
  count: (what: string) => void
  /** The names of the things that can happen. Default: all. */
  only?: readonly string[]
  /** What can happen only where the vendors' answers and the time are simulated. */
  simulated?: {
    account: VendorAccount
    after: Machine['after']
    /** Erases a person from the store. */
    erase: (contact: string) => void
  }
}

const minute = 60_000

export async function happeningsAt(
  machine: Pick<Machine, 'now'>,
  account: Pick<VendorAccount, 'vendor' | 'emulator' | 'quiet'>,
  { random, announce, count, only, simulated }: Outside,
): Promise<Happenings> {
  const { quiet, emulator } = account
  const { vendor, account: name } = quiet
  const deleted = new Set<string>()
  const said = new Map<string, Said>()
  const conversations: Conversation[] = []
  for await (const each of requireOperation(quiet, 'conversations.list')()) conversations.push(each)
  const ids = conversations.map(({ id }) => id)
  for (const { id } of conversations.slice(0, 3))
    for (const message of (await requireOperation(quiet, 'messages.list')(id)).items) ids.push(message.id)
  let made = 0

  const id = (): string => `${random.between(0, 1e9)}-${++made}`
  const base = () => ({ vendor, account: name, dedupeKey: `${vendor}:${name}:${id()}`, native: null })
  const refOf = (kind: 'conversation' | 'message' | 'contact', of: string) =>
    buildRef({ vendor, account: name, kind, id: of })
  const open = () => conversations.filter(({ ref }) => !deleted.has(ref))
  const changed = ({ ref }: Conversation) => announce({ ...base(), kind: 'conversation.updated', conversation: ref })

  function say({ conversation = random.pick(open()), at, unseenFor }: Saying = {}): void {
    if (simulated) simulated.account.changes += 1
    const message: PlantedMessage = {
      by: random.pick(['contact', 'contact', 'agent', 'operator']),
      text: `said ${id()}`,
      ...(at !== undefined && { at }),
    }
    const sent = emulator.plant(conversation.id, message)
    if (sent === null) return
    const ref = refOf('message', sent)
    const event: Event = { ...base(), kind: 'message.created', message: ref, conversation: conversation.ref }
    said.set(ref, { event, at: machine.now, dated: at ?? machine.now, isUnseen: unseenFor !== undefined })
    if (unseenFor !== undefined && simulated) {
      const { account: own, after } = simulated
      own.hidden.add(sent)
      after(unseenFor, () => {
        own.hidden.delete(sent)
        own.changes += 1
      })
    }
    announce(event)
  }

  /** A contact that has no conversation yet, where contacts are made apart from them. */
  async function someone(): Promise<string> {
    const contact = { firstName: 'New', lastName: id(), externalId: id(), email: `${id()}@example.com` }
    if (supports(quiet, 'contacts.create')) return (await quiet.contacts.create(contact)).id
    if (!supports(quiet, 'contacts.upsert')) return contact.externalId
    const { externalId, ...byEmail } = contact
    return (await quiet.contacts.upsert(vendor === 'leadconnector' ? byEmail : contact)).id
  }

  const things: Record<string, () => Promise<void> | void> = {
    say: () => say(),
    'say again': () => say(),
    'say much at once'() {
      const { now } = machine
      for (let left = random.between(2, 12); left > 0; left -= 1) say({ at: now })
    },
    'say much in one conversation'() {
      const conversation = random.pick(open())
      for (let left = random.between(3, 9); left > 0; left -= 1) say({ conversation })
    },
    'say late': () => say({ at: machine.now - random.between(1, 4 * minute) }),
    'say late behind others'() {
      const conversation = random.pick(open())
      const at = machine.now - random.between(0, minute)
      for (let left = random.between(2, 6); left > 0; left -= 1) say({ conversation })
      simulated?.after(random.between(10_000, 3 * minute), () => {
        if (!deleted.has(conversation.ref)) say({ conversation, at })
      })
    },
    'say long ago': () => say({ at: machine.now - random.between(10, 100_000) * minute }),
    'say unseen': () => say({ unseenFor: random.between(1_000, 4 * minute) }),
    async 'open a conversation'() {
      const opened = await requireOperation(
        quiet,
        'conversations.create',
      )({
        contact: await someone(),
        ...(vendor === 'agent-conversation' && { channel: 'sms' }),
      })
      conversations.push(opened)
      announce({ ...base(), kind: 'conversation.created', conversation: opened.ref })
      if (random.chance(0.7)) say()
    },
    async 'change a conversation'() {
      const conversation = random.pick(open())
      if (supports(quiet, 'conversations.close')) await quiet.conversations.close(conversation)
      else if (vendor === 'leadconnector')
        await requireOperation(quiet, 'conversations.update')(conversation, { isStarred: random.chance(0.5) } as never)
      else await requireOperation(quiet, 'conversations.update')(conversation, { title: `Title ${id()}` })
      changed(conversation)
    },
    async 'delete a conversation'() {
      if (!supports(quiet, 'conversations.delete') || open().length < 3) return
      const conversation = random.pick(open())
      await quiet.conversations.delete(conversation)
      deleted.add(conversation.ref)
      announce({
        ...base(),
        kind: 'conversation.updated',
        conversation: conversation.ref,
        changes: { isDeleted: true },
      })
    },
    async 'edit an old message'() {
      if (vendor !== 'langgraph') return
      const conversation = random.pick(open())
      const { items } = await requireOperation(quiet, 'messages.list')(conversation)
      if (items.length === 0) return
      const { id: edited } = random.pick(items)
      const messages = [{ id: edited, type: 'human', content: `edited ${id()}` }]
      await emulator.app.fetch(
        new Request(`http://vendor.test/threads/${conversation.id}/state`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': emulator.credentials['apiKey'] ?? '' },
          body: JSON.stringify({ values: { messages } }),
        }),
      )
      changed(conversation)
    },
    async 'change a contact'() {
      if (!supports(quiet, 'contacts.upsert')) return
      const { contact } = random.pick(open())
      if (!contact) return
      const { email, externalId } = contact
      if (vendor === 'leadconnector' ? !email : !externalId) return
      const { ref } = await quiet.contacts.upsert({
        ...(vendor === 'leadconnector' ? { email: email as string } : { externalId: externalId as string }),
        firstName: `Renamed ${id()}`,
      })
      announce({ ...base(), kind: 'contact.updated', contact: ref })
    },
    'erase a person'() {
      const { contact } = random.pick(open())
      if (contact?.id) simulated?.erase(refOf('contact', contact.id))
    },
    'spoil a record'() {
      if (simulated) simulated.account.unreadable ??= random.pick(ids)
    },
  }
  const needsSimulation = ['say late behind others', 'say unseen', 'erase a person', 'spoil a record']
  const all = Object.keys(things).filter((name) => simulated || !needsSimulation.includes(name))
  // A few kinds often find more than all kinds now and then.
  const some = all.filter(() => random.chance(0.3))
  const names = only ?? (some.length > 0 ? some : all)

  return {
    deleted,
    said,
    ids,
    async next() {
      if (open().length === 0) return
      const what = random.pick(names)
      count(`at the vendor: ${what}`)
      if (simulated) simulated.account.changes += 1
      await things[what]?.()
    },
  }
}
