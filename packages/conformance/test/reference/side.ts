import { type OperationOptions, pathOf, type Raw, type Reading, type Target, type Transport } from '@parley/core'
import { object } from './read.ts'

export const idOf = (target: string | { id: string }): string => (typeof target === 'string' ? target : target.id)

/** Reads one thing by its id. */
export const readSide = <T>(
  transport: Transport,
  operation: string,
  path: string,
  target: Target<{ id: string }>,
  options: OperationOptions | undefined,
  read: (raw: Raw, reading: Reading) => T,
): Promise<T> =>
  transport
    .begin(operation, options)
    .read({ path: path + pathOf`/${idOf(target)}` }, (body, reading) => read(object(body), reading))
