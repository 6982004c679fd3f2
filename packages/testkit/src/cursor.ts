import type { Adapter, With } from '@parley/core'
import { expect, test } from 'vitest'

/**
 * Two accounts may have the same name while they belong to different agents or locations of a vendor.
 *
 * @param thing what distinguishes the accounts, for the name of the test
 * @param create an account of this agent or location, whose first page of two conversations has a next page
 */
export function cursorSuite(thing: string, create: (id: string) => Adapter & With<'conversations.list'>): void {
  test(`a cursor of one ${thing} is refused at another ${thing} with the same account name`, async () => {
    const { next } = await create('one').conversations.list({ limit: 2 })
    const cursor = next ?? ''
    await expect(create('one').conversations.list({ limit: 2, cursor })).resolves.toBeDefined()
    await expect(create('other').conversations.list({ limit: 2, cursor })).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'cursor' }],
    })
  })
}
