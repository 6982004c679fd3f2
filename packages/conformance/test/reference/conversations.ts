import {
  type Conversation,
  compact,
  type OperationOptions,
  type Operations,
  pathOf,
  type RequestSpec,
  type Target,
  type Transport,
} from '@parley/core'
import { checkAssignee, filterLocally } from '@parley/core/operations'
import type { PageMaker } from './page.ts'
import { object, readConversation } from './read.ts'
import { about, idOf, readSide } from './side.ts'

/** What this vendor answers itself. */
export const filters = { status: 'vendor' } as const

export function conversationsOf(transport: Transport, pages: PageMaker): Operations['conversations'] {
  const write = (operation: string, spec: RequestSpec, options?: Parameters<Transport['begin']>[1]) =>
    transport.begin(operation, options).read(spec, (body, reading) => readConversation(object(body), reading))
  const change = async (
    operation: string,
    target: Target<Conversation>,
    options: OperationOptions | undefined,
    changes: Record<string, unknown>,
  ) => {
    const { call, id } = about(transport, operation, target, options)
    const spec: RequestSpec = { method: 'PATCH', path: pathOf`/chats/${id}`, body: compact(changes) }
    return call.read(spec, (body, reading) => readConversation(object(body), reading))
  }
  return {
    list: (query = {}, options) =>
      pages('conversations.list', '/chats', query, options, readConversation, {
        send: { sort: query.order, state: query.status && (query.status === 'open' ? 'open' : 'done') },
        filter: (items, reading) => filterLocally(items, query, new Set(['status']), filters, reading),
      }),
    get: (target, options) => readSide(transport, 'conversations.get', '/chats', target, options, readConversation),
    create: ({ contact, title = 'New', agentId }, options) =>
      write(
        'conversations.create',
        { method: 'POST', path: '/chats', body: { customer: idOf(contact), topic: title, agent: agentId } },
        options,
      ),
    start: ({ contact, text }, options) =>
      write(
        'conversations.start',
        {
          method: 'POST',
          path: '/chats/start',
          body: { name: `${contact.firstName} ${contact.lastName}`, mail: contact.email, text },
        },
        options,
      ),
    update: (target, { title, isStarred, unread, status }, options) =>
      change('conversations.update', target, options, {
        topic: title,
        star: isStarred,
        unread: unread === false ? 0 : undefined,
        state: status && (status === 'open' ? 'open' : 'done'),
      }),
    assign: async (target, operatorId, options) => {
      const { call, id } = about(transport, 'conversations.assign', target, options)
      const body = { owner: checkAssignee(call, operatorId) }
      const spec: RequestSpec = { method: 'PUT', path: pathOf`/chats/${id}/owner`, body }
      return call.read(spec, (answer, reading) => readConversation(object(answer), reading))
    },
    close: (target, options) => change('conversations.close', target, options, { state: 'done' }),
    delete: async (target, options) => {
      const { call, id } = about(transport, 'conversations.delete', target, options)
      await call.request({ method: 'DELETE', path: pathOf`/chats/${id}` })
      return { id, confirmed: true }
    },
    deleteForContact: async (contact, options) => {
      const { call, id } = about(transport, 'conversations.deleteForContact', contact, options)
      await call.request({ method: 'DELETE', path: pathOf`/customers/${id}/chats` })
      return { id, confirmed: false }
    },
  }
}
