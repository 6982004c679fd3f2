import { access, constants, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type Adapter, accountName, isParleyError, tryParseRef, type Visitor } from '@parley/core'
import { fileStore } from '@parley/core/node'
import { createInbox } from '@parley/inbox'
import {
  citesSource,
  contains,
  type Estimate,
  type EvaluatedAgent,
  type Evaluation,
  type EvaluationAgent,
  estimate,
  evaluate,
  evaluationHtml,
  evaluationTable,
  exact,
  type Question,
  readQuestions,
  type Scorer,
  sampleQuestions,
} from '@parley/swap'
import { color } from '../color.ts'
import { CommandError, type Run } from '../command.ts'
import { withStoredAccounts } from '../open-store.ts'
import { lines, paragraphs } from '../rows.ts'
import { columns, count, cut, duration, oneLine } from '../text.ts'
import { accountIn, type LiveOptions, withLiveAccounts } from './open.ts'
import { printOne } from './print.ts'
import { confirm, printPlan } from './write.ts'

export interface EvaluateCommandOptions extends LiveOptions {
  agent?: readonly string[]
  testContact?: readonly string[]
  format?: 'csv' | 'jsonl'
  sample?: number
  seed: number
  since?: string
  store?: string
  score?: readonly string[]
  concurrency: number
  html?: string
  markdown?: boolean
  keep?: string
  dryRun?: boolean
  yes?: boolean
}

/** Where the answers are until the end, in the working directory. */
const usualFolder = 'parley-evaluation'

export async function evaluateQuestions(
  file: string | undefined,
  options: EvaluateCommandOptions,
  run: Run,
): Promise<void> {
  const { terminal } = run
  const contacts = testContactsOf(options.testContact ?? [])
  const questions = await questionsOf(file, options, run)
  const names = options.agent?.map(accountIn)
  await withLiveAccounts(run, options, names && [...new Set(names)], async (adapters, { signal }) => {
    const agents = agentsOf(adapters, options.agent, contacts)
    const plan = await estimate({ agents, questions }).catch((error: unknown) => {
      throw withOption(error, agents)
    })
    const planned = estimateLines(plan)
    if (options.dryRun)
      return printPlan(run, options, { action: 'evaluate', sentences: planned, input: { estimate: plan, questions } })
    if (options.html !== undefined) await checkPage(options.html, options, run, signal)
    for (const line of planned) terminal.note(`${line}\n`)
    await confirm(run, options, 'It asks all of these questions.', signal)
    const folder = options.keep ?? usualFolder
    const evaluation = await evaluate({
      ...{ agents, questions, signal, concurrency: options.concurrency, scorers: scorersFor(questions, options.score) },
      store: fileStore({ folder }),
      onProgress({ done, total, requests }) {
        const text = `${count(done)} of ${count(total)} answers, ${count(requests)} requests\n`
        if (terminal.renote) terminal.renote(text)
        else if (done === total || done % 50 === 0) terminal.note(text)
      },
    })
    terminal.renote?.('')
    if (signal.aborted)
      throw new CommandError(
        `It was stopped before its end. The answers are in the folder ${folder}: the same command goes on.`,
        130,
      )
    const isAnswered = evaluation.agents.every(({ outcomes }) => (outcomes.answered ?? 0) === questions.length)
    if (!isAnswered) run.exitCode = 1
    if (!evaluation.isComplete)
      terminal.note(`Some answers are missing. The others are in the folder ${folder}: the same command goes on.\n`)
    if (options.markdown && !options.json) await terminal.print(`${evaluationTable(evaluation)}\n`)
    else await printOne(run, options, evaluation, evaluationText)
    if (options.html !== undefined) await writePage(options.html, evaluationHtml(evaluation))
    if (options.keep === undefined && evaluation.isComplete) await rm(folder, { recursive: true, force: true })
  })
}

