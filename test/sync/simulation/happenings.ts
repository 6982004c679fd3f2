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
}

type Announce = (event: Event) => void

const minute = 60_000

export async function happeningsAt(
  machine: Pick<Machine, 'now'>,
  account: Pick<VendorAccount, 'vendor' | 'emulator' | 'quiet'>,
  { random, announce, count }: { random: Random; announce: Announce; count: (what: string) => void },
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

  function say(at?: number): void {
    const conversation = random.pick(open())
    const message: PlantedMessage = {
      by: random.pick(['contact', 'contact', 'agent', 'operator']),
      text: `said ${id()}`,
      ...(at !== undefined && { at }),
    }
    const sent = emulator.plant(conversation.id, message)
    if (sent === null) return
    const ref = refOf('message', sent)
    const event: Event = { ...base(), kind: 'message.created', message: ref, conversation: conversation.ref }
    said.set(ref, { event, at: machine.now, dated: at ?? machine.now })
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
      for (let left = random.between(2, 12); left > 0; left -= 1) say(now)
    },
    'say late': () => say(machine.now - random.between(1, 4 * minute)),
    'say long ago': () => say(machine.now - random.between(10, 100_000) * minute),
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
  }
  const names = Object.keys(things)

  return {
    deleted,
    said,
    ids,
    async next() {
      if (open().length === 0) return
      const what = random.pick(names)
      count(what)
      await things[what]?.()
    },
  }
}
