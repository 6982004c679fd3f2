import { describe, expect, it } from 'vitest'
import {
  directionOf,
  mapAgentStatus,
  mapChannel,
  mapMode,
  mapResponseStatus,
  mapSenderRole,
  mapSkill,
  mapVote,
  nativeStatus,
} from '../../src/vocabulary.ts'

const each = (table: Record<string, string>) => Object.entries(table)

describe('the vocabulary', () => {
  it.each(
    each({
      email: 'email',
      sms: 'sms',
      live_chat: 'web',
      copilot: 'internal',
      api: 'api',
      voice: 'voice',
      ms_teams: 'teams',
      carrier_pigeon: 'unknown',
    }),
  )('source %s is the channel %s', (native, value) => expect(mapChannel(native)).toBe(value))

  it.each([
    ['conversation_user', 'contact', 'inbound'],
    ['assistant', 'agent', 'outbound'],
    ['manual_assistant', 'operator', 'outbound'],
    ['supervisor', 'unknown', 'unknown'],
  ] as const)('maps the sender %s to %s, %s', (native, kind, direction) => {
    expect(mapSenderRole(native)).toBe(kind)
    expect(directionOf(kind)).toBe(direction)
  })

  it.each(each({ ai: 'agent', manual: 'operator', paused: 'unknown' }))('maps the mode %s to %s', (native, holder) =>
    expect(mapMode(native)).toBe(holder),
  )

  it.each(each({ active: 'active', inactive: 'inactive', draft: 'draft', retired: 'unknown' }))(
    'maps the agent status %s to %s',
    (native, value) => expect(mapAgentStatus(native)).toBe(value),
  )

  it.each(each({ up: 'up', down: 'down', sideways: 'unknown' }))('maps the vote %s to %s', (native, value) =>
    expect(mapVote(native)).toBe(value),
  )

  it.each(
    each({
      LIVE_CHAT: 'web',
      SMS: 'sms',
      EMAIL: 'email',
      VOICE: 'voice',
      API: 'api',
      MS_TEAMS: 'teams',
      COPILOT: 'internal',
      WEBHOOK: 'unknown',
    }),
  )('skill %s is the channel %s', (native, value) => expect(mapSkill(native)).toBe(value))

  it('maps a status to the vendor’s words', () => {
    expect(nativeStatus).toStrictEqual({ open: 'active', closed: 'inactive', archived: 'archived' })
  })

  it.each([
    ...['pending', 'running', 'processing', 'in_progress', 'queued'].map((word) => [word, 'pending']),
    ...['completed', 'complete', 'done', 'success'].map((word) => [word, 'completed']),
    ...['failed', 'error', 'cancelled', 'expired'].map((word) => [word, 'failed']),
    ['pondering', 'unknown'],
  ] as [string, string][])('maps the response status %s to %s', (native, value) =>
    expect(mapResponseStatus(native)).toBe(value),
  )
})
