import { describe, expect, it } from 'vitest'
import { readFields } from '../../src/protocol.ts'

const one = (path: string, problem: string) => [{ path, problem }]

describe('readFields', () => {
  it.each([
    ['title is required', one('title', 'is required')],
    [' title is required ', one('title', 'is required')],
    ['property title should not exist', one('title', 'should not exist')],
    ['title should not be empty', one('title', 'should not be empty')],
    ['title does not exist', one('title', 'does not exist')],
    ['users[0].email must be an email', one('users[0].email', 'must be an email')],
    ['email must be a valid email', one('email', 'must be a valid email')],
    ['name must be a string', one('name', 'must be a string')],
    ['name must be string', one('name', 'must be string')],
    ['name must not be empty', one('name', 'must not be empty')],
    ['score must be an integer number', one('score', 'must be an integer number')],
    ['flag must be a boolean value', one('flag', 'must be a boolean value')],
    ['flag must be a boolean', one('flag', 'must be a boolean')],
    [
      'name must be longer than or equal to 12 characters',
      one('name', 'must be longer than or equal to 12 characters'),
    ],
    [
      'name must be shorter than or equal to 5 characters',
      one('name', 'must be shorter than or equal to 5 characters'),
    ],
    ['score must be less than 10', one('score', 'must be less than 10')],
    ['score must not be greater than 4', one('score', 'must not be greater than 4')],
    ['mode must be one of the following values: ai, manual', one('mode', 'is not an allowed value')],
  ])('reads the field of "%s"', (sentence, fields) => {
    expect(readFields([sentence])).toStrictEqual(fields)
  })

  it.each([
    'Ada said: title is required',
    'title is required by Ada',
    'title must be a string, not Ada',
    'title must be Ada',
    'title',
    '',
    '9lives must be a string',
    'I say: name must be a string',
    'name says must be one of the following values: x',
    'name must be longer than or equal to x characters',
  ])('reads no field of "%s", whose words stay the vendor’s', (sentence) => {
    expect(readFields([sentence])).toStrictEqual([])
  })

  it.each([
    [{ property: 'title', message: 'title is required' }, one('title', 'is required')],
    [{ field: 'title', message: 'is required' }, one('title', 'is required')],
    [{ path: 'users[0].email' }, [{ path: 'users[0].email' }]],
    [{ field: 'title', message: 'Ada said no' }, [{ path: 'title' }]],
    [{ field: 'title', message: ['is required'] }, [{ path: 'title' }]],
    [{ field: 'a title' }, []],
    [{ field: 'title!' }, []],
    [{ field: '!title' }, []],
    [{ field: 'x'.repeat(81) }, []],
    [{ field: '' }, []],
    [{ field: 7 }, []],
    [{}, []],
    [null, []],
    [7, []],
  ])('reads the object %j', (detail, fields) => {
    expect(readFields([detail])).toStrictEqual(fields)
  })

  it.each([undefined, null, {}, 'title is required'])('reads no field of %j', (details) => {
    expect(readFields(details)).toStrictEqual([])
  })
})
