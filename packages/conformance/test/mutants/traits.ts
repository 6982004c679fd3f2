import type { Adapter, TraitName } from '@parley/core'
import { traitDescriptions, traitNames } from '@parley/core/fields'
import { referenceTraits } from '../reference/traits.ts'
import { type Mutant, replace } from './mutate.ts'

const declaring =
  (name: TraitName, value: string, reason = 'It is so.') =>
  (adapter: Adapter) => ({
    ...adapter,
    traits: async () => ({ ...referenceTraits, [name]: { value, reason } }) as never,
  })

/** Values that the server shows as well as the right one, because nothing tells them apart. */
const indistinguishable: { readonly [Name in TraitName]?: readonly string[] } = {
  streaming: ['option'],
  replyOperator: ['required'],
  replyTakesControl: ['configured', 'unknown'],
}

/** Traits that show only if the adapter does something else than it says. */
const behaving: { readonly [Name in TraitName]?: Mutant[] } = {
  contactKey: [
    {
      adapter: (adapter) => {
        const own = `${++adapters}`
        const making = replace(
          adapter,
          'contacts.ensure',
          (ensure) =>
            (visitor, ...rest) =>
              ensure({ ...visitor, externalId: `${visitor.externalId}-${own}` }, ...rest),
        )
        return declaring('contactKey', 'vendor')(making)
      },
    },
  ],
  sentTexts: [
    {
      adapter: (adapter) =>
        replace(
          adapter,
          'messages.reply',
          (reply) =>
            (target, input, ...rest) =>
              reply(target, { ...input, text: `${input.text} Sent by a machine.` }, ...rest),
        ),
    },
  ],
}
let adapters = 0

const unseen: readonly TraitName[] = ['answerReach', 'replyDelivery', 'deletes', 'edits']

/** For every trait the adapters that declare another value than the server shows. */
export const traits: Record<string, Mutant[]> = {
  'every trait of an operation that the adapter has is declared, with a value of its set and a reason': [
    { adapter: declaring('streaming', undefined as never) },
    { adapter: ({ traits: _, ...adapter }) => adapter as Adapter },
    { adapter: declaring('streaming', 'sometimes') },
    { adapter: declaring('streaming', 'parts', 'because') },
  ],
  ...Object.fromEntries(
    traitNames
      .filter((name) => !unseen.includes(name))
      .map((name) => {
        const right = [referenceTraits[name].value, ...(indistinguishable[name] ?? [])]
        const wrong = traitDescriptions[name].values.filter((value) => !right.includes(value))
        const declared = wrong.map((value): Mutant => ({ adapter: declaring(name, value) }))
        return [`the trait ${name} is what the server shows`, behaving[name] ?? declared]
      }),
  ),
}
