import type { DeskConversation } from '../api.ts'

/** Where a reply or a note is written. */
export function Composer({ item }: { item: DeskConversation }) {
  return <div className="composer">{item.ref}</div>
}
