import { createContext } from 'react'

/** What all messages of the open thread need. */
export const ThreadContext = createContext<{
  /** Scrolls to a loaded message. */
  goTo: (ref: string) => void
  /** Whether the vendor may say how an answer was made. */
  hasGenerations: boolean
}>({ goTo: () => {}, hasGenerations: false })
