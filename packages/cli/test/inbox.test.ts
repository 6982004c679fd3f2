import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConflictError, InvalidRequestError, type Message, NetworkError } from '@parley/core'
import type { ConversationMoved, DeskConversation, Person, Send } from '@parley/inbox'
import stringWidth from 'string-width'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Config } from '../src/config-file.ts'
import { conversationRows, conversationText, movedText, sendRows } from '../src/inbox/render.ts'
import { call, callUntil, outputError } from './call.ts'

const chat = 'acme:desk/conversation/c1'
const question = 'acme:desk/message/m1'
const id = '0b2cf0a4-2f5c-4c52-9a37-0e3f1c2b7a10'

/** What the desk was asked to do, and by whom. */
let asked: [method: string, ...given: unknown[]][] = []
let person: Person | undefined
/** What the next command returns or throws, or a function that does. */
let result: unknown
let config: Partial<Config> = {}
/** The messages of the conversation, newest first. */
let messages: Message[] = []
let isMore = false
/** What the account can do. */
let abilities: object = {}
const moved = new WeakMap<object, ConversationMoved>()

vi.mock('../src/open-store.ts', () => {
  const account = { vendor: 'acme', account: 'desk' }
  const opened = (kind: string) => (_: unknown, __: unknown, work: (...given: unknown[]) => unknown) => {
    asked.push([kind])
    return work({}, [{ ...account, ...abilities }], kind === 'stored' ? config : { config, operatorIds: {} })
  }
  return { withStoredAccounts: opened('stored'), withAccounts: opened('vendors') }
})
vi.mock('@parley/inbox', () => {
  const answer = () => {
    if (result instanceof Error) throw result
    return typeof result === 'function' ? (result as () => unknown)() : result
  }
  const page = () => ({ warnings: [], accounts: [], next: null, ...(answer() as object) })
  const method =
    (name: string) =>
    (...given: unknown[]) => {
      // The signal of each call is its own.
      asked.push([name, ...given.map((one) => (Object.hasOwn(Object(one) as object, 'signal') ? 'options' : one))])
      if (/^(?:conversations|sends|audit)$/.test(name))
        return {
          pages: async function* () {
            yield page()
          },
        }
      return (async () => (name === 'runOnce' ? { changed: 0 } : answer()))()
    }
  const desk: object = new Proxy(
    { accounts: ['acme:desk'] },
    {
      get: (own, name: string) =>
        name === 'accounts'
          ? own.accounts
          : name === 'person'
            ? person
            : name === 'as'
              ? (given: Person) => {
                  person = given
                  return desk
                }
              : method(name),
    },
  )
  const list = () => ({
    pages: async function* () {
      yield { warnings: [], items: messages, next: isMore ? 'x' : null }
    },
  })
  return {
    ...{ createDesk: () => desk, conversationMoved: (error: object) => moved.get(error) },
    createInbox: () => ({ messages: { list } }),
  }
})

beforeEach(() => {
  asked = []
  person = undefined
  result = undefined
  config = {}
  messages = []
  isMore = false
  abilities = {}
})

const inbox = (...args: string[]) => call('inbox', ...args)
const asAda = (...args: string[]) => inbox(...args, '--as', 'ada')
const done = () => asked.filter(([name]) => !/^(?:vendors|stored|runOnce)$/.test(name))

const aSend = (more: Partial<Send> = {}): Send => ({
  ...{ id, kind: 'reply', place: 'vendor', state: 'sent', conversation: chat, account: 'acme:desk', text: 'At nine.' },
  ...{ attachments: [], by: { id: 'ada' }, message: question, shownBy: null, recordedAt: '2026-01-15T10:30:00.000Z' },
  ...{ endedAt: null, retryOf: null, retriedBy: null, dismissedAt: null, warnings: [] },
  ...more,
})

const aConversation = (more: Partial<DeskConversation> = {}): DeskConversation => ({
  ...{ ref: chat, account: 'acme:desk', snoozedUntil: null, tags: [], openSends: 0 },
  conversation: {
    ...{ contact: { id: 'p1', name: 'Nia' }, control: { holder: 'agent' }, lastActivityAt: '2026-01-15T10:30:00.000Z' },
    lastMessage: { author: 'contact', text: 'When do you open?' },
  } as DeskConversation['conversation'],
  ...{ status: { value: 'open', place: 'vendor' }, unreadCount: { value: 2, place: 'vendor' } },
  ...more,
})