async function questionsOf(file: string | undefined, options: EvaluateCommandOptions, run: Run): Promise<Question[]> {
  const { sample, seed, since, format } = options
  if ((file === undefined) === (sample === undefined))
    throw new CommandError('Name a file with questions, or how many to --sample from the store.', 2)
  if (sample !== undefined)
    return withStoredAccounts(options, run.terminal, (store, accounts) =>
      sampleQuestions({
        inbox: createInbox({ store, accounts }),
        count: sample,
        seed,
        ...(since !== undefined && { since }),
      }),
    )
  const name = file as string
  const own = format ?? ({ '.csv': 'csv', '.jsonl': 'jsonl', '.ndjson': 'jsonl' } as const)[extname(name).toLowerCase()]
  if (!own)
    throw new CommandError(
      `Say with --format whether ${name === '-' ? 'the standard input' : name} is csv or jsonl.`,
      2,
    )
  const bytes = await (name === '-' ? buffer(process.stdin) : readFile(name)).catch((error: unknown) => {
    throw CommandError.ofFile(`The file ${name} cannot be read`, error)
  })
  return readQuestions(bytes, { format: own, name: name === '-' ? 'the standard input' : name })
}

/** `vendor:account=id`. */
function testContactsOf(given: readonly string[]): Map<string, Visitor> {
  return new Map(
    given.map((text) => {
      const [, account = '', externalId = ''] = /^([^=\s]+)=(\S.*)$/.exec(text) ?? []
      if (account === '') throw new CommandError(`--test-contact must be an account and an id, vendor:account=id.`, 2)
      return [account, { externalId }]
    }),
  )
}

function agentsOf(
  adapters: readonly Adapter[],
  given: readonly string[] | undefined,
  contacts: Map<string, Visitor>,
): EvaluationAgent[] {
  const named = new Map(adapters.map((adapter) => [accountName(adapter.vendor, adapter.account), adapter]))
  const unused = [...contacts.keys()].find((account) => !named.has(account))
  if (unused !== undefined) throw new CommandError(`--test-contact: the account ${unused} is not asked.`, 2)
  return (given ?? [...named.keys()]).map((name) => {
    const account = accountIn(name)
    const ref = tryParseRef(name)
    if (name !== account && ref?.kind !== 'agent')
      throw new CommandError(`${name} is neither an account nor the ref of an agent.`, 2)
    const testContact = contacts.get(account)
    return {
      name,
      adapter: named.get(account) as Adapter,
      ...(ref && { agentId: ref.id }),
      ...(testContact && { testContact }),
    }
  })
}

/** The missing test contact of an agent, with the option that names it. */
function withOption(error: unknown, agents: readonly EvaluationAgent[]): unknown {
  const [, index] = (isParleyError(error) && /^agents\[(\d+)\]\.testContact$/.exec(error.fields?.[0]?.path ?? '')) || []
  const agent = index === undefined ? undefined : agents[Number(index)]
  if (!agent) return error
  const { vendor, account } = agent.adapter
  const name = accountName(vendor, account)
  return new CommandError(
    `An answer of ${name} also reaches the person who asks. Name an id of your own that is no customer: --test-contact ${name}=ID. Or name only the agents to ask: --agent vendor:account`,
    2,
  )
}

const scorers: Readonly<Record<string, () => Scorer>> = { exact, contains, 'cites-source': citesSource }

function scorersFor(questions: readonly Question[], given: readonly string[] | undefined): Record<string, Scorer> {
  const usual = [
    ...(questions.some(({ expected }) => expected !== undefined) ? ['exact'] : []),
    ...(questions.some((question) => question.contains !== undefined) ? ['contains'] : []),
    ...(questions.some(({ source }) => source !== undefined) ? ['cites-source'] : []),
  ]
  return Object.fromEntries((given ?? usual).map((name) => [name, (scorers[name] as () => Scorer)()]))
}

