import { expectTypeOf, it } from 'vitest'
import type { AnyNativeApi, NativeApi } from '../../src/index.ts'
import type { AcmeEndpoints } from './endpoints.ts'

declare const native: NativeApi<AcmeEndpoints>

/** Never called: only the compiler reads it. */
export async function uses(): Promise<void> {
  await native.request('GET /owner')
  await native.request('POST /search')
  await native.request('POST /search', { query: { deep: true } }, { headers: { version: '3' }, timeout: 5 })
  await native.request('PUT /things/{thingId}/parts/{partId}', {
    path: { thingId: 'a', partId: 'b' },
    body: { name: '' },
  })
}

/** Never called either. */
export async function mistakes(): Promise<void> {
  // @ts-expect-error: there is no such route
  await native.request('GET /nothing')
  // @ts-expect-error: the id is missing
  await native.request('GET /things/{thingId}')
  // @ts-expect-error: another id is missing
  await native.request('PUT /things/{thingId}/parts/{partId}', { path: { thingId: 'a' }, body: { name: 'x' } })
  // @ts-expect-error: there is no such id
  await native.request('GET /things/{thingId}', { path: { thingId: 'a', partId: 'b' } })
  // @ts-expect-error: the route has no ids
  await native.request('POST /search', { path: { thingId: 'a' } })
  // @ts-expect-error: a required part of the query is missing
  await native.request('GET /things')
  // @ts-expect-error: there is no such key
  await native.request('GET /things', { query: { of: 'a', sise: 5 } })
  // @ts-expect-error: a required field is missing
  await native.request('POST /things', { body: {} })
  // @ts-expect-error: it takes no body
  await native.request('GET /owner', { body: {} })
  // @ts-expect-error: a form is needed
  await native.request('POST /files', { body: { file: 'x' } })
  // @ts-expect-error: a header is a text
  await native.request('POST /search', {}, { headers: { version: 3 } })
}

type Answer<Route extends keyof AcmeEndpoints> = Awaited<ReturnType<typeof native.request<Route>>>

it('know the type of each answer', () => {
  expectTypeOf<Answer<'GET /things'>>().toEqualTypeOf<{ things: string[] }>()
  expectTypeOf<Answer<'GET /files/{fileId}'>>().toEqualTypeOf<Uint8Array>()
})

it('are the type of every native API', () => {
  expectTypeOf<NativeApi<AcmeEndpoints>>().toExtend<AnyNativeApi>()
})
