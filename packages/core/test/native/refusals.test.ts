import { describe, expect, it } from 'vitest'
import { acme, customerText, failure } from '../helpers/acme.ts'
import { json, serve } from '../helpers/serve.ts'
import { acmeNative } from './endpoints.ts'

const form = (...files: string[]): FormData => {
  const body = new FormData()
  for (const file of files) body.append('file', new Blob([file]), file)
  return body
}

/** Route, input, options; the field that the error names and what it says of it. */
const wrong = (
  [
    ['GET /things', { query: {} }, {}, 'query.of', 'is required'],
    ['GET /things', {}, {}, 'query.of', 'is required'],
    ['GET /things', { query: { of: '' } }, {}, 'query.of', 'is required'],
    ['GET /things', { query: { of: null } }, {}, 'query.of', 'is required'],
    ['GET /things', { query: Object.create({ of: 'inherited' }) }, {}, 'query.of', 'is required'],
    ['GET /things', { query: [['of', 'a']] }, {}, 'query', 'must be an object'],
    ['GET /things', { query: 'of=a' }, {}, 'query', 'must be an object'],
    ['GET /things', { query: { of: { a: 1 } } }, {}, 'query.of', 'must be a string, a finite number'],
    ['GET /things', { query: { of: 'a', tags: [{}] } }, {}, 'query.tags', 'must be a string, a finite number'],
    ['GET /things', { query: { of: 'a', size: 101 } }, {}, 'query.size', 'must be at most 100'],
    ['GET /things', { query: { of: 'a', size: '101' } }, {}, 'query.size', 'must be at most 100'],
    ['GET /things', { query: { of: 'a', size: 0 } }, {}, 'query.size', 'must be at least 1'],
    ['GET /things', { query: { of: 'a', size: Number.NaN } }, {}, 'query.size', 'must be a string, a finite number'],
    ['GET /things', { query: { of: 'a' }, body: {} }, {}, 'body', 'cannot be sent with GET'],
    ['GET /things/{thingId}', {}, {}, 'path.thingId', 'must be an id'],
    ['GET /things/{thingId}', { path: {} }, {}, 'path.thingId', 'must be an id'],
    ['GET /things/{thingId}', { path: { thingId: '' } }, {}, 'path.thingId', 'must be an id'],
    ['GET /things/{thingId}', { path: { thingId: '..' } }, {}, 'path.thingId', 'must be an id'],
    ['GET /things/{thingId}', { path: { thingId: 7 } }, {}, 'path.thingId', 'must be an id'],
    ['GET /things/{thingId}', { path: Object.create({ thingId: 'a' }) }, {}, 'path.thingId', 'must be an id'],
    ['GET /things/{thingId}', { path: ['a'] }, {}, 'path', 'must be an object'],
    ['GET /things/{thingId}', { path: { thingId: 'a', id: 'b' } }, {}, 'path.id', 'is not a parameter of the route'],
    ['POST /things', undefined, {}, 'body.name', 'is required'],
    ['POST /things', null, {}, 'input', 'must be an object'],
    ['POST /things', { body: null }, {}, 'body.name', 'is required'],
    ['POST /things', { body: 'name=a' }, {}, 'body.name', 'is required'],
    ['POST /things', { body: { name: 'ab' } }, {}, 'body.nested.word', 'is required, or tags'],
    ['POST /things', { body: { name: 'a', tags: ['x'] } }, {}, 'body.name', 'must have at least 2 characters'],
    ['POST /things', { body: { name: '😀😀😀😀', tags: ['x'] } }, {}, 'body.name', 'must have at most 3 characters'],
    [
      'POST /things',
      { body: { name: 'ab', nested: { word: 'xy' } } },
      {},
      'body.nested.word',
      'must have at most 1 character',
    ],
    ['POST /things', { body: { name: 'ab', tags: [] } }, {}, 'body.tags', 'must have at least 1 element'],
    ['POST /things', { body: { name: 'ab', tags: ['a', 'b', 'c'] } }, {}, 'body.tags', 'must have at most 2 elements'],
    ['POST /things', { body: { name: 'no', tags: ['a'] } }, {}, 'body.name', 'must not be no'],
    ['POST /files', { body: {} }, {}, 'body', 'must be a FormData'],
    ['POST /files', { body: { file: 'x' } }, {}, 'body', 'must be a FormData'],
    ['POST /files', { body: form() }, {}, 'body.file', 'is required'],
    ['POST /files', { body: form('a', 'b', 'c') }, {}, 'body.file', 'must have at most 2 elements'],
    ['POST /search', {}, { headers: { version: 3 } }, 'headers.version', 'must be a string'],
    ['POST /search', null, {}, 'input', 'must be an object'],
    ['POST /search', { query: null }, {}, 'query', 'must be an object'],
    ['POST /search', { path: null }, {}, 'path', 'must be an object'],
    ['POST /search', {}, null, 'options', 'must be an object'],
    ['POST /search', {}, { headers: null }, 'headers', 'must be an object'],
    ['POST /search', {}, { headers: ['version'] }, 'headers', 'must be an object'],
    [
      'POST /ask',
      { body: { text: 'a' } },
      { headers: { version: `a\nb ${customerText}` } },
      'headers.version',
      'cannot be sent',
    ],
  ] satisfies [string, unknown, unknown, string, string][]
).map(([route, input, options, path, problem]) => ({ route, input, options, path, problem }))

