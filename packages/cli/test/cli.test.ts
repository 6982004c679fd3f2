import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigurationError, NetworkError } from '@parley/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { demo } from '../src/demo/demo.ts'
import { call, callOn, callUntil, outputError } from './call.ts'

vi.mock('../src/demo/demo.ts', () => ({ demo: vi.fn(async () => 'shown\n') }))
afterEach(() => vi.mocked(demo).mockClear())

describe('the command line', () => {
  it.each([
    [['demo'], {}],
    [['demo', '--live', '--json', '--config', 'x.json'], { live: true, json: true, config: 'x.json' }],
    [['demo', '--config=x.json'], { config: 'x.json' }],
    [['demo', '--config', 'x.json', '--config', 'y.json'], { config: 'y.json' }],
  ])('reads %j', async (args, options) => {
    expect(await call(...args)).toEqual({ code: 0, out: 'shown\n', err: '' })
    expect(demo).toHaveBeenCalledExactlyOnceWith(options, 100)
  })

  it.each([
    [['sing'], /unknown command 'sing'/],
    [['dmo'], /unknown command 'dmo'\n\(Did you mean demo\?\)/],
    [['demo', '--nope'], /unknown option '--nope'/],
    [['demo', '--jsn'], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
    [['demo', '--json=yes'], /unknown option '--json=yes'/],
    [['demo', 'more'], /too many arguments for 'demo'/],
    [['inbox', 'sends', 'more'], /too many arguments for 'sends'/],
    [['inbox', 'show', 'livechatai:a/conversation/b', 'more'], /too many arguments for 'show'/],
    [['agents', 'list', 'more'], /too many arguments for 'list'/],
    [['demo', '--config'], /'--config <file>' argument missing/],
    [['sync', '--full'], /option '--full' needs '--once'/],
    [['sync', '--sandbox', '--config', 'a.json'], /'--sandbox' cannot be used with option '--config <file>'/],
    [['status', '--store', 'a', '--sandbox'], /'--sandbox' cannot be used with option '--store <url-or-folder>'/],
    [['status', '--store'], /'--store <url-or-folder>' argument missing/],
    [['search'], /missing required argument 'text'/],
    [['search', ' ', ''], /the text must have 1 to 1000 characters/],
    [['search', 'a'.repeat(1001)], /the text must have 1 to 1000 characters/],
    [['search', '--', '-a', '-b'], /the text must have a word to look for/],
    [['search', '"'], /the text must have a word to look for/],
    [['search', 'a', '--limit', 'many'], /'--limit <number>' argument 'many' is invalid. It must be a whole number/],
    [['search', 'a', '--account', 'nope'], /argument 'nope' is invalid. It must be vendor:account/],
    [
      ['search', 'a', '--since', 'yesterday'],
      /It must be a time in ISO 8601, such as 2026-01-15, 2026-01-15T10:30 \(in the zone/,
    ],
    [['search', 'a', '--until', '2026-02-30'], /It must be a time in ISO 8601/],
    [['search', 'a', '--until', '2026'], /It must be a time in ISO 8601/],
    [['export', '--contact', 'foo'], /It must be the ref of a contact: vendor:account\/contact\/id/],
    [['export', '--contact', 'a:b/conversation/c'], /It must be the ref of a contact/],
    [['sync', '--config', ''], /It must be the path of a file/],
    [['export', ''], /It must be the path of a file/],
    [['import', ''], /It must be the path of a file/],
    [['import'], /missing required argument 'file'/],
    [['export', 'a', 'b'], /too many arguments for 'export'/],
    [
      ['help', 'nothing'],
      /'nothing' is invalid for argument 'command'. Allowed choices are accounts, agents, conversations/,
    ],
    [['inbox', 'lst'], /unknown command 'lst'\n\(Did you mean list\?\)/],
    [['inbox', '--sandbox', 'list'], /the options of 'list' must come after its name/],
    [
      ['inbox', '--port', '65536'],
      /'--port <number>' argument '65536' is invalid. It must be a whole number from 0 to 65535/,
    ],
    [['inbox', '--public-url', 'http://a.example/b'], /It must be an address without a path/],
    [['completion'], /missing required argument 'shell'/],
    [['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
  ])('refuses %j with status 2, and says what is meant', async (args, reason) => {
    const { code, out, err } = await call(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(reason)
    expect(err).toContain('"parley --help"')
    expect(demo).not.toHaveBeenCalled()
  })

  it.each([[[]], [['--help']], [['-h']], [['help']]])('helps with %j', async (args) => {
    const { code, out, err } = await call(...args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      /demo .*emulated vendors[\s\S]*completion[\s\S]*Exit codes:[\s\S]* 130 [\s\S]*parley-store[\s\S]*parley-sandbox/,
    )
  })

  it.each([[['demo', '--help']], [['help', 'demo']]])('helps with a command: %j', async (args) => {
    expect(await call(...args)).toMatchObject({ code: 0, out: expect.stringContaining('--live') as string, err: '' })
    expect(demo).not.toHaveBeenCalled()
  })

  it('has a version', async () => {
    expect(await call('--version')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    })
  })
})

describe('a command that fails', () => {
  const secret = 'sk-51-secret'

  it('prints the message of a failure of the library, and nothing of its cause', async () => {
    const cause = new Error(secret)
    vi.mocked(demo).mockRejectedValueOnce(new NetworkError({ message: 'It is not there.', cause }))
    expect(await call('demo')).toEqual({ code: 1, out: '', err: 'It is not there.\n' })
  })

  it.each([60, 80, 200])('has no line of any help that is wider than %d columns', async (width) => {
    const namesIn = async (...command: string[]): Promise<string[]> => {
      const { out } = await callOn({ width: 200 }, ...command, '--help')
      const [, listed = ''] = /\nCommands:\n((?: .*\n)*)/.exec(out) ?? []
      return [...listed.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = '']) => name)
    }
    const commands: string[][] = [[]]
    for (const name of await namesIn()) {
      if (name === 'help') continue
      commands.push([name], ...(await namesIn(name)).map((each) => [name, each]))
    }
    expect(commands.length).toBeGreaterThan(40)
    for (const command of commands) {
      const { out } = await callOn({ width }, ...command, '--help')
      expect([command, out.split('\n').filter((line) => line.length > width)]).toEqual([command, []])
    }
  })

  it('ends with 2 if the configuration is wrong', async () => {
    vi.mocked(demo).mockRejectedValueOnce(new ConfigurationError({ message: 'It is not set.' }))
    expect(await call('demo')).toEqual({ code: 2, out: '', err: 'It is not set.\n' })
  })

  it('prints of an unexpected error what it is and where, and no message, which may have a secret', async () => {
    vi.mocked(demo).mockRejectedValueOnce(Object.assign(new TypeError(secret), { code: 'E_ODD' }))
    const { code, out, err } = await call('demo')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^An unexpected error: TypeError, E_ODD.*\.\n$/)
    expect(err).not.toContain(secret)
  })

  it('ends with the code of its work, and quietly, if nobody reads the result', async () => {
    expect(await callUntil(outputError('EPIPE'), 'demo')).toEqual({ code: 0, out: '', err: '' })
    vi.mocked(demo).mockRejectedValueOnce(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    expect(await call('demo')).toMatchObject({ code: 1, err: expect.stringContaining('EPIPE') as string })
  })

  it.each(['demo', '--help', '--version', 'help'])('ends with 1 if its result cannot be written: %s', async (arg) => {
    const err = 'The standard output cannot be written (ENOSPC).\n'
    expect(await callUntil(outputError('ENOSPC'), arg)).toEqual({ code: 1, out: '', err })
    expect(await callUntil(outputError('EPIPE'), arg)).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('the inbox without a command', () => {
  it('says that it is not known who acts, before it creates a store', async () => {
    const folder = join(tmpdir(), 'parley-that-is-not-there')
    expect(await call('inbox', '--store', folder)).toEqual({
      ...{ code: 2, out: '', err: 'It is not known who acts. Use --as, or "operator" in the configuration.\n' },
    })
    expect(existsSync(folder)).toBe(false)
  })
})

describe('a command that only reads the store', () => {
  it.each([[['status']], [['search', 'words']], [['export']], [['inbox', 'list']]])(
    '%j refuses one that is not there, and creates none',
    async (args) => {
      const folder = join(tmpdir(), 'parley-that-is-not-there')
      expect(await call(...args, '--store', folder)).toEqual({
        ...{ code: 2, out: '', err: `There is no store in the folder ${folder} yet. "parley sync" creates it.\n` },
      })
      expect(existsSync(folder)).toBe(false)
    },
  )
})

describe('the completion', () => {
  it.each([
    [
      'parley ',
      'accounts agents conversations messages ask reply reconcile portability evaluate sandbox sync status search inbox export import doctor demo completion help',
    ],
    ['parley de', 'demo'],
    ['parley --v', '--version'],
    ['parley demo --', '--live --config --json --help'],
    ['parley demo --config ', ''],
    ['parley completion z', 'zsh'],
    ['parley help dem', 'demo'],
    ['parley inbox re', 'reply release reopen retry'],
    ['parley inbox --', '--port --host --public-url --as --store --config --sandbox --json --help'],
    ['parley inbox --sandbox --p', '--port --public-url'],
    ['parley inbox note --t', '--text'],
    ['parley inbox reply --text ', ''],
    ['parley sync re', ''],
  ])('of bash completes "%s"', async (line, words) => {
    const { out } = await call('completion', 'bash')
    const ask = `COMP_WORDS=(${line
      .split(' ')
      .map((word) => `'${word}'`)
      .join(' ')}) COMP_CWORD=${line.split(' ').length - 1}; _parley; echo "\${COMPREPLY[*]}"`
    expect(execFileSync('bash', ['-c', `${out}${ask}`], { encoding: 'utf8' })).toBe(`${words}\n`)
  })

  it.each([
    ['parley export ', true],
    ['parley import ', true],
    ['parley sync --store ', true],
    ['parley search --config ', true],
    ['parley inbox reply --attach ', true],
    ['parley inbox reply ', false],
    ['parley search --account ', false],
    ['parley search ', false],
    ['parley export --contact ', false],
    ['parley status ', false],
    ['parley sy', false],
  ])('of bash completes files after "%s": %s', async (line, isFile) => {
    const { out } = await call('completion', 'bash')
    const words = line.split(' ')
    const ask = `compopt() { echo none; }; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${words.length - 1}; _parley`
    expect(execFileSync('bash', ['-c', `${out}${ask}`], { encoding: 'utf8' })).toBe(isFile ? '' : 'none\n')
  })

  it('of zsh and fish completes files only where one is meant', async () => {
    const { out: zsh } = await call('completion', 'zsh')
    const search = /^ +search\) (.*);;$/m.exec(zsh)?.[1] ?? ''
    expect(search.match(/--\w+(?=\[[^\]]*\]:file:_files)/g)).toEqual(['--store', '--config'])
    expect(search.match(/_files/g)).toHaveLength(2)
    expect(/^ +export\) .*'\*:file:_files' ;;$/m.test(zsh)).toBe(true)
    const { out: fish } = await call('completion', 'fish')
    const lines = fish.split('\n').filter((line) => line.includes('seen_subcommand_from search'))
    expect(lines.filter((line) => line.includes(' -r -F')).map((line) => / -l (\w+)/.exec(line)?.[1])).toEqual([
      ...['store', 'config'],
    ])
    expect(lines.filter((line) => line.includes(' -x '))).toHaveLength(4)
    expect(lines[0]).toMatch(/search' -f$/)
    const reply = [...zsh.matchAll(/^ +reply\) (.*);;$/gm)].at(-1)?.[1] ?? ''
    expect(reply.match(/--\w+(?=\[[^\]]*\]:file:_files)/g)).toEqual(['--attach', '--store', '--config'])
    const isReply = "-n '__fish_seen_subcommand_from inbox; and __fish_seen_subcommand_from reply' -l attach -r -F"
    expect(fish).toContain(isReply)
  })

  it.each(['zsh', 'fish'])('of %s has every command and option', async (shell) => {
    const { out } = await call('completion', shell)
    for (const word of ['demo', 'completion', 'take-over', 'help', 'live', 'config', 'json', 'bash zsh fish'])
      expect(out).toContain(word)
  })
})
