import type { PlantedMessage, ThreadControl } from '@parley/conformance'
import type { ServedEmulator, TestClock } from '@parley/sandbox'

const usual = { storedText: 'as-sent', clockOffsetMs: 0, hideSentMs: 0, sends: 'stored' } as const

/** Controls an emulator for the suite. */
export const threadOf = (
  { settings, plant }: Pick<ServedEmulator, 'settings' | 'plant'>,
  clock: TestClock,
  own: Pick<ThreadControl, 'unstated' | 'colleagueId'>,
): ThreadControl => ({
  clock,
  set: (switches) => void Object.assign(settings, usual, switches),
  plant: (conversationId: string, message: PlantedMessage) => plant(conversationId, message),
  ...own,
})
