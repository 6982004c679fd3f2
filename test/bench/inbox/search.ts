import { searchPage } from '../../../packages/inbox/src/store/search.ts'
import { readSearch } from '../../../packages/inbox/src/store/search-words.ts'
import { accountsNamed, type BenchStore } from './database.ts'
import { type AccountName, accountNames, pick, randomFrom, vocabulary } from './rows.ts'

type Kind = (random: () => number) => { text: string; accounts?: readonly AccountName[] }

const common = ['the', 'order', 'refund', 'please', 'hello']
const rare = (random: () => number): string => vocabulary[20_000 + Math.floor(random() * 9000)] as string
const japanese = ['返品', '配送', '注文', '今日', 'パスワード', '返品配送', '返']
const arabic = ['الطلب', 'الشحن', 'شكرا', 'كلمة المرور']

/** What people search for: each kind as often as the others. */
const kinds: Readonly<Record<string, Kind>> = {
  frequent: (random) => ({ text: pick(common, random) }),
  rare: (random) => ({ text: rare(random) }),
  'two words': (random) => ({
    text: pick(['refund invoice', 'order delivery', 'password login', `order ${rare(random)}`], random),
  }),
  phrase: (random) => ({ text: pick(['"refund payment"', '"order this"', '"the order"'], random) }),
  'no hit': () => ({ text: 'zzzzqqq order' }),
  'small account': (random) => ({ text: pick(common, random), accounts: ['kiosk'] }),
  Japanese: (random) => ({ text: pick(japanese, random) }),
  Arabic: (random) => ({ text: pick(arabic, random) }),
}

/** Milliseconds of first pages of 25 hits, by the kind of the search. */
export async function timeSearch({ db }: BenchStore, searches = 25): Promise<Map<string, number[]>> {
  const random = randomFrom(3)
  const times = new Map<string, number[]>()
  for (const [name, kind] of Object.entries(kinds)) {
    const own: number[] = []
    for (let count = 0; count < searches; count++) {
      const { text, accounts = accountNames } = kind(random)
      const words = readSearch(text)
      const start = performance.now()
      await searchPage(
        db,
        { query: { limit: 25 } as never, words, accounts: accountsNamed(accounts), conversation: undefined },
        undefined,
      )
      own.push(performance.now() - start)
    }
    times.set(name, own)
  }
  return times
}

const words = ['返品', '配送', '返品配送', 'パスワード', '今日', '返', '订单', '支付失败', '什么时候']

/** How many messages a search for a word without spaces around it finds, and how many have it. */
export async function recall({ db, pool }: BenchStore): Promise<{ found: number; there: number }> {
  let [found, there] = [0, 0]
  for (const word of words) {
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int as count from parley.messages where body->>'text' like $1`,
      [`%${word}%`],
    )
    there += rows[0]?.count ?? 0
    let cursor: string | undefined
    do {
      const asked = { query: { limit: 200 } as never, words: readSearch(word), conversation: undefined }
      const page = await searchPage(db, { ...asked, accounts: accountsNamed(accountNames) }, cursor)
      // A hit counts only if it is one.
      found += page.items.filter(({ message }) => message.text?.includes(word)).length
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }
  return { found, there }
}
