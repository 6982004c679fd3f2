import { DecodeError } from '@parley/core'
import { told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { plainOf, readMessage, textOf } from '../../src/read/message.ts'
import { directionOf, isToolResult, mapAuthor, mapPart, mapStatus } from '../../src/vocabulary.ts'
import { answer, question, said, toolCall, toolResult, webhook } from '../fixtures/threads.ts'
import { entity, reader } from '../helpers/account.ts'

const place = { conversationId: 't-1', operatorName: 'operator' }

function read(payload: object, fields: object = {}, keepRaw = false) {
  const { reading, warnings } = reader(keepRaw)
  return { message: readMessage(payload as never, reading, { ...place, ...fields }, 3), told: told(warnings) }
}

describe('a message of a thread', () => {
  it('of the contact is inbound, and has the id that the application chose', () => {
    expect(read(question, {}, true).message).toStrictEqual({
      ...entity('message', question.id, question),
      conversationId: 't-1',
      type: { value: 'text', native: 'human' },
      direction: 'inbound',
      author: { kind: 'contact', basis: 'vendor', native: 'human' },
      ...{ text: 'When do you open?', externalId: question.id, sourcesState: 'unavailable' },
    })
  })

  it('of the agent is outbound, and names the assistant of the last run', () => {
    const { author, direction, ...rest } = read(answer, { agentId: 'a-1' }).message
    expect([author, direction]).toEqual([{ kind: 'agent', basis: 'vendor', native: 'ai', id: 'a-1' }, 'outbound'])
    expect(rest).not.toHaveProperty('externalId')
    expect(rest).not.toHaveProperty('createdAt')
  })

  it('is an operator’s by its name', () => {
    const more = { ...said, additional_kwargs: { operator_id: 'max' } }
    expect(read(more).message.author).toEqual({
      ...{ kind: 'operator', basis: 'inferred', native: 'ai', name: 'operator', id: 'max' },
    })
    expect(read(said, { operatorName: 'team' }).message.author).toEqual({
      ...{ kind: 'agent', basis: 'vendor', native: 'ai', name: 'operator' },
    })
    expect(read({ ...question, name: 'operator' }).message.author.kind).toBe('contact')
    for (const operator_id of ['', {}, null])
      expect(read({ ...said, additional_kwargs: { operator_id } }).message.author).not.toHaveProperty('id')
  })

  it('that calls tools without a word is a tool’s, as is their result', () => {
    const calls = [...toolCall.tool_calls, { name: 'refund' }, { id: 'nameless' }, 7]
    expect(read({ ...toolCall, tool_calls: calls }).message).toMatchObject({
      ...{ type: { value: 'tool', native: 'ai' }, direction: 'internal', text: 'find_parcel, refund' },
    })
    expect(read(toolResult).message).toMatchObject({
      ...{ type: { value: 'tool', native: 'tool' }, direction: 'internal', text: '{"place":"depot"}' },
    })
    expect(read({ ...toolCall, content: 'Let me look.' }).message).toMatchObject({
      ...{ type: { value: 'text', native: 'ai' }, direction: 'outbound', text: 'Let me look.' },
    })
  })

  it('of the system is an activity inside', () => {
    expect(read({ id: 's', type: 'system', content: 'Be kind.' }).message).toMatchObject({
      ...{ type: { value: 'activity', native: 'system' }, direction: 'internal', author: { kind: 'system' } },
    })
  })

  it('without an id has its place in the thread as its id', () => {
    for (const id of [undefined, null, ''])
      expect(read({ ...answer, id }).message).toMatchObject({ id: 't-1#3', ref: 'langgraph:shop/message/t-1#3' })
  })

  it('that has nothing of a message is none, and does not take the place of another one', () => {
    for (const payload of [{}, { unreadable: true }, { id: null, type: null, content: null }])
      expect(() => read(payload)).toThrow(DecodeError)
    expect(read({ content: 'Hi' }).message).toMatchObject({ id: 't-1#3', text: 'Hi' })
  })

  it('in OpenAI’s form has a role', () => {
    expect(read({ id: 'x', role: 'user', content: 'Hi' }).message).toMatchObject({ author: { kind: 'contact' } })
    expect(read({ id: 'x', role: 'assistant', content: 'Hi' }).message).toMatchObject({ author: { kind: 'agent' } })
  })

  it('of an unknown type is unknown, with a warning', () => {
    const { message, told } = read({ id: 'x', type: 'remark', content: 'Hi' })
    expect(message).toMatchObject({ author: { kind: 'unknown', native: 'remark' }, direction: 'unknown', text: 'Hi' })
    expect(told).toEqual(['unknown-term type'])
    expect(read({ id: 'x', content: 'Hi' }).message.author).toEqual({ kind: 'unknown', basis: 'inferred' })
  })

  it('in a webhook is LangChain’s constructor', () => {
    const [first, second] = webhook.values.messages as unknown as [object, object]
    expect(read(first).message).toMatchObject({ id: question.id, author: { kind: 'contact' }, text: question.content })
    expect(read(second).message).toMatchObject({ id: answer.id, author: { kind: 'agent' }, text: answer.content })
    for (const wrong of [
      { lc: 1, kwargs: 7, id: ['x'] },
      { lc: 1, kwargs: {}, id: 'x' },
      { kwargs: {}, id: ['x'] },
    ])
      expect(plainOf(wrong)).toBe(wrong)
  })
})

describe('the content of a message', () => {
  it.each([
    ['Hi', 'Hi'],
    [['Hi ', 'you'], 'Hi you'],
    [
      [
        { type: 'text', text: 'Hi ' },
        { type: 'output_text', text: 'you' },
      ],
      'Hi you',
    ],
    [[{ type: 'image_url', image_url: 'https://shop.test/a.png' }], ''],
    [[{ type: 'thinking', thinking: 'Hm', text: 'no' }, { type: 'text', text: 7 }, null, 7], ''],
    [null, ''],
    [undefined, ''],
    [{ type: 'text', text: 'Hi' }, ''],
  ])('%j has the text "%s"', (content, text) => {
    expect(textOf(content)).toBe(text)
  })

  it('has files by their addresses, and no bytes', () => {
    const content = [
      { type: 'text', text: 'Look' },
      { type: 'image_url', image_url: { url: 'https://shop.test/a.png' } },
      { type: 'image_url', image_url: 'https://shop.test/b.png' },
      { type: 'file', url: 'https://shop.test/c.pdf', mime_type: 'application/pdf' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      { type: 'image_url', image_url: { url: 'javascript:alert(1)' } },
      { type: 'file' },
    ]
    expect(read({ ...question, content }).message.attachments).toMatchObject([
      { id: `${question.id}#1`, url: 'https://shop.test/a.png', access: 'open' },
      { id: `${question.id}#2`, url: 'https://shop.test/b.png' },
      { id: `${question.id}#3`, url: 'https://shop.test/c.pdf', contentType: 'application/pdf' },
    ])
  })

  it('that cannot be read produces a warning for each part', () => {
    const content = [
      { type: 'text', text: {} },
      { type: 'thinking', thinking: 7 },
      { type: 'remark', text: 'Hm' },
      { type: 'image_url', image_url: { url: [] } },
      { type: 'file', url: 'data:text/plain;base64,AAAA' },
      { type: 'tool_use', name: 'find_parcel' },
      7,
    ]
    expect(read({ ...question, content }).told).toEqual([
      'unreadable-field content[0].text',
      'unknown-term content[2].type',
      'unreadable-field content[3].image_url.url',
      'degraded content[3]',
      'degraded content[4]',
      'bad-item content[6]',
    ])
    expect(read({ ...question, content: { type: 'text' } }).told).toEqual(['unreadable-field content'])
    expect(read({ ...toolCall, tool_calls: [7, { name: {} }] }).told).toEqual([
      'bad-item tool_calls[0]',
      'unreadable-field tool_calls[1].name',
    ])
    expect(read({ ...said, additional_kwargs: { operator_id: {} } }).told).toEqual([
      'unreadable-field additional_kwargs.operator_id',
    ])
  })

  it('has the summaries of the model’s reasoning', () => {
    const content = [
      { type: 'reasoning', reasoning: 'First.' },
      { type: 'thinking', thinking: 'Then.' },
      { type: 'thinking', thinking: {} },
      { type: 'text', text: 'Hi', reasoning: 'no' },
      'plain',
    ]
    expect(read({ ...answer, content }).message.reasoning).toEqual(['First.', 'Then.'])
    expect(read(answer).message).not.toHaveProperty('reasoning')
  })
})

describe('the vocabulary', () => {
  it.each([
    ...['human', 'HumanMessageChunk', 'HumanMessage', 'user'].map((native) => [native, 'contact'] as const),
    ...['ai', 'AIMessageChunk', 'AIMessage', 'assistant', 'tool', 'ToolMessage', 'ToolMessageChunk'].map(
      (native) => [native, 'agent'] as const,
    ),
    ...['function', 'FunctionMessage'].map((native) => [native, 'agent'] as const),
    ...['system', 'SystemMessage', 'developer'].map((native) => [native, 'system'] as const),
    ['remark', 'unknown'] as const,
  ])('maps the type %s to %s', (native, kind) => expect(mapAuthor(native)).toBe(kind))

  it.each([
    ['contact', 'inbound'],
    ['agent', 'outbound'],
    ['operator', 'outbound'],
    ['system', 'internal'],
    ['unknown', 'unknown'],
  ] as const)('gives messages of the %s the direction %s', (kind, direction) =>
    expect(directionOf(kind)).toBe(direction),
  )

  it.each([
    ...['text', 'text-plain', 'output_text', 'input_text'].map((native) => [native, 'text'] as const),
    ...['reasoning', 'thinking'].map((native) => [native, 'reasoning'] as const),
    ...['image_url', 'image', 'input_image', 'file', 'input_file', 'document', 'audio', 'input_audio', 'video'].map(
      (native) => [native, 'file'] as const,
    ),
    ...['tool_use', 'tool_call', 'tool_call_chunk', 'function_call'].map((native) => [native, 'tool'] as const),
    ['remark', 'unknown'] as const,
  ])('maps the part %s to %s', (native, kind) => expect(mapPart(native)).toBe(kind))

  it.each([
    ...['idle', 'busy', 'interrupted', 'error'].map((native) => [native, 'open'] as const),
    ['closed', 'unknown'] as const,
  ])('maps the status %s to %s', (native, status) => expect(mapStatus(native)).toBe(status))

  it('knows the results of tools', () => {
    expect(['tool', 'ToolMessage', 'ToolMessageChunk', 'function'].every(isToolResult)).toBe(true)
    expect(['ai', 'human', 'toll'].some(isToolResult)).toBe(false)
  })
})
