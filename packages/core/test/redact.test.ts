import { describe, expect, test } from 'vitest'
import { redact } from '../src/index.ts'

describe('redact', () => {
  test.each([
    ['a given secret', 'the key s3cr3t-key is wrong', 'the key [redacted] is wrong'],
    ['every place of it', 's3cr3t-key s3cr3t-key', '[redacted] [redacted]'],
    ['a bearer token', 'Authorization: Bearer abc.def-123', 'Authorization: [redacted]'],
    ['in lower case too', 'authorization: bearer abc.def-123', 'authorization: [redacted]'],
    ['basic credentials', 'Basic dXNlcjpwYXNz', '[redacted]'],
    ['a JSON web token', 'token eyJhbGciOi.eyJzdWIi.c2ln expired', 'token [redacted] expired'],
    ['an integration token', 'pit-1234-abcd is revoked', '[redacted] is revoked'],
    ['a long hexadecimal number', `key ${'a1'.repeat(20)}`, 'key [redacted]'],
    ['what JSON names as a key', '{"agentApiKey": "ab-1","id":"a"}', '{"agentApiKey": "[redacted]","id":"a"}'],
    ['what JSON names as a secret', '{"client_secret":"ab-1"}', '{"client_secret":"[redacted]"}'],
    ['the rest of a key that was cut off', '{"apiKey":"ab-1', '{"apiKey":"[redacted]'],
    [
      'no name without a value',
      '{"apiKey":null,"message":"apiKey is wrong"}',
      '{"apiKey":null,"message":"apiKey is wrong"}',
    ],
    ['nothing else', 'The field text is too long (max 500).', 'The field text is too long (max 500).'],
  ])('removes %s', (_, text, expected) => {
    expect(redact(text, ['s3cr3t-key'])).toBe(expected)
  })

  test('removes a secret that was given with a line break', () => {
    expect(redact('the key s3cr3t-key is wrong', ['s3cr3t-key\n'])).toBe('the key [redacted] is wrong')
  })

  test('keeps a secret that is too short to be one', () => {
    expect(redact('a b c', ['b', ''])).toBe('a b c')
  })

  test('shortens after redacting, so that no half of a secret is left', () => {
    expect(redact(`${'x'.repeat(195)} s3cr3t-key`, ['s3cr3t-key'])).toBe(`${'x'.repeat(195)} [red…`)
    expect(redact('abcdef', [], 3)).toBe('abc…')
  })

  test('shortens between two characters', () => {
    expect(redact('ab😀cd', [], 3)).toBe('ab…')
    expect(redact('a👨‍👩‍👧b', [], 6)).toBe('a…')
  })

  test('reads a long text in linear time', () => {
    const hostile = 'eyJ-'.repeat(1_000_000)
    expect(redact(hostile)).toMatch(/…$|redacted/)
  })
})
