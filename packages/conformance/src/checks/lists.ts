import {
  type Conversation,
  encodeCursor,
  type ListQuery,
  type Page,
  type Paged,
  requireOperation,
  supports,
} from '@parley/core'
import { fieldSupport } from '@parley/core/fields'
import { type Check, checksOf, Inapplicable } from '../check.ts'
import { ensure, ensureFails, ensureSame, failureOf } from '../support/ensure.ts'
import {
  collect,
  collectPages,
  idsOf,
  listsFor,
  listsOf,
  placesOf,
  someContactId,
  talkingId,
} from '../support/reading.ts'
import { counting, enlarging } from '../support/requests.ts'
import { listsOfParents } from '../support/required.ts'

export const listChecks: readonly Check[] = checksOf('lists', [
  {
    name: 'a list without what the vendor requires is refused by name, and nothing is sent',
    async run({ adapter: { limits, vendor }, harness }) {
      const required = Object.entries(limits.required ?? {})
      if (required.length === 0) throw new Inapplicable(`The lists of ${vendor} require nothing.`)
      const connection = counting(harness.fetch)
      const { adapter } = await harness.create({ fetch: connection.fetch })
      for (const [operation, names = []] of required) {
        const fields = { ...harness.use?.required?.[operation] } as Record<string, unknown>
        for (const name of names) {
          ensure(fields[name] !== undefined, `\`use.required\` of the harness has no ${name} for ${operation}.`)
          const { [name]: _, ...others } = fields
          const query: Record<string, unknown>[] = [others, { ...others, [name]: null }]
          for (const each of query) {
            const list = requireOperation(adapter, operation as 'knowledge.list') as (
              ...args: object[]
            ) => Paged<unknown>
            const work = listsOfParents.has(operation) ? list({ id: 'any-id' }, each) : list(each)
            const error = await ensureFails(work, 'invalid-request', `${operation} without ${name}`)
            ensure(
              error.fields?.some(({ path }) => path === name),
              `${operation} without ${name} is refused, but the error does not name it: ${JSON.stringify(error.fields)}.`,
            )
          }
        }
      }
      ensure(connection.count() === 0, `${connection.count()} requests were sent.`)
    },
  },
  {
    name: 'conversations come newest activity first, and oldest first when asked',
    needs: ['conversations.list'],
    async run({ adapter }) {
      const list = adapter.conversations?.list
      if (!list) return
      const newestFirst = await collect(list())
      falls(newestFirst)
      falls(await collect(list({ order: 'desc' })))
      const oldestFirst = await collect(list({ order: 'asc' }))
      falls(oldestFirst.toReversed())
      ensure(oldestFirst.length === newestFirst.length, 'The two orders hold a different number of conversations.')
      ensure(
        newestFirst.some(({ lastActivityAt }) => lastActivityAt),
        'No conversation has a lastActivityAt.',
      )
    },
  },
  {
    name: 'a cursor continues where the page ended, even in another process and with payloads',
    async run(bench) {
      const places = await placesOf(bench)
      let resumed = 0
      for (const [index, { operation, list }] of (await listsOf(bench)).entries()) {
        const whole = await collect(list())
        const limit = Math.max(2, Math.ceil(whole.length / 5))
        const { items, next } = await list({ limit })
        if (next === null) continue
        resumed++
        const fresh = listsFor(await bench.open({ raw: true }), places)[index]
        ensure(fresh, 'Another adapter of the same account has other lists.')
        const rest = await collect(fresh.list({ limit, cursor: next }))
        ensureSame([...idsOf(items), ...idsOf(rest)], idsOf(whole), `${operation} from a cursor on`)
      }
      ensure(resumed > 0, 'No list has a second page, so no cursor can be tested.')
    },
  },
  {
    name: 'a list awaited is its first page',
    async run(bench) {
      for (const { operation, list } of await listsOf(bench)) {
        const page = await list()
        const [first] = await collectPages(list(), 1)
        ensureSame(idsOf(page.items), idsOf(first?.items ?? []), `${operation}, awaited and as pages`)
        ensure(page.next === null || typeof page.next === 'string', `${operation}: next is ${String(page.next)}.`)
        ensure(Array.isArray(page.warnings), `${operation}: the page has no list of warnings.`)
      }
    },
  },
  {
    name: 'a list is a promise of its first page, and the cursor null is that page',
    async run(bench) {
      const requests = counting(bench.harness.fetch)
      const places = await placesOf(bench)
      const adapter = await bench.open({ fetch: requests.fetch })
      ensure((await listsOf(bench)).length > 0, 'The adapter has no lists.')
      for (const { operation, list } of listsFor(adapter, places)) {
        const given = list()
        const page = await given
        const before = requests.count()
        const again = await Promise.all([
          given,
          given.then((same) => same),
          given.catch(() => null),
          given.finally(() => {}),
        ])
        ensure(
          again.every((same) => same === page),
          `${operation}: awaiting it again returns another page.`,
        )
        ensure(requests.count() === before, `${operation}: awaiting it again sent a request.`)
        const [iterated] = await collectPages(given, 1)
        ensureSame(idsOf(iterated?.items ?? []), idsOf(page.items), `${operation}, iterated after it was awaited`)
        const first = await list({ cursor: null })
        ensureSame(idsOf(first.items), idsOf(page.items), `${operation} with the cursor null`)

        const failing = list(undefined, { signal: AbortSignal.abort() })
        const error = await failureOf(failing)
        ensure(error !== undefined, `${operation}: it succeeds although its signal was aborted.`)
        ensure((await failureOf(failing)) === error, `${operation}: awaiting it again fails with another error.`)
        ensure(
          (await failing.catch((caught: unknown) => caught)) === error,
          `${operation}: catch receives another error.`,
        )
      }
    },
  },
  {
    name: 'a cursor that no page issued is refused',
    async run(bench) {
      for (const { operation, list } of await listsOf(bench))
        for (const cursor of forged)
          await ensureFails(list({ cursor }), 'invalid-request', `${operation} with the cursor "${cursor}"`)
    },
  },
  {
    name: 'a cursor of another account, query, limit or list is refused',
    async run(bench) {
      const places = await placesOf(bench)
      const elsewhere = listsFor(await bench.open({ account: 'another' }), places)
      const cursors = new Map<string, string>()
      for (const [index, { operation, list }] of (await listsOf(bench)).entries()) {
        const { next } = await list({ limit: 2 })
        if (next === null) continue
        const refuses = async (work: PromiseLike<unknown>, what: string): Promise<void> => {
          const error = await ensureFails(work, 'invalid-request', `${operation} with a cursor of ${what}`)
          const fields = error.fields?.map(({ path }) => path)
          ensure(fields?.includes('cursor'), `${operation} does not name the cursor of ${what} in the error's fields.`)
        }
        await refuses(list({ limit: 3, cursor: next }), 'another limit')
        await refuses(list({ ...otherFilter, limit: 2, cursor: next }), 'another query')
        const same = elsewhere[index]
        if (same) await refuses(same.list({ limit: 2, cursor: next }), 'another account')
        for (const [name, cursor] of cursors) await refuses(list({ limit: 2, cursor }), `the list ${name}`)
        cursors.set(operation, next)
      }
      ensure(cursors.size > 0, 'No list has a second page, so no cursor can be tested.')
    },
  },
  {
    name: 'a conversation that arrives while the list is read causes no repeated and no skipped item',
    needs: ['conversations.list', 'conversations.create'],
    async run(bench) {
      const { conversations } = bench.adapter
      if (!conversations?.list || !conversations.create || !supports(bench.adapter, 'conversations.create')) return
      const contact = await someContactId(bench)
      for (const order of ['desc', 'asc'] as const) {
        const before = idsOf(await collect(conversations.list({ order })))
        const limit = Math.max(2, Math.ceil(before.length / 5))
        const read: string[] = []
        for await (const page of conversations.list({ order, limit }).pages()) {
          if (read.length === 0) await conversations.create({ contact })
          read.push(...idsOf(page.items))
        }
        const repeated = read.find((id, index) => read.indexOf(id) !== index)
        ensure(repeated === undefined, `${repeated} came twice in the order ${order}.`)
        const lost = before.find((id) => !read.includes(id))
        ensure(lost === undefined, `${lost} was skipped in the order ${order} when a conversation arrived.`)
      }
    },
  },
  {
    name: 'a page with more items than requested loses none',
    async run(bench) {
      const requests = enlarging(bench.harness.fetch, asked, sent)
      const lists = listsFor(await bench.open({ fetch: requests.fetch }), await placesOf(bench))
      for (const [index, { operation, list }] of (await listsOf(bench)).entries()) {
        const whole = idsOf(await collect(list())).toSorted()
        const generous = lists[index]
        ensure(generous, 'Another adapter of the same account has other lists.')
        const read = idsOf(await collect(generous.list({ limit: asked }))).toSorted()
        ensureSame(read, whole, `${operation} with pages that are longer than asked for`)
      }
    },
  },
  {
    name: 'a list sends no request before it is awaited or iterated',
    async run(bench) {
      const requests = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: requests.fetch })
      const places = await placesOf(bench)
      const before = requests.count()
      for (const { list } of listsFor(adapter, places)) list().pages()
      await new Promise((resolve) => setImmediate(resolve))
      ensure(requests.count() === before, 'Creating a list sent a request.')
      ensure((await listsOf(bench)).length > 0, 'The adapter has no lists.')
    },
  },
  {
    name: 'a page has at most the requested number of items, and never more than the vendor allows',
    async run(bench) {
      for (const { operation, list } of await listsOf(bench)) {
        const two = await list({ limit: 2 })
        if (isMadeUp(two)) continue
        ensure(two.items.length <= 2, `${operation} gave ${two.items.length} items for a limit of 2.`)
        const size = bench.adapter.limits.pageSize[operation]
        if (!size) continue
        const most = await list({ limit: size.max + 1000 })
        ensure(
          most.items.length <= size.max,
          `${operation} gave ${most.items.length} items, more than limits.pageSize says.`,
        )
        const usual = await list()
        ensure(usual.items.length <= size.default, `${operation} returns ${usual.items.length} items without a limit.`)
        if (usual.next !== null && usual.items.length > 2) {
          ensure(two.items.length === 2, `${operation} gave ${two.items.length} items for a limit of 2, of many.`)
          ensure(most.items.length >= usual.items.length, `${operation} gave fewer items for the largest limit.`)
        }
      }
    },
  },
  {
    name: 'messages come newest first, and reversed when asked for oldest first',
    needs: ['messages.list'],
    async run(bench) {
      const list = bench.adapter.messages?.list
      if (!list) return
      const id = await talkingId(bench)
      const newestFirst = await collect(list(id))
      const oldestFirst = await collect(list(id, { order: 'asc' }))
      ensureSame(idsOf(newestFirst.toReversed()), idsOf(oldestFirst), 'The messages, oldest first')
      const inPages = await collect(list(id, { order: 'asc', limit: 2 }))
      ensureSame(idsOf(inPages), idsOf(oldestFirst), 'The messages, oldest first and in pages of 2')
      const times = oldestFirst.flatMap(({ createdAt }) => createdAt ?? [])
      ensureSame(times, times.toSorted(), 'The times of the messages, oldest first')
      const table = await bench.adapter.fields?.()
      const isTimed = !table || fieldSupport(table, 'message', 'createdAt')?.readable !== false
      ensure(!isTimed || new Set(times).size > 1, 'The messages have no times.')
    },
  },
  {
    name: 'a total is how many items the list has',
    async run(bench) {
      for (const { operation, list } of await listsOf(bench)) {
        const { total } = await list({ limit: 2 })
        if (total === undefined) continue
        const { length } = await collect(list())
        ensure(total === length, `${operation} has a total of ${total} but ${length} items.`)
      }
    },
  },
  {
    name: 'pages of any size make the same list, nothing repeated and nothing skipped',
    async run(bench) {
      for (const { operation, list } of await listsOf(bench)) {
        const whole = idsOf(await collect(list()))
        ensure(new Set(whole).size === whole.length, `${operation} repeats items.`)
        const limit = Math.max(1, Math.ceil(whole.length / 7))
        const pages = await collectPages(list({ limit }))
        ensureSame(
          pages.flatMap(({ items }) => idsOf(items)),
          whole,
          `${operation} in pages of ${limit}`,
        )
        if (whole.length > limit)
          ensure(pages.length > 1, `${operation}: a limit of ${limit} gave all ${whole.length} at once.`)
      }
    },
  },
])

function falls(conversations: readonly Conversation[]): void {
  const dated = conversations.filter(({ lastActivityAt }) => typeof lastActivityAt === 'string')
  for (const [index, { id, lastActivityAt }] of dated.entries()) {
    const before = dated[index - 1]
    if (!before) continue
    ensure(
      (before.lastActivityAt as string) >= (lastActivityAt as string),
      `${before.id} of ${before.lastActivityAt} is listed on the wrong side of ${id} of ${lastActivityAt}.`,
    )
  }
}

const forged = ['forged', '', encodeCursor('forged'), encodeCursor({ forged: true }), encodeCursor(null)]

/** A query that every list accepts and ignores. It still counts as another query. */
const otherFilter = { vendor: {} } as ListQuery

/** Unusual numbers, so that nothing else in a request matches them. */
const [asked, sent] = [7, 9]

/** A list that is built from another list warns that the limit is that of the other one. */
const isMadeUp = ({ warnings }: Page<unknown>): boolean =>
  warnings.some(({ code, message }) => code === 'degraded' && message.includes('limit'))
