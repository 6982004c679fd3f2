import { conversations, type List, messages } from '../../../test/fuzz/list.ts'
import { chats, linesOf } from '../../sandbox/src/acme/server.ts'

export const lists: readonly List[] = [
  { ...conversations, items: chats.slice(0, 3), answer: (items) => ({ chats: items, more: false }) },
  { ...messages, items: chats.slice(0, 1).flatMap(linesOf), answer: (lines) => ({ lines }) },
]
