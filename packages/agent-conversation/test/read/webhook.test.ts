import { describe, expect, it } from 'vitest'
import { readWebhook } from '../../src/read/webhook.ts'
import { mapTrigger } from '../../src/vocabulary.ts'
import { entity, reader } from '../helpers/account.ts'

const address = 'https://app.example/hooks'

describe('a webhook', () => {
  it('keeps every value and has the URL of the payload', () => {
    const { reading, warnings } = reader(false)
    const raw = {
      id: 'w-1',
      title: 'Inbox',
      description: 'Tells the inbox',
      url: 'https://other.example/hooks',
      triggerCondition: 'end_dialog',
      status: 'inactive',
      agentId: 'a-1',
      createdAt: '2026-02-01T08:00:00Z',
      updatedAt: '2026-02-01T08:04:11.520Z',
    }
    expect(readWebhook(raw, reading, address)).toStrictEqual({
      ...entity('webhook', 'w-1'),
      title: 'Inbox',
      description: 'Tells the inbox',
      url: 'https://other.example/hooks',
      trigger: { value: 'conversation.ended', native: 'end_dialog' },
      isActive: false,
      agentId: 'a-1',
      createdAt: '2026-02-01T08:00:00.000Z',
      updatedAt: '2026-02-01T08:04:11.520Z',
    })
    expect(warnings).toEqual([])
  })

  it('of a payload with only an id has the URL that it was created with', () => {
    const { reading, warnings } = reader(false)
    expect(readWebhook({ id: 'w-1' }, reading, address)).toStrictEqual({
      ...entity('webhook', 'w-1'),
      title: null,
      url: address,
      trigger: { value: 'unknown', native: null },
    })
    expect(warnings).toEqual([])
  })

  it('with an unknown status is neither active nor inactive, and produces a warning', () => {
    const { reading, warnings } = reader()
    expect(readWebhook({ id: 'w-1', status: 'paused' }, reading, address)).not.toHaveProperty('isActive')
    expect(warnings).toMatchObject([
      {
        code: 'unknown-term',
        path: 'status',
        raw: 'paused',
        message: 'agent-conversation sent a value for status that this version of Parley does not know.',
      },
    ])
    expect(readWebhook({ id: 'w-1', status: 'active' }, reading, address).isActive).toBe(true)
  })
})

it.each([
  ['each_message', 'message.created'],
  ['onMessageEnd', 'message.created'],
  ['start_dialog', 'conversation.created'],
  ['end_dialog', 'conversation.ended'],
  ['onThreadEnd', 'conversation.ended'],
  ['auto_archive_conversation', 'conversation.archived'],
  ['chat_currently_unavailable', 'chat.unavailable'],
  ['manual', 'manual'],
  ['full_moon', 'unknown'],
])('with the trigger %s has the event %s', (native, value) => {
  expect(mapTrigger(native)).toBe(value)
})
