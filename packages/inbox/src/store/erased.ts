import { type Kysely, sql } from 'kysely'
import { digestOf } from './digest.ts'
import type { Schema } from './schema.ts'

/** Which of these refs were erased. Only digests of erased refs are kept. */
export async function isErased(db: Kysely<Schema>, refs: readonly string[]): Promise<Set<string>> {
  const byDigest = new Map([...new Set(refs)].map((ref) => [digestOf(ref).toString('hex'), ref]))
  const { rows } = await sql<{ digest: string }>`
    select encode(digest, 'hex') as digest from parley.erased
    where digest = any(array(select decode(given, 'hex') from unnest(${[...byDigest.keys()]}::text[]) as given))`.execute(
    db,
  )
  return new Set(rows.map(({ digest }) => byDigest.get(digest) as string))
}
