import { describe, expect, test, vi } from 'vitest'
import { DecodeError, isRecord, type Payload, PayloadReader, vocabulary, type Warning } from '../src/index.ts'

const create = (options: { keepRaw?: boolean; onWarning?: (warning: Warning) => void } = {}) =>
  new PayloadReader({
    vendor: 'acme',
    account: 'main',
    operation: 'messages.list',
    keepRaw: options.keepRaw ?? true,
    onWarning: options.onWarning ?? (() => {}),
  })

const places = (reading: PayloadReader) => reading.warnings.map(({ code, path }) => `${code} ${path}`)

describe('a field of a payload', () => {
  test('is undefined if it is missing and null if it is null, without a warning', () => {
    const reading = create()
    const raw = { nothing: null }
    expect([reading.text(raw, 'nothing'), reading.text(raw, 'gone')]).toEqual([null, undefined])
    expect([reading.number(raw, 'nothing'), reading.number(raw, 'gone')]).toEqual([null, undefined])
    expect([reading.time(raw, 'nothing'), reading.time(raw, 'gone')]).toEqual([null, undefined])
    expect([reading.object(raw, 'nothing'), reading.object(raw, 'gone')]).toEqual([null, undefined])
    expect([reading.nested(raw, 'nothing', Object), reading.nested(raw, 'gone', Object)]).toEqual([null, undefined])
    expect([reading.flag(raw, 'nothing'), reading.flag(raw, 'gone')]).toEqual([undefined, undefined])
    expect([reading.texts(raw, 'nothing'), reading.texts(raw, 'gone')]).toEqual([undefined, undefined])
    expect([reading.list(raw, 'nothing', Object), reading.list(raw, 'gone', Object)]).toEqual([undefined, undefined])
    expect(reading.warnings).toEqual([])
  })

  test('accepts shapes that vendors mix up', () => {
    const reading = create()
    expect(reading.text({ a: 5 }, 'a')).toBe('5')
    expect(reading.text({ a: false }, 'a')).toBe('false')
    expect(reading.number({ a: ' 5.5 ' }, 'a')).toBe(5.5)
    expect(reading.number({ a: 0 }, 'a')).toBe(0)
    expect(reading.flag({ a: 'true' }, 'a')).toBe(true)
    expect(reading.flag({ a: 'false' }, 'a')).toBe(false)
    expect(reading.flag({ a: false }, 'a')).toBe(false)
    expect(reading.time({ a: 0 }, 'a')).toBe('1970-01-01T00:00:00.000Z')
    expect(reading.object({ a: { b: 1 } }, 'a')).toEqual({ b: 1 })
    expect(reading.texts({ a: ['x', 5] }, 'a')).toEqual(['x', '5'])
    expect(reading.warnings).toEqual([])
  })

  test('of the wrong shape is dropped with a warning that names it and does not quote it', () => {
    const reading = create()
    const raw = { a: { secret: 'planted' }, b: 'planted', c: ['planted'], d: ['x', {}, 'y'] }
    expect(reading.text(raw, 'a')).toBeUndefined()
    expect(reading.number(raw, 'b')).toBeUndefined()
    expect(reading.flag(raw, 'b')).toBeUndefined()
    expect(reading.time(raw, 'b')).toBeUndefined()
    expect(reading.object(raw, 'c')).toBeUndefined()
    expect(reading.nested(raw, 'c', Object)).toBeUndefined()
    expect(reading.list(raw, 'a', Object)).toBeUndefined()
    expect(reading.texts(raw, 'b')).toBeUndefined()
    expect(reading.texts(raw, 'd')).toEqual(['x', 'y'])
    expect(places(reading)).toEqual([
      'unreadable-field a',
      'unreadable-field b',
      'unreadable-field b',
      'unreadable-field b',
      'unreadable-field c',
      'unreadable-field c',
      'unreadable-field a',
      'unreadable-field b',
      'unreadable-field d[1]',
    ])
    expect(JSON.stringify(reading.warnings)).not.toContain('planted')
  })

  test('that holds an id is a string or a number', () => {
    const reading = create()
    expect(reading.id({ id: 'x' })).toBe('x')
    expect(reading.id({ _id: 7 }, '_id')).toBe('7')
    for (const id of ['', null, undefined, {}, true]) expect(() => reading.id({ id })).toThrow(DecodeError)
  })

  test('isRecord', () => {
    expect([{}, [], null, 'x', 5, undefined].map(isRecord)).toEqual([true, false, false, false, false, false])
  })
})

describe('a word of a vocabulary', () => {
  const map = vocabulary({ OPEN: 'open', '2': 'closed', true: 'open' } as const)

  test('has a value and keeps its spelling if it is known', () => {
    const reading = create()
    expect(reading.term({ s: 'Open' }, 's', map)).toEqual({ value: 'open', native: 'Open' })
    expect(reading.term({ s: 2 }, 's', map)).toEqual({ value: 'closed', native: 2 })
    expect(reading.term({ s: true }, 's', map)).toEqual({ value: 'open', native: true })
    expect(reading.term({ s: null }, 's', map)).toEqual({ value: 'unknown', native: null })
    expect(reading.term({}, 's', map)).toBeUndefined()
    expect(reading.warnings).toEqual([])
  })

  test('is kept with a warning if it is unknown', () => {
    const reading = create()
    expect(reading.term({ s: 'SNOOZED' }, 's', map)).toEqual({ value: 'unknown', native: 'SNOOZED' })
    expect(reading.warnings).toMatchObject([{ code: 'unknown-term', path: 's', raw: 'SNOOZED' }])
    expect(reading.warnings[0]?.message).not.toContain('SNOOZED')
  })

  test('cannot be read if it is no string', () => {
    const reading = create()
    expect(reading.term({ s: {} }, 's', map)).toBeUndefined()
    expect(places(reading)).toEqual(['unreadable-field s'])
  })
})

