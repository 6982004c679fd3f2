import { describe, expect, test } from 'vitest'
import { serialize } from '../src/index.ts'
import * as models from './helpers/models.ts'

const rawOf = (secret: string) => ({ private: secret })

describe('serialize', () => {
  test.each(Object.entries(models))('keeps %s unchanged through JSON', (_, model) => {
    expect(JSON.parse(serialize(model, { raw: true }))).toEqual(model)
  })

  test('omits the `raw` of every entity at any depth', () => {
    const page = {
      items: [{ ...models.message, raw: rawOf('planted'), sources: [{ ...models.source, raw: rawOf('planted') }] }],
      next: null,
    }
    expect(serialize(page)).not.toContain('planted')
    expect(JSON.parse(serialize(page)).items[0].sources[0].title).toBe('Opening hours')
    expect(serialize(page, { raw: true })).toContain('planted')
  })

  test('omits the `raw` of events and warnings', () => {
    const warning = {
      code: 'bad-item',
      message: 'x',
      vendor: 'acme',
      account: 'main',
      operation: 'a.b',
      raw: rawOf('planted'),
    }
    expect(serialize({ event: { ...models.event, raw: rawOf('planted') }, warnings: [warning] })).not.toContain(
      'planted',
    )
  })

  test('omits the `raw` of working hours, which name no vendor', () => {
    expect(serialize({ ...models.workingHours, raw: rawOf('planted') })).not.toContain('planted')
  })

  test('omits the `raw` of what an agent waits for', () => {
    const inputRequests = [{ id: 'request-1', text: 'May they?', raw: rawOf('planted') }]
    const control = { holder: 'operator', basis: 'vendor', native: null, inputRequests }
    const answer = { outcome: 'needs-input', attempt: {}, inputRequests }
    for (const waiting of [control, answer]) {
      expect(JSON.parse(serialize(waiting)).inputRequests).toEqual([{ id: 'request-1', text: 'May they?' }])
      expect(serialize(waiting, { raw: true })).toContain('planted')
    }
  })

  test('keeps a customer’s own field that is called raw', () => {
    const customFields = { ref: 'mine', raw: 'mine too', id: 'x' }
    expect(JSON.parse(serialize({ ...models.conversation, customFields })).customFields).toEqual(customFields)
    const own = { inputRequests: [{ raw: 'mine' }] }
    expect(JSON.parse(serialize({ customFields: own })).customFields).toEqual(own)
  })

  test('keeps a key called __proto__', () => {
    const contact = { ...models.contact, customFields: JSON.parse('{"__proto__":{"a":1}}') }
    expect(serialize(contact)).toContain('"customFields":{"__proto__":{"a":1}}')
  })

  test('can indent', () => {
    expect(serialize({ a: 1 }, { indent: 2 })).toBe('{\n  "a": 1\n}')
  })
})
