import type { DeskConversation } from '../api.ts'
import { contactName } from '../widgets.tsx'

/** Who the conversation is with, who answers, and the commands. */
export function Header({ item }: { item: DeskConversation; hasDetails: boolean; onDetails: () => void }) {
  return (
    <header className="thread-head">
      <h2>{contactName(item)}</h2>
    </header>
  )
}
