import { Buffer } from 'node:buffer'
import { type AttachmentInput, accountName, parseRef } from '@parley/core'
import type { DeskNoteInput, DeskReplyInput, PersonalDesk } from '@parley/inbox'
import * as z from 'zod'
import { nothingThere, wrongRequest } from '../access.ts'
import { type Call, type Route, route } from '../route.ts'
import {
  channel,
  commandResult,
  contactLink,
  deskFilter,
  instant,
  refOf,
  savedReply,
  savedView,
  send,
  uuid,
  vendorOptions,
  word,
} from '../schemas.ts'

const conversation = refOf('conversation')
const text = z.string().max(1_000_000)

/** A file in JSON. Its bytes are base64. */
const file: z.ZodType<FileInput> = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).exactOptional(),
  fileName: word(500).exactOptional(),
  contentType: word(200).exactOptional(),
  uploadId: word(2000).exactOptional(),
  content: z.base64().exactOptional(),
})

interface FileInput extends Omit<AttachmentInput, 'content'> {
  content?: string
}

export const bytesOf = (content: string): Uint8Array => Uint8Array.from(Buffer.from(content, 'base64'))

const fileOf = ({ content, ...rest }: FileInput): AttachmentInput => ({
  ...rest,
  ...(content !== undefined && { content: bytesOf(content) }),
})

/** The longest body with files, in bytes. In base64, a file is a third longer. */
export const withFiles: number = 36 * 1024 * 1024

const guard = z
  .union([refOf('message'), uuid, z.null()], 'must be the ref of a message, the id of a send, or null')
  .exactOptional()
  .describe(
    'The newest message that the person has seen, or the id of a send. If there is a newer one, nothing is sent',
  )

const assignee = z.union(
  [
    z.literal('me'),
    z.null(),
    z.strictObject({ operatorId: word(), name: word().exactOptional() }),
    z.strictObject({ person: z.strictObject({ id: word() }) }),
  ],
  'must be "me", null for nobody, { "operatorId": … } or { "person": { "id": … } }',
)

/** A command on a conversation. */
function command<B extends z.ZodType = z.ZodType<undefined>>(
  id: string,
  path: string,
  summary: string,
  run: (desk: PersonalDesk, conversation: string, body: z.output<B>, options: Call['options'], call: Call) => unknown,
  body?: B,
): Route {
  return route({
    id,
    method: 'post',
    path: `/v1/conversations/{conversation}/${path}`,
    summary,
    role: 'operator',
    account: { ref: 'conversation' },
    params: { conversation },
    ...(body && { body }),
    result: commandResult,
    run: ({ params, body, call }) => run(call.desk, params.conversation, body as z.output<B>, call.options, call),
  })
}

