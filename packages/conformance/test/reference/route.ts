import type { Store } from './data.ts'

export interface Answer {
  status?: number
  body?: unknown
  /** Sent as it is, piece by piece. */
  stream?: readonly string[]
}

export const refuse = (status: number): Answer => ({ status, body: { code: `E${status}` } })

type Said =
  | 'id customer topic state sort name mail crm text page size tool chat file files from until via good note by asks says'
  | 'purpose tone orders on kind does actions where clock week linger away back due delivery type bytes title link body'
  | 'shelf address event mark staff owner want value agent part'

type Split<Text extends string> = Text extends `${infer Word} ${infer Rest}` ? Word | Split<Rest> : Text

/** What a request says, in its path, its query and its body. The vendor believes it, whatever it is. */
export type Input = Record<Split<Said>, never>

export interface Route {
  method: string
  pattern: string
  run(store: Store, input: Input): Answer
}

export const on = (method: string, pattern: string, run: Route['run']): Route => ({ method, pattern, run })

/** Does something with the thing of this id, or says that there is none. */
export const withOne = <T extends { id: string }>(list: T[], id: string, use: (one: T) => unknown): Answer => {
  const one = list.find((candidate) => candidate.id === id)
  return one ? { body: use(one) } : refuse(404)
}

export function pageOf(
  list: readonly unknown[],
  { page = '1', size = '10' }: { page?: string; size?: string },
): Answer {
  const begin = (Number(page) - 1) * Number(size)
  const items = list.slice(begin, begin + Number(size))
  return { body: { items, more: begin + Number(size) < list.length, total: list.length } }
}

let made = 0
export const newId = (kind: string): string => `${kind}-new${++made}q`
