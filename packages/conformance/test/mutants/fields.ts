import type { Adapter, FieldSupport } from '@parley/core'
import { each, type Mutant, replace } from './mutate.ts'

/** An adapter whose table says something else about one field. */
const saying =
  (model: 'contact' | 'conversation' | 'message', field: string, support: FieldSupport | 'full' | undefined) =>
  (adapter: Adapter): Adapter => ({
    ...adapter,
    fields: async () => {
      const table = await adapter.fields?.()
      if (!table) throw new Error('the reference declares a table')
      const { [field]: _, ...others } = table[model] as Record<string, FieldSupport>
      return { ...table, [model]: support === undefined ? others : { ...others, [field]: support } }
    },
  })

/** By the check that has to catch it: what is wrong with a field table, or with what it says. */
export const fields: Record<string, Mutant[]> = {
  'the field table names every field of every model, and why one is not full': [
    { adapter: saying('contact', 'email', undefined) },
    { adapter: saying('contact', 'shoeSize', 'full') },
    { adapter: saying('contact', 'email', { level: 'partial' }) },
    { adapter: saying('contact', 'email', { level: 'partial', reason: ' ' }) },
  ],
  'a field that is declared as never returned is nowhere, and one that is declared as returned is somewhere': [
    { adapter: saying('contact', 'email', { level: 'dropped', readable: false, reason: 'None.' }) },
    { adapter: saying('contact', 'phone', { level: 'dropped', reason: 'Lost.' }) },
    { adapter: each('contacts', (item) => ({ ...item, country: 'AT' })) },
  ],
  'a field that is declared full reads back as it was written': [
    { adapter: saying('contact', 'phone', 'full') },
    { adapter: saying('conversation', 'lastActivityAt', 'full') },
    { adapter: (adapter) => replace(adapter, 'contacts.create', () => async () => Promise.reject(new Error('no'))) },
    { adapter: each('contacts', (item) => ({ ...item, externalId: 'another' })) },
  ],
  'a field that is declared dropped is accepted and does not read back': [
    { adapter: saying('contact', 'email', { level: 'dropped', reason: 'Lost.' }) },
    { adapter: (adapter) => replace(adapter, 'contacts.create', () => async () => Promise.reject(new Error('no'))) },
  ],
  'a field that is declared rejected is refused': [
    { adapter: saying('contact', 'email', { level: 'rejected', reason: 'Refused.' }) },
    {
      adapter: (adapter, options) =>
        replace(
          saying('contact', 'phone', { level: 'rejected', reason: 'Refused.' })(adapter),
          'contacts.create',
          () => async () => Promise.reject(new Error(String(options))),
        ),
    },
  ],
}
