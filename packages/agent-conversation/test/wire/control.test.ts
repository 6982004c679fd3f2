import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { listedConversation, olderConversation } from '../fixtures/conversations.ts'
import { notFound } from '../fixtures/errors.ts'
import { account } from '../helpers/account.ts'
import { auth, json, serve } from '../helpers/vendor.ts'

useNock()

const manual = { ...listedConversation, mode: 'manual' }

describe('control', () => {
  it('get reads the conversation each time', async () => {
    const seen = serve(
      ['GET', '/conversations/c-0001', 200, manual],
      ['GET', '/conversations/c-0001', 200, listedConversation],
    )
    const { control } = account().adapter
    expect(await control.get('c-0001')).toStrictEqual({ holder: 'operator', basis: 'vendor', native: 'manual' })
    expect(await control.get('c-0001')).toStrictEqual({ holder: 'agent', basis: 'vendor', native: 'ai' })
    expect(seen[0]).toEqual({ method: 'GET', uri: '/external/conversations/c-0001', headers: auth, body: undefined })
  })

  it('get is unknown if an older edition sends no mode', async () => {
    serve(['GET', '/conversations/c-0003', 200, olderConversation])
    expect(await account().adapter.control.get('c-0003')).toStrictEqual({
      holder: 'unknown',
      basis: 'none',
      native: null,
    })
  })

  it.each([
    ['takeOver', 'manual', manual, { holder: 'operator', basis: 'vendor', native: 'manual' }],
    ['release', 'ai', listedConversation, { holder: 'agent', basis: 'vendor', native: 'ai' }],
    ['takeOver', 'manual', olderConversation, { holder: 'operator', basis: 'inferred', native: null }],
    ['release', 'ai', olderConversation, { holder: 'agent', basis: 'inferred', native: null }],
    ['takeOver', 'manual', listedConversation, { holder: 'agent', basis: 'vendor', native: 'ai' }],
  ] as const)('%s sets the mode to %s', async (verb, mode, answer, control) => {
    const seen = serve(['PUT', '/conversations/c-0001/mode', 200, answer])
    expect(await account().adapter.control[verb]('c-0001')).toStrictEqual(control)
    expect(seen).toEqual([{ method: 'PUT', uri: '/external/conversations/c-0001/mode', headers: json, body: { mode } }])
  })

  it.each(['takeOver', 'release'] as const)('%s fails with `not-found` for an unknown conversation', async (verb) => {
    serve(['PUT', '/conversations/c/mode', 404, notFound])
    expect(await failure(account().adapter.control[verb]('c'))).toMatchObject({
      code: 'not-found',
      outcome: 'not-done',
    })
  })
})
