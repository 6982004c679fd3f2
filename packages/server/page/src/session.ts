import { createContext, use } from 'react'
import type { Session } from './api.ts'

export const SessionContext = createContext<Session | undefined>(undefined)

/** Who is signed in. */
export function useSignedIn(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('Nobody is signed in.')
  return session
}

/** Whether the person may answer, and not only read. */
export const useCanWrite = (): boolean => useSignedIn().role !== 'reader'