const range = ({ least, most }: { least: number; most: number }): string =>
  least === most ? count(least) : `${count(least)} to ${count(most)}`

function estimateLines({ questions, agents, requests, leastMs, cost }: Estimate): string[] {
  return [
    `${count(questions)} ${questions === 1 ? 'question' : 'questions'} for ${count(agents.length)} ${agents.length === 1 ? 'agent' : 'agents'}: ${range(requests)} requests${leastMs > 0 ? `, at least ${duration(leastMs)} at the vendors’ limits` : ''}${cost === undefined ? '' : `, cost ${cost.toFixed(2)}`}.`,
    ...agents.map(({ name, requests: own }) => `${name}: ${range(own)} requests.`),
    ...agents.flatMap(({ notes }) => notes),
  ]
}

/** Before the first question, so that a wrong path costs none. */
async function checkPage(file: string, options: EvaluateCommandOptions, run: Run, signal: AbortSignal): Promise<void> {
  const there = await stat(file).catch(() => undefined)
  if (there?.isDirectory()) throw new CommandError(`The page ${file} is a folder. Name a file.`, 2)
  await access(there ? file : dirname(file), constants.W_OK).catch((error: unknown) => {
    throw CommandError.ofFile(`The file ${file} cannot be written`, error)
  })
  if (there) await confirm(run, options, `It replaces the file ${file}.`, signal)
}

async function writePage(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page, { mode: 0o600 })
  } catch (error) {
    throw CommandError.ofFile(`The file ${file} cannot be written`, error)
  }
}

const seconds = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`

function evaluationText({ agents, questions, answers, disagreement }: Evaluation, width: number): string {
  const names = [...new Set(agents.flatMap(({ scores }) => Object.keys(scores)))]
  const rows = agents.map((agent) => [
    oneLine(agent.name),
    ...summaryOf(agent, questions.length),
    ...names.map((name) => scoreOf(agent, name)),
  ])
  const head = ['agent', 'answered', 'with sources', 'p50', 'p95', 'requests', ...names]
  const [titles = '', ...shown] = columns([head, ...rows])
  const sorted = questions.toSorted((one, other) => (other.disagreement ?? -1) - (one.disagreement ?? -1))
  const longest = Math.max(...agents.map(({ name }) => name.length))
  return lines([
    color.dim(cut(titles, width)),
    ...shown.map((line) => cut(line, width)),
    ...agents.flatMap(({ name, stopped }) =>
      stopped ? paragraphs(`${name} was not asked on after ${stopped.question}: ${stopped.message}`, width) : [],
    ),
    ...(disagreement.mean === null
      ? []
      : [`The answers differ by ${Math.round(disagreement.mean * 100)} % of their words on average.`]),
    ...sorted.flatMap((question) => [
      '',
      ...paragraphs(question.text, width),
      ...answers
        .filter((answer) => answer.question === question.id)
        .map(({ agent, outcome, text, error }) => {
          const said =
            outcome === 'answered' && text
              ? oneLine(text)
              : color.red(`(${outcome}${error ? `: ${oneLine(error.message)}` : ''})`)
          return cut(`  ${color.dim(agent.padEnd(longest))}  ${said}`, width)
        }),
    ]),
  ])
}

const summaryOf = (
  { outcomes, withSources, latency, requests, isCountExact }: EvaluatedAgent,
  questions: number,
): string[] => [
  `${outcomes.answered ?? 0} of ${questions}`,
  String(withSources),
  latency ? seconds(latency.p50Ms) : '-',
  latency ? seconds(latency.p95Ms) : '-',
  `${isCountExact ? '' : '≥ '}${requests}`,
]

const scoreOf = ({ scores }: EvaluatedAgent, name: string): string => {
  const score = scores[name]
  if (!score) return '-'
  return `${score.mean === null ? '-' : score.mean.toFixed(2)}${score.failed > 0 ? ` (${score.failed} failed)` : ''}`
}
