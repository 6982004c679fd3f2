import { buildRef, parseRef } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { readMessage } from '../../src/read/message.ts'
import { agentMessage, fullMessage, manualMessage, userMessage } from '../fixtures/messages.ts'
import { entity, reader } from '../helpers/account.ts'

describe('a message', () => {
  it('from the documented example keeps every value and its citations', () => {
    const { reading, warnings } = reader()
    expect(readMessage(agentMessage, reading, 'another')).toStrictEqual({
      ...entity('message', 'm-12', agentMessage),
      conversationId: 'c-0001',
      type: { value: 'text', native: null },
      direction: 'outbound',
      author: { kind: 'agent', basis: 'vendor', native: 'assistant' },
      channel: { value: 'api', native: 'api' },
      text: 'Your parcel left the depot today.',
      inReplyTo: 'm-11',
      sourcesState: 'inline',
      sources: [
        {
          ...entity('source', 'm-12#0', agentMessage.fullAIResponse.urlCitations[0]),
          kind: { value: 'website', native: null },
          title: 'Tracking',
          url: 'https://help.example/track',
        },
        {
          ...entity('source', 'm-12#1', agentMessage.fullAIResponse.fileCitations[0]),
          kind: { value: 'file', native: null },
          fileName: 'carriers.pdf',
          fileId: 'f-3',
        },
      ],
      isAnonymized: false,
      createdAt: '2026-02-01T08:04:11.520Z',
    })
    expect(warnings).toEqual([])
  })

  it.each(['m-12', 'm/12 ü', 'm#12'])('with the id %s gives its citations refs that can be parsed', (id) => {
    const { sources } = readMessage({ ...agentMessage, id }, reader().reading, 'c-0001')
    expect(sources?.map(({ ref }) => parseRef(ref).id)).toEqual([`${id}#0`, `${id}#1`])
    expect(sources?.map(({ ref }) => ref)).toEqual(sources?.map((source) => buildRef({ ...source, kind: 'source' })))
  })

  it('of a contact has no sources and answers no other message', () => {
    expect(readMessage(userMessage, reader(false).reading, 'c-0001')).toStrictEqual({
      ...entity('message', 'm-11'),
      conversationId: 'c-0001',
      type: { value: 'text', native: null },
      direction: 'inbound',
      author: { kind: 'contact', basis: 'vendor', native: 'conversation_user' },
      channel: { value: 'api', native: 'api' },
      text: 'Where is my parcel?',
      sourcesState: 'unavailable',
      isAnonymized: false,
      createdAt: '2026-02-01T08:04:10.000Z',
    })
  })

  it('of a person differs from one of the agent', () => {
    expect(readMessage(manualMessage, reader(false).reading, 'c-0001')).toStrictEqual({
      ...entity('message', 'm-13'),
      conversationId: 'c-0001',
      type: { value: 'text', native: null },
      direction: 'outbound',
      author: { kind: 'operator', basis: 'vendor', native: 'manual_assistant' },
      channel: { value: 'web', native: 'live_chat' },
      text: 'I will call you.',
      inReplyTo: 'm-11',
      sourcesState: 'unavailable',
      isAnonymized: false,
      createdAt: '2026-02-01T08:04:12.000Z',
    })
  })

  it('keeps every documented field', () => {
    const { reading, warnings } = reader()
    expect(readMessage(fullMessage, reading, 'c-0002')).toStrictEqual({
      ...entity('message', 'm-20', fullMessage),
      conversationId: 'c-0002',
      type: { value: 'text', native: null },
      direction: 'outbound',
      author: { kind: 'agent', basis: 'vendor', native: 'assistant', id: 'agent-sub-1' },
      channel: { value: 'teams', native: 'ms_teams' },
      text: 'See the manual.',
      inReplyTo: 'm-19',
      attachments: [
        {
          ...entity('attachment', 'file-1', fullMessage.files[0]),
          access: 'fetchable',
          conversationId: 'c-0002',
          fileName: 'manual.pdf',
          size: 2048,
        },
      ],
      sources: [],
      sourcesState: 'inline',
      reasoning: ['Looked at the manual.'],
      feedback: [
        {
          id: 'f-2',
          vote: { value: 'up', native: 'up' },
          comment: null,
          question: null,
          answer: 'See the manual.',
          authorEmail: null,
        },
      ],
      isAnonymized: false,
      createdAt: '2026-02-01T07:10:00.000Z',
    })
    expect(warnings).toEqual([])
  })

  it('from the channel email has the type email', () => {
    const raw = { id: 'm-1', message: 'Hello', senderRole: 'assistant', source: 'email' }
    expect(readMessage(raw, reader(false).reading, 'c-9')).toStrictEqual({
      ...entity('message', 'm-1'),
      conversationId: 'c-9',
      type: { value: 'email', native: 'email' },
      direction: 'outbound',
      author: { kind: 'agent', basis: 'vendor', native: 'assistant' },
      channel: { value: 'email', native: 'email' },
      text: 'Hello',
      sourcesState: 'unavailable',
    })
  })

  it.each([
    ['message', { message: 'a', rawMessage: 'b', fullAIResponse: { outputText: 'c' } }, 'a'],
    ['rawMessage when message is empty', { message: '', rawMessage: 'b', fullAIResponse: { outputText: 'c' } }, 'b'],
    ['outputText when both are empty', { message: '', rawMessage: '', fullAIResponse: { outputText: 'c' } }, 'c'],
    ['null when nothing was written', { message: '', rawMessage: null, fullAIResponse: null }, null],
  ])('takes its text from %s', (_, fields, text) => {
    const message = readMessage({ id: 'm', senderRole: 'assistant', ...fields }, reader(false).reading, 'c')
    expect(message.text).toBe(text)
  })

  it.each([
    ['is missing', undefined, 'unavailable'],
    ['is null', null, 'unavailable'],
    ['is empty', {}, 'inline'],
  ])('of the agent with the response %s: %s', (_, fullAIResponse, state) => {
    const raw = {
      id: 'm',
      message: 'x',
      senderRole: 'assistant',
      ...(fullAIResponse !== undefined && { fullAIResponse }),
    }
    const message = readMessage(raw, reader(false).reading, 'c')
    expect([message.sourcesState, message.sources]).toEqual([state, state === 'inline' ? [] : undefined])
  })

  it('never answers itself', () => {
    const raw = { ...manualMessage, conversationMessageId: 'm-13' }
    expect(readMessage(raw, reader(false).reading, 'c')).not.toHaveProperty('inReplyTo')
  })

  it('keeps an unknown word beside "unknown"', () => {
    const raw = { ...manualMessage, senderRole: 'supervisor', source: 'carrier_pigeon' }
    const { reading, warnings } = reader()
    expect(readMessage(raw, reading, 'c-0001')).toStrictEqual({
      ...entity('message', 'm-13', raw),
      conversationId: 'c-0001',
      type: { value: 'text', native: null },
      direction: 'unknown',
      author: { kind: 'unknown', basis: 'vendor', native: 'supervisor' },
      channel: { value: 'unknown', native: 'carrier_pigeon' },
      text: 'I will call you.',
      inReplyTo: 'm-11',
      sourcesState: 'unavailable',
      isAnonymized: false,
      createdAt: '2026-02-01T08:04:12.000Z',
    })
    expect(warnings.map(({ code, path, raw: word }) => [code, path, word])).toEqual([
      ['unknown-term', 'senderRole', 'supervisor'],
      ['unknown-term', 'source', 'carrier_pigeon'],
    ])
  })

  it('drops odd citations, files and times with a warning that names the path', () => {
    const raw = {
      id: 'm-30',
      message: 'x',
      senderRole: {},
      createdAt: 'soon',
      files: [{ fileName: 'no-id.pdf' }, { id: 'file-2', size: 'big' }],
      fullAIResponse: {
        reasoning: ['a', {}],
        urlCitations: ['x', { url: 'https://help.example/a' }],
        fileCitations: [{ fileId: {}, filename: 'b.pdf' }],
      },
    }
    const { reading, warnings } = reader(false)
    expect(readMessage(raw, reading, 'c-1')).toStrictEqual({
      ...entity('message', 'm-30'),
      conversationId: 'c-1',
      type: { value: 'text', native: null },
      direction: 'unknown',
      author: { kind: 'unknown', basis: 'inferred' },
      text: 'x',
      sourcesState: 'inline',
      attachments: [{ ...entity('attachment', 'file-2'), access: 'fetchable', conversationId: 'c-1' }],
      sources: [
        { ...entity('source', 'm-30#1'), kind: { value: 'website', native: null }, url: 'https://help.example/a' },
        { ...entity('source', 'm-30#2'), kind: { value: 'file', native: null }, fileName: 'b.pdf' },
      ],
      reasoning: ['a'],
    })
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unreadable-field senderRole',
      'bad-item files[0].id',
      'unreadable-field files[1].size',
      'bad-item fullAIResponse.urlCitations[0]',
      'unreadable-field fullAIResponse.fileCitations[0].fileId',
      'unreadable-field fullAIResponse.reasoning[1]',
      'unreadable-field createdAt',
    ])
  })
})
