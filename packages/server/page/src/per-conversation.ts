import { useSyncExternalStore } from 'react'

/** A value for each conversation that lasts as long as the page, also while another conversation is open. */
export interface PerConversation<Value> {
  get(conversation: string): Value
  set(conversation: string, value: Value): void
  /** The value, as it changes. */
  use(conversation: string): Value
}

export function perConversation<Value>(initial: Value): PerConversation<Value> {
  const values = new Map<string, Value>()
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const get = (conversation: string): Value => values.get(conversation) ?? initial
  return {
    get,
    set(conversation, value) {
      values.set(conversation, value)
      for (const listener of listeners) listener()
    },
    use: (conversation) => useSyncExternalStore(subscribe, () => get(conversation)),
  }
}
