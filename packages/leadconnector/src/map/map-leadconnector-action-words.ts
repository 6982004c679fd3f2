import { type TermMap, words } from '@parley/core'

/** The vendor's words inside an action's `details`, both ways: ours to the vendor's, and the vendor's in any spelling. */
const bothWays = <Value extends string>(
  wire: Readonly<Record<Value, string>>,
): { wire: Readonly<Record<Value, string>>; map: TermMap<Value> } => ({
  wire,
  map: words<Value>(Object.fromEntries(Object.entries<string>(wire).map(([ours, theirs]) => [theirs, ours as Value]))),
})

type BothWays<Value extends string> = ReturnType<typeof bothWays<Value>>

/** `stopBotDetectionType`. */
export const stopTriggers: BothWays<'goodbye' | 'custom'> = bothWays({ goodbye: 'Goodbye', custom: 'Custom' })

/** `handoverType`. */
export const handOverTriggers: BothWays<'contact-request' | 'lack-of-information' | 'unresolved' | 'custom'> = bothWays(
  {
    'contact-request': 'contactRequest',
    'lack-of-information': 'lackOfInformation',
    unresolved: 'failedToResolveIssue',
    custom: 'custom',
  },
)

/** `scenarioId`. */
export const followUpScenarios: BothWays<'stopped-replying' | 'busy' | 'requested'> = bothWays({
  'stopped-replying': 'contactStoppedReplying',
  busy: 'contactIsBusy',
  requested: 'contactRequested',
})

/** `transferBotType`. */
export const transferTriggers: BothWays<'default' | 'custom'> = bothWays({ default: 'Default', custom: 'Custom' })

/** `timezoneToUse` and `timezoneMode`. */
export const timezones: BothWays<'contact' | 'business'> = bothWays({ contact: 'contact', business: 'business' })

/** The `type` of an example of a contact field. */
export const exampleChanges: BothWays<'add' | 'update' | 'delete'> = bothWays({
  add: 'add',
  update: 'update',
  delete: 'delete',
})
