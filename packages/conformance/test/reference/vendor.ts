import type { PlantedMessage, ServerSwitches } from '../../src/index.ts'
import type { Store } from './data.ts'
import { newId } from './route.ts'
import { keep } from './say.ts'

/** What the vendor does with what it is given, and its clock. */
export interface Vendor extends Required<ServerSwitches> {
  /** Milliseconds since the epoch, before its clock is put off. */
  now(): number
}

export const usual: Required<ServerSwitches> = {
  storedText: 'as-sent',
  clockOffsetMs: 0,
  hideSentMs: 0,
  sends: 'stored',
}

export function rewritten({ storedText }: Pick<Vendor, 'storedText'>, text: string): string {
  switch (storedText) {
    case 'as-sent':
      return text
    case 'footer':
      return `${text}\n(sent with Reference)`
    case 'quotes':
      return text.replaceAll('"', '”')
    case 'short-link':
      return text.replace(/https:\S+/g, 'https://s.example/1')
    case 'trimmed-signature':
      return text.replace(/\n-- \n[\s\S]*/, '')
  }
}

const speakers = { contact: 'customer', agent: 'bot', operator: 'staff', workflow: 'rule', system: 'rule' } as const

/** Whatever the contract knows of, this vendor has. */
export function plant(store: Store, chatId: string, { by, kind, text, at, operatorId }: PlantedMessage): string {
  const chat = store.chats.find(({ id }) => id === chatId)
  if (!chat) throw new RangeError('No such chat')
  const id = newId('line')
  keep(store, chat, {
    ...{ id, text, from: kind === 'note' ? 'note' : speakers[by] },
    ...((kind === 'call' || kind === 'activity') && { form: kind }),
    ...(by === 'operator' && { staff: operatorId ?? 'staff-0' }),
    ...(at === null && { isUndated: true }),
  })
  return id
}
