import { useSyncExternalStore } from 'react'

/** What the page shows, as its address says: every value is a parameter. */
export interface Place {
  /** `quality` and `accounts` are pages of their own. Default: the conversations. */
  page?: 'quality' | 'accounts'
  /** The ref of the open conversation. */
  conversation?: string
  /** The message to go to. */
  message?: string
  /** The id of a view: one of the fixed ones, or a saved one. */
  view?: string
  /** A filter instead of a view, as JSON. */
  filter?: string
  /** Searched text. */
  search?: string
}

const names = ['page', 'conversation', 'message', 'view', 'filter', 'search'] as const

const read = (): Place => {
  const parameters = new URLSearchParams(location.search)
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = parameters.get(name)
      return value ? [[name, value]] : []
    }),
  )
}

export const addressOf = (place: Place): string => {
  const parameters = new URLSearchParams()
  for (const name of names) {
    const value = place[name]
    if (value) parameters.set(name, value)
  }
  const query = parameters.toString()
  return query ? `/?${query}` : '/'
}

let current = read()
const listeners = new Set<() => void>()
const changed = (): void => {
  current = read()
  for (const listener of listeners) listener()
}
addEventListener('popstate', changed)

/** Goes somewhere. `replace`: without a step that the browser's back button knows. */
export function go(place: Place, { replace = false }: { replace?: boolean } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', addressOf(place))
  changed()
}

export const usePlace = (): Place =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
