import { type AgentActionChange, compact, type FollowUpSettingsInput } from '@parley/core'

/** The vendor's word for each kind. */
const words: Readonly<Record<string, string>> = {
  'trigger-workflow': 'flow',
  'update-contact-field': 'field',
  'book-appointment': 'booking',
  'stop-agent': 'stop',
  'hand-over': 'human',
  'follow-up': 'nudge',
  'transfer-bot': 'pass',
  'api-call': 'http',
}

const triggers: Readonly<Record<string, string>> = {
  unresolved: 'stuck',
  'contact-request': 'asked',
  'lack-of-information': 'unsure',
}
const scenarios: Readonly<Record<string, string>> = { 'stopped-replying': 'silent', requested: 'asked' }

/** An action, or what is to change of it, in the vendor's words. */
export function toolOf(input: AgentActionChange): object {
  const { kind, native, name, enabled, ...given } = input as Record<string, unknown>
  return compact<Record<string, unknown>>({
    kind: kind === undefined ? undefined : (words[String(kind)] ?? native),
    name,
    on: enabled,
    does: compact<Record<string, unknown>>({
      flows: given['workflowIds'],
      when: given['condition'],
      say: given['message'],
      field: given['fieldId'],
      note: given['description'],
      examples: given['examples'],
      calendar: given['calendarId'],
      link: given['onlySendsLink'],
      trigger: wordOf(triggers, given['trigger']),
      last: given['finalMessage'],
      wake: secondsIn(given['reactivation']),
      tags: given['tags'],
      to: given['assigneeId'] ?? given['toAgentId'],
      scenario: wordOf(scenarios, given['scenario']),
      steps: (given['steps'] as Record<string, unknown>[] | undefined)?.map(({ id, afterMs, message, workflowId }) => ({
        ...{ id, after: Number(afterMs) / 1000, say: message ?? null, flow: workflowId ?? null },
      })),
      settings: given['settings'] && settingsOf(given['settings'] as FollowUpSettingsInput),
      more: given['attributes'],
    }),
  })
}

const wordOf = (table: Readonly<Record<string, string>>, word: unknown): unknown => table[String(word)] ?? word

const secondsIn = (reactivation: unknown): number | null | undefined => {
  const after = (reactivation as { afterMs: number | null } | undefined)?.afterMs
  return after ? after / 1000 : after
}

export const clockOf = (timezone: unknown): string | undefined =>
  timezone === undefined ? undefined : timezone === 'contact' ? 'customer' : 'house'

export const settingsOf = ({ switchesChannel, withinHours, timezone, hours }: FollowUpSettingsInput): object =>
  compact<Record<string, unknown>>({
    switches: switchesChannel,
    kept: withinHours,
    clock: clockOf(timezone),
    days: hours?.map(({ day, intervals }) => ({ day, spans: intervals })),
  })
