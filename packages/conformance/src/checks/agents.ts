import type { Check } from '../check.ts'
import { newActionsAreRead } from './agents-actions.ts'
import { removedActionsAreGone } from './agents-actions-remove.ts'
import { changesOfActionsKeepTheRest } from './agents-actions-update.ts'
import { newAgentsAreRead } from './agents-create.ts'
import { deletedAgentsAreGone } from './agents-delete.ts'
import { followUpSettingsAreRead } from './agents-follow-up.ts'
import { workingHoursAreRead } from './agents-hours.ts'
import { clearedHoursAreNone } from './agents-hours-clear.ts'
import { changesOfAgentsKeepTheRest } from './agents-update.ts'

/** Agents, their actions and their hours. */
export const agentChecks: readonly Check[] = [
  newAgentsAreRead,
  changesOfAgentsKeepTheRest,
  deletedAgentsAreGone,
  newActionsAreRead,
  changesOfActionsKeepTheRest,
  removedActionsAreGone,
  followUpSettingsAreRead,
  workingHoursAreRead,
  clearedHoursAreNone,
]
