/** What `webhook.raw` holds. Its `headers`, which may hold secrets, are dropped before anything sees them. */
export interface AgentConversationRawWebhook {
  id: string
  agentId?: string
  title?: string | null
  description?: string | null
  url?: string
  triggerCondition?:
    | 'each_message'
    | 'end_dialog'
    | 'start_dialog'
    | 'chat_currently_unavailable'
    | 'auto_archive_conversation'
    | 'manual'
    | (string & {})
  status?: 'active' | 'inactive' | (string & {})
  createdAt?: string
  updatedAt?: string
}
