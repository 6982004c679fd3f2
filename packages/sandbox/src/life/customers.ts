import type * as emulators from '../emulators.ts'
import type { Emulator } from '../kit/emulator.ts'
import type { Person } from '../world/world.ts'

/** What a customer writes. */
export interface Said {
  readonly text: string
  /** Of the conversation. */
  readonly subject: string
  /** The address of a picture that goes with it. */
  readonly picture: string | null
}

/** The customers of a vendor, who write through its API, as its website widget or its phone numbers do. */
export interface Customers {
  /** Begins a conversation, or goes on in the only one of the person. @returns its id; `undefined` if the vendor refused it. */
  begin(person: Omit<Person, 'createdAt'>, said: Said, channel: number): Promise<string | undefined>
  write(conversationId: string, said: Said): Promise<void>
  /** Whether the newest message is no longer the customer's, and is of a person if a person has the conversation. */
  isAnswered(conversationId: string): Promise<boolean>
  /** Whether the agent hands over to a person who is asked for, and is silent from then on. */
  readonly handsOver: boolean
}

type Json = { readonly [name: string]: unknown }
/** Sends a request, and returns the JSON of the answer, or `undefined` if it was refused. */
type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Json | undefined>

/** Past the request log and the faults, which are for what clients do. */
const askAt =
  ({ app }: Emulator, headers: Readonly<Record<string, string>>): Ask =>
  async (method, path, body) => {
    const sent = body && { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
    const response = await app.request(path, { method, headers, ...sent })
    if (!response.ok) return undefined
    return (await response.json().catch(() => undefined)) as Json | undefined
  }

const valueIn = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, name) => (Object(found) as Json)[name], value)
const textIn = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = valueIn(value, ...path)
  return typeof found === 'string' ? found : undefined
}
const lastOf = (list: unknown): unknown => (Array.isArray(list) ? list.at(-1) : undefined)

