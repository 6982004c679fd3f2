import { describe, expect, it } from 'vitest'
import { droppedField, fieldTableFrom, missingField, portableFields } from '../src/fields.ts'

const noField = { level: 'dropped', readable: false, reason: 'The vendor has no such field.' }
const given = { agent: {}, conversation: {}, message: {}, attachment: {}, source: {}, contact: {}, knowledge: {} }

describe('fieldTableFrom', () => {
  it('has an entry for every field of every model, in the order of the model', () => {
    const table = fieldTableFrom({ ...given, contact: { tags: 'full' } })
    for (const [model, fields] of Object.entries(portableFields))
      expect(Object.keys(table[model as keyof typeof table])).toEqual(fields)
  })

  it('reports a field that is not given as one that the vendor lacks', () => {
    const { contact } = fieldTableFrom({ ...given, contact: { name: 'full', email: droppedField('It is masked.') } })
    expect(contact).toMatchObject({
      name: 'full',
      email: { level: 'dropped', reason: 'It is masked.' },
      phone: noField,
    })
  })

  it('uses another entry for the omitted fields of one model', () => {
    const hidden = missingField('The vendor does not show it.')
    const { agent, source } = fieldTableFrom({ ...given, agent: { name: 'full' } }, { agent: hidden })
    expect(agent).toMatchObject({ name: 'full', goal: hidden })
    expect(source).toMatchObject({ title: noField })
  })

  it('keeps one entry for a whole model', () => {
    const none = missingField('There are no sources.')
    expect(fieldTableFrom({ ...given, source: none }).source).toEqual(none)
  })
})
