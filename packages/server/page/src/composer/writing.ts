import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { ask, client, Refused, type Send } from '../api.ts'
import { perConversation } from '../per-conversation.ts'
import { queries } from '../queries.ts'
import { useSignedIn } from '../session.ts'
import { strings } from '../strings.ts'
import { announce } from '../thread/commands.ts'
import { createDrafts, type Draft, type Mode } from './drafts.ts'
import { base64Of } from './files.ts'
import { browserStorage, isObject } from './kept.ts'
import { createOutbox, type Pending, type PendingState, type Refusal } from './outbox.ts'
import type { Answer } from './verdict.ts'

// What people are writing and sending in this browser: one outbox and one store of drafts for the whole page.

const storage = browserStorage()
const tab = crypto.randomUUID()
const tabLock = (id: string): string => `parley-tab:${id}`

export const drafts = createDrafts(storage)

const noFiles: readonly File[] = []
/** The files of the drafts. A browser keeps no files over a reload. */
export const draftFiles = perConversation(noFiles)
/** Why the text that is in the field again was not sent. */
export const refusals = perConversation<Refusal | undefined>(undefined)

/** In milliseconds. The server answers within a minute and a half. */
const patience = 120_000
const patienceWithFiles = 900_000

async function request(pending: Pending, files: readonly File[]): Promise<Answer> {
  const { conversation, kind, text, subject, channel, takeOver, key, expectLastMessage } = pending
  const guard = expectLastMessage === undefined ? {} : { expectLastMessage }
  const params = { path: { conversation }, header: { 'Idempotency-Key': key } }
  const signal = AbortSignal.timeout(files.length > 0 ? patienceWithFiles : patience)
  try {
    if (kind === 'note')
      return answerOf(
        await ask(client.POST('/v1/conversations/{conversation}/note', { params, body: { text, ...guard }, signal })),
      )
    const attachments = await Promise.all(
      files.map(async (file) => ({
        fileName: file.name,
        ...(file.type && { contentType: file.type }),
        content: await base64Of(file),
      })),
    )
    const body = {
      ...{ text, ...guard },
      ...(subject && { subject }),
      ...(channel && { channel }),
      ...(takeOver && { takeOver }),
      ...(attachments.length > 0 && { attachments }),
    }
    return answerOf(await ask(client.POST('/v1/conversations/{conversation}/reply', { params, body, signal })))
  } catch (error) {
    if (error instanceof Refused) return { is: 'problem', status: error.status, problem: error.problem }
    return { is: 'nothing' }
  }
}

/** A proxy can answer anything with 200. */
const answerOf = (send: unknown): Answer =>
  isObject(send) && typeof send['id'] === 'string' && typeof send['state'] === 'string'
    ? { is: 'send', send: send as unknown as Send }
    : { is: 'nothing' }

export const outbox = createOutbox<File>({
  storage,
  tab,
  request,
  async recorded({ conversation, key }) {
    const query = { limit: 200 }
    const { items } = await ask(
      client.GET('/v1/conversations/{conversation}/sends', { params: { path: { conversation }, query } }),
    )
    return items.find((send) => send.key === key)
  },
  async person() {
    const { data, response } = await client.GET('/v1/session')
    if (response.status === 401) return null
    if (!data) throw new Refused(response.status, undefined)
    return data.person.id
  },
  async isOpen(other) {
    const { held = [] } = await navigator.locks.query()
    return held.some(({ name }) => name === tabLock(other))
  },
  alone: (work) => navigator.locks.request('parley-sends', work) as ReturnType<typeof work>,
  clock: {
    now: Date.now,
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds)
      return () => clearTimeout(timer)
    },
  },
  newKey: () => crypto.randomUUID(),
  onRecorded({ conversation }, send) {
    showSend(send)
    // The message that takes the place of the send in the thread has no warnings.
    if (send.state === 'sent' && send.warnings.length > 0)
      announce(conversation, { text: strings.composer.sentWithWarnings, warnings: send.warnings })
    void queries.invalidateQueries({ queryKey: ['messages', conversation] })
  },
  onRefused(pending, refusal, files) {
    const { person, conversation, kind, text, subject, channel } = pending
    drafts.giveBack(person, conversation, kind, text, { ...(subject && { subject }), ...(channel && { channel }) })
    if (files.length > 0) draftFiles.set(conversation, [...files, ...draftFiles.get(conversation)])
    // What the first of several was refused for is the reason for all of them.
    if (refusal.why !== 'earlier') refusals.set(conversation, refusal)
    // They say which colleague has written what is new.
    if (refusal.problem?.newer) void queries.invalidateQueries({ queryKey: ['sends', conversation] })
  },
  onSignedOut: () => void queries.invalidateQueries({ queryKey: ['session'] }),
})

/** Puts a send as the server has returned it into what is shown, before the change feed says so. */
export function showSend(send: Send): void {
  queries.setQueryData<{ items: Send[] }>(
    ['sends', send.conversation],
    (old) => old && { ...old, items: [send, ...old.items.filter(({ id }) => id !== send.id)] },
  )
  void queries.invalidateQueries({ queryKey: ['sends', send.conversation] })
}

// It is held as long as the tab is open, so that other tabs know that its sends are looked after.
void navigator.locks.request(tabLock(tab), () => new Promise(() => {}))
addEventListener('storage', ({ key }) => {
  drafts.changedElsewhere(key)
  outbox.changedElsewhere(key)
})
addEventListener('beforeunload', (event) => {
  if (outbox.hasFiles()) event.preventDefault()
})
addEventListener('online', () => {
  for (const { key, state } of outbox.list()) if (state.is === 'waiting') outbox.wake(key)
})

/** Sends what the person who is signed in has left. Before each request, the outbox looks whether they still are. */
export function useOutbox(): void {
  const { id } = useSignedIn().person
  useEffect(() => outbox.start(id), [id])
}

/** What was sent in a conversation and has no answer yet, oldest first. */
export function usePending(conversation: string): readonly (Pending & { state: PendingState })[] {
  const all = useSyncExternalStore(outbox.subscribe, outbox.list)
  return useMemo(() => all.filter((one) => one.conversation === conversation), [all, conversation])
}

/** What the person is writing in a conversation. */
export function useDraft(conversation: string): [draft: Draft, change: (change: Partial<Draft>) => void] {
  const { id } = useSignedIn().person
  const read = useCallback(() => drafts.get(id, conversation), [id, conversation])
  const change = useCallback((changes: Partial<Draft>) => drafts.change(id, conversation, changes), [id, conversation])
  return [useSyncExternalStore(drafts.subscribe, read), change]
}

/** The conversations in which the person has written something that was not sent. */
export function useDrafts(): ReadonlySet<string> {
  const { id } = useSignedIn().person
  const names = useSyncExternalStore(drafts.subscribe, () => drafts.conversations(id).join('\n'))
  return useMemo(() => new Set(names.split('\n').filter(Boolean)), [names])
}

/** The addresses under which the browser shows images, as long as they are shown. */
export function usePreviews(files: readonly File[]): ReadonlyMap<File, string> {
  const [previews, setPreviews] = useState<ReadonlyMap<File, string>>(new Map())
  useEffect(() => {
    const made = new Map(
      files
        .filter(({ type }) => /^image\/(?:png|jpeg|gif|webp|avif)$/.test(type))
        .map((file) => [file, URL.createObjectURL(file)]),
    )
    setPreviews(made)
    return () => {
      for (const url of made.values()) URL.revokeObjectURL(url)
    }
  }, [files])
  return previews
}

export type { Draft, Mode, Refusal }
