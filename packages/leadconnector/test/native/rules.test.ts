import { useNock } from '@parley/testkit'
import { describe, it } from 'vitest'
import { accepts, having, refuses } from './attempt.ts'
import { uploadForm } from './cases-conversations.ts'

useNock()

const create = 'POST /conversation-ai/agents'
const update = 'PUT /conversation-ai/agents/{agentId}'
const attach = 'POST /conversation-ai/agents/{agentId}/actions'
const replace = 'PUT /conversation-ai/agents/{agentId}/actions/{actionId}'
const upload = 'POST /conversations/messages/upload'
const newSubtype = 'POST /conversations/preferences/custom-subtypes'
const subtype = 'PUT /conversations/preferences/custom-subtypes/{id}'
const subscription = 'POST /conversations/preferences/unsubscriptions/user-change'

describe('one field', () => {
  it.each([
    [create, 'body.autoPilotMaxMessages', 0, 'must be at least 1'],
    [create, 'body.autoPilotMaxMessages', 101, 'must be at most 100'],
    [update, 'body.autoPilotMaxMessages', 0, 'must be at least 1'],
    [update, 'body.autoPilotMaxMessages', 101, 'must be at most 100'],
    [attach, 'body.name', 'ab', 'must have at least 3 characters'],
    [attach, 'body.name', 'a'.repeat(51), 'must have at most 50 characters'],
    [replace, 'body.name', 'ab', 'must have at least 3 characters'],
    [replace, 'body.name', '😀'.repeat(51), 'must have at most 50 characters'],
    ['GET /conversations/messages/export', 'query.limit', 9, 'must be at least 10'],
    ['GET /conversations/messages/export', 'query.limit', 501, 'must be at most 500'],
    ['GET /conversations/messages/export', 'query.limit', '501', 'must be at most 500'],
    ['POST /conversations/messages', 'body.attachments', [], 'must have at least 1 element'],
    [
      'PUT /conversations/messages/{messageId}/attachments',
      'body.attachments',
      ['1', '2', '3', '4', '5', '6'],
      'must have at most 5 elements',
    ],
    ['GET /contacts/', 'query.limit', 101, 'must be at most 100'],
    [newSubtype, 'body.name', 'a'.repeat(101), 'must have at most 100 characters'],
    [newSubtype, 'body.description', 'a'.repeat(101), 'must have at most 100 characters'],
    [subtype, 'body.name', 'a'.repeat(101), 'must have at most 100 characters'],
    [subtype, 'body.description', 'a'.repeat(101), 'must have at most 100 characters'],
  ])('%s: %s of %j', (route, place, value, problem) =>
    refuses(route, having(route, { [place]: value }), place, problem),
  )

  it.each([
    [create, 'body.autoPilotMaxMessages', 1],
    [update, 'body.autoPilotMaxMessages', 100],
    [attach, 'body.name', 'abc'],
    [replace, 'body.name', '😀'.repeat(50)],
    ['GET /conversations/messages/export', 'query.limit', 10],
    ['GET /conversations/messages/export', 'query.limit', '500'],
    ['POST /conversations/messages', 'body.attachments', ['1']],
    [newSubtype, 'body.name', '😀'.repeat(100)],
    [subtype, 'body.description', 'a'.repeat(100)],
    ['PUT /conversations/messages/{messageId}/attachments', 'body.attachments', ['1', '2', '3', '4', '5']],
    ['PUT /conversations/messages/{messageId}/attachments', 'body.attachments', []],
  ])('%s: %s of %j is fine', (route, place, value) => accepts(route, having(route, { [place]: value })))
})

