import type { DeskConversation } from '../api.ts'

/** The contact, their other conversations, and the agent. */
export function Details({ item }: { item: DeskConversation; onClose: () => void }) {
  return <aside className="details">{item.account}</aside>
}
