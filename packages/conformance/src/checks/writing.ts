import {
  type Adapter,
  buildRef,
  type Conversation,
  type CreateContactInput,
  type CreateWebhookInput,
  type Deleted,
  isParleyError,
  type OperationName,
  parseRef,
  supports,
  type UpdateConversationInput,
} from '@parley/core'
import { parseModel } from '@parley/core/schema'
import { type Bench, type Check, checksOf, Inapplicable } from '../check.ts'
import { contradictions, ensure, ensureFails, failureOf, show } from '../support/ensure.ts'
import {
  collect,
  isEntity,
  type Listed,
  readsOf,
  someContactId,
  someConversations,
  threadOf,
} from '../support/reading.ts'
import { counting, losing, noIds, otherId, recording } from '../support/requests.ts'
import { ask, operatorsOf, speakingId, stream, writesOf } from '../support/writing.ts'

interface Operation {
  operation: OperationName
  id: string
  run(adapter: Adapter, target: never): unknown
}

export const writingChecks: readonly Check[] = checksOf('writing', [
  {
    name: 'a conversation that was closed is closed',
    needs: ['conversations.close', 'conversations.get'],
    async run(bench) {
      const id = await speakingId(bench)
      const closed = await bench.adapter.conversations?.close?.(id)
      const read = await bench.adapter.conversations?.get?.(id)
      for (const conversation of [closed, read])
        ensure(
          conversation?.status.value === 'closed',
          `It was closed but has the status ${conversation?.status.value}.`,
        )
    },
  },
  {
    name: 'a conversation that was assigned shows its operator, and shows nobody after it was unassigned',
    needs: ['conversations.assign', 'conversations.get'],
    async run(bench) {
      const { conversations } = bench.adapter
      const id = await speakingId(bench)
      const operators = (await operatorsOf(bench)).slice(0, 2)
      if (operators.length === 0) throw new Inapplicable('No operator is known.')
      for (const wanted of [...operators, null]) {
        const assigned = await conversations?.assign?.(id, wanted)
        const read = await conversations?.get?.(id)
        ensure(assigned?.id === id, `The result is the conversation "${assigned?.id}".`)
        const shown = [assigned, read].flatMap((each) =>
          each?.assignee === undefined ? [] : [each.assignee?.id ?? null],
        )
        ensure(wanted === null || shown.length > 0, 'Neither the result nor a read shows the assignee.')
        for (const found of shown)
          ensure(found === wanted, `It was assigned to ${show(wanted)} but shows ${show(found)}.`)
      }
    },
  },
  {
    name: 'a contact that was deleted is gone',
    needs: ['contacts.delete', 'contacts.create', 'contacts.get'],
    async run({ adapter }) {
      if (
        !supports(adapter, 'contacts.create') ||
        !supports(adapter, 'contacts.get') ||
        !supports(adapter, 'contacts.delete')
      )
        return
      const { id } = await adapter.contacts.create(madeUpContact)
      const deleted = await adapter.contacts.delete(id)
      ensure(deleted.id === id, `The result names "${deleted.id}" as deleted.`)
      await ensureFails(adapter.contacts.get(id), 'not-found', 'Reading it again')
    },
  },
  {
    name: 'a new contact is read back as it was made, and found by its address',
    needs: ['contacts.create', 'contacts.get'],
    async run({ adapter }) {
      if (!supports(adapter, 'contacts.create') || !supports(adapter, 'contacts.get')) return
      const made = await adapter.contacts.create(madeUpContact)
      const read = await adapter.contacts.get(made.id)
      const found = contradictions(made, read)
      ensure(read.ref === made.ref && found.length === 0, `Made and read back: ${found.join('; ')}.`)
      ensure(read.email === madeUpContact.email, `Its address is "${read.email}".`)
      ensure(read.name === undefined || read.name === 'Nora Conform', `Its name is "${read.name}".`)
      ensure(read.externalId === madeUpContact.externalId, `Its external id is "${read.externalId}".`)
      if (!supports(adapter, 'contacts.search')) return
      const hits = await collect(adapter.contacts.search({ email: madeUpContact.email as string }))
      ensure(
        hits.some(({ id }) => id === made.id),
        'It is not found by its address.',
      )
    },
  },
  {
    name: 'a new conversation is read back as it was made',
    needs: ['conversations.create', 'conversations.get'],
    async run(bench) {
      const { conversations, limits } = bench.adapter
      const contact = await someContactId(bench)
      const title = 'conversation.title' in limits.text ? 'A question about order 42' : undefined
      const made = await conversations?.create?.({ contact, ...(title !== undefined && { title }) })
      ensure(made, 'Nothing was made.')
      const read = await conversations?.get?.(made.id)
      const found = contradictions(made, read)
      ensure(read?.ref === made.ref && found.length === 0, `Made and read back: ${found.join('; ')}.`)
      const readContact = read.contact?.id
      ensure(!readContact || readContact === contact, `It is with contact "${readContact}" instead of "${contact}".`)
      ensure(title === undefined || read.title === title, `Its title is "${read.title}" instead of "${title}".`)
    },
  },
  {
    name: 'all conversations of a contact can be deleted without affecting other contacts',
    needs: ['conversations.deleteForContact', 'conversations.list'],
    async run({ adapter }) {
      const { list, deleteForContact } = adapter.conversations ?? {}
      const contact = (await someConversations(adapter)).find((conversation) => conversation.contact?.id)?.contact
      ensure(list && deleteForContact && contact?.id, 'No conversation names its contact.')
      const all = await collect(list())
      const theirs = all.filter((conversation) => conversation.contact?.id === contact.id)
      const deleted = await deleteForContact(contact.id)
      ensure(deleted.id === contact.id, `What was deleted is said to be of "${deleted.id}".`)
      const left = await collect(list())
      ensure(
        !left.some((conversation) => conversation.contact?.id === contact.id),
        'The contact still has conversations.',
      )
      ensure(left.length === all.length - theirs.length, `Of ${all.length} conversations ${left.length} are left.`)
    },
  },
  {
    name: 'a conversation that was deleted is gone',
    needs: ['conversations.delete', 'conversations.get'],
    async run(bench) {
      const { conversations } = bench.adapter
      const id = await speakingId(bench)
      const deleted = await conversations?.delete?.(id)
      ensure(deleted?.id === id, `The result names "${deleted?.id}" as deleted.`)
      let status: string | undefined
      const error = await failureOf(
        Promise.resolve(conversations?.get?.(id)).then((conversation) => {
          status = conversation?.status.value
        }),
      )
      const gone = isParleyError(error) ? error.code === 'not-found' : error === undefined && status === 'deleted'
      ensure(gone, `It can still be read: ${status ?? String(error)}.`)
    },
  },
  {
    name: 'a conversation that the business starts begins with the business’s message',
    needs: ['conversations.start', 'messages.list'],
    async run({ adapter }) {
      const text = 'Your bike is ready to be picked up.'
      const started = await adapter.conversations?.start?.({
        contact: { firstName: 'Nora', lastName: 'Conform', email: 'nora.conform@example.com' },
        channel: 'email',
        subject: 'Your bike',
        text,
      })
      ensure(started, 'Nothing was started.')
      const [first] = (await threadOf(adapter, started.id)).filter((message) => message.text === text)
      ensure(first, 'The first message is not in the thread.')
      ensure(first.direction === 'outbound', `What the business said goes ${first.direction}.`)
    },
  },
  {
    name: 'a change of a conversation is read back, or refused as unsupported',
    needs: ['conversations.update', 'conversations.get'],
    async run(bench) {
      const id = await speakingId(bench)
      let done = 0
      for (const [input, field, wanted] of changes) if (await change(bench, id, input, field, wanted)) done++
      ensure(done > 0, 'conversations.update exists but changes none of star, read state, title and status.')
    },
  },
  {
    name: 'upserting a contact makes it once, and changes it the next time',
    needs: ['contacts.upsert', 'contacts.get'],
    async run({ adapter }) {
      if (!supports(adapter, 'contacts.upsert') || !supports(adapter, 'contacts.get')) return
      const name = 'Nora Conform'
      const { email = '', externalId = '' } = madeUpContact
      const made = await adapter.contacts.upsert({ email, externalId, name })
      const changed = await adapter.contacts.upsert({ email, externalId, name: 'Nora Conform-Bell' })
      ensure(changed.id === made.id, 'The same external id and address made two contacts.')
      const read = await adapter.contacts.get(made.id)
      ensure(read.name === 'Nora Conform-Bell', `After the change its name is "${read.name}".`)
      // A vendor without external ids omits it and warns.
      if ('externalId' in read) ensure(read.externalId === externalId, `Its external id is "${read.externalId}".`)
    },
  },
  {
    name: 'a webhook is created as requested, and the result does not contain its secret',
    needs: ['webhooks.create'],
    async run({ adapter }) {
      if (!supports(adapter, 'webhooks.create')) return
      const made = await adapter.webhooks.create(input)
      parseModel('webhook', made)
      ensure(parseRef(made.ref).id === made.id, `The ref ${made.ref} stands on "${made.id}".`)
      ensure(made.url === input.url && made.title === input.title, 'It has another address or title.')
      ensure(made.trigger.value === input.trigger, `It is called for "${made.trigger.value}".`)
      const { raw: _, ...plain } = made
      ensure(!JSON.stringify(plain).includes('planted-webhook-secret'), 'It holds the secret of its headers.')
    },
  },
  {
    name: 'a change that is aborted before it begins sends nothing and fails with the caller’s reason',
    async run(bench) {
      const writes = await writesOf(bench)
      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      const reason = new Error('the caller gave up')
      for (const { operation, id, run } of writes) {
        const failed = await failureOf(run(adapter, id ?? '', { signal: AbortSignal.abort(reason) }))
        ensure(failed === reason, `${operation} ended in ${String(failed)}.`)
        ensure(requests.count() === 0, `${operation} sent ${requests.count()} requests.`)
      }
    },
  },
  {
    name: 'a change writes nothing when beforeSend throws, and fails with what it threw',
    async run(bench) {
      const writes = await writesOf(bench)
      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      const reason = new Error('the trial ends here')
      const beforeSend = () => {
        throw reason
      }
      for (const { operation, id, run } of writes) {
        // An upload counts as no write, because nobody sees the file before a message contains it.
        if (operation === 'attachments.upload') continue
        const failed = await failureOf(run(adapter, id ?? '', { beforeSend }))
        ensure(failed === reason, `${operation} ended in ${String(failed)}.`)
        ensure(requests.writes() === 0, `${operation} sent ${requests.writes()} writes.`)
      }
    },
  },
  {
    name: 'a change with an invalid id is refused before anything is sent',
    async run(bench) {
      const writes = (await writesOf(bench)).filter(({ id }) => id !== null)
      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      for (const { operation, run } of writes)
        for (const id of noIds) {
          const what = `${operation} of ${JSON.stringify(id) ?? 'nothing'}`
          const error = await ensureFails(run(adapter, id as string), 'invalid-request', what)
          ensure(error.operation === operation, `${what}: the error names ${error.operation}.`)
          ensure(requests.count() === 0, `${what} sent something.`)
        }
    },
  },
  {
    name: 'an entity of another vendor, account or kind is refused before anything is sent',
    async run(bench) {
      const { vendor, account } = bench.adapter
      const about = (await writesOf(bench)).flatMap((write) => (write.id === null ? [] : { ...write, id: write.id }))
      const operations: Operation[] = [...(await readsOf(bench)), ...about]
      const say = { text: 'Is anybody there?', ...bench.harness.use?.reply }
      const add = async (operation: OperationName, run: Operation['run']): Promise<void> => {
        if (supports(bench.adapter, operation)) operations.push({ operation, id: await speakingId(bench), run })
      }
      await add('messages.ask', (own, target) => ask(bench, own, target, say.text))
      await add('messages.stream', (own, target) => collect(stream(bench, own, target, say.text)))
      await add('messages.reply', (own, target) => own.messages?.reply?.(target, say))
      await add('messages.note', (own, target) => own.messages?.note?.(target, { text: say.text }))

      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      for (const { operation, id, run } of operations) {
        // No operation takes a webhook.
        const wrong = buildRef({ vendor, account, kind: 'webhook', id })
        const targets = {
          'another vendor': { id, vendor: `${vendor}-other` },
          'another account': { id, vendor, account: `${account}-other` },
          'another kind': { id, ref: wrong },
          'a ref': wrong,
        }
        for (const [what, target] of Object.entries(targets)) {
          const before = requests.count()
          const error = await ensureFails(
            (async () => run(adapter, target as never))(),
            'invalid-request',
            `${operation} of ${what}`,
          )
          ensure(error.operation === operation, `${operation} of ${what}: the error names ${error.operation}.`)
          ensure(requests.count() === before, `${operation} of ${what} sent something.`)
        }
      }
    },
  },
  {
    name: 'a change of an unknown id is not found, or confirms nothing',
    async run(bench) {
      for (const { operation, id, run } of await writesOf(bench)) {
        if (id === null) continue
        let given: unknown
        try {
          given = await run(bench.adapter, otherId(id))
        } catch (error) {
          ensure(isParleyError(error) && error.code === 'not-found', `${operation} failed with ${String(error)}.`)
          ensure(error.operation === operation, `${operation}: the error names ${error.operation}.`)
          ensure(error.outcome !== 'unknown', `${operation}: the error leaves open whether it was done.`)
          continue
        }
        ensure((given as Deleted | undefined)?.confirmed === false, `${operation} of an unknown id succeeded.`)
      }
    },
  },
  {
    name: 'a change whose response is lost does nothing twice, and does not claim that nothing was done',
    async run(bench) {
      for (const { operation, id, run } of await writesOf(bench)) {
        // A file that was uploaded twice does no harm, because no message contains it.
        if (operation === 'attachments.upload') continue
        const requests = recording(bench.harness.fetch)
        const connection = losing(requests.fetch)
        const failed = await failureOf(run(await bench.open({ fetch: connection.fetch }), id ?? ''))
        ensure(connection.lost() === 1, `${operation} sent no write through the fetch it was given.`)
        const makes = requests.all().filter((request) => /^(POST|PATCH) /.test(request))
        const isSame = sameTwice.has(operation)
        ensure(isSame || new Set(makes).size === makes.length, `${operation} sent the same twice.`)
        ensure(!isSame || failed === undefined || isUnknown(failed), `${operation} failed: ${String(failed)}`)
        const denies = isParleyError(failed) && failed.outcome === 'not-done'
        ensure(!denies, `${operation} was done, but its error says that it was not.`)
      }
    },
  },
  {
    name: 'the result of a change has the shape of the contract, a ref that leads to it, and raw if requested',
    async run(bench) {
      const keeping = await bench.open({ raw: true })
      for (const { operation, id, run } of await writesOf(bench)) {
        if (isRemoval.test(operation)) continue
        for (const adapter of [bench.adapter, keeping]) {
          const given = await run(adapter, id ?? '')
          for (const entity of (Array.isArray(given) ? given : [given]) as (Listed | undefined)[])
            if (entity && isEntity(entity)) check(operation, entity, adapter === keeping)
        }
      }
    },
  },
])

