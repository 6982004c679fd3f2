import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Conversation, Message } from '@parley/core'
import { type Sandbox, sandbox, sandboxVendors } from '@parley/sandbox'
import stringWidth from 'string-width'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { call, callOn, callUntil, outputError } from './call.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-everyday-'))
const config = join(folder, 'parley.json')
let served: Sandbox

const configure = (more: object[] = []) =>
  writeFileSync(
    config,
    JSON.stringify({
      accounts: [
        ...sandboxVendors.map((name) => ({
          vendor: served[name].vendor,
          account: 'desk',
          rate: false,
          ...served[name].accountOptions,
        })),
        ...more,
      ],
    }),
  )

beforeAll(async () => {
  served = await sandbox.start({ scale: 0.05 })
  for (const name of sandboxVendors) {
    const { settings } = served[name] as { settings: object }
    if ('rateLimit' in settings) settings.rateLimit = false
  }
  configure()
})
afterEach(() => vi.unstubAllEnvs())
afterAll(async () => {
  await served.stop()
  rmSync(folder, { recursive: true })
})

const live = (...args: string[]) => call(...args, '--config', config)
const linesOf = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T)
const [first] = sandboxVendors as [(typeof sandboxVendors)[number]]
const requests = () => sandboxVendors.reduce((sum, name) => sum + served[name].requests.length, 0)

/** A conversation with messages of a vendor whose agent answers, and who needs no take-over. */
async function conversationAt(vendor: string): Promise<string> {
  const { out } = await live('conversations', '--account', `${vendor}:desk`, '--limit', '9', '--json')
  for (const { ref } of linesOf<Conversation>(out)) if ((await live('messages', ref, '--json')).out !== '') return ref
  throw new Error('No conversation has a message.')
}

