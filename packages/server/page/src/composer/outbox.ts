import type { Channel, Problem, Send } from '../api.ts'
import type { Mode } from './drafts.ts'
import { isObject, type KeptIn, keptIn } from './kept.ts'
import { type Answer, pauseAfter, verdictOf } from './verdict.ts'

/** What a person has sent and no server has answered for yet. */
export interface Pending {
  /** The idempotency key. */
  key: string
  person: string
  conversation: string
  kind: Mode
  text: string
  subject?: string
  /** Where the person has chosen another one than that of the conversation. */
  channel?: Channel
  takeOver?: 'if-needed'
  /** What the person had seen last. Missing for a note, which nothing can overtake. */
  expectLastMessage?: string | null
  /** The reply that was written before and had no answer either. This one follows only if that one was accepted. */
  after?: string
  /** The names of the files. Their bytes are in memory only. */
  files: string[]
  /** The tab that sends it. */
  tab: string
  /** When the person sent it, and when a server was last asked, in milliseconds since 1970. */
  at: number
  triedAt: number | null
  tries: number
  /** Whether the person wants it sent although time has passed. */
  isConfirmed: boolean
}

export type PendingState =
  | { is: 'sending' }
  /** No server has answered for it. It is sent again by itself. */
  | { is: 'waiting'; problem: Problem | undefined }
  /** Nobody is signed in, or somebody else. */
  | { is: 'signed-out' }
  /** So much time has passed that a person decides whether it is still to be sent. */
  | { is: 'old' }

/** Why a text comes back. */
export interface Refusal {
  kind: Mode
  conversation: string
  /**
   * `refused`: by the server. `files`: the browser has lost the files. `earlier`: the reply before it was not accepted.
   * `withdrawn`: the person took it back.
   */
  why: 'refused' | 'files' | 'earlier' | 'withdrawn'
  status?: number
  problem?: Problem
  files: string[]
}

export interface OutboxParts<File> {
  storage: KeptIn | undefined
  /** Identifies this tab. */
  tab: string
  /** Sends it. Never throws. */
  request(pending: Pending, files: readonly File[]): Promise<Answer>
  /** The send that the server has under the key. @throws if no server answers. */
  recorded(pending: Pending): Promise<Send | undefined>
  /** Who is signed in. `null`: nobody. @throws if no server answers. */
  person(): Promise<string | null>
  /** Whether a tab is still there. */
  isOpen(tab: string): Promise<boolean>
  /** Lets only one tab at a time do something. */
  alone<T>(work: () => Promise<T>): Promise<T>
  clock: { now(): number; after(milliseconds: number, work: () => void): () => void }
  newKey(): string
  onRecorded(pending: Pending, send: Send): void
  onRefused(pending: Pending, refusal: Refusal, files: readonly File[]): void
  onSignedOut(): void
}

/** After this time, in milliseconds, a text may not fit any more. The server's outbox has the same limit. */
const oldAfter = 900_000
/** For how long the server may still be working on a request whose answer was lost, in milliseconds. */
const workedOnFor = 20_000
const lookAgainAfter = 3_000
/** How often the sends of other tabs are looked at, in milliseconds. */
const rounds = 10_000

/**
 * Sends what people write, and neither loses nor doubles it: each send is stored in the browser before the first request, has a
 * key under which the server knows it again, and is repeated until a server has answered for it. The sends of one conversation go
 * one after the other.
 */
