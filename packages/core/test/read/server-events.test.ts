import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serverEvents } from '../../src/operations.ts'

async function eventsOf(pieces: readonly string[]) {
  async function* text() {
    yield* pieces
  }
  const found: (string | [string, string])[] = []
  for await (const { name, data, isCut } of serverEvents(text()))
    found.push(name === 'message' ? data + (isCut ? ' (cut)' : '') : [name, data])
  return found
}

describe('the server-sent events of a stream', () => {
  it.each<[string, readonly string[], (string | [string, string])[]]>([
    ['are separated by empty lines', ['data: a\n\ndata: b\n\n'], ['a', 'b']],
    ['have all their data lines', ['data: {"a":\ndata: 1}\n\n'], ['{"a":\n1}']],
    ['lose one space after the colon', ['data:a\n\ndata:  b\n\n'], ['a', ' b']],
    ['have the name that their event field gives', ['event: error\ndata: x\n\ndata: y\n\n'], [['error', 'x'], 'y']],
    ['need data', [': comment\n\nid: 4\nretry: 3\nnonsense\n\n'], []],
    ['may have a name alone', ['event: error\n\ndata: a\n\nevent:\n\nevent: x\n'], [['error', ''], 'a', ['x', '']]],
    ['are cut in the name of a field', ['data: a\n\nda'], ['a', ' (cut)']],
    ['are cut in the name of a field after others', ['data: a\nda'], ['a (cut)']],
    ['are not cut within a comment', ['data: a\n\n: bye'], ['a']],
    ['may have empty data', ['data\n\ndata:\n\n'], ['', '']],
    ['may follow a byte order mark', ['\ufeffdata: a\n\n'], ['a']],
    ['may end with the stream', ['data: a\n\ndata: b\n'], ['a', 'b']],
    ['are cut when the stream ends within a line', ['data: a\n\ndata: b'], ['a', 'b (cut)']],
    ['are whole when the stream ends with a carriage return', ['data: a\r'], ['a']],
    ['are none in an empty stream', ['', ''], []],
  ])('are read with %s', async (_, pieces, expected) => {
    expect(await eventsOf(pieces)).toEqual(expected)
  })

  it.each(['\n', '\r\n', '\r'])('are read with lines that end with %j, cut at any point', async (end) => {
    const text = ['event: x', 'data: one', 'data: two', '', ': c', 'data: {"a":"€"}', '', 'data: last', '', ''].join(
      end,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length]
        const pieces = places.slice(1).map((place, index) => text.slice(places[index], place))
        expect(await eventsOf(pieces)).toEqual([['x', 'one\ntwo'], '{"a":"€"}', 'last'])
      }),
    )
  })

  it('are returned before the next chunk is requested', async () => {
    let asked = 0
    async function* slow() {
      for (const piece of ['data: one\n\n', 'data: two\n\n']) {
        asked++
        yield piece
      }
    }
    const { value } = await serverEvents(slow()).next()
    expect([value, asked]).toEqual([{ name: 'message', data: 'one', isCut: false }, 1])
  })

  it('end the stream when the consumer stops', async () => {
    let isClosed = false
    async function* endless() {
      try {
        for (;;) yield 'data: x\n\n'
      } finally {
        isClosed = true
      }
    }
    for await (const _ of serverEvents(endless())) break
    expect(isClosed).toBe(true)
  })
})
