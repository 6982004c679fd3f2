import type { CreateAgentInput, UpdateAgentInput } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { readAgent } from '../../src/read/agent.ts'
import { agentPayload } from '../fixtures/agents.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const agents = '/conversation-ai/agents'
const one = `${agents}/agt_m41`

const texts = {
  name: 'Night desk',
  personality: 'Calm',
  goal: 'Offer a slot',
  instructions: 'Never quote prices.',
}
const input: CreateAgentInput = texts

describe('agents.create', () => {
  it('sends the given values in the vendor’s words', async () => {
    vendor()
      .post(agents, {
        name: 'Night desk',
        businessName: 'Harbour Dental',
        personality: 'Calm',
        goal: 'Offer a slot',
        instructions: 'Never quote prices.',
        fullPrompt: 'All of it.',
        mode: 'auto-pilot',
        channels: ['SMS', 'Email', 'WhatsApp', 'IG', 'FB', 'Live_Chat'],
        knowledgeBaseIds: ['kb_2'],
        autoPilotMaxMessages: 40,
        waitTime: 2,
        waitTimeUnit: 'minutes',
        sleepOnManualMessage: true,
        sleepOnWorkflowMessage: false,
        sleepTime: 90,
        sleepTimeUnit: 'seconds',
      })
      .reply(201, agentPayload)
    const agent = await testAccount().agents.create({
      ...input,
      businessName: 'Harbour Dental',
      prompt: 'All of it.',
      mode: 'autopilot',
      channels: ['sms', 'email', 'whatsapp', 'instagram', 'messenger', 'web'],
      knowledgeBaseIds: ['kb_2'],
      maxMessages: 40,
      replyDelayMs: 120_000,
      pause: { onOperatorMessage: true, onAutomationMessage: false, durationMs: 90_000 },
    })
    expect(agent).toStrictEqual(readAgent(agentPayload, reader().reading))
  })

  it('prefers the vendor’s own options to the contract’s fields', async () => {
    const options = { channels: ['WebChat'], sleepEnabled: true, respondToImages: true, respondToAudio: false }
    vendor()
      .post(agents, { ...texts, ...options })
      .reply(201, { agent: agentPayload })
    await testAccount().agents.create({ ...input, channels: ['web'], vendor: { leadconnector: options } })
  })

  it.each([
    [{ status: 'inactive' }, { mode: 'off' }],
    [{ status: 'inactive', mode: 'suggestive' }, { mode: 'suggestive' }],
    [{ pause: { durationMs: null } }, { sleepTime: null, sleepTimeUnit: null }],
    [{ pause: { durationMs: 7_200_000 } }, { sleepTime: 2, sleepTimeUnit: 'hours' }],
    [{ replyDelayMs: 0 }, { waitTime: 0, waitTimeUnit: 'seconds' }],
    [{ replyDelayMs: 300_000 }, { waitTime: 5, waitTimeUnit: 'minutes' }],
    [{ pause: { durationMs: 172_800_000 } }, { sleepTime: 48, sleepTimeUnit: 'hours' }],
    [{ maxMessages: 100 }, { autoPilotMaxMessages: 100 }],
    [{ maxMessages: 1 }, { autoPilotMaxMessages: 1 }],
    [{ pause: {} }, {}],
  ] as [Partial<CreateAgentInput>, object][])('sends the input %j as %j', async (more, body) => {
    vendor()
      .post(agents, { ...texts, ...body })
      .reply(201, agentPayload)
    await testAccount().agents.create({ ...input, ...more })
  })

  it.each([
    [500, { statusCode: 500, message: 'Internal server error' }],
    [200, '7'],
  ])('returns the agent even if reading it back fails with HTTP %i', async (status, body) => {
    vendor()
      .post(agents, { ...texts, isPrimary: true })
      .reply(201, agentPayload)
    vendor().get(one).reply(status, body)
    const account = testAccount({ maxRetries: 0 })
    expect((await account.agents.create({ ...input, isDefault: true })).id).toBe(agentPayload.id)
    expect(account.warnings).toMatchObject([{ code: 'degraded', path: 'isDefault' }])
  })

  it('reads the agent back to learn whether it became the default one', async () => {
    vendor()
      .post(agents, { ...texts, isPrimary: true })
      .reply(201, agentPayload)
    vendor()
      .get(one)
      .reply(200, { ...agentPayload, isPrimary: false })
    const account = testAccount()
    const agent = await account.agents.create({ ...input, isDefault: true })
    expect(agent.isDefault).toBe(false)
    expect(account.warnings).toMatchObject([
      { code: 'degraded', path: 'isDefault', message: 'The vendor did not keep isDefault.' },
    ])
  })

  it('warns about options that have no effect', async () => {
    vendor()
      .post(agents, { ...texts })
      .reply(201, agentPayload)
    const account = testAccount()
    const others = { displayName: 'Ann', description: 'x', liveChatEnabled: true, model: 'm', tags: ['t'] }
    await account.agents.create({ ...input, ...others, status: 'active' })
    expect(account.warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'ignored-option status',
      ...Object.keys(others).map((name) => `ignored-option ${name}`),
    ])
    expect(account.warnings[0]?.message).toContain('status "active" has no effect at leadconnector: the mode decides.')
    expect(account.warnings[1]?.message).toContain('an agent has no such field in the API.')
  })

  it.each([
    [{ name: '' }, 'name', 'must be a non-empty string'],
    [{ personality: undefined }, 'personality', 'must be a non-empty string'],
    [{ goal: ' ' }, 'goal', 'must be a non-empty string'],
    [{ instructions: null }, 'instructions', 'must be a string'],
    [{ businessName: 7 }, 'businessName', 'must be a string'],
    [{ maxMessages: 0 }, 'maxMessages', 'must be a whole number of at least 1'],
    [{ maxMessages: 101 }, 'maxMessages', 'must be a whole number from 1 to 100'],
    [{ maxMessages: 1.5 }, 'maxMessages', 'must be a whole number of at least 1'],
    [{ replyDelayMs: 300_001 }, 'replyDelayMs', 'must be at most 300,000 milliseconds (5 minutes)'],
    [{ replyDelayMs: 500 }, 'replyDelayMs', 'must be in whole seconds'],
    [{ replyDelayMs: -1 }, 'replyDelayMs', 'must be a duration in milliseconds'],
    [{ replyDelayMs: Number.NaN }, 'replyDelayMs', 'must be a duration in milliseconds'],
    [{ pause: true }, 'pause', 'must be an object'],
    [{ pause: { durationMs: 172_801_000 } }, 'pause.durationMs', 'must be at most 172,800,000 milliseconds (48 hours)'],
    [{ pause: { onOperatorMessage: 'yes' } }, 'pause.onOperatorMessage', 'must be true or false'],
    [{ isDefault: 'yes' }, 'isDefault', 'must be true or false'],
    [{ pause: { onAutomationMessage: 1 } }, 'pause.onAutomationMessage', 'must be true or false'],
    [{ maxMessages: '7' }, 'maxMessages', 'must be a whole number of at least 1'],
    [{ replyDelayMs: '1000' }, 'replyDelayMs', 'must be a duration in milliseconds'],
    [{ knowledgeBaseIds: ['kb', ''] }, 'knowledgeBaseIds[1]', 'must be an id, which is a non-empty string'],
    [{ channels: 'sms' }, 'channels', 'must be a list'],
    [{ channels: ['voice'] }, 'channels[0]', 'must be a channel that agents answer on'],
    [{ knowledgeBaseIds: [7] }, 'knowledgeBaseIds[0]', 'must be an id, which is a non-empty string'],
    [{ mode: 'loud' }, 'mode', 'must be one of autopilot, suggestive, off'],
    [{ status: 'archived' }, 'status', 'must be one of active, inactive, draft'],
    [{ vendor: { leadconnector: { mood: 1 } } }, 'vendor.leadconnector.mood', 'is not an option of this operation'],
  ])('refuses %j before a request is sent', async (more, path, problem) => {
    const given = { ...input, ...more } as CreateAgentInput
    const error = await failure(testAccount().agents.create(given))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path, problem }] })
  })

  it('is not sent again if the answer is lost', async () => {
    vendor()
      .post(agents)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
    expect(await failure(testAccount().agents.create(input))).toMatchObject({ code: 'network', outcome: 'unknown' })
  })
})