export function createOutbox<File>(parts: OutboxParts<File>) {
  const { clock, tab } = parts
  const kept = keptIn<Pending>(parts.storage, 'parley-send:', pendingIn)
  const bytes = new Map<string, readonly File[]>()
  const states = new Map<string, PendingState>()
  const running = new Set<string>()
  /** Those that a person is taking back. */
  const held = new Set<string>()
  /** Ends the pause of a conversation. */
  const wakes = new Map<string, () => void>()
  const listeners = new Set<() => void>()
  let signedIn: string | undefined
  let view: readonly (Pending & { state: PendingState })[] | undefined
  let cancelRound: (() => void) | undefined

  const changed = (): void => {
    view = undefined
    for (const listener of listeners) listener()
  }
  kept.subscribe(changed)

  const all = (): Pending[] =>
    kept
      .names()
      .flatMap((name) => kept.get(name) ?? [])
      .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
  const own = (): Pending[] => all().filter(({ person }) => person === signedIn)
  const setState = (key: string, state: PendingState): void => {
    states.set(key, state)
    changed()
  }
  const update = (pending: Pending, change: Partial<Pending>): Pending => {
    const next = { ...pending, ...change }
    // What was removed meanwhile stays removed.
    if (kept.get(pending.key)) kept.set(pending.key, next)
    return next
  }
  const forget = ({ key }: Pending): void => {
    states.delete(key)
    bytes.delete(key)
    kept.set(key, undefined)
  }

  function recorded(pending: Pending, send: Send): void {
    const isAccepted = send.state !== 'failed'
    const followers = all().filter(({ after }) => after === pending.key)
    for (const follower of followers) {
      const { after: _, ...rest } = follower
      if (isAccepted) kept.set(follower.key, { ...rest, expectLastMessage: send.id })
    }
    parts.onRecorded(pending, send)
    forget(pending)
    if (!isAccepted) giveBackFollowers(pending)
  }

  function giveBack(pending: Pending, given: Pick<Refusal, 'why' | 'status' | 'problem'>): void {
    const { kind, conversation, files } = pending
    parts.onRefused(pending, { ...given, kind, conversation, files }, bytes.get(pending.key) ?? [])
    forget(pending)
    giveBackFollowers(pending)
  }

  function giveBackFollowers({ key }: Pending): void {
    for (const follower of all().filter(({ after }) => after === key)) giveBack(follower, { why: 'earlier' })
  }

  /** What to do next with a send. A number: to wait that many milliseconds. */
  async function step(pending: Pending): Promise<'next' | 'stop' | number> {
    const { key } = pending
    if (held.has(key)) return lookAgainAfter
    let who: string | null
    try {
      who = await parts.person()
    } catch {
      return wait(update(pending, { tries: pending.tries + 1 }), { is: 'nothing' })
    }
    // The request would be in the name of somebody else.
    if (who !== pending.person) {
      setState(key, { is: 'signed-out' })
      parts.onSignedOut()
      return 'stop'
    }
    const isOld = clock.now() - pending.at > oldAfter && !pending.isConfirmed
    const hasLostFiles = pending.files.length > 0 && !bytes.has(key)
    if (isOld || hasLostFiles) {
      const found = await looked(pending)
      if (found === 'again') return wait(pending, { is: 'nothing' })
      if (found) recorded(pending, found)
      else if (hasLostFiles && clock.now() - (pending.triedAt ?? pending.at) < workedOnFor) return lookAgainAfter
      else if (hasLostFiles) giveBack(pending, { why: 'files' })
      else {
        setState(key, { is: 'old' })
        return 'stop'
      }
      return 'next'
    }
    if (held.has(key)) return lookAgainAfter
    setState(key, { is: 'sending' })
    const tried = update(pending, { tries: pending.tries + 1, triedAt: clock.now() })
    const answer = await parts.request(tried, bytes.get(key) ?? [])
    const now = kept.get(key)
    if (!now) return 'next'
    const verdict = verdictOf(answer)
    if (verdict === 'recorded' && answer.is === 'send') recorded(now, answer.send)
    else if (verdict === 'refused' && answer.is === 'problem') {
      const { status, problem } = answer
      giveBack(now, { why: 'refused', status, ...(problem && { problem }) })
    } else if (verdict === 'signed-out') {
      setState(key, { is: 'signed-out' })
      parts.onSignedOut()
      return 'stop'
    } else return wait(now, answer)
    return 'next'
  }

  function wait({ key, tries }: Pending, answer: Answer): number {
    setState(key, { is: 'waiting', problem: answer.is === 'problem' ? answer.problem : undefined })
    return pauseAfter(tries, answer)
  }

  const looked = (pending: Pending): Promise<Send | undefined | 'again'> =>
    parts.recorded(pending).catch(() => 'again' as const)

  /** Sends what this tab has in a conversation, one after the other. */
  async function run(conversation: string): Promise<void> {
    if (running.has(conversation)) return wakes.get(conversation)?.()
    running.add(conversation)
    try {
      for (;;) {
        const next = own().find((one) => one.conversation === conversation && one.tab === tab)
        if (!next || (states.get(next.key)?.is === 'old' && !next.isConfirmed)) return
        const then = await step(next)
        if (then === 'stop') return
        if (then !== 'next') await pause(conversation, then)
      }
    } finally {
      running.delete(conversation)
    }
  }

  const pause = (conversation: string, milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        cancel()
        wakes.delete(conversation)
        resolve()
      }
      const cancel = clock.after(milliseconds, end)
      wakes.set(conversation, end)
    })

  const runAll = (): void => {
    for (const conversation of new Set(own().map(({ conversation }) => conversation))) void run(conversation)
  }

  /** Takes over what closed tabs have left behind. */
  async function adopt(): Promise<void> {
    const adopted = new Set<string>()
    const tabs = new Set(own().flatMap((one) => (one.tab === tab ? [] : [one.tab])))
    if (tabs.size === 0) return
    await parts.alone(async () => {
      for (const other of tabs) {
        if (await parts.isOpen(other)) continue
        // Another tab may have been faster, and the storage says so.
        for (const { key } of own()) kept.changedElsewhere(`parley-send:${key}`)
        for (const left of own().filter((one) => one.tab === other)) adopted.add(update(left, { tab }).conversation)
      }
    })
    for (const conversation of adopted) void run(conversation)
  }

  function round(): void {
    cancelRound = undefined
    void adopt().then(() => {
      cancelRound ??= clock.after(rounds, round)
    })
  }

  return {
    /** Sends what a person has left, and what they add. */
    start(person: string): void {
      if (person !== signedIn) {
        signedIn = person
        changed()
        cancelRound?.()
        round()
      }
      runAll()
    },
    /** Stores a send, and sends it. */
    add(
      given: Pick<Pending, 'person' | 'conversation' | 'kind' | 'text'> &
        Partial<Pick<Pending, 'subject' | 'takeOver' | 'expectLastMessage'>>,
      files: readonly (File & { name: string })[] = [],
    ): void {
      const key = parts.newKey()
      const before = own().findLast(({ conversation, kind }) => conversation === given.conversation && kind === 'reply')
      const at = Math.max(clock.now(), (all().at(-1)?.at ?? 0) + 1)
      if (files.length > 0) bytes.set(key, files)
      states.set(key, { is: 'sending' })
      kept.set(key, {
        ...{ ...given, key, tab, at, tries: 0, triedAt: null, isConfirmed: false },
        ...{ files: files.map(({ name }) => name) },
        ...(before && given.kind === 'reply' && { after: before.key }),
      })
      void run(given.conversation)
    },
    /** Tries again now, because the connection is back. */
    wake(key: string): void {
      wakes.get(kept.get(key)?.conversation ?? '')?.()
    },
    /** Tries again now, also what has become old. */
    sendNow(key: string): void {
      const pending = kept.get(key)
      if (!pending) return
      update(pending, { isConfirmed: true })
      void run(pending.conversation)
    },
    /**
     * Takes a send back, if the server does not have it.
     *
     * @returns whether it was taken back. `undefined`: no server answers, so nobody knows.
     */
    async withdraw(key: string): Promise<boolean | undefined> {
      const pending = kept.get(key)
      if (!pending) return false
      // The answer to the request comes first.
      if (states.get(key)?.is === 'sending') return undefined
      held.add(key)
      try {
        const found = await looked(pending)
        const now = kept.get(key)
        if (found === 'again') return undefined
        if (!now) return false
        if (found) recorded(now, found)
        else giveBack(now, { why: 'withdrawn' })
        return found === undefined
      } finally {
        held.delete(key)
        void run(pending.conversation)
      }
    },
    /** Removes everything that a person has sent and that has no answer. A request that is on its way is not stopped. */
    removeAll(person: string): void {
      for (const pending of all()) if (pending.person === person) forget(pending)
    },
    /** The sends of the person, oldest first. */
    list(): readonly (Pending & { state: PendingState })[] {
      view ??= own().map((one) => ({ ...one, state: states.get(one.key) ?? { is: 'sending' } }))
      return view
    },
    /** Whether files would be lost if the page was closed now. */
    hasFiles: (): boolean => bytes.size > 0,
    changedElsewhere: kept.changedElsewhere,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function pendingIn(value: unknown): Pending | undefined {
  if (!isObject(value)) return undefined
  const { key, person, conversation, kind, text, tab, at, files } = value
  const isReadable =
    [key, person, conversation, text, tab].every((field) => typeof field === 'string') &&
    (kind === 'reply' || kind === 'note') &&
    typeof at === 'number' &&
    Array.isArray(files)
  if (!isReadable) return undefined
  return { triedAt: null, tries: 0, isConfirmed: false, ...value } as unknown as Pending
}
