import { expect, it } from 'vitest'
import { sameEmail, samePhone } from '../../src/index.ts'

it.each([
  ['Ada@Quill.example', ' ada@quill.EXAMPLE ', true],
  ['ada @quill.example', 'ada@quill.example', true],
  ['ada@quill.example', 'bo@quill.example', false],
  ['\u212aay@quill.example', 'kay@quill.example', false],
  ['\u212aay@quill.example', '\u212aAY@quill.example', true],
  ['', '', false],
  [null, undefined, false],
])('comparing the emails %j and %j gives %j', (one, other, same) => {
  expect(sameEmail(one, other)).toBe(same)
})

it.each([
  ['+43 (0) 1-23.45/67', '430 1 234567', true],
  ['+1 555 0100', '+1 555 0101', false],
  ['+1 555 0100 ext. 5', '+1 555 01005', false],
  ['+1 555 0100 ext. 5', '+1 (555) 0100 EXT 5', true],
  ['none', '', false],
  [null, undefined, false],
])('comparing the phone numbers %j and %j gives %j', (one, other, same) => {
  expect(samePhone(one, other)).toBe(same)
})
