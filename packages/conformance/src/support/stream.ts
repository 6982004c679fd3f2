import { type Adapter, type Answer, type AnswerPart, need, type OperationOptions } from '@parley/core'
import type { Bench } from '../bench.ts'
import { collect } from './collect.ts'

export const stream = (
  { harness }: Bench,
  adapter: Adapter,
  conversationId: string,
  text: string,
  options?: OperationOptions,
): AsyncIterable<AnswerPart> => need(adapter, 'messages.stream')(conversationId, { text, ...harness.use?.ask }, options)

/** All parts of a streamed answer, and what they come to. */
export interface Streamed {
  parts: AnswerPart[]
  /** The pieces of the text, joined. */
  text: string
  pieces: number
  /** What the last part holds, if that is the `finish`. */
  answer: Answer | undefined
}

export async function collectStream(iteration: AsyncIterable<AnswerPart>): Promise<Streamed> {
  const parts = await collect(iteration)
  const pieces = parts.flatMap((part) => (part.type === 'text' ? part.text : []))
  const last = parts.at(-1)
  return {
    parts,
    text: pieces.join(''),
    pieces: pieces.length,
    answer: last?.type === 'finish' ? last.answer : undefined,
  }
}
