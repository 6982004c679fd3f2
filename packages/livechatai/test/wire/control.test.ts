import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { retrievedConversation, wrapped } from '../fixtures/conversations.ts'
import { account } from '../helpers/account.ts'
import { got, serve } from '../helpers/vendor.ts'

useNock()

describe('control.get', () => {
  it('reads the conversation', async () => {
    const seen = serve(['GET', '/conversations/c-1', 200, wrapped({ ...retrievedConversation, isAgent: true })])
    expect(await account().adapter.control.get('c-1')).toStrictEqual({
      holder: 'operator',
      basis: 'inferred',
      native: true,
    })
    expect(seen).toStrictEqual([got('/conversations/c-1')])
  })

  it.each(['views', 'create', '', '.'])('refuses "%s", which is the name of another endpoint', async (id) => {
    expect(await failure(account().adapter.control.get(id))).toMatchObject({ fields: [{ path: 'conversation' }] })
  })
})
