import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandbox } from '@parley/sandbox'
import type { Evaluation } from '@parley/swap'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from './call.ts'

const desk = await sandbox.start({ scale: 0.1 })
afterAll(() => desk.stop())

const home = process.cwd()
let folder: string
beforeEach(() => {
  desk.leadConnector.reset()
  desk.liveChatAI.reset()
  folder = mkdtempSync(join(tmpdir(), 'parley-evaluate-'))
  const accounts = [
    { vendor: 'leadconnector', account: 'crm', rate: false, ...desk.leadConnector.accountOptions },
    { vendor: 'livechatai', account: 'shop', rate: false, ...desk.liveChatAI.accountOptions },
  ]
  writeFileSync(join(folder, 'parley.json'), JSON.stringify({ accounts }))
  writeFileSync(
    join(folder, 'questions.csv'),
    'question,contains\nWhen are you open on Saturday?,10:00\nDo you sell gift cards?,25\n',
  )
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
})

const evaluate = (...args: string[]) => call('evaluate', 'questions.csv', '--config', 'parley.json', ...args)
const both = ['--test-contact', 'leadconnector:crm=our-own-phone']

describe('parley evaluate', () => {
  it('shows the answers of all agents, and writes them into a page that only its owner may read', async () => {
    const { code, out, err } = await evaluate(...both, '--yes', '--html', 'report.html')
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('2 questions for 2 agents: ') })
    expect(out).toMatch(/leadconnector:crm +2 of 2 .* 1\.00\nlivechatai:shop +2 of 2 .* 1\.00\n/)
    expect(out).toContain('When are you open on Saturday?')
    expect(readFileSync('report.html', 'utf8')).toContain('2 agents, 2 questions')
    expect(statSync('report.html').mode & 0o777).toBe(0o600)
    expect(existsSync('parley-evaluation')).toBe(false)
  })

  it('prints the evaluation as JSON', async () => {
    const { code, out } = await evaluate('--agent', 'livechatai:shop', '--yes', '--json')
    const evaluation = JSON.parse(out) as Evaluation
    expect(code).toBe(0)
    expect(evaluation.agents[0]).toMatchObject({
      name: 'livechatai:shop',
      outcomes: { answered: 2 },
      requests: desk.liveChatAI.requests.length,
    })
  })

  it('asks nothing in a dry run, and without --yes where nobody can be asked', async () => {
    expect(await evaluate(...both, '--dry-run')).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 questions for 2 agents'),
    })
    expect(await evaluate(...both)).toMatchObject({ code: 2, err: expect.stringContaining('Pass --yes to agree') })
    expect([...desk.leadConnector.requests, ...desk.liveChatAI.requests]).toEqual([])
  })

  it('demands a contact of one’s own where an answer reaches a person', async () => {
    expect(await evaluate('--yes')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--test-contact leadconnector:crm=ID.*--agent vendor:account/),
    })
    expect(desk.leadConnector.requests).toEqual([])
  })

  it('asks the same questions once if the answers are kept', async () => {
    const first = await evaluate('--agent', 'livechatai:shop', '--yes', '--json', '--keep', 'answers')
    const before = desk.liveChatAI.requests.length
    const second = await evaluate('--agent', 'livechatai:shop', '--yes', '--json', '--keep', 'answers')
    expect(desk.liveChatAI.requests.length).toBe(before)
    expect((JSON.parse(second.out) as Evaluation).answers).toEqual((JSON.parse(first.out) as Evaluation).answers)
  })

  it('ends with 1 if a question has no answer', async () => {
    writeFileSync(
      'parley.json',
      JSON.stringify({
        accounts: [{ vendor: 'livechatai', account: 'shop', ...desk.liveChatAI.accountOptions, apiKey: 'lcai_wrong' }],
      }),
    )
    const { code, out, err } = await evaluate('--yes')
    expect(code).toBe(1)
    expect(err).toContain('The others are in the folder parley-evaluation: the same command goes on.')
    expect(existsSync('parley-evaluation')).toBe(true)
    expect(out).toContain('livechatai:shop was not asked on after q')
    expect(out).not.toContain('lcai_wrong')
  })

  it.each([
    [['--test-contact', 'leadconnector:crm'], 'must be an account and an id'],
    [['--test-contact', 'leadconnector:other=a'], 'the account leadconnector:other is not asked'],
    [['--agent', 'livechatai:other'], 'There is no account livechatai:other'],
    [['--agent', 'livechatai:shop/conversation/a'], 'is neither an account nor the ref of an agent'],
    [['--sample', '3'], 'Name a file with questions, or how many to --sample'],
    [['--score', 'right'], 'It must be one of exact, contains, cites-source'],
  ])('refuses %j', async (args, message) => {
    expect(await evaluate(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) })
  })

  it.each([
    ['none/report.html', 1, 'cannot be written (ENOENT)'],
    ['.', 2, 'is a folder'],
  ])('refuses the page %s before it asks anything', async (page, code, message) => {
    expect(await evaluate('--agent', 'livechatai:shop', '--yes', '--html', page)).toMatchObject({
      code,
      err: expect.stringContaining(message),
    })
    expect(desk.liveChatAI.requests).toEqual([])
  })

  it('names the line of a file that it cannot read', async () => {
    writeFileSync('questions.csv', 'question\nWhen?\n"Where?\n')
    expect(await evaluate()).toMatchObject({
      code: 2,
      err: 'questions.csv, line 3: a quote that begins here is not closed.\n',
    })
    expect(await call('evaluate', 'questions.txt', '--config', 'parley.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--format'),
    })
    expect(await call('evaluate', 'none.csv', '--config', 'parley.json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('ENOENT'),
    })
  })

  it('takes questions from the store, without the details of customers', async () => {
    const store = ['--store', 'store', '--config', 'parley.json']
    // A sync would wait for it in real time.
    desk.leadConnector.settings.rateLimit = false
    expect(await call('sync', '--once', ...store)).toMatchObject({ code: 0 })
    const { code, out } = await call(
      'evaluate',
      '--sample',
      '5',
      '--agent',
      'livechatai:shop',
      ...store,
      '--dry-run',
      '--json',
    )
    expect(code).toBe(0)
    const { input } = JSON.parse(out) as { input: { questions: { id: string; text: string }[] } }
    expect(input.questions.map(({ id }) => id)).toEqual(['s1', 's2', 's3', 's4', 's5'])
    for (const { text } of input.questions) expect(text).not.toMatch(/@|\d{5}/)
  })
})
