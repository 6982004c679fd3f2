import { ConfigurationError, isRecord, type SendAttempt, type StateStore, tryParseJson } from '@parley/core'
import { digest } from '@parley/core/operations'
import type { EvaluatedAnswer } from './evaluation.ts'
import type { Plan } from './plan.ts'

/** What is kept of one question at one agent. */
export interface Entry {
  /** The attempt to send the question. Missing: none was begun. */
  attempt?: SendAttempt
  /** How the question ended. Missing: a process was stopped before that. */
  answer?: EvaluatedAnswer
  /** Whether the question was certainly not sent, so that it can be asked again. Only with an answer that is an error. */
  isNotSent?: boolean
  /** Requests until this was stored. */
  requests: number
  isCountExact: boolean
}

/** The entries of a run. */
export interface Entries {
  read(agent: string, question: string): Promise<Entry | undefined>
  write(agent: string, question: string, entry: Entry): Promise<void>
  /** Runs the work while no other process works at the same question of the same agent. */
  alone<T>(agent: string, question: string, work: () => Promise<T>): Promise<T>
}

/** The store failed, so the evaluation must end: nothing may be sent that is not kept. Its `cause` is the store's error. */
export class StoreFailure extends Error {}

const storing = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (cause) {
    throw new StoreFailure('The store failed.', { cause })
  }
}

/** Runs the work under a lock of the store. @throws what the work throws; StoreFailure if the lock fails. */
async function locked<T>(store: StateStore, key: string, work: () => Promise<T>): Promise<T> {
  let failure: { error: unknown } | undefined
  try {
    return await store.lock(key, async () => {
      try {
        return await work()
      } catch (error) {
        failure = { error }
        throw error
      }
    })
  } catch (cause) {
    if (failure) throw failure.error
    throw new StoreFailure('The store failed.', { cause })
  }
}

/** Identifies the questions and the agents of a run. */
export const fingerprintOf = ({ agents, questions, timeout: _ }: Plan): Promise<string> =>
  digest(
    JSON.stringify([
      questions.map(({ id, text }) => [id, text]),
      agents.map(({ name, adapter, given }) => [
        name,
        adapter.vendor,
        adapter.account,
        given.agentId,
        given.testContact,
      ]),
    ]),
  )

/**
 * Opens a run in the store.
 *
 * @returns when it was started first.
 * @throws ConfigurationError if the run has other questions or agents, or its entry cannot be read; StoreFailure.
 */
export async function openRun(
  store: StateStore,
  run: string,
  fingerprint: string,
  now: string,
): Promise<{ startedAt: string; entries: Entries }> {
  const key = `evaluation of ${run}`
  const startedAt = await locked(store, key, async () => {
    const value = await storing(() => store.get(key))
    if (value == null) {
      await storing(() => store.set(key, JSON.stringify({ version: 1, fingerprint, startedAt: now })))
      return now
    }
    const known = tryParseJson(value)
    if (!isRecord(known) || known['version'] !== 1 || typeof known['startedAt'] !== 'string')
      throw runError(`the run "${run}" in the store cannot be read: name another one`)
    if (known['fingerprint'] !== fingerprint)
      throw runError(`the run "${run}" in the store is of other questions or agents: name another one`)
    return known['startedAt']
  })
  const keyOf = (agent: string, question: string) => JSON.stringify([key, agent, question])
  return {
    startedAt,
    entries: {
      async read(agent, question) {
        const value = await storing(() => store.get(keyOf(agent, question)))
        if (value == null) return undefined
        const entry = tryParseJson(value)
        if (isRecord(entry) && typeof entry['requests'] === 'number') return entry as unknown as Entry
        throw runError(`the answer of ${agent} to the question ${question} in the store cannot be read`)
      },
      write: (agent, question, entry) => storing(() => store.set(keyOf(agent, question), JSON.stringify(entry))),
      alone: (agent, question, work) => locked(store, keyOf(agent, question), work),
    },
  }
}

const runError = (problem: string): ConfigurationError =>
  new ConfigurationError({ message: `evaluate: ${problem}.`, fields: [{ path: 'run', problem }] })

/** Keeps nothing. */
export const noEntries: Entries = {
  read: async () => undefined,
  write: async () => {},
  alone: (_agent, _question, work) => work(),
}
