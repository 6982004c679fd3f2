import type { Message } from '@parley/core'
import { told } from '@parley/testkit'
import { describe, expect, it, vi } from 'vitest'
import { readAIResponse } from '../../src/read/message.ts'
import { entity, reader } from '../helpers/account.ts'

const page = (index: number, fields: object) => ({
  ...entity('source', `m-1#${index}`),
  kind: { value: 'website', native: null },
  ...fields,
})
const file = (index: number, fields: object) => ({ ...page(index, fields), kind: { value: 'file', native: null } })

/** What became of a message, what was told, and whether the slow way was taken, which keeps track of the place. */
function readOf(fullAIResponse: unknown) {
  const { reading, warnings } = reader(false)
  const nested = vi.spyOn(reading, 'nested')
  const message = { id: 'm-1', sourcesState: 'unavailable' } as Message
  readAIResponse(message, { fullAIResponse }, reading)
  const { sources, reasoning, sourcesState } = message
  return { found: { sources, reasoning, sourcesState }, warned: told(warnings), slow: nested.mock.calls.length > 0 }
}

const url = { url: 'https://a.example', title: 'A' }
const cited = { fileId: 'f-1', filename: 'a.pdf' }

describe('the documented AI response of a message', () => {
  it('lists its pages before its files', () => {
    const reasoning = ['First.']
    const read = readOf({ urlCitations: [url, url], fileCitations: [cited, cited], reasoning })
    expect(read).toStrictEqual({
      found: {
        sources: [
          page(0, { title: 'A', url: 'https://a.example' }),
          page(1, { title: 'A', url: 'https://a.example' }),
          file(2, { fileName: 'a.pdf', fileId: 'f-1' }),
          file(3, { fileName: 'a.pdf', fileId: 'f-1' }),
        ],
        reasoning: ['First.'],
        sourcesState: 'inline',
      },
      warned: [],
      slow: false,
    })
    // A copy: what an application does to its message, it does not do to the payload.
    expect(read.found.reasoning).not.toBe(reasoning)
  })

  it.each([
    {},
    { urlCitations: null, fileCitations: null, reasoning: null },
    { urlCitations: [], fileCitations: [], outputText: 'x' },
    { urlCitations: [] },
    { fileCitations: [] },
  ])('can be empty: %j', (response) => {
    expect(readOf(response)).toStrictEqual({
      found: { sources: [], reasoning: undefined, sourcesState: 'inline' },
      warned: [],
      slow: false,
    })
  })

  it('can have no reasoning', () => {
    expect(readOf({ reasoning: [] })).toMatchObject({ found: { reasoning: [] }, slow: false })
  })
})

describe('an AI response with an odd part', () => {
  it.each([
    [{ urlCitations: {} }, ['unreadable-field fullAIResponse.urlCitations'], []],
    [{ fileCitations: 7 }, ['unreadable-field fullAIResponse.fileCitations'], []],
    [{ urlCitations: [null] }, ['bad-item fullAIResponse.urlCitations[0]'], []],
    [{ fileCitations: ['x'] }, ['bad-item fullAIResponse.fileCitations[0]'], []],
    [
      { urlCitations: [{ ...url, url: [] }] },
      ['unreadable-field fullAIResponse.urlCitations[0].url'],
      [page(0, { title: 'A' })],
    ],
    [
      { urlCitations: [{ ...url, title: {} }] },
      ['unreadable-field fullAIResponse.urlCitations[0].title'],
      [page(0, { url: 'https://a.example' })],
    ],
    [
      { urlCitations: [url, null], fileCitations: [cited] },
      ['bad-item fullAIResponse.urlCitations[1]'],
      [page(0, { title: 'A', url: 'https://a.example' }), file(2, { fileName: 'a.pdf', fileId: 'f-1' })],
    ],
    [
      { urlCitations: [{}], fileCitations: [{ fileId: 'f-1' }, { filename: 'b.pdf' }] },
      [],
      [page(0, {}), file(1, { fileId: 'f-1' }), file(2, { fileName: 'b.pdf' })],
    ],
  ])('keeps the other parts and warns: %j', (response, warned, sources) => {
    expect(readOf(response)).toStrictEqual({
      found: { sources, reasoning: undefined, sourcesState: 'inline' },
      warned,
      slow: true,
    })
  })

  it.each([
    [{}, ['unreadable-field fullAIResponse.reasoning'], undefined],
    [['a', {}], ['unreadable-field fullAIResponse.reasoning[1]'], ['a']],
  ])('keeps the reasoning too, %j', (reasoning, warned, left) => {
    expect(readOf({ reasoning })).toStrictEqual({
      found: { sources: [], reasoning: left, sourcesState: 'inline' },
      warned,
      slow: true,
    })
  })

  it('adds no key without reasoning', () => {
    const message = { id: 'm-1' } as Message
    readAIResponse(message, { fullAIResponse: { urlCitations: [null] } }, reader().reading)
    expect(Object.keys(message)).toEqual(['id', 'sourcesState', 'sources'])
  })

  it.each([null, undefined])('is not read if it is missing (%s)', (none) => {
    expect(readOf(none).found).toStrictEqual({ sources: undefined, reasoning: undefined, sourcesState: 'unavailable' })
  })

  it('produces a warning if it is no object', () => {
    expect(readOf('x').warned).toEqual(['unreadable-field fullAIResponse'])
  })
})
