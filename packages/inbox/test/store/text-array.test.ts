import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { createStore } from '../../src/store/create-store.ts'
import { databaseOf } from '../../src/store/database.ts'
import { textArray } from '../../src/store/text-array.ts'

const store = await createStore()
afterAll(() => store.close())

describe('a binary array of texts', () => {
  it.each<[string, (string | null)[]]>([
    ['none', []],
    ['null', [null]],
    ['an empty text and null', ['', null, '']],
    ['quotation marks, braces and backslashes', ['{"a":"b\\"c"}', '\\', '","', 'NULL']],
    ['texts of several bytes a character', ['返品', 'é', '👋🏽', 'العنوان']],
  ])('arrives unchanged with %s', async (_, texts) => {
    const { rows } = await sql<{ texts: string[] }>`select ${textArray(texts)}::text[] as texts`.execute(
      databaseOf(store),
    )
    expect(rows[0]?.texts).toEqual(texts)
  })
})
