import { randomUUID } from 'node:crypto'
import {
  type Adapter,
  type Answer,
  type AskInput,
  type AskTarget,
  accountName,
  parseRef,
  requireOperation,
  supports,
} from '@parley/core'
import { CommandError, type Run } from '../command.ts'
import { isLocal } from '../config-file.ts'
import type { ExitCode } from '../exit-codes.ts'
import { textOf } from '../inbox/reply-input.ts'
import { asJson, forPeople } from '../text.ts'
import { accountIn, type Live, type LiveOptions, withLiveAccount } from './open.ts'
import { noteWarnings } from './print.ts'
import { answerText, lineBreaker } from './render.ts'
import { type Sending, watchSend } from './sending.ts'
import { confirm, printPlan } from './write.ts'

export interface AskOptions extends LiveOptions {
  visitor?: string
  contact?: string
  agent?: string
  timeout?: number
  yes?: boolean
  dryRun?: boolean
}

interface Question {
  target: AskTarget
  input: AskInput
  /** For people: where it is asked. */
  where: string
  visitor?: string
}

/** Asks, and prints the answer. */
export async function askAgent(where: string, text: string | undefined, options: AskOptions, run: Run): Promise<void> {
  const { terminal } = run
  const input = {
    text: await textOf(text === undefined ? {} : { text }, terminal),
    ...(options.agent !== undefined && { agentId: options.agent }),
  }
  const question = questionOf(where, input, options)
  await withLiveAccount(run, options, where, async (adapter, live) => {
    requireOperation(adapter, 'messages.ask')
    const reach = (await adapter.traits?.())?.answerReach
    const reachesPerson = reach?.value === 'contact' && !isEmulated(adapter, live, options)
    if (options.dryRun)
      return printPlan(run, options, {
        action: 'ask',
        sentences: [
          `It asks ${question.where}.`,
          ...(reachesPerson ? [`A real person gets the answer, too. ${reach.reason}`] : []),
        ],
        input: { target: question.target, ...input },
      })
    if (reachesPerson && options.contact === undefined)
      await confirm(run, options, `A real person may get the answer on their own channel. ${reach.reason}`, live.signal)
    if (question.visitor !== undefined && options.visitor === undefined)
      terminal.note(`The visitor is ${question.visitor}.\n`)
    const sending = watchSend(adapter, 'The question', live.signal, run)
    const answer = await answerOf(adapter, question, sending, options, run)
    run.exitCode = exitCodes[answer.outcome]
    if (answer.outcome === 'unknown' || answer.outcome === 'pending') sending.noteAttempt()
    noteWarnings(answer.warnings, terminal)
    const { visitor } = question
    if (options.json) return terminal.print(asJson({ ...answer, ...(visitor !== undefined && { visitor }) }))
    await terminal.print(forPeople(answerText(answer, terminal.width)))
  })
}

const exitCodes: Record<Answer['outcome'], ExitCode> = {
  answered: 0,
  failed: 1,
  unanswered: 1,
  'needs-input': 1,
  pending: 4,
  unknown: 4,
}

function questionOf(where: string, input: AskInput, { visitor, contact }: AskOptions): Question {
  if (where.includes('/')) {
    if (visitor !== undefined || contact !== undefined)
      throw new CommandError('A conversation has its contact. Use --visitor and --contact with an account.', 2)
    return { input, target: parseRef(where).id, where: `in the conversation ${where}` }
  }
  if (contact !== undefined) {
    if (accountIn(contact) !== where) throw new CommandError(`The contact ${contact} is not one of ${where}.`, 2)
    return { input, target: { contact: parseRef(contact).id }, where: `at ${where}, as the contact ${contact}` }
  }
  const id = visitor ?? randomUUID()
  return { input, target: { visitor: { externalId: id } }, where: `at ${where}, as the visitor ${id}`, visitor: id }
}

/** Nobody real is at an emulator. */
const isEmulated = ({ vendor, account }: Adapter, { config }: Live, { sandbox }: AskOptions): boolean => {
  const name = accountName(vendor, account)
  return (
    sandbox === true ||
    config.accounts.some((each) => accountName(each.vendor, each.account) === name && isLocal(each['baseUrl']))
  )
}

async function answerOf(
  adapter: Adapter,
  { target, input }: Question,
  sending: Sending,
  options: AskOptions,
  { terminal }: Run,
): Promise<Answer> {
  const given = { ...sending.options, ...(options.timeout !== undefined && { timeout: options.timeout }) }
  try {
    const answer =
      options.json || !supports(adapter, 'messages.stream')
        ? await requireOperation(adapter, 'messages.ask')(target, input, given)
        : await streamed(adapter.messages.stream(target, input, given))
    return await withSources(adapter, answer, given)
  } catch (error) {
    throw sending.failure(error)
  }

  async function streamed(parts: ReturnType<NonNullable<NonNullable<Adapter['messages']>['stream']>>): Promise<Answer> {
    const breaker = lineBreaker(terminal.width)
    let answer: Answer | undefined
    let isShown = false
    for await (const part of parts) {
      if (part.type === 'finish') answer = part.answer
      if (part.type !== 'text') continue
      isShown = true
      await terminal.print(forPeople(breaker.push(part.text)))
    }
    if (!isShown && answer?.text) await terminal.print(forPeople(breaker.push(answer.text)))
    await terminal.print(forPeople(breaker.end()))
    if (answer === undefined) sending.options.signal?.throwIfAborted()
    if (answer === undefined) throw new CommandError('The answer ended early.', 4)
    return answer
  }
}

/** Some vendors give the sources of an answer only for another request. Without them, the answer is still one. */
async function withSources(adapter: Adapter, answer: Answer, { signal }: Sending['options']): Promise<Answer> {
  const { message, sources, sourcesState } = answer
  if (!message || sources.length > 0 || sourcesState !== 'fetchable' || !supports(adapter, 'sources.list'))
    return answer
  try {
    return { ...answer, sources: (await adapter.sources.list(message, {}, signal ? { signal } : {})).items }
  } catch {
    return answer
  }
}
