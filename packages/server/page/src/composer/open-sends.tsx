import type { DeskConversation, Message } from '../api.ts'

/** The sends that no message shows: those that are going on, that wait, that failed, or whose outcome is not known. */
export function OpenSends({ item }: { item: DeskConversation; messages: readonly Message[] }) {
  return <div data-conversation={item.ref} />
}
