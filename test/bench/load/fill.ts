import { createDesk } from '../../../packages/inbox/src/desk/create-desk.ts'
import { accountsNamed, type BenchStore } from '../inbox/database.ts'
import { ingest } from '../inbox/ingest.ts'
import { fillConversations } from '../inbox/lists.ts'
import { accountNames, conversationAt, pick, randomFrom } from '../inbox/rows.ts'

export interface Size {
  conversations: number
  messages: number
  /** How many conversations have something that people added. */
  overlays: number
}

/** An inbox in which people have worked. */
export async function fillDesk(bench: BenchStore, { conversations, messages, overlays }: Size): Promise<void> {
  await fillConversations(bench, 0, conversations)
  await ingest(bench, 0, messages, conversations)
  const adapters = accountsNamed(accountNames).map(({ adapter }) => adapter)
  const own = createDesk({ store: bench.store, accounts: adapters }).as({ id: 'ada' })
  const random = randomFrom(13)
  const left = Array.from({ length: overlays }, () => conversationAt(Math.floor(random() * conversations)).ref)
  const work = async () => {
    for (let ref = left.pop(); ref !== undefined; ref = left.pop()) {
      const dice = random()
      if (dice < 0.5) await own.tag(ref, { add: [pick(tags, random)] })
      else if (dice < 0.7) await own.assign(ref, { person: { id: pick(['ada', 'bob', 'cleo'], random) } })
      else if (dice < 0.8) await own.snooze(ref, tomorrow())
      else if (dice < 0.9) await own.close(ref)
      else await own.markRead(ref)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  await bench.pool.query('vacuum (analyze)')
}

export const tags: readonly string[] = ['vip', 'refund', 'bug', 'sales', 'spam']

export const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString()