/** Lines that no id makes longer. */
const widest = (text: string): number =>
  Math.max(
    ...text
      .split('\n')
      .filter((line) => !/\/(?:conversation|message)\//.test(line))
      .map((line) => stringWidth(line)),
  )

describe('parley accounts', () => {
  it('prints names as the other commands take them, also odd ones', async () => {
    const odd = { vendor: 'livechatai', account: 'a b$(id)', ...served.liveChatAI.accountOptions }
    configure([odd])
    const names = (await live('accounts', '--names')).out.trim().split('\n')
    expect(names.at(-1)).toBe('livechatai:a%20b%24%28id%29')
    const codes = []
    for (const name of names) codes.push((await live('agents', 'list', '--account', name, '--limit', '1')).code)
    expect(new Set(codes)).toEqual(new Set([0]))
    configure()
  })

  it('lists the accounts without a request, and without a secret', async () => {
    const before = requests()
    const { code, out } = await live('accounts', '--json')
    expect(code).toBe(0)
    const accounts = linesOf<{ account: string; isReady: boolean; can: string[] }>(out)
    expect(accounts.map(({ account }) => account)).toEqual(sandboxVendors.map((name) => `${served[name].vendor}:desk`))
    for (const { isReady, can } of accounts) expect([isReady, can.includes('ask')]).toEqual([true, true])
    for (const name of sandboxVendors)
      for (const secret of Object.values(served[name].credentials))
        if (secret.length > 12) expect(out).not.toContain(secret)
    expect(requests()).toBe(before)
  })

  it('says where credentials come from and what is missing', async () => {
    const file = join(folder, 'two.json')
    const accounts = [
      { vendor: 'livechatai', account: 'a', apiKey: { env: 'ACME_KEY' }, agentId: 'x' },
      { vendor: 'livechatai', account: 'b', apiKey: { command: 'this-is-not-run' }, agentId: 'x' },
    ]
    writeFileSync(file, JSON.stringify({ accounts }))
    const { out } = await call('accounts', '--config', file, '--json')
    expect(linesOf(out)).toMatchObject([
      {
        account: 'livechatai:a',
        isReady: false,
        credentials: [{ option: 'apiKey', from: 'environment', variable: 'ACME_KEY', isSet: false }],
        problem: 'option "apiKey" reads the environment variable ACME_KEY, which is not set.',
      },
      { account: 'livechatai:b', isReady: true, credentials: [{ option: 'apiKey', from: 'command', isSet: true }] },
    ])
    vi.stubEnv('PARLEY_CONFIG', file)
    expect((await call('accounts', '--names')).out).toBe('livechatai:a\nlivechatai:b\n')
    expect((await call('accounts', '--names', '--sandbox')).out).toContain(':sandbox\n')
    vi.stubEnv('PARLEY_CONFIG', 'gone.json')
    expect((await call('accounts')).err).toContain('gone.json (from PARLEY_CONFIG) cannot be read (ENOENT)')
  })
})

describe('parley conversations', () => {
  it('lists those of all accounts as a table that fits, and as lines of JSON', async () => {
    const { code, out } = await live('conversations', '--limit', '30', '--json')
    const items = linesOf<Conversation>(out)
    expect([code, items.length]).toEqual([0, 30])
    expect(new Set(items.map(({ vendor }) => vendor)).size).toBeGreaterThan(1)
    for (const width of [60, 80, 120, 200]) {
      const { out } = await callOn({ width }, 'conversations', 'list', '--config', config)
      expect(widest(out)).toBeLessThanOrEqual(width)
      expect(out).toContain(items[0]?.ref)
    }
  })

  it('refuses a filter that is invalid with 2', async () => {
    const times = ['--since', '2026-02-01', '--until', '2026-01-01']
    expect(await live('conversations', ...times)).toMatchObject({ code: 2, out: '' })
    expect(await live('conversations', '--channel', 'pigeon')).toMatchObject({ code: 2, out: '' })
  })

  it('does not say that there is none if no account could be read', async () => {
    served[first].faults.next({ kind: 'status', status: 403, times: 9 })
    const account = `${served[first].vendor}:desk`
    expect(await live('conversations', '--account', account)).toMatchObject({ code: 1, out: '' })
    served[first].faults.clear()
  })

  it('filters, and shows one', async () => {
    const { out } = await live('conversations', '--status', 'closed', '--unknown', 'exclude', '--json')
    const items = linesOf<Conversation>(out)
    expect(items.length).toBeGreaterThan(0)
    for (const { status } of items) expect(status.value).toBe('closed')
    const [{ ref }] = items as [Conversation]
    const shown = await live('conversations', 'show', ref)
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining(`${ref}\n`) as string })
    expect(JSON.parse((await live('conversations', 'show', ref, '--json')).out)).toMatchObject({ ref })
  })

  it('stops reading when the reader has gone, and ends with 0', async () => {
    const before = requests()
    const gone = (out: string) => (out === '' ? undefined : outputError('EPIPE')())
    const { code, out, err } = await callUntil(gone, 'conversations', '--limit', '999999', '--json', '--config', config)
    expect([code, err, linesOf(out).length]).toEqual([0, '', 1])
    expect(requests() - before).toBeLessThan(20)
  })

  it('ends with 1 if an account cannot be read, and shows the others', async () => {
    served[first].faults.next({ kind: 'status', status: 403, times: 9 })
    const { code, out, err } = await live('conversations', '--json')
    served[first].faults.clear()
    expect(code).toBe(1)
    expect(linesOf(out).length).toBeGreaterThan(0)
    expect(err).toContain(`${served[first].vendor}:desk: `)
  })

  it.each([
    [['--account', 'acme:desk'], /There is no account acme:desk\. There is .*:desk/],
    [['--order', 'asc'], /There are several accounts\. Name one of them: .*:desk, /],
    [['--order', 'asc', '--account', 'a:b', '--account', 'c:d'], /'--order asc' needs a single/],
  ])('refuses %j with 2', async (args, message) => {
    const { code, out, err } = await live('conversations', ...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })
})

describe('parley messages', () => {
  it('shows the newest last for people, and in the order of --order as JSON', async () => {
    const ref = await conversationAt('livechatai')
    const newest = linesOf<Message>((await live('messages', ref, '--json')).out)
    const oldest = linesOf<Message>((await live('messages', ref, '--order', 'asc', '--json')).out)
    expect(newest.map((message) => message.ref)).toEqual(oldest.map((message) => message.ref).toReversed())
    const { out } = await live('messages', ref)
    expect(out).toContain(`--expect ${newest[0]?.ref}`)
    expect(out.indexOf(newest[0]?.text ?? '?')).toBeGreaterThan(out.indexOf(newest.at(-1)?.text ?? '?'))
  })
})