const madeUpContact: CreateContactInput = {
  firstName: 'Nora',
  lastName: 'Conform',
  email: 'nora.conform@example.com',
  externalId: 'conformance-1',
}

/** The expected result of each change, if the vendor shows the field at all. */
const changes: readonly [UpdateConversationInput, (conversation: Conversation) => unknown, unknown][] = [
  [{ isStarred: true }, ({ isStarred }) => isStarred, true],
  [{ isStarred: false }, ({ isStarred }) => isStarred, false],
  [{ unread: false }, ({ unreadCount }) => unreadCount, 0],
  [{ title: 'Renamed' }, ({ title }) => title, 'Renamed'],
  [{ status: 'closed' }, ({ status }) => known(status.value), 'closed'],
  [{ status: 'open' }, ({ status }) => known(status.value), 'open'],
]

const known = (status: string): string | undefined => (status === 'unknown' ? undefined : status)

async function change(
  { adapter }: Bench,
  id: string,
  input: UpdateConversationInput,
  field: (conversation: Conversation) => unknown,
  wanted: unknown,
): Promise<boolean> {
  const error = await failureOf(Promise.resolve(adapter.conversations?.update?.(id, input)))
  if (error !== undefined) {
    ensure(isParleyError(error) && error.code === 'unsupported', `${show(input)} failed with ${String(error)}.`)
    return false
  }
  const read = await adapter.conversations?.get?.(id)
  const found = read && field(read)
  ensure(found === undefined || found === wanted, `After ${show(input)} it reads ${show(found)}.`)
  return true
}