describe.each([create, update])('a duration in %s', (route) => {
  it.each([
    ['waitTime', 301, 'seconds', 'must be at most 300 seconds'],
    ['waitTime', 301, undefined, 'must be at most 300 seconds'],
    ['waitTime', 6, 'minutes', 'must be at most 5 minutes'],
    ['sleepTime', 49, 'hours', 'must be at most 48 hours'],
    ['sleepTime', 2_881, 'minutes', 'must be at most 2880 minutes'],
    ['sleepTime', 172_801, 'seconds', 'must be at most 172800 seconds'],
    ['sleepTime', 172_801, null, 'must be at most 172800 seconds'],
  ])('%s of %i %s is refused', (name, value, unit, problem) =>
    refuses(route, having(route, { [`body.${name}`]: value, [`body.${name}Unit`]: unit }), `body.${name}`, problem),
  )

  it.each([
    ['waitTime', 300, 'seconds'],
    ['waitTime', 5, 'minutes'],
    ['waitTime', 400, 'moons'],
    ['waitTime', 400, 'toString'],
    ['sleepTime', 48, 'hours'],
    ['sleepTime', 2_880, 'minutes'],
    ['sleepTime', 172_800, 'seconds'],
    ['sleepTime', null, null],
  ])('%s of %s %s is fine', (name, value, unit) =>
    accepts(route, having(route, { [`body.${name}`]: value, [`body.${name}Unit`]: unit })),
  )
})

describe('a primary agent', () => {
  it('needs its mode in an update', async () => {
    const primary = having(update, { 'body.isPrimary': true, 'body.mode': undefined })
    await refuses(update, primary, 'body.mode', 'is required when isPrimary is true')
    await accepts(update, having(update, { 'body.isPrimary': false, 'body.mode': undefined }))
  })
})

describe.each([
  'POST /conversation-ai/agents/{agentId}/working-hours',
  'PUT /conversation-ai/agents/{agentId}/working-hours',
])('%s', (route) => {
  it('needs a channel when the hours are on', async () => {
    const none = having(route, { 'body.channels': [] })
    await refuses(route, none, 'body.channels', 'must not be empty when enabled is true')
    await accepts(route, having(route, { 'body.channels': [], 'body.enabled': false }))
  })
})

describe('a change of a subscription', () => {
  const acting = (action: object) =>
    having(subscription, { 'body.subscription_action': { subtype_status: 'unsubscribed', ...action } })
  const path = 'body.subscription_action'

  it('names one of the vendor’s own subtypes, or the id of another', async () => {
    await refuses(subscription, acting({ type: 'custom' }), `${path}.subtype_id`, 'is required when type is custom')
    await refuses(
      subscription,
      acting({ type: 'default', subtype_id: 'sub_1' }),
      `${path}.subtype_name`,
      'is required when type is default',
    )
    await accepts(subscription, acting({ type: 'custom', subtype_id: 'sub_1' }))
    await accepts(subscription, acting({ type: 'default', subtype_name: 'One on One' }))
    await accepts(subscription, acting({ type: 'resub_all' }))
    await accepts(subscription, acting({ type: 'toString' }))
  })
})

describe('an upload', () => {
  const add = (count: number, size = 1): FormData => {
    const form = uploadForm()
    form.delete('fileAttachment')
    for (let index = 0; index < count; index++)
      form.append('fileAttachment', new Blob([new Uint8Array(size)]), `${index}.pdf`)
    return form
  }
  const fiveMegabytes = 5 * 1024 * 1024

  it('takes five files of 5 MB and no more', async () => {
    await refuses(upload, { body: add(6) }, 'body.fileAttachment', 'must have at most 5 files')
    await refuses(upload, { body: add(1, fiveMegabytes + 1) }, 'body.fileAttachment', 'must have at most 5 MB per file')
    await refuses(upload, { body: add(2, fiveMegabytes + 1) }, 'body.fileAttachment', 'must have at most 5 MB per file')
    await accepts(upload, { body: add(5) })
    await accepts(upload, { body: add(1, fiveMegabytes) })
    await accepts(upload, { body: add(0) })
  })

  it('is a form', () => refuses(upload, { body: { locationId: 'loc_1' } }, 'body', 'must be a FormData'))
})
