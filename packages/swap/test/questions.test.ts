import { describe, expect, it } from 'vitest'
import { readQuestions } from '../src/index.ts'

const csv = (file: Uint8Array | string) => readQuestions(file, { format: 'csv', name: 'questions.csv' })
const jsonl = (file: Uint8Array | string) => readQuestions(file, { format: 'jsonl', name: 'questions.jsonl' })
const bytes = (text: string) => new TextEncoder().encode(text)

describe('the questions of a CSV file', () => {
  it('have an id, a text, and what scorers compare with', () => {
    const file =
      'id,question,expected,contains,source\nhours,"When, on Saturday?",From 10,10:00|16:00,opening-hours\n,"Two\nlines?",,,\n'
    expect(csv(bytes(`\uFEFF${file}`))).toEqual([
      {
        id: 'hours',
        text: 'When, on Saturday?',
        expected: 'From 10',
        contains: ['10:00', '16:00'],
        source: 'opening-hours',
      },
      { id: 'q2', text: 'Two\nlines?' },
    ])
  })

  it('may be in UTF-16 with a byte order mark, and have lines of Windows', () => {
    const text = 'question\r\nHow much is it in €?\r\n'
    const units = new Uint16Array([0xfeff, ...[...text].map((character) => character.charCodeAt(0))])
    expect(csv(new Uint8Array(units.buffer))).toEqual([{ id: 'q1', text: 'How much is it in €?' }])
  })

  it.each([
    [
      'a column that there is not',
      'question,expectd\nWhen?,x\n',
      'questions.csv, line 1: there is no column "expectd" (did you mean "expected"?)',
    ],
    [
      'no titles',
      'When do you open on Saturday?\nAnd on Sunday?\n',
      'questions.csv, line 1: there is no column; columns are question',
    ],
    ['two columns of one name', 'question,question\nWhen?,x\n', 'line 1: there are two columns question'],
    ['a missing question', 'question,id\nWhen?,a\n,b\n', 'questions.csv, line 3: the question is missing'],
    ['an id that is there twice', 'question,id\nWhen?,a\nWhere?,a\n', 'line 3: the id is that of line 2'],
    [
      'too many values',
      'question,id\nWhen, and where?,a\n',
      'line 2: there are 3 values for 2 columns; put a value with a comma in double quotes',
    ],
    [
      'a quote that is not closed',
      'question\nWhen?\n"Where?\nHow?\n',
      'questions.csv, line 3: a quote that begins here is not closed',
    ],
    ['a quote in the middle', 'question\nThe "big one?\n', 'line 2: a quote is in the middle of a value'],
    ['nothing', '', 'questions.csv: there is no question'],
    ['only titles', 'question\n', 'questions.csv: there is no question'],
  ])('are refused with their line: %s', (_, file, message) => {
    expect(() => csv(file)).toThrow(message)
  })

  it('are refused in another encoding, with the line of the first byte that is wrong', () => {
    const latin = Uint8Array.from([...'question\nWhen?\nWie sp\u00e4t?\n'].map((character) => character.charCodeAt(0)))
    expect(() => csv(latin)).toThrow('questions.csv, line 3: the file is not UTF-8; save it as UTF-8.')
  })

  it('are refused with the line where they begin, after empty lines and in texts of several lines', () => {
    const file = 'question,id\r\n\r\n"two\r\nlines",a\r\n,\r\n"two\r\nmore","a"\r\n'
    expect(() => csv(bytes(`\uFEFF${file}`))).toThrow('line 6: the id is that of line 3')
    expect(csv('question,id,expected\n\nWhen?\n,,\n')).toEqual([{ id: 'q1', text: 'When?' }])
  })

  it('are refused in UTF-16 without a mark, in half of a character, and in UTF-32', () => {
    const utf16 = Uint8Array.from([...'question\nWhen?'].flatMap((character) => [character.charCodeAt(0), 0]))
    expect(() => csv(utf16)).toThrow('questions.csv, line 1: there is a NUL character; save the file as UTF-8')
    expect(() => csv(Uint8Array.from([0xff, 0xfe, 65]))).toThrow('not UTF-16, as its byte order mark says')
    expect(() => csv(Uint8Array.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0]))).toThrow('UTF-32')
  })

  it('are refused by the size of the file before it is decoded', () => {
    expect(() => csv(new Uint8Array(33_554_433))).toThrow('questions.csv: the file is larger than 32 MiB')
  })

  it('are at most 10,000, and a file of 100,000 lines is refused at the first line that is too many', () => {
    const line = (number: number) => `Question ${number}: when do you open on Saturday?`
    const lines = Array.from({ length: 100_000 }, (_, index) => line(index))
    expect(() => csv(`question\n${lines.join('\n')}`)).toThrow(
      'questions.csv, line 10002: there are more than 10,000 questions, which is the most; keep a part of them.',
    )
    expect(() => jsonl(lines.map((each) => JSON.stringify(each)).join('\n'))).toThrow(
      'questions.jsonl, line 10001: there are more',
    )
    expect(csv(`question\n${lines.slice(0, 10_000).join('\n')}`)).toHaveLength(10_000)
  })
})

describe('the questions of JSON Lines', () => {
  it('are strings or objects, and blank lines count as lines', () => {
    expect(jsonl('"When?"\n\n{"question":"Where?","id":"w","contains":["Canal Street"]}\n')).toEqual([
      { id: 'q1', text: 'When?' },
      { id: 'w', text: 'Where?', contains: ['Canal Street'] },
    ])
  })

  it.each([
    ['broken JSON', '"When?"\n\n{"question":\n', 'questions.jsonl, line 3: this is no JSON'],
    ['a number', '7\n', 'line 1: a question must be a string or an object'],
    [
      'a field that there is not',
      '{"question":"When?","contain":["a"]}',
      'there is no field "contain" (did you mean "contains"?)',
    ],
    ['a text that is none', '{"question":7}', 'line 1: question must be a string'],
    [
      'an empty list item',
      '{"question":"When?","contains":[""]}',
      'line 1: contains must be a list of non-empty strings',
    ],
    ['no question', '{"id":"a"}', 'line 1: the question is missing'],
    ['a field of every object', '{"question":"When?","toString":"x"}', 'there is no field "toString"'],
  ])('are refused with their line: %s', (_, file, message) => {
    expect(() => jsonl(file)).toThrow(message)
  })

  it('are not quoted in an error', () => {
    for (const file of ['{"question": planted', '{"planted words of a customer, about their health":1}'])
      try {
        jsonl(file)
        expect.unreachable()
      } catch (error) {
        expect(JSON.stringify(error) + String(error)).not.toContain('planted')
      }
  })
})
