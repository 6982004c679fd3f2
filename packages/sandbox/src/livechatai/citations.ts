import { type Citation, chance, type StoredDataSource } from './state.ts'

/**
 * The citation of a source in a message. The distance grows with the rank: smaller is better, though no page says so.
 */
export const citationOf = (source: StoredDataSource, rank: number, about: string): Citation => ({
  id: source.id,
  type: source.source,
  link: source.url,
  distance: Number((0.11 + rank * 0.14 + chance(`${source.id}:${about}`) * 0.12).toFixed(6)),
})
