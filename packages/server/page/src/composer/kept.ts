/** What the page needs of `localStorage`. */
export type KeptIn = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Values that the browser keeps, each under a name that begins with a prefix. */
export interface Kept<Value> {
  get(name: string): Value | undefined
  /** `undefined` removes the value. */
  set(name: string, value: Value | undefined): void
  names(): string[]
  /** Another tab has changed a value. `null`: all of them. */
  changedElsewhere(storageKey: string | null): void
  /** Calls a function after each change. @returns ends it. */
  subscribe(listener: () => void): () => void
}

/**
 * Keeps values in the browser, so that they survive a reload. If the browser refuses (its storage is full or forbidden), they
 * last as long as the page.
 *
 * @param parse reads a value that an older page may have written. `undefined`: it cannot be read.
 */
export function keptIn<Value>(
  storage: KeptIn | undefined,
  prefix: string,
  parse: (value: unknown) => Value | undefined,
): Kept<Value> {
  const memory = new Map<string, Value | undefined>()
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const read = (name: string): Value | undefined => {
    try {
      const text = storage?.getItem(prefix + name)
      return text == null ? undefined : parse(JSON.parse(text))
    } catch {
      return undefined
    }
  }
  const get = (name: string): Value | undefined => {
    if (!memory.has(name)) memory.set(name, read(name))
    return memory.get(name)
  }
  return {
    get,
    set(name, value) {
      memory.set(name, value)
      try {
        if (value === undefined) storage?.removeItem(prefix + name)
        else storage?.setItem(prefix + name, JSON.stringify(value))
      } catch {
        // It is kept in memory only.
      }
      tell()
    },
    names() {
      const found = new Set<string>()
      try {
        for (let index = 0; index < (storage?.length ?? 0); index++) {
          const key = storage?.key(index)
          if (key?.startsWith(prefix)) found.add(key.slice(prefix.length))
        }
      } catch {
        // The storage is forbidden.
      }
      for (const [name, value] of memory)
        if (value === undefined) found.delete(name)
        else found.add(name)
      return [...found].filter((name) => get(name) !== undefined).sort()
    },
    changedElsewhere(storageKey) {
      if (storageKey === null) memory.clear()
      else if (storageKey.startsWith(prefix)) memory.delete(storageKey.slice(prefix.length))
      else return
      tell()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The storage of the browser. Merely asking for it throws where it is forbidden. */
export function browserStorage(): KeptIn | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