/** What people do. Each leaves an entry in the audit, in their name. */
export const commandRoutes: readonly Route[] = [
  route({
    id: 'reply',
    method: 'post',
    path: '/v1/conversations/{conversation}/reply',
    summary: 'Replies to the contact. Look at the `state` of the answer.',
    role: 'operator',
    account: { ref: 'conversation' },
    params: { conversation },
    body: z.strictObject({
      text,
      expectLastMessage: guard,
      html: text.exactOptional(),
      subject: z.string().max(1000).exactOptional(),
      channel: channel.exactOptional(),
      inReplyTo: word(2000).exactOptional(),
      takeOver: z.literal('if-needed').exactOptional(),
      attachments: z.array(file).max(20).exactOptional(),
      vendor: vendorOptions.exactOptional(),
    }),
    takesKey: true,
    maxBody: withFiles,
    result: send,
    run: ({ params, body: { attachments, ...body }, call }) =>
      call.desk.reply(
        params.conversation,
        { ...(body as DeskReplyInput), ...keyOf(call), ...(attachments && { attachments: attachments.map(fileOf) }) },
        call.options,
      ),
  }),
  route({
    id: 'note',
    method: 'post',
    path: '/v1/conversations/{conversation}/note',
    summary: 'A note for colleagues.',
    role: 'operator',
    account: { ref: 'conversation' },
    params: { conversation },
    body: z.strictObject({
      text,
      expectLastMessage: guard,
      mentions: z.array(word(2000)).max(100).exactOptional(),
      vendor: vendorOptions.exactOptional(),
    }),
    takesKey: true,
    maxBody: 4 * 1024 * 1024,
    result: send,
    run: ({ params, body, call }) =>
      call.desk.note(params.conversation, { ...body, ...keyOf(call) } as DeskNoteInput, call.options),
  }),
  route({
    id: 'sends.retry',
    method: 'post',
    path: '/v1/sends/{send}/retry',
    summary: 'Sends a failed reply or note again, as a new send.',
    role: 'operator',
    account: { send: 'send' },
    params: { send: uuid },
    body: z.strictObject({ expectLastMessage: guard }),
    result: send,
    run: ({ params, body, call }) => call.desk.retry(params.send, body, call.options),
  }),
  route({
    id: 'sends.settle',
    method: 'post',
    path: '/v1/sends/{send}/settle',
    summary: 'What a person found out about a send whose outcome is unknown.',
    role: 'operator',
    account: { send: 'send' },
    params: { send: uuid },
    body: z.strictObject({ outcome: z.enum(['sent', 'failed']) }),
    result: send,
    run: ({ params, body, call }) => call.desk.settle(params.send, body.outcome),
  }),
  route({
    id: 'sends.dismiss',
    method: 'post',
    path: '/v1/sends/{send}/dismiss',
    summary: 'Puts a failed send away, with its files. It cannot be retried any more.',
    role: 'operator',
    account: { send: 'send' },
    params: { send: uuid },
    result: send,
    run: ({ params, call }) => call.desk.dismiss(params.send),
  }),
  command(
    'takeOver',
    'take-over',
    'Stops the agent from answering, so that a person can.',
    (desk, target, _, options) => desk.takeOver(target, options),
  ),
  command('release', 'release', 'Lets the agent answer again.', (desk, target, _, options) =>
    desk.release(target, options),
  ),
  command(
    'assign',
    'assign',
    'Gives the conversation to a person, or to nobody.',
    (desk, target, { to }, options, { people }) => desk.assign(target, assigneeOf(to, target, people), options),
    z.strictObject({ to: assignee }),
  ),
  command('close', 'close', 'Closes the conversation.', (desk, target, _, options) => desk.close(target, options)),
  command('reopen', 'reopen', 'Opens the conversation again.', (desk, target, _, options) =>
    desk.reopen(target, options),
  ),
  command(
    'snooze',
    'snooze',
    'Hides the conversation until an instant or the contact’s next message. `null` wakes it.',
    (desk, target, { until }) => desk.snooze(target, until),
    z.strictObject({ until: instant.nullable() }),
  ),
  command(
    'tag',
    'tags',
    'Adds and removes tags of the desk.',
    (desk, target, change) => desk.tag(target, change),
    z.strictObject({
      add: z.array(word(100)).max(50).exactOptional(),
      remove: z.array(word(100)).max(50).exactOptional(),
    }),
  ),
  command('markRead', 'read', 'Marks all messages as read.', (desk, target, _, options) =>
    desk.markRead(target, options),
  ),
  route({
    id: 'links.create',
    method: 'post',
    path: '/v1/contacts/{contact}/links',
    summary: 'Links a contact with one of another account that is the same person.',
    role: 'operator',
    account: { ref: 'contact' },
    params: { contact: refOf('contact') },
    body: z.strictObject({ contact: refOf('contact'), reason: word(1000) }),
    result: contactLink,
    run: ({ params, body, call }) => call.desk.link(params.contact, body.contact, body.reason),
  }),
  route({
    id: 'links.undo',
    method: 'delete',
    path: '/v1/contacts/{contact}/links/{link}',
    summary: 'Undoes a link.',
    role: 'operator',
    account: { ref: 'contact' },
    params: { contact: refOf('contact'), link: uuid },
    result: contactLink,
    async run({ params, call }) {
      const link = (await call.desk.links(params.contact)).find(({ id }) => id === params.link)
      if (!link || !call.sees(link)) throw nothingThere()
      return call.desk.unlink(params.link)
    },
  }),
  ...savedRoutes(),
]

