import { type Adapter, systemClock } from '@parley/core'
import { createStore, createSync } from '@parley/inbox'
import { leadConnector } from '@parley/leadconnector'
import { sandbox } from '@parley/sandbox'
import { type Row, row } from './measure.ts'

const limit = { requests: 100, perMs: 10_000 }

/**
 * A backfill against the emulated LeadConnector with its documented limit, over HTTP and with the real clock. Measures
 * the used share of the allowed rate, and the number of refusals.
 */
export async function measureBackfill(requests = 600, workers = 20): Promise<Row[]> {
  const desk = await sandbox.start({ vendors: ['leadConnector'], clock: systemClock })
  try {
    const { token = '', locationId = '' } = desk.leadConnector.credentials
    const answered: number[] = []
    let refused = 0
    const account = leadConnector({
      token,
      locationId,
      baseUrl: desk.leadConnector.url,
      priority: 'backfill',
      onRequest: ({ status }) => {
        if (status === 429) refused++
        else answered.push(performance.now())
      },
    })
    let left = requests
    const work = async () => {
      while (left-- > 0) await account.conversations.list({ limit: 20 })
    }
    await Promise.all(Array.from({ length: workers }, work))
    return rowsOf('backfill', answered, refused)
  } finally {
    await desk.stop()
  }
}

/** The same through the sync of an inbox, which reads each conversation on its own: without the vendor's bulk export. */
export async function measureSyncBackfill(): Promise<Row[]> {
  const desk = await sandbox.start({ vendors: ['leadConnector'], clock: systemClock })
  try {
    await using store = await createStore()
    const { token = '', locationId = '' } = desk.leadConnector.credentials
    const answered: number[] = []
    let refused = 0
    const { messages, ...account } = leadConnector({
      token,
      locationId,
      baseUrl: desk.leadConnector.url,
      onRequest: ({ status }) => {
        if (status === 429) refused++
        else answered.push(performance.now())
      },
    })
    const { export: _, ...others } = messages
    const adapter = { ...account, messages: others } as unknown as Adapter
    await createSync({ store, accounts: [adapter] }).runOnce({ streams: ['conversations', 'messages'] })
    return rowsOf('backfill through createSync', answered, refused)
  } finally {
    await desk.stop()
  }
}

/** @param answered when each request was answered, in milliseconds. */
function rowsOf(name: string, answered: readonly number[], refused: number): Row[] {
  // From the first request of the first window to the first request of the last window, so only whole windows count.
  const windows = answered.length - limit.requests
  const [begin = 0, end = 0] = [answered[0], answered[windows]]
  const allowed = ((end - begin) * limit.requests) / limit.perMs
  return [
    { ...row(`${name}: requests in whole windows, against what is allowed`, windows, allowed), atLeast: 0.9 },
    row(`${name}: refusals (429), against requests`, refused, answered.length, 0),
  ]
}
