import { type Adapter, isParleyError, type OperationName, operationNames, paged } from '@parley/core'
import { createInbox, type Inbox } from '@parley/inbox'
import { afterAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { filledStore } from './synced/filled.ts'

/** `messages.reply` of an object of groups, `agents.actions.get` of a group in a group. */
type NamesIn<Groups> = {
  [Key in keyof Groups & string]: Groups[Key] extends (...args: never[]) => unknown
    ? Key
    : Groups[Key] extends readonly unknown[]
      ? never
      : `${Key}.${NamesIn<Groups[Key]>}`
}[keyof Groups & string]

const at = (groups: unknown, name: string): unknown =>
  name.split('.').reduce((found, step) => (found as Record<string, unknown> | undefined)?.[step], groups)

const called: unknown[][] = []
const lists = new Set(['messages.list', 'messages.export', 'sources.list', 'agents.actions.list', 'feedback.list'])

/** An account that has every operation, and records each call. */
function complete(account: string): Adapter {
  const adapter = {
    ...{ vendor: 'acme', account, unsupported: {} },
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
  }
  for (const name of operationNames) {
    const steps = name.split('.')
    const verb = steps.pop() as string
    let group = adapter as Record<string, unknown>
    for (const step of steps) {
      group[step] ??= {}
      group = group[step] as Record<string, unknown>
    }
    group[verb] = (...args: unknown[]) => {
      called.push([account, name, ...args])
      if (!lists.has(name)) return Promise.resolve()
      return paged(
        async () => ({ items: [], next: null, warnings: [] }),
        {},
        { vendor: 'acme', account, operation: name },
      )
    }
  }
  return adapter
}

const accounts = [complete('one'), complete('two')]
// Nothing is stored, so that also what a synced inbox reads from the store comes from the vendor.
const { store, close } = await filledStore()
afterAll(close)
const inboxes = [
  { name: 'a live inbox', inbox: createInbox({ accounts }) },
  { name: 'a synced inbox', inbox: createInbox({ accounts, store }) },
]
beforeEach(() => {
  called.length = 0
})

const refusal = (promise: PromiseLike<unknown>): PromiseLike<unknown> =>
  promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (isParleyError(error) ? [error.operation, error.fields?.[0]?.path ?? error.code] : error),
  )

describe.each(inboxes)('the operations of $name', ({ inbox }) => {
  const run = (name: string, ...args: unknown[]): Promise<unknown> =>
    (at(inbox, name) as (...args: unknown[]) => Promise<unknown>)(...args)

  it('are all of the contract', () => {
    expectTypeOf<Exclude<OperationName, NamesIn<Inbox>>>().toBeNever()
    expect(operationNames.filter((name) => typeof at(inbox, name) !== 'function')).toEqual([])
  })

  it.each([
    ['agents.get', 'agent'],
    ['agents.update', 'agent'],
    ['agents.delete', 'agent'],
    ['agents.actions.list', 'agent'],
    ['agents.actions.attach', 'agent'],
    ['agents.followUp.update', 'agent'],
    ['agents.workingHours.get', 'agent'],
    ['agents.workingHours.set', 'agent'],
    ['agents.workingHours.clear', 'agent'],
    ['conversations.deleteForContact', 'contact'],
    ['messages.setStatus', 'message'],
  ] as const)('find the account by ref and by entity: %s', async (name, kind) => {
    const ref = `acme:two/${kind}/x%2Fy`
    const entity = { ref, vendor: 'acme', account: 'two', id: 'x/y' }
    await run(name, ref, { raw: true })
    await run(name, entity)
    expect(called).toEqual([
      ['two', name, 'x/y', { raw: true }],
      ['two', name, entity],
    ])
    expect(await refusal(run(name, 'acme:two/suggestion/x'))).toEqual([name, kind])
  })

  it.each(['agents.actions.get', 'agents.actions.update', 'agents.actions.remove'])(
    'take an action of the agent’s account by ref and by entity: %s',
    async (name) => {
      const action = { ref: 'acme:two/action/a', vendor: 'acme', account: 'two', id: 'a' }
      await run(name, 'acme:two/agent/x', action.ref, { name: 'Book' })
      await run(name, 'acme:two/agent/x', action, { name: 'Book' })
      expect(called).toEqual([
        ['two', name, 'x', 'a', { name: 'Book' }],
        ['two', name, 'x', action, { name: 'Book' }],
      ])
      for (const wrong of ['acme:one/action/a', 'acme:two/agent/a', 'a', undefined])
        expect(await refusal(run(name, 'acme:two/agent/x', wrong, {}))).toEqual([name, 'action'])
      expect(called).toHaveLength(2)
    },
  )

  it.each([
    'agents.create',
    'conversations.start',
    'contacts.create',
    'contacts.upsert',
    'contacts.ensure',
    'knowledge.add',
    'webhooks.create',
  ])('take the name of the account if nothing else has it: %s', async (name) => {
    await run(name, 'acme:two', { vendor: {} }, { raw: true })
    expect(called).toEqual([['two', name, { vendor: {} }, { raw: true }]])
    expect(await refusal(run(name, 'acme:three', {}))).toEqual([undefined, 'not-found'])
    expect(await refusal(run(name, { vendor: {} }))).toEqual([name, 'account'])
  })

  it.each(['messages.export', 'feedback.list'])('list a whole account, which the name says: %s', async (name) => {
    await run(name, 'acme:two')
    await run(name, 'acme:two', { limit: 3 }, { raw: true })
    expect(called).toEqual([
      ['two', name, {}, { priority: 'backfill' }],
      ['two', name, { limit: 3 }, { raw: true, priority: 'backfill' }],
    ])
    expect(await refusal(run(name, 'acme:three', {}))).toEqual([undefined, 'not-found'])
    expect(await refusal(run(name, { vendor: {} }))).toEqual([name, 'account'])
  })
})
