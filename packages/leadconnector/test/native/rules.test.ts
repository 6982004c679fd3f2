import { useNock } from '@parley/testkit/nock'
import { describe, it } from 'vitest'
import { accepts, having, refuses } from './attempt.ts'
import { uploadForm } from './cases-conversations.ts'

useNock()

const create = 'POST /conversation-ai/agents'
const update = 'PUT /conversation-ai/agents/{agentId}'
const upload = 'POST /conversations/messages/upload'
const subscription = 'POST /conversations/preferences/unsubscriptions/user-change'

describe.each([create, update])('%s', (route) => {
  it.each([
    ['waitTime', 301, 'seconds', 'must be at most 300 seconds'],
    ['waitTime', 301, undefined, 'must be at most 300 seconds'],
    ['waitTime', 6, 'minutes', 'must be at most 5 minutes'],
    ['sleepTime', 49, 'hours', 'must be at most 48 hours'],
    ['sleepTime', 2_881, 'minutes', 'must be at most 2880 minutes'],
    ['sleepTime', 172_801, 'seconds', 'must be at most 172800 seconds'],
    ['sleepTime', 172_801, null, 'must be at most 172800 seconds'],
  ])('is refused with %s of %i %s', (name, value, unit, problem) =>
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
  ])('is sent with %s of %s %s', (name, value, unit) =>
    accepts(route, having(route, { [`body.${name}`]: value, [`body.${name}Unit`]: unit })),
  )
})

describe('an update of an agent', () => {
  it('needs the mode if the agent is a primary one', async () => {
    const primary = having(update, { 'body.isPrimary': true, 'body.mode': undefined })
    await refuses(update, primary, 'body.mode', 'is required when isPrimary is true')
    await accepts(update, having(update, { 'body.isPrimary': false, 'body.mode': undefined }))
  })
})

describe.each([
  'POST /conversation-ai/agents/{agentId}/working-hours',
  'PUT /conversation-ai/agents/{agentId}/working-hours',
])('%s', (route) => {
  it('needs a channel only if the working hours are enabled', async () => {
    const none = having(route, { 'body.channels': [] })
    await refuses(route, none, 'body.channels', 'must not be empty when enabled is true')
    await accepts(route, having(route, { 'body.channels': [], 'body.enabled': false }))
  })
})

describe('a change of a subscription', () => {
  const acting = (action: object) =>
    having(subscription, { 'body.subscription_action': { subtype_status: 'unsubscribed', ...action } })
  const path = 'body.subscription_action'

  it('needs the name of a default subtype or the id of a custom one', async () => {
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

  it('takes at most five files of at most 5 MB each', async () => {
    await refuses(upload, { body: add(6) }, 'body.fileAttachment', 'must have at most 5 files')
    await refuses(upload, { body: add(1, fiveMegabytes + 1) }, 'body.fileAttachment', 'must have at most 5 MB per file')
    await refuses(upload, { body: add(2, fiveMegabytes + 1) }, 'body.fileAttachment', 'must have at most 5 MB per file')
    await accepts(upload, { body: add(5) })
    await accepts(upload, { body: add(1, fiveMegabytes) })
    await accepts(upload, { body: add(0) })
  })

  it('is refused if its body is no form', () =>
    refuses(upload, { body: { locationId: 'loc_1' } }, 'body', 'must be a FormData'))
})