const aMessage = (text: string): Message =>
  ({
    ...{ ref: question, type: { value: 'text', native: null }, author: { kind: 'contact', name: 'Nia' }, text },
    createdAt: '2026-01-15T10:31:00.000Z',
  }) as unknown as Message

const conflict = (told: ConversationMoved): Error => {
  const error = new ConflictError({ message: 'reply: it has moved on.', outcome: 'not-done' })
  moved.set(error, told)
  return error
}

describe('parley inbox list', () => {
  it('asks the store for what the options say', async () => {
    result = { items: [] }
    const options = [
      '--status',
      'open',
      '--assignee',
      'nobody',
      '--assignee',
      'me',
      '--unread',
      '--snoozed',
      '--tag',
      'vip',
    ]
    const others = [
      '--account',
      'acme:desk',
      '--search',
      'bike',
      '--waiting',
      '--since',
      '2026-01-15T00:00Z',
      '--limit',
      '7',
    ]
    expect(await asAda('list', ...options, ...others)).toEqual({
      ...{ code: 0, out: 'No conversation was found.\n', err: '' },
    })
    const filter = {
      ...{ status: 'open', assignee: [null, 'me'], unread: true, snoozed: true, tag: ['vip'], accounts: ['acme:desk'] },
      ...{ search: 'bike', hasOpenSends: true, since: '2026-01-15T00:00:00.000Z', unknown: 'include', limit: 7 },
    }
    expect(asked).toEqual([['stored'], ['conversations', filter]])
    await inbox('list', '--snoozed', 'any')
    expect(asked.at(-1)).toEqual(['conversations', { snoozed: 'any', unknown: 'include', limit: 20 }])
  })

  it('prints each conversation as a line of JSON, at most as many as it may', async () => {
    result = { items: [aConversation(), aConversation(), aConversation()], next: 'x' }
    const { code, out, err } = await inbox('list', '--json', '--limit', '2')
    expect({ code, err }).toEqual({ code: 0, err: 'There are more: see --limit.\n' })
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([...[aConversation(), aConversation()]])
  })

  it('says which account is not whole', async () => {
    result = { items: [], accounts: [{ account: 'acme:desk', state: 'unsynced' }] }
    expect((await inbox('list')).err).toBe('acme:desk: The store does not have everything yet.\n')
  })
})

describe('the person who acts', () => {
  it('is the operator of the configuration, or the one of --as, with the operator ids of the open accounts', async () => {
    const operatorIds = { 'acme:desk': 'u7', 'acme:closed': 'u8' }
    config = { people: [{ id: 'ada', name: 'Ada', operatorIds }, { id: 'bob' }], operator: 'ada' }
    result = aSend()
    await inbox('reply', chat, '--text', 'At nine.')
    expect(person).toEqual({ id: 'ada', name: 'Ada', operatorIds: { 'acme:desk': 'u7' } })
    await inbox('reply', chat, '--text', 'At nine.', '--as', 'bob')
    expect(person).toEqual({ id: 'bob', operatorIds: {} })
  })

  it('is told with 2 that an argument is wrong', async () => {
    result = new InvalidRequestError({ message: 'tag: add must have at most 100 characters.' })
    for (const args of [
      ['tag', chat, '--add', 'a'],
      ['list', '--contact', 'c'],
    ])
      expect(await asAda(...args)).toMatchObject({ code: 2, err: 'tag: add must have at most 100 characters.\n' })
  })

  it('must be known before anything is done', async () => {
    for (const args of [
      ['close', chat],
      ['list', '--assignee', 'me'],
    ])
      expect(await inbox(...args)).toEqual({
        ...{ code: 2, out: '' },
        err: 'It is not known who acts. Use --as, or "operator" in the configuration.\n',
      })
    config = { people: [{ id: 'ada' }] }
    expect(await inbox('close', chat, '--as', 'eve')).toEqual({
      ...{ code: 2, out: '', err: 'The configuration has no person with the id of --as. It has ada.\n' },
    })
    expect(done()).toEqual([])
  })

  it('is told where to add an operator id that the vendor requires', async () => {
    const fields = [{ path: 'person.operatorIds', problem: 'must have one' }]
    result = new InvalidRequestError({ message: 'reply: it must have an operator id.', fields })
    expect(await asAda('reply', chat, '--text', 'Hi')).toMatchObject({
      ...{ code: 2, err: 'reply: it must have an operator id. Add it to "people" in the configuration.\n' },
    })
  })
})

