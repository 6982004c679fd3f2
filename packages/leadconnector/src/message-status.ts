import {
  anyOf,
  type Call,
  type Cancelled,
  checkId,
  checkInput,
  checkText,
  checkWord,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type Message,
  type MessageStatusInput,
  type OperationOptions,
  type OptionRule,
  type OptionRules,
  pathOf,
  type RequestSpec,
  type Target,
  vendorOptions,
} from '@parley/core'
import { readBareMessage } from './message-list.ts'
import type { LeadConnectorMessageStatusOptions } from './options.ts'
import type { Context } from './protocol.ts'

/** "Update message status": just after a send the vendor does not know the provider yet, for 5 to 10 seconds. */
const lookAgainAfter = [1_000, 2_000, 3_000, 4_000]
const isNewForMs = 60_000

const recipients: OptionRule<NonNullable<LeadConnectorMessageStatusOptions['recipients']>> = (call, value, path) => {
  if (!Array.isArray(value)) throw invalid(call, path, 'must be a list')
  for (const [index, recipient] of value.entries()) {
    const at = `${path}[${index}]`
    if (typeof recipient === 'string' && recipient !== '') continue
    checkText(call, checkInput(call, recipient, at).emailId, `${at}.emailId`)
    checkText(call, recipient.status, `${at}.status`)
  }
  return value
}

const events: OptionRule<Record<string, number>> = (call, value, path) => {
  const counts = checkInput(call, value as Record<string, number>, path)
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 0)
      throw invalid(call, `${path}.${name}`, 'must be a whole number of at least 0')
  }
  return counts
}

const ownOptions: OptionRules<LeadConnectorMessageStatusOptions> = {
  emailMessageId: checkText,
  recipients,
  events,
  emailStatus: anyOf('scheduled', 'sent', 'undelivered', 'connected', 'opened', 'clicked'),
}

export async function setStatus(
  context: Context,
  target: Target<Message>,
  input: MessageStatusInput,
  options: OperationOptions | undefined,
): Promise<void> {
  const call = context.begin('messages.setStatus', options)
  const id = checkId(call, target, 'message')
  const own = vendorOptions(call, checkInput(call, input).vendor, ownOptions)
  const status = checkWord(call, input.status, 'status', ['pending', 'delivered', 'read', 'failed'])
  if (status === undefined) throw invalid(call, 'status', 'is required')
  const message = readMessageOf(target)
  const emailId = (message && emailIdIn(message)) ?? (own.events || own.emailStatus ? id : undefined)
  const spec = emailId === undefined ? ofMessage(call, id, input, own) : ofEmail(call, emailId, input, own)
  await whenKnown(call, context.spec('conversations', spec), message)
}

type Own = Partial<LeadConnectorMessageStatusOptions>

function ofMessage(call: Call, id: string, { status, failure }: MessageStatusInput, own: Own): RequestSpec {
  const error = failure && {
    code: checkText(call, failure.code, 'failure.code'),
    type: checkText(call, failure.type, 'failure.type'),
    message: checkText(call, failure.message, 'failure.message'),
  }
  const { emailMessageId, recipients } = own
  return {
    method: 'PUT',
    path: pathOf`/conversations/messages/${id}/status`,
    body: { status, error, emailMessageId, recipients },
  }
}

/** "Update email message status", which exists in v3 only. Its counts are added to those that are stored. */
function ofEmail(call: Call, emailId: string, input: MessageStatusInput, own: Own): RequestSpec {
  ignoreOptions(
    call,
    input,
    ['failure'],
    'for emails, give the reason per recipient in vendor.leadconnector.recipients.',
  )
  const { emailMessageId, emailStatus, events, recipients } = own
  const bare = recipients?.findIndex((recipient) => typeof recipient === 'string') ?? -1
  if (bare >= 0)
    throw invalid(call, `vendor.leadconnector.recipients[${bare}]`, 'must be an object with emailId and status')
  return {
    method: 'PUT',
    path: pathOf`/conversations/messages/email/${emailMessageId ?? emailId}/status`,
    headers: { version: 'v3' },
    body: { status: emailStatus ?? input.status, events, recipients },
    idempotent: events === undefined,
  }
}

/** Retries a request that was refused only because the message is too new. A refusal is not a write. */
async function whenKnown(call: Call, spec: RequestSpec, message: Message | undefined): Promise<void> {
  const { createdAt } = message ?? {}
  const isNew = !createdAt || call.now() - Date.parse(createdAt) < isNewForMs
  for (const wait of isNew ? [...lookAgainAfter, undefined] : [undefined]) {
    try {
      await call.request(spec)
      return
    } catch (error) {
      if (wait === undefined || !isTooNew(error) || (await call.wait(wait))) throw error
    }
  }
}

const isTooNew = (error: unknown): boolean =>
  isParleyError(error) &&
  error.code === 'permission' &&
  /no conversation ?provider found/i.test(error.vendorMessage ?? '')

/**
 * Cancels a scheduled message. Emails have their own route with the email's id, so with a bare id the message is read
 * first. The response is a 200 that can contain a failure, which the protocol detects.
 */
export async function cancel(
  context: Context,
  target: Target<Message>,
  options: OperationOptions | undefined,
): Promise<Cancelled> {
  const call = context.begin('messages.cancel', options)
  const id = checkId(call, target, 'message')
  const emailId = await emailIdOf(context, call, readMessageOf(target), id)
  const path =
    emailId === undefined
      ? pathOf`/conversations/messages/${id}/schedule`
      : pathOf`/conversations/messages/email/${emailId}/schedule`
  // A retry fails inside a 200, which would hide that the first request succeeded.
  const { body } = await call.request(context.spec('conversations', { method: 'DELETE', path, idempotent: false }))
  const status = isRecord(body) ? body['status'] : undefined
  return { id, confirmed: typeof status === 'number' && status >= 200 && status < 300 }
}

/**
 * The id of the email behind a message; `undefined` for what is none. A single email, read by its own id, has no
 * others.
 */
function emailIdIn({ id, type, email }: Message): string | undefined {
  return type.value === 'email' ? (email?.ids?.at(-1) ?? id) : undefined
}

/** A message that the caller has read. From JavaScript, an object with nothing but an id may come instead. */
const readMessageOf = (target: Target<Message>): Message | undefined =>
  typeof target === 'object' && isRecord(target.type) && Array.isArray(target.email?.ids ?? []) ? target : undefined

async function emailIdOf(
  context: Context,
  call: Call,
  message: Message | undefined,
  id: string,
): Promise<string | undefined> {
  if (message) return emailIdIn(message)
  try {
    return emailIdIn(await readBareMessage(context, call, id))
  } catch (error) {
    // An id that is no message's may be an email's.
    if (isParleyError(error) && error.code === 'not-found') return id
    throw error
  }
}
