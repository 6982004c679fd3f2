import { told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { identified, readControl, readInterrupts, readRequests } from '../../src/read/control.ts'
import { failedThread, handoff, threadId, threadOf, waitingThread } from '../fixtures/threads.ts'
import { reader } from '../helpers/account.ts'

/** The request of an interrupt with this value. */
const asked = (value: unknown) => {
  const { reading, warnings } = reader(false)
  const [request] = readInterrupts(waitingThread([], [{ id: 'i-1', value }]), reading)
  expect(warnings).toEqual([])
  return request
}

describe('who is in control', () => {
  it.each([
    ['idle', 'agent'],
    ['busy', 'agent'],
    ['error', 'agent'],
  ])('of a thread with the status %s is the %s', (native, holder) => {
    const { reading } = reader()
    expect(readControl(threadOf([], { status: native }), reading)).toStrictEqual({ holder, basis: 'vendor', native })
  })

  it('of a thread with an unknown status is unknown, with a warning', () => {
    const { reading, warnings } = reader()
    const control = readControl(threadOf([], { status: 'paused' }), reading)
    expect(control).toStrictEqual({ holder: 'unknown', basis: 'none', native: 'paused' })
    expect(told(warnings)).toEqual(['unknown-term status'])
  })

  it('of a thread without a status is unknown', () => {
    const { reading } = reader()
    expect(readControl({ thread_id: 't' }, reading)).toStrictEqual({ holder: 'unknown', basis: 'none', native: null })
  })

  it('of an interrupted thread is an operator, also where it says nothing about what it waits for', () => {
    const { reading } = reader()
    const waits = { holder: 'operator', basis: 'vendor', native: 'interrupted' }
    const expected = [{ id: handoff.id, text: 'I want a human', raw: handoff.value }]
    expect(readControl(waitingThread([]), reading)).toStrictEqual({ ...waits, inputRequests: expected })
    for (const interrupts of [{}, null, undefined, { 'task-1': [] }]) {
      const thread = threadOf([], { status: 'interrupted', interrupts })
      expect(readControl(thread, reading)).toStrictEqual({ ...waits, inputRequests: [] })
    }
  })
})

describe('what a thread waits for', () => {
  it('is nothing after a failure, although the keys of the tasks stay', () => {
    expect(readInterrupts(failedThread([]), reader().reading)).toEqual([])
  })

  it('are the interrupts of all tasks, in their order', () => {
    const interrupts = {
      'task-1': [{ id: 'a', value: 1 }],
      'task-2': [{ interrupt_id: 'b' }, { id: 'c', value: null }],
    }
    const { reading } = reader(false)
    expect(readInterrupts(threadOf([], { interrupts }), reading)).toEqual(
      ['a', 'b', 'c'].map((id) => ({ id, text: null })),
    )
  })

  it('has an id of ours where the server gives none, the same in a run’s result and in the thread', () => {
    const two = [{ value: 'First?' }, { id: 'i-1', value: 'Second?' }, { value: 'Third?', id: null }]
    const { reading } = reader(false)
    const inThread = readInterrupts(waitingThread([], two), reading)
    expect(inThread.map(({ id }) => id)).toEqual([`${threadId}#0`, 'i-1', `${threadId}#1`])
    const inResult = identified(readRequests({ __interrupt__: two }, '__interrupt__', reading), threadId)
    expect(inResult).toEqual(inThread)
  })

  it('skips what is no interrupt, and warns', () => {
    const { reading, warnings } = reader(false)
    expect(readInterrupts(waitingThread([], [7 as never, handoff]), reading)).toMatchObject([{ id: handoff.id }])
    expect(warnings).toHaveLength(1)
  })

  it('has the value as it came only with the option raw', () => {
    expect(asked({ question: 'Open?' })).not.toHaveProperty('raw')
    const [request] = readInterrupts(waitingThread([], [{ id: 'i', value: [1] }]), reader(true).reading)
    expect(request).toStrictEqual({ id: 'i', text: null, raw: [1] })
  })
})

describe('the question of an interrupt', () => {
  it.each(['question', 'prompt', 'message', 'text', 'description', 'title', 'instruction'])(
    'is read from an object’s %s',
    (key) => {
      expect(asked({ reason: 'x', [key]: 'Approve?' })).toStrictEqual({ id: 'i-1', text: 'Approve?' })
      expect(asked({ [key]: '' })).toStrictEqual({ id: 'i-1', text: null })
      expect(asked({ [key]: 7 })).toStrictEqual({ id: 'i-1', text: null })
    },
  )

  it.each([
    ['Approve?', 'Approve?'],
    ['', ''],
    [7, null],
    [null, null],
    [true, null],
    [['Approve?'], null],
    [{}, null],
    [{ reason: 'x' }, null],
  ])('of the value %j is %j', (value, text) => {
    expect(asked(value)).toStrictEqual({ id: 'i-1', text })
  })
})

describe('the choices of an interrupt', () => {
  it.each(['choices', 'options'])('are read from %s, as words, numbers and objects', (key) => {
    const given = ['yes', 2, { value: { ok: true }, label: 'Fine' }, { value: null, name: 'None' }, { value: 'x' }]
    expect(asked({ question: 'Which?', [key]: given })).toStrictEqual({
      ...{ id: 'i-1', text: 'Which?' },
      choices: [
        { value: 'yes', label: 'yes' },
        { value: 2, label: '2' },
        { value: { ok: true }, label: 'Fine' },
        { value: null, label: 'None' },
        { value: 'x', label: 'x' },
      ],
    })
  })

  it.each([[[]], ['yes'], [[{ label: 'no value' }]], [['yes', null]], [[['yes']]], [{ yes: 1 }]])(
    'are missing where %j cannot be read, so that any value may be given',
    (choices) => {
      expect(asked({ question: 'Which?', choices })).toStrictEqual({ id: 'i-1', text: 'Which?' })
    },
  )
})

describe('a request of LangChain’s human-in-the-loop middleware', () => {
  const action = { name: 'refund', args: { amount: 5 }, description: 'Refund 5 euros?' }
  const config = { action_name: 'refund', allowed_decisions: ['approve', 'edit', 'reject'] }
  const choice = (type: string) => ({ value: { decisions: [{ type }] }, label: type })

  it('asks whether one action may be taken, and offers the decisions that need nothing else', () => {
    expect(asked({ action_requests: [action], review_configs: [config] })).toStrictEqual({
      ...{ id: 'i-1', text: 'Refund 5 euros?' },
      choices: [choice('approve'), choice('reject')],
    })
  })

  it('is read in the spelling of JavaScript too', () => {
    const review = { actionName: 'refund', allowedDecisions: ['reject'] }
    expect(asked({ actionRequests: [action], reviewConfigs: [review] })).toStrictEqual({
      ...{ id: 'i-1', text: 'Refund 5 euros?', choices: [choice('reject')] },
    })
  })

  it('shows all of several actions, and offers no choice, because each needs its own decision', () => {
    const actions = [action, { name: 'send_mail' }, { action: 'close' }, { args: {} }, 7]
    expect(asked({ action_requests: actions, review_configs: [config, config] })).toStrictEqual({
      ...{ id: 'i-1', text: 'Refund 5 euros?\nsend_mail\nclose' },
    })
  })

  it.each([
    [{ action_requests: [] }, null],
    [{ action_requests: [{}] }, null],
    [{ action_requests: [action] }, 'Refund 5 euros?'],
    [{ action_requests: [action], review_configs: [{ allowed_decisions: ['edit'] }] }, 'Refund 5 euros?'],
    [{ action_requests: [action], review_configs: 7 }, 'Refund 5 euros?'],
  ])('without decisions that can be chosen has none: %j', (value, text) => {
    expect(asked(value)).toStrictEqual({ id: 'i-1', text })
  })
})

describe('a request for LangChain’s Agent Inbox', () => {
  const config = { allow_accept: true, allow_ignore: true, allow_edit: true, allow_respond: true }
  const request = { action_request: { action: 'refund', args: { amount: 5 } }, config, description: 'Refund 5 euros?' }
  const choice = (type: string) => ({ value: [{ type, args: null }], label: type })

  it('shows what it describes, and offers the responses that need nothing else', () => {
    expect(asked([request])).toStrictEqual({
      ...{ id: 'i-1', text: 'Refund 5 euros?', choices: [choice('accept'), choice('ignore')] },
    })
    const strict = { ...request, config: { ...config, allow_ignore: false }, description: undefined }
    expect(asked([strict])).toStrictEqual({ id: 'i-1', text: 'refund', choices: [choice('accept')] })
  })

  it.each([
    ['several requests', [request, { action_request: { action: 'close' } }], 'Refund 5 euros?\nclose'],
    ['one without a list, whose response has no certain form', request, 'Refund 5 euros?'],
    ['one without a configuration', [{ action_request: { action: 'refund' }, config: 7 }], 'refund'],
    ['one that allows nothing', [{ ...request, config: {} }], 'Refund 5 euros?'],
    ['one without words', [{ action_request: {}, description: 7 }], null],
  ])('offers no choices for %s', (_, value, text) => {
    expect(asked(value)).toStrictEqual({ id: 'i-1', text })
  })
})

it.each([
  ['a question', { question: 'May I?', expires_at: '2026-12-01T10:00:00Z' }],
  ['an approval', { action_requests: [{ name: 'refund' }], expiresAt: 1_796_119_200 }],
])('%s expires when the graph says so', (_, value) => {
  expect(asked(value)?.expiresAt).toBe('2026-12-01T10:00:00.000Z')
  expect(asked({ ...value, expires_at: undefined, expiresAt: undefined })).not.toHaveProperty('expiresAt')
})
