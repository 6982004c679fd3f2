import type { Check } from '../check.ts'
import { contradictions } from '../support/differences.ts'
import { ensure } from '../support/ensure.ts'
import { someContactId } from '../support/sample.ts'

export const newConversationsAreRead: Check = {
  group: 'writing',
  name: 'a new conversation is read back as it was made',
  needs: ['conversations.create', 'conversations.get'],
  async run(bench) {
    const { conversations, limits } = bench.adapter
    const contact = await someContactId(bench)
    const title = 'conversation.title' in limits.text ? 'A question about order 42' : undefined
    const made = await conversations?.create?.({ contact, ...(title !== undefined && { title }) })
    ensure(made, 'Nothing was made.')
    const read = await conversations?.get?.(made.id)
    const found = contradictions(made, read)
    ensure(read?.ref === made.ref && found.length === 0, `Made and read back: ${found.join('; ')}.`)
    const readContact = read.contact?.id
    ensure(!readContact || readContact === contact, `It is with contact "${readContact}" instead of "${contact}".`)
    ensure(title === undefined || read.title === title, `Its title is "${read.title}" instead of "${title}".`)
  },
}
