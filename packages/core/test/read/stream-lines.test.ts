import { describe, expect, it } from 'vitest'
import { dataLines } from '../../src/read/data-lines.ts'

async function linesOf(...pieces: string[]): Promise<[string, boolean][]> {
  async function* text(): AsyncGenerator<string> {
    yield* pieces
  }
  const found: [string, boolean][] = []
  for await (const { data, isFirst } of dataLines(text())) found.push([data, isFirst])
  return found
}

describe('the data lines of a stream', () => {
  it.each([
    [
      ['data: a\n\ndata: b\n\n'],
      [
        ['a', true],
        ['b', true],
      ],
    ],
    [
      ['data: a\ndata: b\n\n'],
      [
        ['a', true],
        ['b', false],
      ],
    ],
    [
      ['data:a\ndata:  b\n'],
      [
        ['a', true],
        [' b', false],
      ],
    ],
    [['data\n\n'], [['', true]]],
    [[': comment\nevent: x\nid: 1\nmetadata: no\ndatum: no\ndata-x: no\n\n'], []],
    [
      ['data: a\r\n\r\ndata: b\rdata: c\r\r'],
      [
        ['a', true],
        ['b', true],
        ['c', false],
      ],
    ],
    [
      ['da', 'ta: a', '\n', 'data: b'],
      [
        ['a', true],
        ['b', false],
      ],
    ],
    [
      ['data: a\r', '\ndata: b\r'],
      [
        ['a', true],
        ['b', false],
      ],
    ],
    [
      ['data: a\r', 'data: b'],
      [
        ['a', true],
        ['b', false],
      ],
    ],
    [['data: a\r', '', 'x'], [['a', true]]],
    [[''], []],
    [[], []],
    [['\n'], []],
  ] as [string[], [string, boolean][]][])('of %j are %j', async (pieces, expected) => {
    expect(await linesOf(...pieces)).toStrictEqual(expected)
  })

  it('come as soon as they are complete', async () => {
    let given = 0
    async function* text(): AsyncGenerator<string> {
      for (const piece of ['data: a', '\n', 'data: b', '\n']) {
        given++
        yield piece
      }
    }
    for await (const { data } of dataLines(text()))
      expect([data, given]).toStrictEqual(data === 'a' ? ['a', 2] : ['b', 4])
  })
})