/** All that the update takes and the get gives. */
const stored = {
  name: 'Night desk',
  businessName: 'Harbour Dental',
  mode: 'suggestive',
  channels: ['SMS', 'Live_Chat'],
  isPrimary: true,
  waitTime: 20,
  waitTimeUnit: 'seconds',
  sleepEnabled: false,
  sleepOnManualMessage: true,
  sleepOnWorkflowMessage: false,
  sleepTime: null,
  sleepTimeUnit: null,
  personality: 'Calm',
  goal: 'Offer a slot',
  instructions: 'Never quote prices.',
  autoPilotMaxMessages: 40,
  knowledgeBaseIds: ['kb_2'],
}

describe('agents.update', () => {
  const update = (input: UpdateAgentInput, account = testAccount()) => account.agents.update('agt_m41', input)

  it('sends the whole agent with the changes, because the vendor resets omitted fields', async () => {
    vendor().get(one).reply(200, agentPayload)
    vendor()
      .put(one, { ...stored, goal: 'Sell' })
      .reply(200, { ...agentPayload, goal: 'Sell' })
    const account = testAccount()
    expect(await update({ goal: 'Sell' }, account)).toStrictEqual(
      readAgent({ ...agentPayload, goal: 'Sell' }, reader().reading),
    )
    expect(account.warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'degraded vendor.leadconnector.respondToImages',
      'degraded vendor.leadconnector.respondToAudio',
    ])
  })

  it('keeps undocumented fields that can be written', async () => {
    const more = { fullPrompt: 'All of it.', knowledgeBaseTriggers: [{ id: 't1' }] }
    const readOnly = { emailWaitTime: 3, emailSettings: { a: 1 }, workingHours: { enabled: true }, employeeId: 'x' }
    vendor()
      .get(one)
      .reply(200, { ...agentPayload, ...more, ...readOnly })
    vendor()
      .put(one, { ...stored, ...more })
      .reply(200, agentPayload)
    await update({ name: agentPayload.name })
  })

  it('sends loose spellings in the form that the update accepts, and unknown words unchanged', async () => {
    const loose = { mode: 'autoPilot', channels: ['LIVE_CHAT', 'WebChat', 'sms', 'Pigeon'], goal: { prompt: 'Sell' } }
    vendor()
      .get(one)
      .reply(200, { data: { ...agentPayload, ...loose } })
    vendor()
      .put(one, { ...stored, mode: 'auto-pilot', channels: ['Live_Chat', 'WebChat', 'SMS', 'Pigeon'], goal: 'Sell' })
      .reply(200, agentPayload)
    await update({ name: agentPayload.name })
    vendor()
      .get(one)
      .reply(200, { ...agentPayload, mode: 'whisper', channels: null })
    const { channels: _, ...rest } = stored
    vendor()
      .put(one, { ...rest, mode: 'whisper' })
      .reply(200, agentPayload)
    await update({ name: agentPayload.name })
  })

  it('sends the number of messages even if the read answer lacks it', async () => {
    vendor().get(one).reply(200, { id: 'agt_m41' })
    vendor().put(one, { autoPilotMaxMessages: 75, name: 'Ann' }).reply(200, agentPayload)
    await update({ name: 'Ann' })
  })

  it('does not warn about a switch that was given', async () => {
    vendor().get(one).reply(200, agentPayload)
    vendor()
      .put(one, { ...stored, respondToImages: true, respondToAudio: true })
      .reply(200, agentPayload)
    const account = testAccount()
    await update({ vendor: { leadconnector: { respondToImages: true, respondToAudio: true } } }, account)
    expect(account.warnings).toEqual([])
  })

  it('is sent again after a fault, because it writes the whole agent', async () => {
    vendor().get(one).reply(200, agentPayload)
    vendor().put(one).reply(503, 'busy')
    vendor().put(one).reply(200, agentPayload)
    await update({ goal: 'Sell' })
  })

  it('fails with `not-found` for an agent that does not exist', async () => {
    vendor().get(one).reply(400, { message: 'No Agent found for the id: agt_m41', statusCode: 400 })
    expect(await failure(update({ name: agentPayload.name }))).toMatchObject({
      code: 'not-found',
      operation: 'agents.update',
    })
  })

  it.each([
    [{ name: ' ' }, 'name'],
    [{ maxMessages: 200 }, 'maxMessages'],
    [null, 'input'],
  ])('refuses %j before a request is sent', async (more, path) => {
    expect(await failure(update(more as UpdateAgentInput))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
    })
  })
})

describe('agents.delete', () => {
  it('returns the vendor’s confirmation', async () => {
    vendor().delete(one).reply(200, { success: true, id: 'agt_m41' })
    vendor().delete(one).reply(200, {})
    const { agents } = testAccount()
    expect(await agents.delete('agt_m41')).toEqual({ id: 'agt_m41', confirmed: true })
    expect(await agents.delete(readAgent(agentPayload, reader().reading))).toEqual({ id: 'agt_m41', confirmed: false })
  })

  it('fails with `not-found` for an agent that does not exist', async () => {
    vendor().delete(one).reply(400, { message: 'No Agent found for the id: agt_m41', statusCode: 400 })
    expect(await failure(testAccount().agents.delete('agt_m41'))).toMatchObject({
      code: 'not-found',
      outcome: 'not-done',
    })
  })

  it('is refused without an id', async () => {
    expect(await failure(testAccount().agents.delete(''))).toMatchObject({ fields: [{ path: 'agent' }] })
    expect(nock.isDone()).toBe(true)
  })
})
