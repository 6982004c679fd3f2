import {
  type Adapter,
  type CreateContactInput,
  type CreateWebhookInput,
  can,
  type OperationName,
  type OperationOptions,
} from '@parley/core'
import type { Bench } from '../bench.ts'
import { sampleAgent, sampleFollowUp, sampleHours, sampleSettings, someAgentId } from './agents.ts'
import { sampleFile } from './files.ts'
import { addKnowledge } from './knowledge.ts'
import { replyLater } from './later.ts'
import { someContactId, talkingId, threadOf } from './sample.ts'
import { speakingId } from './speak.ts'

/** An operation that changes something, with what is the same about all of them. */
export interface AnyWrite {
  operation: OperationName
  /** What it is about, and there. `null`: it makes something new of nothing. */
  id: string | null
  run(adapter: Adapter, id: string, options?: OperationOptions): Promise<unknown>
}

type Target = (() => Promise<string | undefined>) | null

/** Every operation of the adapter that changes something, but for those that speak; what takes something away is last. */
export async function writesOf(bench: Bench): Promise<AnyWrite[]> {
  const { adapter } = bench
  const writes: AnyWrite[] = []
  const add = async (operation: OperationName, target: Target, run: AnyWrite['run']): Promise<void> => {
    const id = can(adapter, operation) ? target && (await target()) : undefined
    if (id !== undefined) writes.push({ operation, id, run })
  }
  const { agent, action, knowledge, ...targets } = targetsOf(bench)

  await add('agents.create', null, async ({ agents }, _, options) => agents?.create?.(sampleAgent, options))
  await add('agents.update', agent, async ({ agents }, id, options) => agents?.update?.(id, { name: 'Other' }, options))
  await add('agents.workingHours.set', agent, async ({ agents }, id, options) =>
    agents?.workingHours?.set?.(id, sampleHours, options),
  )
  await add('agents.actions.attach', agent, async ({ agents }, id, options) =>
    agents?.actions?.attach?.(id, sampleFollowUp, options),
  )
  await add('agents.actions.update', action, async ({ agents }, id, options) =>
    agents?.actions?.update?.(await agent(), id, { name: 'Other' }, options),
  )
  await add('agents.followUp.update', agent, async ({ agents }, id, options) =>
    agents?.followUp?.update?.(id, { ...sampleSettings, actionIds: [await action()] }, options),
  )
  await add('contacts.upsert', null, async ({ contacts }, _, options) => contacts?.upsert?.(somebody(), options))
  await add('contacts.create', null, async ({ contacts }, _, options) => contacts?.create?.(somebody(), options))
  await add('attachments.upload', targets.conversation, async ({ attachments }, id, options) =>
    attachments?.upload?.(id, sampleFile(), options),
  )
  await add('knowledge.add', null, async (own, _, options) => {
    const input = (await knowledge())?.input
    return input && own.knowledge?.add?.(input, options)
  })
  await add('feedback.give', targets.answer, async ({ feedback }, id, options) =>
    feedback?.give?.(id, { vote: 'up', authorId: await targets.contact(), question: 'Is it so?' }, options),
  )
  await add('webhooks.create', null, async ({ webhooks }, _, options) => webhooks?.create?.(webhook, options))

  await add('control.takeOver', targets.conversation, async ({ control }, id, options) =>
    control?.takeOver?.(id, options),
  )
  await add('control.release', targets.conversation, async ({ control }, id, options) =>
    control?.release?.(id, options),
  )
  await add('conversations.close', targets.conversation, async ({ conversations }, id, options) =>
    conversations?.close?.(id, options),
  )

  await add('messages.cancel', targets.later, async ({ messages }, id, options) => messages?.cancel?.(id, options))
  await add(
    'knowledge.remove',
    async () => (await knowledge())?.item.id,
    async (own, id, options) => own.knowledge?.remove?.(id, options),
  )
  await add('feedback.dismiss', targets.suggestion, async ({ feedback }, id, options) =>
    feedback?.dismiss?.(id, options),
  )
  await add('agents.actions.remove', action, async ({ agents }, id, options) =>
    agents?.actions?.remove?.(await agent(), id, options),
  )
  await add('agents.workingHours.clear', agent, async ({ agents }, id, options) =>
    agents?.workingHours?.clear?.(id, options),
  )
  await add('conversations.delete', targets.conversation, async ({ conversations }, id, options) =>
    conversations?.delete?.(id, options),
  )
  await add('contacts.delete', targets.newContact, async ({ contacts }, id, options) => contacts?.delete?.(id, options))
  await add('agents.delete', agent, async ({ agents }, id, options) => agents?.delete?.(id, options))
  return writes
}

let people = 0

/** Somebody else each time, whom no vendor takes for the one before. */
export const somebody = (): CreateContactInput => {
  const number = ++people
  const externalId = `conformance-write-${number}`
  return { firstName: 'Nora', lastName: `Write${number}`, email: `${externalId}@example.com`, externalId }
}

export const webhook: CreateWebhookInput = {
  ...{ title: 'Conformance', description: 'A test.', url: 'https://hooks.example.com/conformance' },
  trigger: 'conversation.ended',
}

/** What there is to change, each made or looked up once. */
function targetsOf(bench: Bench) {
  const { adapter } = bench
  const agent = once(() => someAgentId(adapter))
  return {
    agent,
    action: once(async () => (await adapter.agents?.actions?.attach?.(await agent(), sampleFollowUp))?.id ?? ''),
    contact: once(() => someContactId(bench)),
    newContact: once(async () => (await adapter.contacts?.create?.(somebody()))?.id),
    conversation: once(() => speakingId(bench)),
    answer: once(async () => {
      const thread = await threadOf(adapter, await talkingId(bench))
      return thread.find(({ author }) => author.kind === 'agent')?.id
    }),
    later: once(async () => (await replyLater(bench, 'A colleague here: not today.')).message.id),
    knowledge: once(async () => (await addKnowledge(adapter))[0]),
    suggestion: once(async () => (await adapter.feedback?.suggestions?.())?.items[0]?.id),
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
