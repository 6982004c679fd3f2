import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Message, PayloadReader } from '@parley/core'

const packages = new URL('../../packages/', import.meta.url).pathname

/** A reader of an adapter, with every argument except the payload. */
export interface Reader {
  name: string
  /** Whether it reads a text that is no JSON. Its result cannot be compared field by field. */
  takesText: boolean
  read(payload: unknown, reading: PayloadReader): unknown
}

const texts: readonly string[] = ['text', 'content', 'html', 'native']

/** The value for a parameter of this name. A new reader needs no entry if its parameters have these names. */
const given: Readonly<Record<string, (payload: unknown, reading: PayloadReader) => unknown>> = {
  ...same(
    ['raw', 'body', 'data', 'teammate', 'value', 'payload', 'answer', 'details', 'state', 'given', 'values'],
    (payload) => payload,
  ),
  ...same(['reading'], (_, reading) => reading),
  id: () => 'own-1',
  url: () => 'https://own.example/1',
  ...same(['index'], () => 0),
  ...same(['type', 'channel'], () => 'text'),
  ...same(['known', 'conversationIds'], () => undefined),
  author: () => ({ kind: 'operator', basis: 'vendor' }),
  asked: () => ({ conversationId: 'own-1' }),
  message: (_, reading) => messageOf(reading),
  ...same(texts, (payload) => JSON.stringify(payload)),
  sentences: (payload) => [
    JSON.stringify(payload),
    'name must be a string',
    'property contact.email should not be empty',
  ],
}

/** Values for the parameters that only this vendor's readers have. */
type Own = Readonly<Record<string, unknown>>

/** The id of a payload's parent can be any string. */
const giverOf = (parameter: string, own: Own): (typeof given)[string] | undefined =>
  Object.hasOwn(own, parameter)
    ? () => own[parameter]
    : Object.hasOwn(given, parameter)
      ? given[parameter]
      : /[a-z]Id$/.test(parameter)
        ? given['id']
        : undefined

function same(names: readonly string[], give: (payload: unknown, reading: PayloadReader) => unknown): typeof given {
  return Object.fromEntries(names.map((name) => [name, give]))
}

const messageOf = (reading: PayloadReader): Message => ({
  ...(reading.entity('message', 'own-1', undefined) as Message),
  conversationId: 'own-2',
  type: { value: 'image', native: 'image' },
  direction: 'inbound',
  author: { kind: 'contact', basis: 'vendor' },
  sourcesState: 'unavailable',
})

/** Readers with other parameters or another kind of result. */
const special: Readonly<Record<string, (read: never) => Reader['read']>> = {
  readProblem: ofProblem,
  readOAuthProblem: (read: (answer: object, secrets: string[]) => unknown) => ofProblem((answer) => read(answer, [])),
}

/** Uses each status in turn instead of a random one, so that a failure can be repeated. */
function ofProblem(read: (answer: object) => unknown): Reader['read'] {
  return (body) => {
    for (const status of [200, 207, 400, 401, 403, 404, 409, 422, 429, 500, 503])
      for (const operation of ['agents.list', 'messages.ask']) read({ status, headers: new Headers(), body, operation })
    return undefined
  }
}

/** These functions read no payload: they take a call, or the result of another reader. */
const others: ReadonlySet<string> = new Set(['readMessagePage', 'readEnvelope', 'readDuration'])

const isReaderFile = (path: string): boolean =>
  /^read\/[\w-]+\.ts$/.test(path) || path === 'vocabulary.ts' || path === 'protocol.ts'

/** Every exported reader of an adapter. @throws Error for a parameter without a value here. */
export async function readersOf(adapter: string, own: Own = {}): Promise<Reader[]> {
  const folder = join(packages, adapter, 'src')
  const readers: Reader[] = []
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isReaderFile)) {
    const module = (await import(join(folder, path))) as Record<string, unknown>
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== 'function' || others.has(name)) continue
      if (!/^(?:read|map|without|html)/.test(name)) continue
      const takesText = parametersOf(value as never).some((parameter) => texts.includes(parameter))
      readers.push({ name, takesText, read: readerOf(name, value as never, own) })
    }
  }
  return readers
}

function readerOf(name: string, value: (...given: unknown[]) => unknown, own: Own): Reader['read'] {
  const wanted = special[name]
  if (wanted) return wanted(value as never)
  const parameters = parametersOf(value)
  const unknown = parameters.filter((parameter) => giverOf(parameter, own) === undefined)
  if (unknown.length > 0) throw new Error(`test/fuzz/readers.ts does not say what ${name} gets as ${unknown.join()}.`)
  return (payload, reading) => {
    const args = parameters.map((parameter) => giverOf(parameter, own)?.(payload, reading))
    const result = value(...args)
    // Some readers complete a message that another reader created.
    return result ?? args[parameters.indexOf('message')]
  }
}

/** The names of a function's parameters in its source. Parameters with a default are left out. */
function parametersOf(value: (...given: unknown[]) => unknown): string[] {
  const [, inside = ''] = /^(?:async )?(?:function ?\w* ?)?\(([\s\S]*?)\)\s*(?:=>|\{)/.exec(String(value)) ?? []
  return inside
    .split(',')
    .filter((part) => !part.includes('='))
    .map((part) => part.replace(/^\s*\.\.\./, '').trim())
    .filter((part) => part !== '')
}
