import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRecord } from '../../src/index.ts'
import { checkFile, cleanFileName, download, readFileName } from '../../src/operations.ts'
import { acme, failure } from '../helpers/acme.ts'
import { serve } from '../helpers/serve.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text).length
const family = '👨‍👩‍👧‍👦'

describe('a file name from the vendor', () => {
  test.each([
    ['photo.png', 'photo.png'],
    ['a "b".png', 'a "b".png'],
    ['Übersicht (2).pdf', 'Übersicht (2).pdf'],
    ['€ rates.txt', '€ rates.txt'],
    ['نامه‌ها.pdf', 'نامه‌ها.pdf'],
    [`${family}.png`, `${family}.png`],
    ['.htaccess', '.htaccess'],
    ['a..b', 'a..b'],
    ['archive.tar.gz', 'archive.tar.gz'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system.ini'],
    ['/etc/passwd', 'passwd'],
    ['C:\\Users\\a\\note.txt', 'note.txt'],
    ['C:note.txt', 'C_note.txt'],
    ['folder/', 'folder'],
    ['a/..', 'a'],
    ['note.txt:stream', 'note.txt_stream'],
    ['what?<now>|*.txt', 'what__now___.txt'],
    ['a\u0000.png', 'a.png'],
    ['a\r\nSet-Cookie: x.png', 'aSet-Cookie_ x.png'],
    ['a\u001b[31m.png', 'a[31m.png'],
    ['a\u0085b\u2028c', 'abc'],
    ['invoice\u202egnp.exe', 'invoicegnp.exe'],
    ['\u2066a\u2069\u200e\u200f\u061c.png', 'a.png'],
    ['a\u200bb\ufeff.png', 'ab.png'],
    ['.\u200b./x', 'x'],
    ['..\u202e/..', undefined],
    ['a.txt...', 'a.txt'],
    ['a.txt . .', 'a.txt'],
    ['  a.txt  ', 'a.txt'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['com1.tar.gz', '_com1.tar.gz'],
    ['aux .txt', '_aux .txt'],
    ['LPT¹', '_LPT¹'],
    ['console.txt', 'console.txt'],
    ['a\ud800.png', 'a\ufffd.png'],
    ['', undefined],
    ['.', undefined],
    ['..', undefined],
    ['. .', undefined],
    ['/', undefined],
    ['\u0000\u202e', undefined],
  ])('%j becomes %j', (given, name) => {
    expect(cleanFileName(given)).toBe(name)
  })

  test.each([
    [`${'a'.repeat(300)}.png`, `${'a'.repeat(251)}.png`],
    [`${'é'.repeat(200)}.jpeg`, `${'é'.repeat(125)}.jpeg`],
    [`${'e\u0301'.repeat(200)}.txt`, `${'e\u0301'.repeat(83)}.txt`],
    [`${family.repeat(20)}.png`, `${family.repeat(10)}.png`],
    ['a'.repeat(300), 'a'.repeat(255)],
    [`a.${'b'.repeat(300)}`, `a.${'b'.repeat(253)}`],
    [`${'a'.repeat(250)}      b.png`, `${'a'.repeat(250)}.png`],
    [`${'a'.repeat(255)}`, 'a'.repeat(255)],
    [`a${'\u0301'.repeat(400)}.png`, `a${'\u0301'.repeat(125)}.png`],
  ])('is cut before its extension and between characters: number %#', (given, name) => {
    expect(cleanFileName(given)).toBe(name)
    expect(bytesOf(name)).toBeLessThanOrEqual(255)
  })

  test('never has a path, and stays the same when it is cleaned again', () => {
    const unit = fc.constantFrom(...'abc./\\:*?"<>| \u0000\u001f\u007f\u202e\u2066\u200b\u200d😀én', 'con', '\ud800')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 400 }), (given) => {
        const name = cleanFileName(given)
        if (name === undefined) return
        expect(name).not.toMatch(/[/\\<>:|?*\p{Cc}\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u)
        expect(name).not.toMatch(/^\.+$|[. ]$|^\s/)
        expect(name).not.toMatch(/^(?:con|nul)\s*(?:\.|$)/i)
        expect(bytesOf(name)).toBeLessThanOrEqual(255)
        expect(cleanFileName(name)).toBe(name)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the file name in Content-Disposition', () => {
  test.each([
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="..\\\\..\\\\a.txt"', 'a.txt'],
    ["attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", 'passwd'],
    ["attachment; filename*=UTF-8''a%00%E2%80%AEgnp.exe", 'agnp.exe'],
    ["attachment; filename*=UTF-8'en'%E2%82%AC.txt", '€.txt'],
    ["attachment; filename*=iso-8859-1''%A3%20rates.txt", '£ rates.txt'],
    ["attachment; filename=stand-in.txt; filename*=UTF-8''..", 'stand-in.txt'],
    ["attachment; filename=stand-in.txt; filename*=EBCDIC''x", 'stand-in.txt'],
    ['attachment; filename=".."', undefined],
    ['attachment; notfilename=a.txt', undefined],
  ])('%s is read as %j', async (disposition, fileName) => {
    const server = await serve((response) => response.writeHead(200, { 'content-disposition': disposition }).end('x'))
    const file = await download(acme(server.url).begin('attachments.read'), server.url)
    expect(file.fileName).toBe(fileName)
  })
})

describe('the name of an uploaded file', () => {
  const content = new Uint8Array([1])
  const call = () => acme('https://acme.test').begin('attachments.upload')

  test('is sent without a path, and a warning reports a change', () => {
    const sending = call()
    expect(checkFile(sending, { fileName: '../planted\u202e/a.png', content }, 'attachments[0]').fileName).toBe('a.png')
    expect(sending.reading.warnings).toMatchObject([{ code: 'degraded', path: 'attachments[0].fileName' }])
    expect(JSON.stringify(sending.reading.warnings)).not.toContain('planted')
  })

  test.each(['..', '\u202e', '/'])('has to be a name: %j', async (fileName) => {
    const work = (async () => checkFile(call(), { fileName, content }))()
    expect(await failure(work)).toMatchObject({ code: 'invalid-request', fields: [{ path: 'fileName' }] })
  })
})

describe('the file name in a vendor’s payload', () => {
  const read = (fileName: unknown) => {
    const { reading } = acme('https://acme.test').begin('messages.list')
    const raw = { fileName }
    return { name: isRecord(raw) ? readFileName(reading, raw, 'fileName') : undefined, warnings: reading.warnings }
  }

  test.each([
    ['a.png', 'a.png'],
    ['../a.png', 'a.png'],
    [null, null],
    [undefined, undefined],
    ['', ''],
  ])('%j becomes %j', (given, name) => {
    expect(read(given)).toEqual({ name, warnings: [] })
  })

  test('that is empty after cleaning is dropped with a warning', () => {
    expect(read('..')).toMatchObject({ name: undefined, warnings: [{ code: 'unreadable-field', path: 'fileName' }] })
  })
})
