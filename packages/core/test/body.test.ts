import { describe, expect, test } from 'vitest'
import { readBytes, readText } from '../src/transport/exchange.ts'
import { BodyTooLarge } from '../src/transport/failure.ts'

/** A body that counts what is taken from it. */
function counted(chunks: number, size: number, headers: Record<string, string> = {}) {
  const state = { taken: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (state.taken === chunks) return controller.close()
        state.taken++
        controller.enqueue(new Uint8Array(size).fill(97))
      },
      cancel() {
        state.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { state, response: new Response(stream, { headers }) }
}

describe.each([
  ['readText', readText],
  ['readBytes', readBytes],
])('%s', (_, read) => {
  test('reads up to the limit', async () => {
    expect(await read(counted(2, 50).response, 100)).toHaveLength(100)
  })

  test('reads no more than the limit, and cancels the rest', async () => {
    const { response, state } = counted(1000, 50)
    await expect(read(response, 100)).rejects.toBeInstanceOf(BodyTooLarge)
    expect(state).toEqual({ taken: 3, cancelled: true })
  })

  test('reads nothing of a body that is announced as too long', async () => {
    const { response, state } = counted(1000, 50, { 'content-length': '50000' })
    await expect(read(response, 100)).rejects.toBeInstanceOf(BodyTooLarge)
    expect(state).toEqual({ taken: 0, cancelled: true })
  })

  test('counts the bytes of a body that it decompresses itself', async () => {
    const { response, state } = counted(1000, 50, { 'content-length': '20', 'content-encoding': 'gzip' })
    await expect(read(response, 100)).rejects.toBeInstanceOf(BodyTooLarge)
    expect(state.taken).toBe(3)
  })

  test('reads an empty body as an empty string', async () => {
    expect(await read(new Response(null), 100)).toHaveLength(0)
    expect(await read(new Response(''), 100)).toHaveLength(0)
  })
})

test('joins a character that is cut between two chunks', async () => {
  const bytes = new TextEncoder().encode('a€😀')
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  expect(await readText(new Response(stream), 100)).toBe('a€😀')
})