describe('parley inbox show', () => {
  const at = (minute: number) => `2026-01-15T10:${minute}:00.000Z`
  const said = (text: string, createdAt: string | null) => ({ ...aMessage(text), createdAt }) as Message
  const sends = [
    aSend({ text: 'Still going.', state: 'claimed', message: null, recordedAt: at(50) }),
    aSend({ text: 'A regular.', kind: 'note', place: 'overlay', message: null, recordedAt: at(40) }),
    aSend({ text: 'Shown above.', state: 'unknown', message: null, shownBy: question, recordedAt: at(35) }),
    aSend({ text: 'At nine.', recordedAt: at(30) }),
    aSend({ text: 'Again.', state: 'failed', message: null, retriedBy: id, recordedAt: at(25) }),
    aSend({ text: 'Come by.', state: 'failed', message: null, recordedAt: at(20) }),
    aSend({ text: 'An old note.', kind: 'note', place: 'overlay', message: null, recordedAt: at(10) }),
  ]
  const show = async (...more: string[]) => {
    result = () => ({ ...aConversation({ openSends: 2 }), items: sends })
    return inbox('show', chat, ...more)
  }
  const texts = (out: string) => out.split('\n').filter((line) => line.startsWith('    '))

  it('has the sends that no message shows at their place among the messages, marked', async () => {
    messages = [said('And today?', at(45)), said('When?', at(15))]
    const { code, out } = await show()
    expect(code).toBe(0)
    const inOrder = ['An old note.', 'When?', 'Come by.', 'A regular.', 'And today?', 'Still going.']
    expect(texts(out)).toEqual(inOrder.map((text) => `    ${text}`))
    expect(out).toContain('failed reply (not sent) of ada')
    expect(out).toContain('claimed reply (is being sent) of ada')
    expect(out.match(/note \(here\) of ada/g)).toHaveLength(2)
    expect(out).toContain('2 sends not ended')
    expect(out).toMatch(new RegExp(`--expect ${id}\n$`))
  })

  it('leaves out the notes that are older than the oldest message that it shows', async () => {
    messages = [said('And today?', at(45)), said('When?', at(15))]
    isMore = true
    const { out } = await show('--json')
    const { sends } = JSON.parse(out) as { sends: Send[] }
    expect(sends.map(({ text }) => text)).toEqual(['Still going.', 'A regular.', 'Come by.'])
  })

  it('has them after the messages of a vendor that gives no time', async () => {
    messages = [said('And today?', null), said('When?', null)]
    const inOrder = ['When?', 'And today?', 'An old note.', 'Come by.', 'A regular.', 'Still going.']
    expect(texts((await show()).out)).toEqual(inOrder.map((text) => `    ${text}`))
  })
})

describe('parley inbox audit', () => {
  const entry = { id: '1', at: '2026-01-15T10:30:00.000Z', by: { id: 'ada' }, target: chat, outcome: 'done' }

  it('has the names of the commands, and takes them', async () => {
    result = {
      items: [
        { ...entry, action: 'markRead' },
        { ...entry, action: 'snooze', details: { until: '2030-01-15T00:00:00.000Z' } },
        { ...entry, action: 'tag', details: { add: ['vip', 'a\u001b[2J'], remove: [] } },
        { ...entry, action: 'assign', details: { to: null } },
        { ...entry, action: 'reply', send: id },
      ],
    }
    const { code, out } = await asAda('audit', '--action', 'take-over', '--by', 'me')
    expect(code).toBe(0)
    expect(out).toContain('mark-read')
    for (const text of [`send ${id}`, 'until 2030-01-15 00:00Z', 'add vip, a [2J', 'to none'])
      expect(out).toContain(`  ${text}\n`)
    expect(asked.at(-1)).toEqual(['audit', { action: 'takeOver', by: 'ada', limit: 50 }])
  })
})

