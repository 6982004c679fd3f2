import type { EmulatorContext } from '../kit/emulator.ts'
import { seedLocation } from './seed-conversations.ts'
import { appIdOf, type Names, seedTokens } from './seed-credentials.ts'
import { type LeadConnectorSettings, shapedSettings } from './settings.ts'
import { emptyLocation, type Grant, type LocationState, type State } from './state.ts'
import type { Announce } from './webhooks.ts'

/**
 * Seeds the whole emulated company: the location with the world's story, a small second location, and a new empty one.
 *
 * @returns a function that gives a copy of it each time, which takes a fifth of the time.
 */
export function seedCompany(
  context: EmulatorContext,
  settings: LeadConnectorSettings,
  names: Names,
  announce: Announce,
): () => State {
  const { world } = context
  const few = world.dialogues.filter(({ turns }) => turns.length > 0).slice(0, 4)
  const main = seedLocation(world, { ...names, locationId: names.locationId, name: 'Main shop' })
  const second = seedLocation(
    { ...world, dialogues: few, people: world.people.filter(({ key }) => few.some(({ person }) => person === key)) },
    { ...names, locationId: names.secondLocationId, name: 'Pop-up shop' },
  )
  const empty = emptyLocation(names.emptyLocationId, names.companyId, 'New shop')
  const seeded = [main, second, empty]
  return () => ({
    context,
    get settings() {
      return shapedSettings(settings)
    },
    announce,
    companyId: names.companyId,
    conversationProviderId: names.conversationProviderId,
    userId: names.userId,
    locations: new Map(seeded.map((location) => [location.id, copyOf(location)])),
    tokens: seedTokens(names, context.now()),
    oauth: {
      clientId: names.clientId,
      clientSecret: names.clientSecret,
      appId: appIdOf(names),
      codes: new Map<string, Grant>([
        [names.authorizationCode, { tenant: 'location', locationId: names.locationId }],
        [names.companyAuthorizationCode, { tenant: 'company', locationId: null }],
      ]),
      refreshTokens: new Map([
        [names.refreshToken, { tenant: 'location', locationId: names.locationId, usedAt: null, successor: null }],
      ]),
    },
    budgets: new Map(),
    made: 0,
    answered: 0,
  })
}

/** Generations never change, and are most of the data. */
const copyOf = ({ generations, ...changing }: LocationState): LocationState => ({
  ...structuredClone(changing),
  generations: new Map(generations),
})