describe('a hostile text', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with the escape character
  const colour = /\u001b\[\d{1,2}m/g
  const hostile = `\u001b]0;owned\u0007\u001b[2J\u001b[31m\u202efdp.exe\u2066\r\u009b5A ${'x'.repeat(100_000)} ${'漢'.repeat(500)}`

  it.each([60, 200])('drives no terminal of %d columns and breaks no column', async (width) => {
    const ref = await conversationAt('livechatai')
    served.liveChatAI.plant(ref.split('/').at(-1) ?? '', { by: 'contact', text: hostile })
    for (const args of [['messages', ref], ['conversations'], ['conversations', 'show', ref]]) {
      const { code, out } = await callOn({ width }, ...args, '--config', config)
      expect(code).toBe(0)
      const withoutColours = out.replaceAll(colour, '').replaceAll('\n', '')
      expect(withoutColours).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
      expect(widest(out)).toBeLessThanOrEqual(width)
    }
    const { out } = await live('messages', ref, '--json', '--limit', '1')
    expect(out.trimEnd()).not.toMatch(/\p{Cc}/u)
    expect(linesOf<Message>(out)[0]?.text).toContain('fdp.exe')
  })
})

describe('parley ask', () => {
  it.each(['livechatai', 'langgraph', 'agent-conversation'])('prints the answer of %s', async (vendor) => {
    const { code, out, err } = await live('ask', `${vendor}:desk`, 'When are you open?')
    expect(code).toBe(0)
    expect(err).toMatch(/^The visitor is [\da-f-]{36}\.\n/)
    expect(out).toMatch(/\w.*\n[\s\S]*\/conversation\//)
    expect(widest(out)).toBeLessThanOrEqual(100)
  })

  it('as JSON has the answer and the visitor, who can be named', async () => {
    const { code, out, err } = await live('ask', 'livechatai:desk', 'Hi?', '--visitor', 'v-1', '--json')
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({ outcome: 'answered', visitor: 'v-1' })
  })

  it('with --dry-run sends nothing', async () => {
    const before = requests()
    const { code, out } = await live('ask', 'livechatai:desk', 'Hi?', '--dry-run', '--json')
    expect([code, JSON.parse(out)]).toMatchObject([0, { dryRun: true, action: 'ask', input: { text: 'Hi?' } }])
    expect(requests()).toBe(before)
  })

  it('asks before a real person would get the answer, and refuses where nobody can be asked', async () => {
    const file = join(folder, 'real.json')
    const account = { vendor: 'leadconnector', account: 'clinic', token: { env: 'PIT' }, locationId: 'l' }
    writeFileSync(file, JSON.stringify({ accounts: [{ ...account, baseUrl: 'https://nowhere.example' }] }))
    vi.stubEnv('PIT', 't')
    const ask = ['ask', 'leadconnector:clinic', 'Hi?', '--config', file]
    const refused = await call(...ask)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toMatch(/^A real person may get the answer .*Pass --yes to agree/)
    const questions: string[] = []
    const no = await callOn(
      {
        ask: async (question) => {
          questions.push(question)
          return 'n'
        },
      },
      ...ask,
    )
    expect([no.code, no.err]).toEqual([1, 'Nothing was done.\n'])
    expect(questions).toEqual([expect.stringMatching(/^A real person[\s\S]*\nGo on\? \[y\/N\] $/)])
  })

  it('ends with 4 if the question may have arrived, with what finds out', async () => {
    const ref = await conversationAt('livechatai')
    served.liveChatAI.faults.next({ kind: 'reset', after: true, on: { method: 'POST' }, times: 9 })
    const asked = await live('ask', ref, 'Is it there?', '--timeout', '5')
    served.liveChatAI.faults.clear()
    expect(asked.code).toBe(4)
    const line = asked.err.split('\n').find((each) => each.startsWith('{')) ?? ''
    expect(JSON.parse(line)).toMatchObject({ account: 'livechatai:desk', attempt: { text: 'Is it there?' } })
  })

  it.each([['a:b/message/c'], ['a'], ['a:b/contact/c']])('refuses %s with 2', async (where) => {
    expect((await live('ask', where, 'Hi?')).code).toBe(2)
  })
})

describe('parley reply', () => {
  it('sends, unless there is something newer than --expect', async () => {
    const ref = await conversationAt('livechatai')
    const [newest, older] = linesOf<Message>((await live('messages', ref, '--json')).out)
    const stale = await live('reply', ref, '--text', 'No.', '--expect', older?.ref ?? '', '--json')
    expect([stale.code, JSON.parse(stale.out)]).toMatchObject([3, { conflict: { newer: [{ ref: newest?.ref }] } }])
    const before = served.liveChatAI.requests.filter(({ method }) => method === 'POST').length
    const tried = await live('reply', ref, '--text', 'At nine.', '--dry-run')
    expect(tried.out).toMatch(/^This was a dry run\. Nothing was done\.\nIt sends 8 characters/)
    expect(served.liveChatAI.requests.filter(({ method }) => method === 'POST')).toHaveLength(before)
    const sent = await live('reply', ref, '--text', 'At nine.', '--expect', newest?.ref ?? '', '--json')
    expect([sent.code, JSON.parse(sent.out)]).toMatchObject([
      0,
      { outcome: 'accepted', attempt: { text: 'At nine.', after: newest?.id } },
    ])
  })

  it('stopped while the request is on its way ends with 4, and before it with 130', async () => {
    const ref = await conversationAt('livechatai')
    served.liveChatAI.faults.next({ kind: 'hang', after: true, on: { method: 'POST' } })
    const before = served.liveChatAI.requests.length
    const replying = live('reply', ref, '--text', 'On its way.')
    await expect.poll(() => served.liveChatAI.requests.slice(before).some(({ method }) => method === 'POST')).toBe(true)
    process.emit('SIGINT')
    const stopped = await replying
    served.liveChatAI.faults.clear()
    expect(stopped.code).toBe(4)
    expect(stopped.err).toContain('The reply may have been sent.')
    expect(stopped.err).toContain('"attempt"')

    served.liveChatAI.faults.next({ kind: 'hang', on: { method: 'GET' } })
    const reads = served.liveChatAI.requests.length
    const reading = live('reply', ref, '--text', 'Not yet.')
    await expect.poll(() => served.liveChatAI.requests.length).toBeGreaterThan(reads)
    process.emit('SIGINT')
    const early = await reading
    served.liveChatAI.faults.clear()
    expect([early.code, early.err]).toEqual([130, expect.stringContaining('It was stopped')])
    expect(early.err).not.toContain('may have been sent')
  })
})

describe('parley portability', () => {
  it('shows losses at every width, needs no credentials and sends no request', async () => {
    const before = requests()
    for (const width of [60, 80, 120, 200]) {
      const { code, out } = await callOn({ width }, 'portability', 'livechatai', 'langgraph')
      expect(code).toBe(0)
      expect(out).toContain('From livechatai to langgraph')
      expect(widest(out)).toBeLessThanOrEqual(width)
    }
    const { out } = await call('portability', 'livechatai', 'langgraph', '--json')
    const { rows } = JSON.parse(out) as { rows: { level: string }[] }
    expect(rows.some(({ level }) => level === 'full')).toBe(false)
    const all = JSON.parse(
      (await call('portability', 'livechatai', 'langgraph', '--json', '--all')).out,
    ) as typeof rows & {
      rows: unknown[]
    }
    expect(all.rows.length).toBeGreaterThan(rows.length)
    expect((await call('portability', 'livechatai', 'langgraph', '--markdown')).out).toMatch(/^# From livechatai/)
    expect((await live('portability', 'livechatai:desk', 'langgraph')).code).toBe(0)
    expect(requests()).toBe(before)
  })

  it.each([
    [['livechatai', 'acme'], /There is no vendor acme\. There is /],
    [['livechatai:nope', 'langgraph'], /There is no account livechatai:nope/],
  ])('refuses %j with 2', async (args, message) => {
    const { code, err } = await live('portability', ...args)
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})

describe('parley sandbox', () => {
  /** Runs it until it is ready, and then the work, over the configuration that it wrote. */
  async function during(work: (file: string, line: Record<string, unknown>) => Promise<void>, ...args: string[]) {
    const file = join(folder, 'sandbox.json')
    let ready = (_line: string) => {}
    const line = new Promise<string>((resolve) => {
      ready = resolve
    })
    const print = async (text: string) => ready(text)
    const running = callOn({ print }, 'sandbox', '--port', '0', '--write-config', file, '--json', ...args)
    await Promise.race([running, line])
    await work(file, JSON.parse(await line) as Record<string, unknown>)
    process.emit('SIGINT')
    return running
  }

  it('says in one line that it is ready, and writes a configuration that every other command takes', async () => {
    const { code } = await during(async (file, line) => {
      expect(line).toMatchObject({ ready: true, config: file })
      expect(Object.keys(line['vendors'] as object)).toEqual(sandboxVendors.map((name) => served[name].vendor))
      expect(statSync(file).mode & 0o777).toBe(0o600)
      const listed = await call('conversations', '--config', file, '--limit', '3', '--json')
      expect([listed.code, linesOf(listed.out).length]).toEqual([0, 3])
      // Another command finds what the first one has sent.
      const asked = await call('ask', 'livechatai:sandbox', 'Hi?', '--config', file, '--json')
      const { conversationRef } = JSON.parse(asked.out) as { conversationRef: string }
      const { out } = await call('messages', conversationRef, '--config', file, '--json')
      expect(linesOf<Message>(out).some(({ text }) => text === 'Hi?')).toBe(true)
    })
    expect(code).toBe(0)
  })

  it.each([
    [['--port', '65533'], '--port must be at most 65532'],
    [['--port', '0', '--write-config', folder], 'it is a folder'],
  ])('refuses %j with 2, before it listens', async (args, problem) => {
    const { code, err } = await call('sandbox', ...args, '--yes')
    expect([code, err.includes(problem)]).toEqual([2, true])
  })

  it('advises another host if the host is the problem', async () => {
    const { code, err } = await call('sandbox', '--port', '0', '--host', '192.0.2.1')
    expect([code, err.trim().split('. ').at(-1)]).toEqual([1, 'Use another --host.'])
  })

  it('asks before it replaces a file', async () => {
    const file = join(folder, 'sandbox.json')
    writeFileSync(file, 'mine')
    const { code, err } = await call('sandbox', '--port', '0', '--write-config', file)
    expect([code, readFileSync(file, 'utf8')]).toEqual([2, 'mine'])
    expect(err).toContain('--yes')
    expect((await during(async () => {}, '--yes')).code).toBe(0)
  })
})

describe('the standard input', () => {
  const asInput = (bytes: Buffer) => vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([bytes]) as never)
  afterEach(() => vi.restoreAllMocks())

  it.each([['reply', 'livechatai:desk/conversation/c1'], ['ask', 'livechatai:desk'], ['reconcile']])(
    'of "parley %s" in another encoding than UTF-8 is refused, so that nobody gets other words',
    async (...args) => {
      asInput(Buffer.from('caf\u00e9', 'latin1'))
      const before = requests()
      const { code, err } = await live(...args)
      expect([code, err.includes('is not UTF-8'), requests()]).toEqual([2, true, before])
    },
  )

  it('loses its byte order mark', async () => {
    asInput(Buffer.from('\ufeffHi?'))
    const { out } = await live('ask', 'livechatai:desk', '--dry-run', '--json')
    expect((JSON.parse(out) as { input: { text: string } }).input.text).toBe('Hi?')
  })
})

describe('parley reconcile', () => {
  it('refuses an attempt that no command wrote with 2', async () => {
    const input = '{"account":"livechatai:desk","attempt":{}}'
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as never)
    expect(await live('reconcile')).toMatchObject({ code: 2, out: '' })
    vi.restoreAllMocks()
  })

  it.each(['', 'no', '{}', '{"account":"a b","attempt":{}}', '{"account":"livechatai:desk","attempt":null}'])(
    'refuses the input %j with 2',
    async (input) => {
      vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as never)
      expect(await live('reconcile')).toMatchObject({ code: 2, out: '' })
      vi.restoreAllMocks()
    },
  )

  it('says on a terminal what it waits for', async () => {
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Object.assign(Readable.from(['']), { isTTY: true }) as never)
    expect((await live('reconcile')).err).toContain('Paste the line')
    vi.restoreAllMocks()
  })

  it('finds out that a reply arrived whose answer was lost', async () => {
    const ref = await conversationAt('livechatai')
    served.liveChatAI.faults.next({ kind: 'hang', after: true, on: { method: 'POST' } })
    const before = served.liveChatAI.requests.length
    const replying = live('reply', ref, '--text', 'Was it sent?')
    await expect.poll(() => served.liveChatAI.requests.slice(before).some(({ method }) => method === 'POST')).toBe(true)
    process.emit('SIGINT')
    const { err } = await replying
    served.liveChatAI.faults.clear()
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([err]) as never)
    const { code, out } = await live('reconcile', '--json')
    vi.restoreAllMocks()
    expect([code, JSON.parse(out)]).toMatchObject([0, { outcome: 'done', message: { text: 'Was it sent?' } }])
  })
})

describe('the exit codes', () => {
  it('are the same in the help and in the README', async () => {
    const plain = (text: string) => text.replaceAll(/`|\.$/g, '').replaceAll(/\s+/g, ' ').trim().toLowerCase()
    const { out } = await callOn({ width: 2000 }, '--help')
    const help = [...out.matchAll(/^ {2}(\d+) +(.*?)(?: Only (.*)\.)?$/gm)].map(
      ([, code, meaning = '', only = 'all']) => [...[code, plain(meaning), plain(only)]],
    )
    const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^ {2}\| (\d+) \| (.*) \| (.*) \|$/gm)]
    expect(help).toEqual(rows.map(([, code, meaning = '', commands = '']) => [code, plain(meaning), plain(commands)]))
    expect(help.length).toBe(6)
  })
})
