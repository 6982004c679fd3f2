import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { InvalidRequestError } from '@parley/core'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { linesOf } from '../src/commands/import.ts'
import { call, callUntil, outputError } from './call.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-export-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'inbox.ndjson')
beforeEach(() => rmSync(file, { force: true }))

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const read: string[] = []
  for await (const line of lines) read.push(line)
  return read
}

const store = {
  export: vi.fn(async function* (_: object): AsyncGenerator<string> {
    yield* ['{"kind":"a"}', '{"text":"ä\u009b"}']
  }),
  import: vi.fn(async (lines: AsyncIterable<string>) => ({ added: (await all(lines)).length, updated: 0 })),
}
let isSlow = false
vi.mock('../src/open-store.ts', () => ({
  withStore: async (_: unknown, __: unknown, work: (given: typeof store) => unknown) => {
    if (isSlow) await new Promise((resolve) => setTimeout(resolve, 20))
    return work(store)
  },
}))

const failing = async function* (): AsyncGenerator<string> {
  yield '{"kind":"a"}'
  throw new InvalidRequestError({ message: 'It went away.' })
}

describe('parley export', () => {
  it('writes the lines to the standard output', async () => {
    expect(await call('export')).toEqual({ code: 0, out: '{"kind":"a"}\n{"text":"ä\\u009b"}\n', err: '' })
    expect(store.export).toHaveBeenLastCalledWith()
  })

  it('writes a file that only its owner may read, and says how much', async () => {
    expect(await call('export', file)).toEqual({ code: 0, out: `2 lines, 33 B, in ${file}\n`, err: '' })
    expect(readFileSync(file, 'utf8')).toBe('{"kind":"a"}\n{"text":"ä\\u009b"}\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const { out } = await call('export', file, '--yes', '--json', '--contact', 'acme:desk/contact/1')
    expect(JSON.parse(out)).toEqual({ file, lines: 2, bytes: 33 })
    expect(store.export).toHaveBeenLastCalledWith({ contact: 'acme:desk/contact/1' })
  })

  it('of a contact of whom nothing is stored is refused, and writes nothing', async () => {
    const lines = ['{"kind":"parley-export"}', '{"kind":"account","name":"acme:desk"}']
    const contact = 'acme:desk/contact/1'
    for (const known of [[], ['{"kind":"contact","record":{}}'], ['{"kind":"change"}', '{"kind":"change"}']]) {
      const all = [...lines, ...known, '{"kind":"end"}']
      const out = known.length > 0 ? all.map((line) => `${line}\n`).join('') : ''
      for (const args of [[], [file]]) {
        store.export.mockImplementationOnce(async function* () {
          yield* all
        })
        const called = await call('export', '--contact', contact, '--yes', ...args)
        if (out === '')
          expect(called).toEqual({ code: 1, out, err: `The store has nothing about the contact ${contact}.\n` })
        else expect(args.length > 0 ? readFileSync(file, 'utf8') : called.out).toBe(out)
      }
    }
    expect(readdirSync(folder)).toEqual(['inbox.ndjson'])
  })

  it('refuses to replace a file where nobody can be asked, and without --yes', async () => {
    writeFileSync(file, 'old')
    store.export.mockClear()
    expect(await call('export', file)).toEqual({
      ...{ code: 2, out: '' },
      err: `The file ${file} exists (3 B). The export replaces it. Pass --yes to agree, because nobody can be asked here.\n`,
    })
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(store.export).not.toHaveBeenCalled()
  })

  it('leaves the old file and no half of a new one when it fails', async () => {
    writeFileSync(file, 'old')
    store.export.mockImplementationOnce(failing)
    expect(await call('export', file, '--yes')).toEqual({ code: 1, out: '', err: 'It went away.\n' })
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['inbox.ndjson'])
  })

  it('ends with 1 if the reader of the standard output has gone before its end', async () => {
    const failing = (out: string) => (out === '' ? undefined : outputError('EPIPE')())
    expect(await callUntil(failing, 'export')).toEqual({ code: 1, out: '{"kind":"a"}\n', err: '' })
  })

  it('writes through no file and no link that others have put there', async () => {
    const victim = join(folder, 'victim')
    writeFileSync(victim, 'old')
    symlinkSync(victim, `${file}.part`)
    expect(await call('export', file, '--yes')).toMatchObject({ code: 0 })
    expect(lstatSync(file).mode & 0o777).toBe(0o600)
    const link = join(folder, 'link')
    symlinkSync(victim, link)
    const { code, err } = await call('export', link)
    expect({ code, err }).toEqual({
      code: 1,
      err: `The file ${link} cannot be written: it is a symbolic link. Name the file itself.\n`,
    })
    expect(readFileSync(victim, 'utf8')).toBe('old')
    for (const path of [victim, link, `${file}.part`]) rmSync(path)
    expect(readdirSync(folder)).toEqual(['inbox.ndjson'])
  })

  it('writes meanwhile to a new file that only its owner may read, and removes it when it is stopped', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((): never => {
      for (const cleanUp of process.listeners('exit').slice(-1)) cleanUp(130)
      return undefined as never
    })
    const made: { name: string; mode: number }[] = []
    store.export.mockImplementationOnce(async function* () {
      yield '{}'
      made.push(...readdirSync(folder).map((name) => ({ name, mode: statSync(join(folder, name)).mode & 0o777 })))
      process.emit('SIGTERM')
      yield '{}'
    })
    expect((await call('export', file)).code).toBe(1)
    expect(exit).toHaveBeenCalledWith(130)
    expect(made).toEqual([{ name: expect.stringMatching(/^\.parley-[\da-f]{16}\.part$/) as string, mode: 0o600 }])
    expect(readdirSync(folder)).toEqual([])
    vi.restoreAllMocks()
  })

  it('writes to a device in its place', async () => {
    expect(await call('export', '/dev/null')).toMatchObject({ code: 0 })
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('names a file that cannot be written', async () => {
    const nowhere = join(folder, 'none', 'inbox.ndjson')
    expect(await call('export', nowhere)).toEqual({
      code: 1,
      out: '',
      err: `The file ${nowhere} cannot be written (ENOENT).\n`,
    })
  })
})

describe('parley import', () => {
  it('passes the lines of a file, and says what became of them', async () => {
    writeFileSync(file, 'a\nb\n')
    expect(await call('import', file)).toEqual({ code: 0, out: '2 added, 0 updated\n', err: '' })
    expect(JSON.parse((await call('import', file, '--json')).out)).toEqual({ added: 2, updated: 0 })
  })

  it('names a file that cannot be read, and opens no store then', async () => {
    store.import.mockClear()
    isSlow = true
    expect(await call('import', file)).toEqual({ code: 1, out: '', err: `The file ${file} cannot be read (ENOENT).\n` })
    expect(await call('import', folder)).toEqual({
      ...{ code: 1, out: '', err: `The file ${folder} cannot be read: it is a folder.\n` },
    })
    expect(store.import).not.toHaveBeenCalled()
  })

  it('splits lines at line breaks only, wherever the text is divided', async () => {
    const text = 'one\u2028\u2029\r\n\nä😀\nlast'
    const bytes = Buffer.from(text)
    for (let at = 0; at <= bytes.length; at++) {
      const input = Readable.from([bytes.subarray(0, at), bytes.subarray(at)], { objectMode: false })
      expect(await all(linesOf(input))).toEqual(['one\u2028\u2029\r', '', 'ä😀', 'last'])
    }
  })
})