describe('a native request that is refused before it is sent', () => {
  it.each(wrong)('to $route: $path $problem', async ({ route, input, options, path, problem }) => {
    const server = await serve((response) => json(response, 200, {}))
    const error = await failure(acmeNative(server.url).untyped(route, input, options))
    expect(error).toMatchObject({ code: 'invalid-request', operation: `native ${route}` })
    expect(error.fields?.[0]?.path).toBe(path)
    expect(error.fields?.[0]?.problem).toContain(problem)
    if (!route.startsWith('GET')) expect(error.outcome).toBe('not-done')
    expect(server.received).toEqual([])
  })

  it.each([
    ...['connection', 'Content-Length', 'expect', 'Host', 'keep-alive', 'proxy-connection', 'te', 'trailer'],
    ...['Transfer-Encoding', 'upgrade', '__proto__', 'constructor:', 'a\nb', ''],
  ])('with the header %j, which a program cannot send', async (name) => {
    const server = await serve((response) => json(response, 200, {}))
    const headers = Object.fromEntries([[name, '5']])
    const body = { text: 'a' }
    const given = await failure(acmeNative(server.url).untyped('POST /ask', { body }, { headers }))
    const fixed = await failure(
      acme(server.url, { protocol: { headers } }).begin('x').request({ method: 'POST', path: '/' }),
    )
    for (const error of [given, fixed]) expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
    expect(given.fields?.[0]?.path.toLowerCase()).toBe(`headers.${name.toLowerCase()}`)
    expect(fixed.fields).toEqual([{ path: `headers.${name}`, problem: 'cannot be sent' }])
    expect(server.received).toEqual([])
  })

  it.each(['a\u0000b', 'a\u0001b', 'a\u001b', 'a\u007f', 'a\nb', 'a\u0100'])(
    'with the value %j of a header or a credential, which the platform refuses only while it sends',
    async (value) => {
      const server = await serve((response) => json(response, 200, {}))
      const request = { method: 'POST', path: '/' } as const
      const given = await failure(
        acmeNative(server.url).untyped('POST /ask', { body: { text: 'a' } }, { headers: { 'x-a': value } }),
      )
      expect(given).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
      const asCredential = await failure(acme(server.url, { credential: value }).begin('x').request(request))
      expect(asCredential).toMatchObject({ code: 'configuration', outcome: 'not-done' })
      expect(server.received).toEqual([])
    },
  )

  it.each(['a\tb', 'caf\u00e9', ' padded ', 'a token from a file\n'])('but not with %j', async (value) => {
    const server = await serve((response) => json(response, 200, {}))
    await acme(server.url, { protocol: { headers: { 'x-a': value } } })
      .begin('x')
      .request({ path: '/' })
    expect(server.received).toHaveLength(1)
  })

  it.each([
    'GET /thing',
    'get /things',
    'GET /things/',
    'toString',
    '__proto__',
    '',
    undefined,
    null,
    { route: 'GET /things' },
    `GET /${customerText}`,
  ])('to the unknown route %j does not quote it', async (route) => {
    const server = await serve((response) => json(response, 200, {}))
    const error = await failure(acmeNative(server.url).untyped(route, {}))
    expect(error).toMatchObject({ code: 'invalid-request', operation: 'native', fields: [{ path: 'route' }] })
    expect(server.received).toEqual([])
  })

  it('is sent if its values are just within the limits', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const { untyped } = acmeNative(server.url)
    await untyped('GET /things', { query: { of: 'a', size: 1, unknown: undefined } })
    await untyped('GET /things', { query: { of: 'a', size: '100' } })
    await untyped('POST /things', { body: { name: '😀😀😀', nested: { word: 'x' } } })
    await untyped('POST /things', { body: { name: 'ab', tags: ['a', 'b'] } })
    await untyped('POST /files', { body: form('a', 'b') })
    await untyped('POST /search', undefined, { headers: undefined })
    await untyped('POST /search', { path: undefined, query: undefined }, undefined)
    expect(server.received).toHaveLength(7)
  })
})