describe('an entity in a payload', () => {
  test('starts with a ref and the payload', () => {
    const raw = { id: 'x/1' }
    expect(create().entity('message', 'x/1', raw)).toEqual({
      ref: 'acme:main/message/x%2F1',
      vendor: 'acme',
      account: 'main',
      id: 'x/1',
      raw,
    })
  })

  test('has no `raw` if payloads are not kept', () => {
    expect(create({ keepRaw: false }).entity('message', '1', {})).not.toHaveProperty('raw')
  })

  test('keeps the prefixes of two kinds apart', () => {
    const reading = create()
    expect([reading.ref('message', '1'), reading.ref('contact', '1'), reading.ref('message', '2')]).toEqual([
      'acme:main/message/1',
      'acme:main/contact/1',
      'acme:main/message/2',
    ])
  })

  test.each(['msg_1', 'msg/1', 'msg#1', 'mß'])('gives a part of %s the ref of its id', (owner) => {
    const after = create()
    after.ref('message', owner)
    for (const reading of [after, create()]) {
      expect(reading.partRef('source', owner, 3)).toBe(create().ref('source', `${owner}#3`))
    }
  })

  test('with half a character in its id does not break the page', () => {
    expect(create().items([{ id: '\ud800' }], 'messages', (raw) => raw['id'])).toHaveLength(1)
    expect(() => create().ref('message', '\ud800')).not.toThrow()
  })
})

describe('a list in a payload', () => {
  const read = (reading: PayloadReader) => (raw: Payload) => ({ id: reading.id(raw), at: reading.time(raw, 'at') })

  test('turns one bad item into a warning with its payload, and is read on', () => {
    const reading = create()
    const items = reading.items(
      [{ id: 'a' }, { name: 'no id' }, 'text', null, { id: 'b', at: {} }],
      'messages',
      read(reading),
    )
    expect(items.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(reading.warnings.map(({ code, path, raw }) => [code, path, raw])).toEqual([
      ['bad-item', 'messages[1].id', { name: 'no id' }],
      ['bad-item', 'messages[2]', 'text'],
      ['bad-item', 'messages[3]', null],
      ['unreadable-field', 'messages[4].at', undefined],
    ])
  })

  test('without a name has paths too', () => {
    const reading = create()
    reading.items([{}], '', read(reading))
    expect(places(reading)).toEqual(['bad-item [0].id'])
  })

  test('names the path of nested lists and objects', () => {
    const reading = create()
    reading.items([{ files: [{ meta: { size: {} } }, { meta: { size: {} } }] }], 'data.messages', (message) => {
      reading.list(message, 'files', (file) => reading.nested(file, 'meta', (meta) => reading.number(meta, 'size')))
      reading.text({ after: {} }, 'after')
      return message
    })
    reading.text({ end: {} }, 'end')
    expect(places(reading)).toEqual([
      'unreadable-field data.messages[0].files[0].meta.size',
      'unreadable-field data.messages[0].files[1].meta.size',
      'unreadable-field data.messages[0].after',
      'unreadable-field end',
    ])
  })

  test('drops a broken nested object and not its item', () => {
    const reading = create()
    const [item] = reading.items([{ id: '1', owner: {} }], 'list', (raw) => ({
      id: reading.id(raw),
      owner: reading.nested(raw, 'owner', (owner) => reading.id(owner)),
    }))
    expect(item).toEqual({ id: '1', owner: undefined })
    expect(places(reading)).toEqual(['unreadable-field list[0].owner.id'])
  })

  test('keeps the paths right after an item that breaks in a nested object', () => {
    const reading = create()
    reading.items([{ parts: 'none' }, { parts: [] }, {}], 'list', (raw) => {
      reading.items(raw['parts'], 'parts', Object)
      return reading.text({ x: {} }, 'x')
    })
    expect(places(reading)).toEqual(['bad-item list[0].parts', 'unreadable-field list[1].x', 'bad-item list[2].parts'])
  })

  test('cannot be read if it is no list', () => {
    const reading = create()
    expect(() => reading.items({}, 'messages', Object)).toThrow(expect.objectContaining({ path: 'messages' }))
    expect(() => reading.items(undefined, '', Object)).toThrow(expect.objectContaining({ path: '' }))
  })

  test('does not swallow a fault of the reader, and keeps the path right', () => {
    const reading = create()
    const fault = new TypeError('a bug')
    const breaks = () =>
      reading.items([{ inner: [{}] }], 'messages', (raw) =>
        reading.list(raw, 'inner', () => {
          throw fault
        }),
      )
    expect(breaks).toThrow(fault)
    expect(reading.at('x')).toBe('x')
    expect(() => reading.nested({ a: {} }, 'a', breaks)).toThrow(fault)
    expect(reading.at('x')).toBe('x')
  })
})

test('reports every warning at once and keeps it', () => {
  const onWarning = vi.fn()
  const reading = create({ onWarning })
  reading.warn('degraded', 'Done another way.')
  expect(onWarning).toHaveBeenCalledExactlyOnceWith(reading.warnings[0])
  expect(reading.warnings).toEqual([
    { code: 'degraded', message: 'Done another way.', vendor: 'acme', account: 'main', operation: 'messages.list' },
  ])
})
