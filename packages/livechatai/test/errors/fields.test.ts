import { describe, expect, it } from 'vitest'
import { readFields } from '../../src/protocol.ts'

describe('readFields', () => {
  it.each([
    ['name is required', 'name', 'is required'],
    ['  name is required ', 'name', 'is required'],
    ['"name" is required', 'name', 'is required'],
    ['tags are invalid', 'tags', 'are invalid'],
    ['name is missing.', 'name', 'is missing'],
    ['name must be a string', 'name', 'must be a string'],
    ['name must be string', 'name', 'must be string'],
    ['contact.email must be an email', 'contact.email', 'must be an email'],
    ['items[0].tags should be an array', 'items[0].tags', 'should be an array'],
    ['name must not be empty', 'name', 'must not be empty'],
    ['name should not be empty', 'name', 'should not be empty'],
    ['age must be an integer', 'age', 'must be an integer'],
  ])('reads the field of %s', (sentence, path, problem) => {
    expect(readFields([sentence, 'Ada said no'])).toStrictEqual([{ path, problem }])
  })

  it.each([
    'Ada said name is required',
    'name is required by Ada',
    'name is Ada',
    '9a is required',
    `${'x'.repeat(81)} is required`,
    '',
  ])('reads no field of "%s", whose words stay the vendor’s', (sentence) => {
    expect(readFields([sentence])).toStrictEqual([])
  })
})
