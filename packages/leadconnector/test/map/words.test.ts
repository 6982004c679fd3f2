import type { AgentMode, Channel } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { agentChannelOf, agentModeOf, exportChannelOf, mapEmailEvent } from '../../src/vocabulary.ts'

describe('the vendor’s word for', () => {
  it.each([
    ['sms', 'SMS'],
    ['email', 'Email'],
    ['whatsapp', 'WhatsApp'],
    ['instagram', 'IG'],
    ['messenger', 'FB'],
    ['web', 'Live_Chat'],
    ['tiktok', 'TIKTOK'],
    ['voice', undefined],
  ] as [Channel, string | undefined][])('the channel %s of an agent is %s', (channel, word) => {
    expect(agentChannelOf(channel)).toBe(word)
  })

  it.each([
    ['autopilot', 'auto-pilot'],
    ['suggestive', 'suggestive'],
    ['off', 'off'],
  ] as [AgentMode, string][])('the mode %s of an agent is %s', (mode, word) => {
    expect(agentModeOf(mode)).toBe(word)
  })

  it.each([
    ['sms', 'SMS'],
    ['email', 'Email'],
    ['voice', 'Call'],
    ['whatsapp', 'WhatsApp'],
    ['instagram', 'Instagram'],
    ['messenger', 'Facebook'],
    ['web', undefined],
  ])('the channel %s of an export is %s', (channel, word) => {
    expect(exportChannelOf(channel)).toBe(word)
  })
})

describe('the vendor’s status of an email', () => {
  it.each([
    ['accepted', 'sent'],
    ['delivered', 'delivered'],
    ['opened', 'read'],
    ['clicked', 'clicked'],
    ['failed', 'failed'],
    ['bounced', 'failed'],
    ['rejected', 'failed'],
    ['unsubscribed', 'opted-out'],
    ['complained', 'opted-out'],
    ['levitated', 'unknown'],
  ])('for %s is %s', (word, status) => {
    expect(mapEmailEvent(word)).toBe(status)
  })
})
