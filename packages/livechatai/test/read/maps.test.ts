import { describe, expect, it } from 'vitest'
import {
  directionOf,
  integrationTypes,
  mapArchived,
  mapChannel,
  mapKnowledgeStatus,
  mapMessageType,
  mapResolved,
  mapRole,
  mapSender,
  mapSourceKind,
  statusWords,
} from '../../src/vocabulary.ts'

describe('the vocabulary', () => {
  it.each([
    ['WHATSAPP', 'whatsapp'],
    ['SLACK', 'slack'],
    ['MESSENGER', 'messenger'],
    ['FULLPAGE', 'web'],
    ['INLINECHAT', 'web'],
    ['PREVIEW', 'web'],
    ['ONBOARDING', 'web'],
    ['whatsapp', 'whatsapp'],
    ['TELEGRAM', 'unknown'],
  ] as const)('maps the channel %s to %s', (native, value) => expect(mapChannel(native)).toBe(value))

  it.each([
    ['WEBSITE', 'website'],
    ['TEXT', 'text'],
    ['QA', 'faq'],
    ['PDF', 'file'],
    ['DOCX', 'file'],
    ['YOUTUBE', 'video'],
    ['IMAGE', 'image'],
    ['NOTION', 'notion'],
    ['SITEMAP', 'unknown'],
  ] as const)('maps the kind of source %s to %s', (native, value) => expect(mapSourceKind(native)).toBe(value))

  it.each([
    ['COMPLETED', 'ready'],
    ['completed', 'ready'],
    ['PROCESSING', 'processing'],
    ['In Progress', 'processing'],
    ['QUEUED', 'processing'],
    ['FAILED', 'failed'],
    ['CRAWL_ERROR', 'failed'],
    ['AWAITING_REVIEW', 'unknown'],
  ] as const)('maps the status of a data source %s to %s', (native, value) =>
    expect(mapKnowledgeStatus(native)).toBe(value),
  )

  it.each([
    ['TEXT', 'text'],
    ['IMAGE', 'image'],
    ['CAROUSEL', 'unknown'],
  ] as const)('maps the type of message %s to %s', (native, value) => expect(mapMessageType(native)).toBe(value))

  it.each([
    ['user', 'contact', 'inbound'],
    ['assistant', 'agent', 'outbound'],
    ['moderator', 'unknown', 'unknown'],
  ] as const)('maps the role %s to %s, %s', (native, value, direction) => {
    expect(mapRole(native)).toBe(value)
    expect(directionOf(mapRole(native))).toBe(direction)
  })

  it.each([
    ['AGENT', 'operator', 'outbound'],
    ['SUPERVISOR', 'unknown', 'unknown'],
  ] as const)('maps the sender %s to %s, %s', (native, value, direction) => {
    expect(mapSender(native)).toBe(value)
    expect(directionOf(mapSender(native))).toBe(direction)
  })

  it('maps the flags of a conversation to its status', () => {
    expect([mapResolved(true), mapResolved(false)]).toEqual(['closed', 'open'])
    expect([mapArchived(true), mapArchived(false)]).toEqual(['archived', 'active'])
    expect(statusWords).toEqual({ open: 'open', closed: 'close' })
    expect(integrationTypes).toEqual({ whatsapp: 'WHATSAPP', slack: 'SLACK' })
  })
})