describe('parley inbox assign', () => {
  const assigned = { place: 'overlay', conversation: aConversation(), warnings: [] }
  const operators = (list: () => unknown) => ({ operators: { list }, conversations: { assign: () => {} } })

  it('leaves it to the warning why it was done here only', async () => {
    const warnings = [{ vendor: 'acme', account: 'desk', message: 'ada has no operator id.' }]
    result = { ...assigned, warnings }
    const { out, err } = await asAda('assign', chat, 'me')
    expect([out.split('\n')[0], err]).toEqual(['Done here only.', 'acme:desk: ada has no operator id.\n'])
  })

  it('refuses an operator whom the vendor does not have, and names those that it has', async () => {
    abilities = operators(() => [{ id: 'u9', name: 'Bo\u001b[2J' }])
    result = { ...assigned, place: 'vendor' }
    expect(await asAda('assign', chat, 'u8')).toEqual({
      ...{ code: 2, out: '', err: 'acme:desk has no operator with this id. It has:\n  u9  Bo [2J\n' },
    })
    expect(done()).toEqual([])
    expect((await asAda('assign', chat, 'u9')).code).toBe(0)
  })

  it('asks the vendor all the same if it cannot list its operators', async () => {
    abilities = operators(() => {
      throw new NetworkError({ message: 'It is away.' })
    })
    result = { ...assigned, place: 'vendor' }
    expect((await asAda('assign', chat, 'u8')).code).toBe(0)
  })
})

describe('parley inbox reply', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-inbox-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('ends what others left behind, and sends what the options say', async () => {
    const file = join(folder, 'map.PNG')
    writeFileSync(file, 'bytes')
    result = aSend()
    const options = ['--expect', question, '--key', 'k1', '--attach', file, '--take-over']
    expect(await asAda('reply', chat, '--text', 'At nine.', ...options)).toEqual({
      ...{ code: 0, out: `The reply is sent.  ${question}\n`, err: '' },
    })
    const attachments = [{ fileName: 'map.PNG', contentType: 'image/png', content: Buffer.from('bytes') }]
    expect(asked).toEqual([
      ...[['vendors'], ['runOnce', 'options']],
      [
        ...['reply', chat],
        { text: 'At nine.', expectLastMessage: question, key: 'k1', attachments, takeOver: 'if-needed' },
      ],
    ])
    await asAda('reply', chat, '--text', 'At nine.', '--expect', 'none')
    expect(asked.at(-1)).toEqual(['reply', chat, { text: 'At nine.', expectLastMessage: null }])
  })

  it.each([
    ['sent', 0],
    ['failed', 1],
    ['unknown', 4],
    ['claimed', 4],
    ['recorded', 4],
  ] as const)('that is %s ends with %i, and its JSON is the send', async (state, code) => {
    const send = aSend({ state, message: null, error: { code: 'network', message: 'No answer.' } })
    result = send
    const said = await asAda('reply', chat, '--text', 'At nine.')
    expect(said).toMatchObject({ code, out: expect.stringContaining(`is ${state}.`) as string, err: '' })
    if (state === 'failed') expect(said.out).toContain(`parley inbox retry ${id}`)
    if (state === 'unknown') expect(said.out).toContain(`parley inbox settle ${id} sent`)
    const { out, ...rest } = await asAda('reply', chat, '--text', 'At nine.', '--json')
    expect([rest, JSON.parse(out)]).toEqual([{ code, err: '' }, send])
  })

  it('to a conversation that has moved on ends with 3, and shows what is newer on the standard output only', async () => {
    const told = { newer: [aMessage('It is urgent\u001b[2J')], sends: [aSend({ state: 'claimed', text: 'I come.' })] }
    result = conflict(told)
    const { code, out, err } = await asAda('reply', chat, '--text', 'At nine.', '--expect', question)
    expect({ code, err }).toEqual({ code: 3, err: 'There is something newer than --expect. Nothing was sent.\n' })
    expect(out).toContain('    It is urgent [2J\n')
    expect(out).toContain('    I come.\n')
    expect(out).toMatch(new RegExp(`--expect ${id}\n$`))
    const json = await asAda('reply', chat, '--text', 'At nine.', '--expect', question, '--json')
    expect([json.code, JSON.parse(json.out)]).toEqual([3, { conflict: told }])
  })

  it('ends with the code of its outcome if nobody reads the result', async () => {
    result = aSend({ state: 'unknown' })
    const gone = outputError('EPIPE')
    expect(await callUntil(gone, 'inbox', 'reply', chat, '--text', 'Hi', '--as', 'ada')).toMatchObject({ code: 4 })
  })

  it.each([
    [['--text', ' '], /The text must not be empty/],
    [['--text', 'Hi', '--attach', join(folder, 'nothing')], /nothing cannot be read \(ENOENT\)/],
    [['--text', 'Hi', '--attach', folder], /cannot be read: it is no file/],
  ])('with %j is refused before anything is opened', async (options, reason) => {
    expect((await asAda('reply', chat, ...options)).err).toMatch(reason)
    expect(asked).toEqual([])
  })
})