/** At a vendor that is not here, nobody writes. */
export const customersOf: { readonly [Vendor in keyof typeof emulators]?: (emulator: Emulator) => Customers } = {
  agentConversation(emulator) {
    const ask = askAt(emulator, { 'Agent-Secret-Key': emulator.credentials['apiKey'] ?? '' })
    const at = (path: string) => `/external${path}`
    const write = async (id: string, { text }: Said): Promise<void> => {
      await ask('POST', at(`/conversations/${id}/messages`), { message: text })
    }
    return {
      handsOver: true,
      write,
      async begin({ firstName, lastName, email, phone, externalId }, said) {
        const known = email && (await ask('GET', at(`/users/search?email=${encodeURIComponent(email)}`)))
        const contact = { firstName, lastName, email, phoneNumber: phone, fkId: externalId }
        const userId = textIn(known, 'user', 'id') ?? textIn(await ask('POST', at('/users'), contact), 'id')
        const begun = await ask('POST', at('/conversations'), { conversationUserId: userId, title: said.subject })
        const id = textIn(begun, 'id')
        if (id !== undefined) await write(id, said)
        return id
      },
      async isAnswered(id) {
        const role = textIn(lastOf((await ask('GET', at(`/conversations/${id}/messages`)))?.['messages']), 'senderRole')
        if (role !== 'assistant') return role === 'manual_assistant'
        return textIn(await ask('GET', at(`/conversations/${id}`)), 'mode') !== 'manual'
      },
    }
  },

  langGraph(emulator) {
    const { apiKey = '', assistantId } = emulator.credentials
    const ask = askAt(emulator, { 'x-api-key': apiKey })
    const write = async (id: string, { text, picture }: Said): Promise<void> => {
      const image = picture && { type: 'image_url', image_url: { url: picture } }
      const content = image ? [{ type: 'text', text }, image] : text
      const input = { messages: [{ role: 'user', content }] }
      await ask('POST', `/threads/${id}/runs/wait`, { assistant_id: assistantId, input })
    }
    return {
      handsOver: true,
      write,
      async begin({ key, externalId }, said, channel) {
        const metadata = { contact: externalId ?? key, channel: pick(['web', 'whatsapp', 'slack'], channel) }
        const id = textIn(
          await ask('POST', '/threads', { metadata: { ...metadata, title: said.subject } }),
          'thread_id',
        )
        if (id !== undefined) await write(id, said)
        return id
      },
      async isAnswered(id) {
        const type = textIn(lastOf(valueIn(await ask('GET', `/threads/${id}/state`), 'values', 'messages')), 'type')
        return type !== undefined && type !== 'human'
      },
    }
  },

  leadConnector(emulator) {
    const { token, locationId } = emulator.credentials
    const ask = askAt(emulator, { authorization: `Bearer ${token}`, version: '2021-04-15' })
    const channels = new Map<string, string>()
    const send = (type: string, to: object, { text, subject, picture }: Said) =>
      ask('POST', '/conversations/messages/inbound', {
        ...{ type, ...to, message: text, attachments: picture ? [picture] : [] },
        ...(type === 'Email' && { subject, html: mailOf(text) }),
      })
    return {
      handsOver: false,
      async begin({ firstName, lastName, email, phone }, said, channel) {
        const contact = { locationId, firstName, lastName, email: email ?? undefined, phone: phone ?? undefined }
        const contactId = textIn(await ask('POST', '/contacts/upsert', contact), 'contact', 'id')
        const possible = [
          ...(phone ? ['SMS', 'WhatsApp'] : []),
          ...(email ? ['Email', 'Email'] : []),
          'Live_Chat',
          'IG',
        ]
        const type = pick(possible, channel)
        const id = textIn(await send(type, { contactId }, said), 'conversationId')
        if (id !== undefined) channels.set(id, type)
        return id
      },
      async write(conversationId, said) {
        await send(channels.get(conversationId) ?? 'Live_Chat', { conversationId }, said)
      },
      async isAnswered(id) {
        const { messages } = (await ask('GET', `/conversations/${id}/messages?limit=1`)) ?? {}
        // The newest first, in a list that live deployments nest.
        const [newest] = [Array.isArray(messages) ? messages : (valueIn(messages, 'messages') ?? [])].flat()
        return textIn(newest, 'direction') === 'outbound'
      },
    }
  },

  liveChatAI(emulator) {
    const { apiKey, agentId } = emulator.credentials
    const ask = askAt(emulator, { authorization: `Bearer ${apiKey}` })
    const send = (where: object, { text }: Said) =>
      ask('POST', '/api/v2/conversations', { ...where, agentId, question: text })
    return {
      handsOver: false,
      async begin({ key, firstName, lastName, email, phone }, said, channel) {
        const contact = { agentId, distinctId: key, name: `${firstName} ${lastName}`, email, phone }
        const contactId = textIn(await ask('POST', '/api/v2/contacts', contact), 'contactId')
        const integrationType = pick([undefined, undefined, 'WHATSAPP'], channel)
        return textIn(await send({ contactId, integrationType }, said), 'data', 'conversationId')
      },
      async write(conversationId, said) {
        await send({ conversationId }, said)
      },
      async isAnswered(id) {
        const role = textIn(
          lastOf(valueIn(await ask('GET', `/api/v2/conversations/${id}`), 'data', 'messages')),
          'role',
        )
        return role === 'assistant'
      },
    }
  },
}

/** @param number in [0, 1). */
const pick = <T>(list: readonly T[], number: number): T => list[Math.floor(number * list.length)] as T

/** As a program for email writes it: with a signature and a picture from elsewhere. */
function mailOf(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const line = '<p style="color:#888;font-size:12px">Sent from my phone</p>'
  const logo = '<img src="https://mail.example/pixel.gif" width="1" height="1" alt="">'
  return `<html><body><div dir="auto" style="font-family:Arial"><p>${safe}</p>${line}${logo}</div></body></html>`
}
