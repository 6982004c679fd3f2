import { describe, expect, it } from 'vitest'
import { readGeneration } from '../../src/read/generation.ts'
import { generationPayload } from '../fixtures/generation.ts'
import { reader } from '../helpers/account.ts'

const source = (id: string, raw: unknown) => ({
  ref: `leadconnector:clinic/source/${id}`,
  vendor: 'leadconnector',
  account: 'clinic',
  id,
  raw,
})

describe('a generation', () => {
  it('keeps every value of the payload', () => {
    const { reading } = reader()
    expect(readGeneration(generationPayload, reading, 'msg_3')).toStrictEqual({
      ref: 'leadconnector:clinic/generation/msg_3',
      vendor: 'leadconnector',
      account: 'clinic',
      id: 'msg_3',
      raw: generationPayload,
      messageId: 'msg_3',
      agentId: 'agt_m41',
      mode: { value: 'autopilot', native: 'auto-pilot' },
      prompt: 'Personality:\nCalm\n\nIntent:\nOffer a slot',
      input: 'When do you open?',
      intent: 'Offer a slot',
      history: [
        { author: { kind: 'contact', basis: 'vendor', native: 'user' }, text: 'When do you open?' },
        { author: { kind: 'agent', basis: 'vendor', native: 'assistant' }, text: 'Which day?' },
      ],
      response: { author: { kind: 'agent', basis: 'vendor', id: 'agt_m41' }, text: 'We open at 8:15 on Tuesdays.' },
      sources: [
        {
          ...source('chk_11', generationPayload.faqs[0]),
          kind: { value: 'faq', native: 'faqs' },
          title: 'Opening hours',
          text: 'Tue from 08:15.',
        },
        {
          ...source('chk_12', generationPayload.website[0]),
          kind: { value: 'website', native: 'website' },
          url: 'https://harbour.example/hours',
          text: 'Tuesday 8:15',
        },
      ],
      actions: [{ name: 'contactUpdateAction', details: [{ fieldId: 'fld_1', value: 'Tuesday' }] }],
    })
    expect(reading.warnings).toEqual([])
  })

  it.each(['richText', 'richTexts', 'rich_text'])('reads rich text from the key %s', (key) => {
    const raw = { prompt: 'p', responseMessage: 'r', [key]: [{ content: 'c' }] }
    expect(readGeneration(raw, reader().reading, 'msg_3').sources).toStrictEqual([
      { ...source('msg_3#0', { content: 'c' }), kind: { value: 'rich-text', native: key }, text: 'c' },
    ])
  })

  it('without knowledge has empty lists and no warning', () => {
    const { reading } = reader()
    const raw = { prompt: 'p', responseMessage: 'r', employeeId: 'agt_1', faqs: null, website: null, history: null }
    expect(readGeneration(raw, reading, 'msg_3')).toMatchObject({
      agentId: 'agt_1',
      history: [],
      sources: [],
      actions: [],
    })
    expect(reading.warnings).toEqual([])
  })

  it('keeps actions of any shape', () => {
    const actionLogs = [{ type: 'stopBot', id: 'act_1' }, 'said goodbye', { a: [1], b: { c: 2 } }]
    expect(readGeneration({ prompt: '', actionLogs }, reader().reading, 'm').actions).toStrictEqual([
      { name: null, details: { type: 'stopBot', id: 'act_1' } },
      { name: null, details: 'said goodbye' },
      { name: 'a', details: [1] },
      { name: 'b', details: { c: 2 } },
    ])
  })

  it('warns about each value that it cannot read', () => {
    const { reading } = reader()
    const raw = { prompt: 'p', faqs: [null, { id: 'chk_1' }], history: [{ role: 'tool', content: 'x' }], actionLogs: 7 }
    expect(readGeneration(raw, reading, 'm')).toMatchObject({
      sources: [{ id: 'chk_1' }],
      history: [{ author: { kind: 'unknown', basis: 'vendor', native: 'tool' }, text: 'x' }],
    })
    expect(reading.warnings.map(({ code, path }) => [code, path])).toEqual([
      ['unknown-term', 'history[0].role'],
      ['bad-item', 'faqs[0]'],
      ['unreadable-field', 'actionLogs'],
    ])
  })
})