describe('Ctrl-C', () => {
  const stopped = () => process.emit('SIGINT')

  it('while a reply is sent waits for its end, which needs the store', async () => {
    result = () => {
      stopped()
      return aSend()
    }
    for (const args of [
      ['reply', chat, '--text', 'Hi'],
      ['note', chat, '--text', 'Hi'],
      ['retry', id],
    ]) {
      asked = []
      expect(await asAda(...args)).toMatchObject({ code: 0, err: expect.stringContaining('Stopping.') as string })
      // With the signal, the desk would return before the send has ended.
      expect(done()[0]).not.toContain('options')
    }
  })

  it('in another command says where to look', async () => {
    result = () => {
      stopped()
      throw new DOMException('', 'AbortError')
    }
    const { code, err } = await asAda('close', chat)
    expect([code, err.split('\n').at(-2)]).toEqual([130, 'It was stopped. See "parley inbox audit".'])
  })
})

describe('a command', () => {
  const inOverlay = { place: 'overlay', conversation: aConversation(), warnings: [] }

  it.each([
    [
      ['take-over', chat],
      ['takeOver', chat, 'options'],
    ],
    [
      ['release', chat],
      ['release', chat, 'options'],
    ],
    [
      ['close', chat],
      ['close', chat, 'options'],
    ],
    [
      ['reopen', chat],
      ['reopen', chat, 'options'],
    ],
    [
      ['mark-read', chat],
      ['markRead', chat, 'options'],
    ],
    [
      ['snooze', chat, '2030-01-15T00:00Z'],
      ['snooze', chat, '2030-01-15T00:00:00.000Z'],
    ],
    [
      ['snooze', chat, 'none'],
      ['snooze', chat, null],
    ],
    [
      ['tag', chat, '--add', 'a', '--add', 'b', '--remove', 'c'],
      ['tag', chat, { add: ['a', 'b'], remove: ['c'] }],
    ],
    [
      ['assign', chat, 'me'],
      ['assign', chat, 'me', 'options'],
    ],
    [
      ['assign', chat, 'nobody'],
      ['assign', chat, null, 'options'],
    ],
    [
      ['assign', chat, 'u9'],
      ['assign', chat, { operatorId: 'u9' }, 'options'],
    ],
    [
      ['assign', chat, 'bob'],
      ['assign', chat, { person: { id: 'bob', name: 'Bob', operatorIds: { 'acme:desk': 'u8' } } }, 'options'],
    ],
    [
      ['assign', chat, 'ada'],
      ['assign', chat, { person: { id: 'ada', operatorIds: {} } }, 'options'],
    ],
  ])('%j does it, and says where', async (args, expected) => {
    config = { people: [{ id: 'ada' }, { id: 'bob', name: 'Bob', operatorIds: { 'acme:desk': 'u8' } }] }
    result = inOverlay
    const { code, out } = await asAda(...args)
    expect(code).toBe(0)
    const why = /^(?:snooze|tag)$/.test(String(args[0])) ? 'no vendor has this.' : 'the vendor has no such command.'
    expect(out).toContain(`Done here only: ${why}\nNia\n`)
    expect(done()).toEqual([expected])
    expect(JSON.parse((await asAda(...args, '--json')).out)).toEqual(inOverlay)
  })

  it.each([
    [
      ['retry', id, '--expect', question],
      ['retry', id, { expectLastMessage: question }],
    ],
    [
      ['retry', id],
      ['retry', id, {}],
    ],
    [
      ['settle', id, 'failed'],
      ['settle', id, 'failed'],
    ],
    [
      ['note', chat, '--text', 'a regular', '--key', 'k'],
      ['note', chat, { text: 'a regular', key: 'k' }],
    ],
  ])('%j is about a send', async (args, expected) => {
    result = aSend()
    expect((await asAda(...args)).code).toBe(0)
    expect(done()).toEqual([expected])
  })

  it('that may have been done ends with 4, and one that was refused because of the state with 3', async () => {
    result = new NetworkError({ message: 'close: the connection broke.', outcome: 'unknown' })
    expect(await asAda('close', chat)).toEqual({
      ...{ code: 4, out: '', err: 'close: the connection broke. It may have been done.\n' },
    })
    result = new ConflictError({ message: 'retry: it was sent.', outcome: 'not-done' })
    expect(await asAda('retry', id)).toEqual({ code: 3, out: '', err: 'retry: it was sent.\n' })
  })

  it.each([
    [['reply', 'acme:desk/contact/c1'], /must be the ref of a conversation/],
    [['reply', chat, '--expect', 'last'], /must be the ref of a message, the id of a send, or none/],
    [['retry', 'first'], /must be the id of a send/],
    [['settle', id, 'lost'], /Allowed choices are sent, failed/],
    [['snooze', chat, 'later'], /must be how long, such as 30m, 2h, 3d or 1w, a time in ISO 8601/],
    [['snooze', chat, '2020-01-01'], /The time has passed/],
    [['tag', chat], /'tag' needs '--add' or '--remove'/],
    [['list', '--status', 'new'], /Allowed choices are open, closed/],
    [['list', '--tag', ' '], /must not be empty/],
    [['lst'], /unknown command 'lst'\n\(Did you mean list\?\)/],
  ])('%j is refused with status 2', async (args, reason) => {
    const { code, out, err } = await inbox(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
    expect(asked).toEqual([])
  })
})

describe('what is printed', () => {
  const evil = 'Ada\u202e\u009b2J\u001b[31m\nsecond'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/
  const long =
    'A question about a bicycle that was bought in spring, and whose chain is 変な音がする since then. '.repeat(3)
  const conversation = aConversation({
    ref: 'acme:desk/conversation/a-rather-long-id-that-has-to-stay-whole-0123456789',
    conversation: {
      ...aConversation().conversation,
      ...{ contact: { id: 'p1', name: evil }, lastMessage: { author: 'contact', text: long } },
    },
    ...{ status: { value: 'closed', place: 'overlay' }, tags: ['vip', evil], openSends: 2 },
    ...{ assignee: { value: { id: 'ada', name: 'Ada' }, place: 'overlay' }, snoozedUntil: '2030-01-01T00:00:00.000Z' },
  })
  const send = aSend({ state: 'unknown', text: long, error: { code: 'network', message: long } })

  it.each([60, 80, 100, 130, 200])('fits into %i columns, except for refs and ids, which are whole', (width) => {
    const shown = { conversation, messages: [aMessage(long)], isMore: true, sends: [send], newest: id }
    const texts = [
      conversationRows([conversation, aConversation()], width),
      conversationText(shown, width),
      sendRows([send], width),
      movedText({ newer: [aMessage(long)], sends: [send] }, width),
    ]
    for (const line of texts
      .join('')
      .split('\n')
      .filter((one) => !/acme:desk\/|[\da-f]{8}-/.test(one)))
      expect(stringWidth(line)).toBeLessThanOrEqual(width)
    expect(texts[0]).toContain(`  ${conversation.ref}\n`)
    for (const text of texts.slice(1)) expect(text).toContain(id)
    if (width >= 130) expect(texts[0]).toMatch(/closed \(here\).*Ada \(here\)/)
  })

  it('has no control character and no mark of direction of a customer’s text', async () => {
    const sends = [{ ...send, text: evil, by: { id: evil } }]
    messages = [{ ...aMessage(evil), author: { kind: 'contact', name: evil } } as Message]
    const entry = { id: '1', at: send.recordedAt, by: { id: evil }, action: evil, target: evil, outcome: 'done' }
    for (const [given, answer] of [
      [['list'], { items: [conversation] }],
      [['sends'], { items: sends }],
      [['audit'], { items: [entry] }],
      [['show', chat], { ...conversation, items: sends }],
      [['close', chat], { place: 'vendor', conversation, warnings: [] }],
      [['reply', chat, '--text', 'Hi'], conflict({ newer: messages, sends })],
    ] as const)
      for (const more of [[], ['--json']]) {
        result = answer
        const { out } = await asAda(...given, ...more)
        expect(out).not.toBe('')
        // An escape character of a customer would begin a colour of its own.
        expect(out).not.toMatch(unsafe)
        if (more.length === 0) expect(out).not.toContain('\u202e')
      }
  })
})

afterEach(() => {
  // Each command removes its listeners.
  expect(process.listenerCount('SIGINT')).toBe(0)
})