/** A person as the server knows them. @throws InvalidRequestError for nobody who sees the account. */
function assigneeOf(to: z.output<typeof assignee>, conversation: string, people: Call['people']) {
  if (to === null || to === 'me' || 'operatorId' in to) return to
  const { vendor, account } = parseRef(conversation)
  const found = people.find(({ id, accounts }) => {
    return id === to.person.id && (accounts === undefined || accounts.includes(accountName(vendor, account)))
  })
  if (!found)
    throw wrongRequest({ path: 'body.to.person.id', problem: 'is nobody of this server who sees the account' })
  const { id, name, operatorIds } = found
  return { person: { id, ...(name !== undefined && { name }), ...(operatorIds && { operatorIds }) } }
}

const keyOf = ({ key }: Call) => (key === undefined ? {} : { key })

/** Saved replies and views. Views with an account that the caller does not see are not shown. */
function savedRoutes(): Route[] {
  const reply = z.strictObject({
    title: word(),
    text: z.string().min(1).max(100_000),
    shortcut: word(50).exactOptional(),
  })
  const view = z.strictObject({ name: word(), filter: deskFilter, isShared: z.boolean().exactOptional() })
  const account = { none: 'All people of the desk share them.' }
  return [
    route({
      id: 'savedReplies.list',
      method: 'get',
      path: '/v1/saved-replies',
      summary: 'The texts that people send often, by title.',
      role: 'reader',
      account,
      result: z.strictObject({ items: z.array(savedReply) }),
      run: async ({ call }) => ({ items: await call.desk.savedReplies() }),
    }),
    route({
      id: 'savedReplies.create',
      method: 'post',
      path: '/v1/saved-replies',
      summary: 'Saves a text.',
      role: 'operator',
      account,
      body: reply,
      result: savedReply,
      run: ({ body, call }) => call.desk.saveReply(body),
    }),
    route({
      id: 'savedReplies.replace',
      method: 'put',
      path: '/v1/saved-replies/{reply}',
      summary: 'Replaces a saved text.',
      role: 'operator',
      account,
      params: { reply: uuid },
      body: reply,
      result: savedReply,
      run: ({ params, body, call }) => call.desk.saveReply({ ...body, id: params.reply }),
    }),
    route({
      id: 'savedReplies.delete',
      method: 'delete',
      path: '/v1/saved-replies/{reply}',
      summary: 'Deletes a saved text.',
      role: 'operator',
      account,
      params: { reply: uuid },
      run: ({ params, call }) => call.desk.deleteReply(params.reply),
    }),
    route({
      id: 'savedViews.list',
      method: 'get',
      path: '/v1/saved-views',
      summary: 'The shared views and the caller’s own, by name.',
      role: 'reader',
      account,
      result: z.strictObject({ items: z.array(savedView) }),
      run: async ({ call }) => ({ items: await call.desk.savedViews() }),
    }),
    route({
      id: 'savedViews.create',
      method: 'post',
      path: '/v1/saved-views',
      summary: 'Saves a filter.',
      role: 'operator',
      account,
      body: view,
      result: savedView,
      run: ({ body, call }) => call.desk.saveView(body),
    }),
    route({
      id: 'savedViews.replace',
      method: 'put',
      path: '/v1/saved-views/{view}',
      summary: 'Replaces a filter of the caller.',
      role: 'operator',
      account,
      params: { view: uuid },
      body: view,
      result: savedView,
      run: ({ params, body, call }) => call.desk.saveView({ ...body, id: params.view }),
    }),
    route({
      id: 'savedViews.delete',
      method: 'delete',
      path: '/v1/saved-views/{view}',
      summary: 'Deletes a filter of the caller.',
      role: 'operator',
      account,
      params: { view: uuid },
      run: ({ params, call }) => call.desk.deleteView(params.view),
    }),
  ]
}