const input: CreateWebhookInput = {
  title: 'Conformance',
  description: 'Made by a test.',
  url: 'https://hooks.example.com/conformance',
  trigger: 'conversation.ended',
  headers: { 'x-conformance': 'planted-webhook-secret' },
}

/**
 * Calling these operations twice has the same effect as calling them once, whatever their HTTP method is. Other checks
 * verify this.
 */
const sameTwice: ReadonlySet<OperationName> = new Set<OperationName>([
  'agents.workingHours.set',
  'agents.followUp.update',
  'contacts.upsert',
])

const isUnknown = (error: unknown): boolean => isParleyError(error) && error.outcome === 'unknown'

const isRemoval = /\.(delete|remove|dismiss|cancel|clear)$/

function check(operation: string, entity: Extract<Listed, { ref: string }>, wantsRaw: boolean): void {
  const { kind, id } = parseRef(entity.ref)
  ensure(id === entity.id, `${operation}: the ref ${entity.ref} stands on "${entity.id}".`)
  ensure(
    (entity.raw !== undefined) === wantsRaw,
    `${operation}: raw is ${wantsRaw ? 'missing' : 'there all the same'}.`,
  )
  try {
    parseModel(kind, entity)
  } catch (error) {
    ensure(false, `${operation}: ${isParleyError(error) ? error.message : String(error)}`)
  }
}
