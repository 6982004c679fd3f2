import { fork } from 'node:child_process'
import { join } from 'node:path'
import { leadConnector } from '@parley/leadconnector'
import { expect, it } from 'vitest'

it('a conversation of 10,000 messages is read page by page with bounded memory', async () => {
  const server = fork(join(import.meta.dirname, '../bench/server.ts'), { execArgv: [] })
  try {
    const port = await new Promise<number>((resolve) => {
      server.once('message', (message) => resolve(Number(message)))
    })
    const clinic = leadConnector({ token: 't', locationId: 'l', baseUrl: `http://127.0.0.1:${port}`, rate: false })
    const ids = new Set<string>()
    let largest = 0
    let pages = 0
    for await (const page of clinic.messages.list('10000', { limit: 100 }).pages()) {
      pages++
      largest = Math.max(largest, page.items.length)
      for (const { id } of page.items) ids.add(id)
    }
    // One page is in memory at any moment. No page grows with the conversation, so memory is bounded.
    expect({ messages: ids.size, pages, largest }).toEqual({ messages: 10_000, pages: 100, largest: 100 })
  } finally {
    server.kill()
  }
}, 60_000)
