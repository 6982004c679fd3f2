import { type Adapter, isParleyError, type OperationName, operationNames } from '@parley/core'
import { liveChatAI } from '@parley/livechatai'
import { afterEach, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'
import { junk, type Refusal, refusalOf } from './junk.ts'
import { argumentsOf, type Fields, kinds, signatures } from './signatures.ts'

let requests = 0
const fetch = async (): Promise<Response> => {
  requests++
  return Response.json({ message: 'junk went out' }, { status: 400 })
}
const common = { fetch, maxRetries: 0, rate: false as const }
const adapters: readonly Adapter[] = (await loadVendors()).flatMap(({ create, credentials, operator, variants }) =>
  [{}, ...variants].map((variant) => create({ ...common, ...credentials, ...operator, ...variant })),
)

afterEach(() => {
  requests = 0
})

const operationOf = (adapter: Adapter, name: string): ((...args: unknown[]) => unknown) | undefined =>
  name
    .split('.')
    .reduce<unknown>((found, step) => (found as Record<string, unknown> | undefined)?.[step], adapter) as never

/** What the entities of JavaScript may lack, and what else they may have instead. */
const misshapen: readonly object[] = [undefined, null, 5, 'words', [], {}, { value: 5, ids: 5, id: 5, native: {} }].map(
  (each) => {
    const fields = [
      'type',
      'email',
      'kind',
      'contact',
      'channel',
      'agentId',
      'conversationId',
      'knowledgeBaseId',
      'url',
    ]
    const others = ['createdAt', 'sourcesState', 'attachments', 'status', 'sources', 'text', 'inReplyTo', 'lastMessage']
    return { id: 'id-1', ...Object.fromEntries([...fields, ...others].map((field) => [field, each])) }
  },
)

/** What else an input needs, so that the operation comes to its target. */
const required: Partial<Record<OperationName, object>> = {
  'messages.setStatus': { status: 'read' },
  'feedback.give': { vote: 'up' },
  'agents.update': { name: 'x' },
  'conversations.update': { unread: true },
}

const errorOf = async (run: () => unknown): Promise<unknown> => {
  const given = run() as AsyncIterable<unknown> & PromiseLike<unknown>
  try {
    if (typeof given?.then === 'function') await given
    else for await (const _ of given ?? []);
  } catch (error) {
    return error
  }
  return undefined
}

/** All vendors that have the operation refuse it in the same way, and send nothing. */
async function sameRefusal(name: string, args: unknown[]): Promise<Refusal | string | undefined> {
  const having = adapters.map((adapter) => operationOf(adapter, name)).filter((operation) => operation !== undefined)
  const refusals = await Promise.all(having.map((operation) => refusalOf(() => operation(...args))))
  for (const refusal of refusals) expect(refusal).toEqual(refusals[0])
  return refusals[0]
}

const names = operationNames.filter((name): name is keyof typeof signatures => name !== 'messages.reconcile')

describe.each(names)('%s', (name) => {
  const signature = signatures[name]
  const { targets = [], query, input, options } = signature
  const args = argumentsOf(signature)

  it('refuses what is no entity and no id, in the same words at every vendor', async () => {
    for (const [index, path] of targets.entries()) {
      for (const [what, value] of junk) {
        if (value === '5' && path !== 'attachment') continue
        const refusal = await sameRefusal(name, args.with(index, value))
        expect(refusal, what).toMatchObject({ code: 'invalid-request', path, message: expect.stringContaining(path) })
      }
    }
    expect(requests).toBe(0)
  })

  it('says of what is no entity and no id that nothing was done', async () => {
    for (const adapter of adapters) {
      const operation = operationOf(adapter, name)
      for (const index of operation ? targets.keys() : [])
        for (const [what, value] of junk) {
          if (value === '5') continue
          const error = await errorOf(() => operation?.(...args.with(index, value)))
          expect(error, `${adapter.vendor}: ${what}`).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
        }
    }
    expect(requests).toBe(0)
  })

  const complete = input ? args.with(-2, { ...(args.at(-2) as object), ...required[name] }) : args

  it('takes an object of which only the id is right as this id, and never ends in an error of the runtime', async () => {
    for (const adapter of adapters) {
      const operation = operationOf(adapter, name)
      for (const [index, path] of operation ? targets.entries() : [])
        for (const entity of misshapen) {
          const error = await errorOf(() => operation?.(...complete.with(index, entity)))
          const where = `${adapter.vendor}, ${path}: ${JSON.stringify(entity)}`
          if (error !== undefined && !isParleyError(error)) throw new Error(where, { cause: error })
        }
    }
  })

  const parts: [string, number, Fields | undefined][] = [
    ['query', targets.length, query],
    ['input', targets.length, input],
    ['options', args.length - 1, options],
  ]
  for (const [part, index, fields] of parts) {
    if (!fields) continue

    it(`refuses ${part} that are no object`, async () => {
      for (const [what, value] of junk) {
        if (kinds.object.isRight(value)) continue
        const refusal = await sameRefusal(name, args.with(index, value))
        expect(refusal, what).toMatchObject({ code: 'invalid-request', path: part })
      }
      expect(requests).toBe(0)
    })

    it.runIf(part !== 'input' || isClosed(name))(`refuses a field of ${part} that does not exist`, async () => {
      const refusal = await sameRefusal(name, args.with(index, { contct: 'x' }))
      expect(refusal).toMatchObject({ code: 'invalid-request', path: 'contct' })
      expect(requests).toBe(0)
    })

    it.each(Object.entries(fields))(`refuses a wrong ${part} field %s`, async (field, kind) => {
      for (const [what, value] of junk) {
        if (kinds[kind].isRight(value)) continue
        if (kind === 'count' && typeof value === 'number' && isRightNumber(field, value)) continue
        const refusal = await sameRefusal(name, args.with(index, { [field]: value }))
        expect(refusal, what).toMatchObject({
          code: 'invalid-request',
          path: expect.stringMatching(`^${field}(?:\\[\\d\\])?$`),
          message: expect.stringContaining(field),
        })
      }
      expect(requests).toBe(0)
    })

    const idFields = Object.entries(fields).filter(([, kind]) => /^(?:id|ids|nullableId)$/.test(kind))
    it.each(idFields)(`refuses a ref or an entity in the ${part} field %s, which is an id`, async (field, kind) => {
      const ref = 'acme:default/contact/c-1'
      const given = (value: unknown) => args.with(index, { [field]: kind === 'ids' ? [value] : value })
      const path = kind === 'ids' ? `${field}[0]` : field
      expect(await sameRefusal(name, given(ref))).toMatchObject({
        ...{ code: 'invalid-request', path },
        message: expect.stringContaining(`${path} must be an id, not a ref`),
      })
      expect(await sameRefusal(name, given({ id: 'c-1', ref }))).toMatchObject({
        ...{ code: 'invalid-request', path },
        message: expect.stringContaining(`${path} must be an id`),
      })
      expect(requests).toBe(0)
    })
  }
})

it('refuses a ref where an input of a single vendor has the id of an entity', async () => {
  const refusal = await sameRefusal('agents.followUp.update', ['a', { actionIds: ['acme:default/action/1'] }])
  expect(refusal).toMatchObject({ code: 'invalid-request', path: 'actionIds' })
  expect(requests).toBe(0)
})

it('refuses a ref where an option of a vendor is the id of an entity', async () => {
  const desk = liveChatAI({ ...common, apiKey: 'key', agentId: 'agent' })
  const vendor = { livechatai: { agentId: 'livechatai:default/agent/a-1' } }
  expect(await refusalOf(() => desk.feedback.suggestions({ vendor }))).toMatchObject({
    ...{ code: 'invalid-request', path: 'vendor.livechatai.agentId' },
    message: expect.stringContaining('must be an id, not a ref'),
  })
  expect(requests).toBe(0)
})

it('refuses a wrong option of a vendor also beside a cursor, which is bound to the query', async () => {
  for (const adapter of adapters) {
    const vendor = { [adapter.vendor]: { x: 5n } }
    const refusal = await refusalOf(() => adapter.conversations?.list?.({ vendor, cursor: 'a..b' } as never))
    expect(refusal).toMatchObject({ code: 'invalid-request', path: 'cursor' })
  }
  expect(requests).toBe(0)
})

it.each<[string, unknown[], string, string]>([
  ['conversations.list', [{ stauts: 'open' }], 'stauts', '(did you mean "status"?)'],
  ['conversations.list', [{ raw: true }], 'raw', '(it belongs in the options, the last argument)'],
  ['conversations.list', [{}, { limit: 5 }], 'limit', '(it belongs in the argument before the options)'],
  ['messages.ask', ['c', { text: 'x', timeout: 5 }], 'timeout', '(it belongs in the options, the last argument)'],
  ['messages.reply', ['c', { text: 'x' }, { atachments: [] }], 'atachments', 'is not an option of this operation.'],
  ['agents.create', [{ name: 'x', instruction: 'y' }], 'instruction', '(did you mean "instructions"?)'],
  ['agents.update', ['a', { Name: 'x' }], 'Name', '(did you mean "name"?)'],
  ['contacts.upsert', [{ externalID: 'x' }], 'externalID', '(did you mean "externalId"?)'],
  ['knowledge.add', [{ kind: 'text', titel: 'x' }], 'titel', '(did you mean "title"?)'],
])('%s says of %j which name was probably meant', async (name, args, path, hint) => {
  const refusal = await sameRefusal(name, args)
  expect(refusal).toMatchObject({ code: 'invalid-request', path, message: expect.stringContaining(hint) })
  expect(requests).toBe(0)
})

it('ignores the fields of an entity from which an input is made', async () => {
  const entity = { ref: 'acme:a/agent/1', id: '1', account: 'a', raw: {}, createdAt: null, updatedAt: null }
  const desk = liveChatAI({ ...common, apiKey: 'key', agentId: 'agent' })
  const input = { ...entity, language: 'en', avatarUrl: null, actions: [], attributes: {}, name: 'x' }
  expect(await refusalOf(() => desk.agents.create({ ...input, liveChatEnabled: true } as never))).toMatchObject({
    message: expect.stringContaining('HTTP 400'),
  })
  expect(requests).toBe(1)
})

it.each<[string, unknown[], string]>([
  ['conversations.create', [{}], 'contact'],
  ['conversations.create', [{ contact: undefined }], 'contact'],
  ['messages.ask', [{ contact: undefined }, { text: 'x' }], 'contact'],
  ['messages.stream', [{ contact: undefined }, { text: 'x' }], 'contact'],
  ['knowledge.add', [{}], 'kind'],
  ['agents.update', ['a', {}], 'input'],
  ['agents.update', ['a', { name: undefined }], 'input'],
  ['conversations.update', ['c', {}], 'input'],
  ['agents.actions.update', ['a', 'b', {}], 'input'],
  ['agents.actions.update', ['a', 'b', { kind: 'hand-over' }], 'input'],
])('%s refuses %j, in the same words at every vendor', async (name, args, path) => {
  expect(await sameRefusal(name, args)).toMatchObject({ code: 'invalid-request', path })
  expect(requests).toBe(0)
})

it('refuses an assignee that is neither an id nor null, and a missing one', async () => {
  const wrong: unknown[] = junk.flatMap(([, value]) => (value === null || value === '5' ? [] : [value]))
  const ref = 'acme:default/operator/o-1'
  for (const value of [...wrong, undefined, ref, { id: 'o-1', ref }])
    expect(await sameRefusal('conversations.assign', ['c', value])).toMatchObject({
      ...{ code: 'invalid-request', path: 'operatorId' },
      message: expect.stringMatching(/^\S+ "?.*operatorId .*, or null for nobody\.$/),
    })
  for (const value of ['half of a pair: \ud83d', 'a\0b'])
    expect(await sameRefusal('conversations.assign', ['c', value])).toMatchObject({ path: 'operatorId' })
  expect(requests).toBe(0)
})

it('refuses a change of nothing that this vendor could change', async () => {
  const refusals: [string, unknown[]][] = [
    ['agents.update', ['a', { tags: ['x'] }]],
    ['conversations.update', ['c', { vendor: {} }]],
  ]
  for (const [name, args] of refusals)
    for (const adapter of adapters) {
      const operation = operationOf(adapter, name)
      if (!operation) continue
      expect(await refusalOf(() => operation(...args))).toMatchObject({ path: 'input' })
    }
  expect(requests).toBe(0)
})

it.each(['conversations.list', 'feedback.list', 'feedback.suggestions', 'messages.export'])(
  '%s refuses a period that ends before it begins, and names both ends',
  async (name) => {
    const period = { since: '2026-02-01', until: '2026-01-31T23:59:59.999Z' }
    expect(await sameRefusal(name, [period])).toMatchObject({ code: 'invalid-request', path: 'since' })
    for (const adapter of adapters) {
      const error = await Promise.resolve(operationOf(adapter, name)?.(period)).catch((thrown: unknown) => thrown)
      if (error) expect(error).toMatchObject({ fields: [{ path: 'since' }, { path: 'until' }] })
    }
    expect(requests).toBe(0)
  },
)

it('refuses a search for contacts that looks for nothing', async () => {
  for (const query of [{}, undefined, { limit: 5 }])
    expect(await sameRefusal('contacts.search', [query])).toMatchObject({ code: 'invalid-request', path: 'search' })
  expect(requests).toBe(0)
})

/** Only one vendor has actions and working hours. Its adapter checks their inputs. */
const isClosed = (name: OperationName): boolean => !/^agents\.(?:actions|followUp|workingHours)\./.test(name)

const isRightNumber = (field: string, value: number): boolean =>
  field === 'replyDelayMs' && (value === 0 || value === 0.5)
