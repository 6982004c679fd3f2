import type { DeskConversation } from '../api.ts'
import { OpenSends } from '../composer/open-sends.tsx'
import { useMessages } from './thread-data.ts'

/** The messages of a conversation. */
export function Messages({ item }: { item: DeskConversation }) {
  const { items } = useMessages(item.ref)
  return (
    <div className="messages">
      {items.map((message) => (
        <p key={message.ref}>{message.text}</p>
      ))}
      <OpenSends item={item} messages={items} />
    </div>
  )
}
