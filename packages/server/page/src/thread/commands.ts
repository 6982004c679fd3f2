import { useState } from 'react'
import { ask, type CommandResult, client, Refused, type Warning } from '../api.ts'
import { moment } from '../format.ts'
import { showAtOnce } from '../list/list-data.ts'
import { perConversation } from '../per-conversation.ts'
import { queries } from '../queries.ts'
import { strings } from '../strings.ts'

/** What became of a command. */
export interface Notice {
  id: number
  hasFailed: boolean
  text: string
  /** Why it failed, as the server says it. */
  detail?: string
  isOnlyHere: boolean
  warnings: readonly Warning[]
}

const none: readonly Notice[] = []
/** They are kept while another conversation is open, so that no refusal is missed. */
const notices = perConversation(none)
let lastId = 0

/** How long a message stays that says nothing but that all is well, in milliseconds. */
const shownFor = 8_000

export const dismiss = (conversation: string, id: number): void =>
  notices.set(
    conversation,
    notices.get(conversation).filter((notice) => notice.id !== id),
  )

export function announce(conversation: string, given: Partial<Omit<Notice, 'id'>> & Pick<Notice, 'text'>): void {
  const notice = { hasFailed: false, isOnlyHere: false, warnings: [], ...given, id: ++lastId }
  // What succeeded replaces what succeeded before. A failure stays until somebody has dismissed it, or until it happens again.
  notices.set(conversation, [
    ...notices
      .get(conversation)
      .filter(({ hasFailed, warnings, detail }) => (hasFailed ? detail !== notice.detail : warnings.length > 0)),
    notice,
  ])
  if (!notice.hasFailed && notice.warnings.length === 0) setTimeout(() => dismiss(conversation, notice.id), shownFor)
}

export const useNotices = notices.use

/** Why something was not done, in words. */
export function reasonOf(error: unknown): Pick<Notice, 'text' | 'detail'> {
  const { failed } = strings.commands
  if (!(error instanceof Refused)) return { text: failed.noServer }
  const { status, problem, message } = error
  if (status === 401) return { text: failed.signedOut }
  const known: Readonly<Record<number, string>> = {
    403: failed.permission,
    409: failed.conflict,
    422: failed.unsupported,
  }
  const outcomes = { 'not-done': undefined, 'partly-done': failed.partly, unknown: failed.unknown }
  const outcome = problem?.outcome && outcomes[problem.outcome]
  // Without a problem, the answer is that of a proxy.
  return { text: outcome ?? known[status] ?? (problem ? failed.other : failed.noServer), detail: message }
}

/** The commands of a conversation. */
export function useCommands(conversation: string) {
  const [running, setRunning] = useState<string>()
  const path = { conversation }
  const params = { path }
  const { done } = strings.commands

  async function run(
    name: string,
    text: string | ((result: CommandResult) => string),
    work: () => Promise<CommandResult>,
  ) {
    setRunning(name)
    try {
      const result = await work()
      showAtOnce(result.conversation)
      announce(conversation, {
        text: typeof text === 'string' ? text : text(result),
        isOnlyHere: result.place === 'overlay',
        warnings: result.warnings,
      })
      void queries.invalidateQueries({ queryKey: ['audit', conversation] })
    } catch (error) {
      announce(conversation, { hasFailed: true, ...reasonOf(error) })
      if (error instanceof Refused && error.status === 401) void queries.invalidateQueries({ queryKey: ['session'] })
      // It may have been done nevertheless.
      void queries.invalidateQueries({ queryKey: ['conversation', conversation] })
    } finally {
      setRunning(undefined)
    }
  }

  return {
    /** The command that is going on. */
    running,
    takeOver: () =>
      run('takeOver', done.takeOver, () => ask(client.POST('/v1/conversations/{conversation}/take-over', { params }))),
    release: () =>
      run('release', done.release, () => ask(client.POST('/v1/conversations/{conversation}/release', { params }))),
    close: () => run('close', done.close, () => ask(client.POST('/v1/conversations/{conversation}/close', { params }))),
    reopen: () =>
      run('close', done.reopen, () => ask(client.POST('/v1/conversations/{conversation}/reopen', { params }))),
    assign: (to: 'me' | null | { operatorId: string; name?: string } | { person: { id: string } }) =>
      run(
        'assign',
        ({ conversation: { assignee } }) =>
          assignee?.value ? done.assign(assignee.value.name ?? assignee.value.id) : done.unassign,
        () => ask(client.POST('/v1/conversations/{conversation}/assign', { params, body: { to } })),
      ),
    snooze: (until: string | null) =>
      run('snooze', until === null ? done.wake : done.snooze(moment(until)), () =>
        ask(client.POST('/v1/conversations/{conversation}/snooze', { params, body: { until } })),
      ),
    addTag: (tag: string) =>
      run('tag', done.tag(tag), () =>
        ask(client.POST('/v1/conversations/{conversation}/tags', { params, body: { add: [tag] } })),
      ),
    removeTag: (tag: string) =>
      run('tag', done.untag(tag), () =>
        ask(client.POST('/v1/conversations/{conversation}/tags', { params, body: { remove: [tag] } })),
      ),
    markRead: () =>
      run('markRead', done.markRead, () => ask(client.POST('/v1/conversations/{conversation}/read', { params }))),
  }
}

export type Commands = ReturnType<typeof useCommands>

/** Marks a conversation as read without a word, because nobody asked for it. */
export async function markReadQuietly(conversation: string): Promise<void> {
  const result = await ask(
    client.POST('/v1/conversations/{conversation}/read', { params: { path: { conversation } } }),
  ).catch(() => undefined)
  if (result) showAtOnce(result.conversation)
}
