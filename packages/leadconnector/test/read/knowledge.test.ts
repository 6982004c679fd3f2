import { describe, expect, it } from 'vitest'
import { readCrawl, readFaq, readPage } from '../../src/read/knowledge.ts'
import { mapPageStatus } from '../../src/vocabulary.ts'
import { crawlPayload, faqPayload, pagePayload } from '../fixtures/knowledge.ts'
import { reader } from '../helpers/account.ts'

const identity = (id: string, raw: unknown) => ({
  ref: `leadconnector:clinic/knowledge/${id}`,
  vendor: 'leadconnector',
  account: 'clinic',
  id,
  raw,
})

describe('knowledge', () => {
  it('of a FAQ keeps every value', () => {
    expect(readFaq(faqPayload, reader().reading, 'kb_9')).toStrictEqual({
      ...identity('faq_1', faqPayload),
      kind: { value: 'faq', native: null },
      question: 'When do you open?',
      answer: 'At 8:15 on Tuesdays.',
      knowledgeBaseId: 'kb_2',
      createdAt: '2026-01-01T08:00:00.000Z',
      updatedAt: '2026-01-02T08:00:00.000Z',
    })
  })

  it('of a web page keeps every value', () => {
    expect(readPage(pagePayload, reader().reading, 'kb_9')).toStrictEqual({
      ...identity('url_1', pagePayload),
      kind: { value: 'website', native: null },
      title: 'Opening hours',
      url: 'https://harbour.example/hours',
      status: { value: 'ready', native: 'Successful' },
      knowledgeBaseId: 'kb_2',
      updatedAt: '2026-01-02T08:00:00.000Z',
    })
  })

  it('of a payload with few values has only those', () => {
    expect(readFaq({ id: 'f' }, reader(false).reading, 'kb_9')).toStrictEqual({
      ref: 'leadconnector:clinic/knowledge/f',
      vendor: 'leadconnector',
      account: 'clinic',
      id: 'f',
      kind: { value: 'faq', native: null },
      knowledgeBaseId: 'kb_9',
    })
    expect(readPage({ id: 'u', title: '', status: null }, reader().reading, 'kb_9')).toStrictEqual({
      ...identity('u', { id: 'u', title: '', status: null }),
      kind: { value: 'website', native: null },
      knowledgeBaseId: 'kb_9',
    })
  })

  it('of a crawl keeps every value', () => {
    expect(readCrawl(crawlPayload, reader().reading, 'kb_2')).toStrictEqual({
      ...identity('op_1', crawlPayload),
      kind: { value: 'website', native: null },
      url: 'https://harbour.example/',
      status: { value: 'processing', native: 'Pending' },
      knowledgeBaseId: 'kb_2',
    })
  })

  it.each([
    ['Pending', 'processing'],
    ['Processing', 'processing'],
    ['Training', 'processing'],
    ['Successful', 'ready'],
    ['Existing', 'ready'],
    ['Failed', 'failed'],
    ['Restricted', 'failed'],
    ['Cancelled', 'failed'],
    ['Aborted', 'failed'],
    ['aborted', 'failed'],
    ['Composting', 'unknown'],
  ])('with the status word %s has the status %s', (native, value) => {
    expect(mapPageStatus(native)).toBe(value)
  })

  it('with an unknown status word produces a warning', () => {
    const { reading } = reader()
    const { status } = readPage({ ...pagePayload, status: 'Composting' }, reading, 'kb_2')
    expect(status).toEqual({ value: 'unknown', native: 'Composting' })
    expect(reading.warnings.map(({ code }) => code)).toEqual(['unknown-term'])
  })
})
